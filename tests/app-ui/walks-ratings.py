# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks past what visitors thought of how they were served."""

from client import WIDE, Client, nameless, settings, shot

PERSON = 'Søren Kjærgaard'


def walk_rating_conversation(desktop):
    """It stands with the conversation and in its row, and follows what the visitor says."""
    for name, env in (('light', {}), ('dark', {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'})):
        with Client(desktop, size=WIDE, env=env) as client:
            app = client.app
            client.open('Ana Sousa')
            assert not app.all('panel', lambda text: text.startswith('Rated')), 'she has not rated anything'
            app.key('ctrl+6')
            app.find(None, lambda text: text.startswith(PERSON) and 'Rated 4 of 5' in text, app.find('list', 'Conversations'))
            client.open(PERSON)
            app.find(None, lambda text: text.startswith('“Quick and kind.'))
            assert not nameless(app)
            shot(client, 'rating-conversation-%s' % name)
            client.script('rate 9 2 Not so quick after all')
            app.find(None, '“Not so quick after all”')
            app.find(None, lambda text: text.startswith(PERSON) and 'Rated 2 of 5' in text, app.find('list', 'Conversations'))
            for given, said in (('7/10', 'Rated 7 of 10'), ('down', 'Rated bad'), ('up', 'Rated good')):
                client.script('rate 9 %s Otherwise asked' % given)
                app.find('panel', said)
                shot(client, 'rating-%s-%s' % (given.replace('/', '-of-'), name))


def walk_rating_account(desktop):
    """Everybody reads how they were rated, with the words that came along."""
    for name, modes, env in (('full', '', {}), ('empty', 'empty', {}), ('dark', '', {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'})):
        with Client(desktop, modes, size=WIDE, env=env) as client:
            app = client.app
            frame = settings(client, 'My account')
            if modes:
                app.find_text('Nobody has rated a conversation in the last 30 days', frame)
            else:
                app.find_text('4.6 of 5 on average · 38 ratings · 92% with 4 or 5 stars', frame)
                app.find_text('Quick & kind, <thank you>!', frame)
                app.find('label', 'Rated 2 of 5', frame)
            assert not nameless(app, frame)
            shot(client, 'rating-account-%s' % name)


def walk_rating_offline(desktop):
    with Client(desktop, 'offline') as client:
        app = client.app
        frame = settings(client, 'My account')
        app.find_text('They are shown when ChatFlow has reached the server', frame)
        client.script('link live')
        app.find_text('4.6 of 5 on average · 38 ratings · 92% with 4 or 5 stars', frame)


def walk_rating_team(desktop):
    """Who leads reads it of each agent."""
    with Client(desktop, 'supervisor', size=WIDE) as client:
        app = client.app
        frame = settings(client, 'Team')
        app.point(app.find('label', 'Chidi Okafor', frame))
        app.find_text('Nobody has rated a conversation in the last 30 days', frame)
        shot(client, 'rating-team')
