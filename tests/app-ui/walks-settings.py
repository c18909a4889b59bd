# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through the settings."""

import os
import subprocess

from client import Client, in_dialog, nameless, point_in_settings, settings, shot
from desktop import has_state


def walk_settings_names(desktop):
    for modes in ('', 'empty', 'offline'):
        with Client(desktop, modes) as client:
            settings(client, 'My account')
            pages = [row.get_name() for row in client.app.all('list item', None, client.app.find('list', 'Pages'))]
            assert 'Notifications' in pages and 'Audit log' in pages, pages
            for page in pages:
                bad = nameless(client.app, settings(client, page))
                assert not bad, page + ': controls without a name:\n' + '\n'.join(bad)
                shot(client, 'settings-%s-%s' % (modes or 'full', page.lower().replace(' ', '-')))


def walk_settings_call(desktop):
    """The server is asked to call the agent, and how many devices that were is said."""
    with Client(desktop) as client:
        app = client.app
        frame = settings(client, 'Notifications')
        app.find_text('The server sends a notification to all devices', frame)
        app.click('push button', 'Call me', frame)
        app.find_text('The server has called 2 devices of yours', frame)
        shot(client, 'settings-call')


def walk_settings_roles(desktop):
    for modes, pages in (('agent', ['My account', 'Notifications', 'Canned responses', 'Macros']), ('supervisor', ['My account', 'Notifications', 'Canned responses', 'Macros', 'Team', 'Departments', 'Tags', 'Sites', 'Triggers', 'Goals'])):
        with Client(desktop, modes) as client:
            app = client.app
            settings(client, 'My account')
            shown = [row.get_name() for row in app.all('list item', None, app.find('list', 'Pages'))]
            assert shown == pages, shown


def walk_settings_tag(desktop):
    """Made, refused, renamed by somebody else, removed and kept after all."""
    with Client(desktop) as client:
        app = client.app
        frame = settings(client, 'Tags')
        app.click('push button', 'New tag…', frame)
        dialog = in_dialog(app, 'New tag')
        client.script('fail')
        app.write(app.find('text', 'Name', dialog), 'order')
        app.click('push button', 'Add', dialog)
        app.find_text('Not changed: another one is called so.', dialog)
        app.click('push button', 'Add', dialog)
        app.gone('frame', 'New tag')
        app.find('list item', 'order', frame)
        client.script('rename bug defect')
        app.find('list item', 'defect', frame)


def walk_settings_offline(desktop):
    with Client(desktop, 'offline') as client:
        app = client.app
        frame = settings(client, 'Tags')
        app.find(None, lambda name: name.startswith('You are offline'), frame)
        shot(client, 'settings-offline')


def walk_settings_agent_sites(client):
    """All sites, until some are chosen; and back."""
    app = client.app
    frame = settings(client, 'Team')
    point_in_settings(client, app.find('label', 'Ana Sousa', frame))
    choose = app.until(lambda: next((button for button in app.all('push button', 'Choose… Sites', frame) if app.extents(button)[2] > 0), None), 'the row')
    app.find_text('All sites: they see what happens on any of them', frame)
    point_in_settings(client, choose)
    app.until(lambda: [item for item in app.all('list item', lambda name: name.startswith('Northwind'), frame) if app.extents(item)[2] > 0], 'the sites')
    shot(client, 'settings-agent-sites-choose')
    subprocess.run(['xdotool', 'key', 'Return'], check=True)
    app.find_text('The sites of Ana Sousa were changed', frame)
    shot(client, 'settings-agent-sites')
    app.undo(frame)
    app.until(lambda: app.all('label', 'All sites: they see what happens on any of them', frame), 'all sites again')
    bad = nameless(app)
    assert not bad, 'controls without a name:\n' + '\n'.join(bad)


def walk_settings_invite(client):
    """Role and departments are chosen with the invitation."""
    app = client.app
    frame = settings(client, 'Team')
    app.click('push button', 'Invite…', frame)
    dialog = in_dialog(app, 'Invite')
    app.find_text('None yet; they can be added later', dialog)
    point_in_settings(client, app.find('check box', lambda name: 'Support' in name, dialog), 'Invite')
    app.until(lambda: len(app.all('label', 'Support', dialog)) == 2, 'the department in the summary')
    shot(client, 'settings-invite')
    bad = nameless(app)
    assert not bad, 'controls without a name:\n' + '\n'.join(bad)
    app.click('push button', 'Make an invitation', dialog)
    app.find_text('Whoever has it can join the team', dialog)
    shot(client, 'settings-invite-link')


def walk_settings_skills(desktop):
    """Chosen among the tags by whoever leads the team, and taken back."""
    for modes in ('', 'supervisor'):
        with Client(desktop, modes) as client:
            app = client.app
            frame = settings(client, 'Team')
            point_in_settings(client, app.find('label', 'Ana Sousa', frame))
            choose = app.until(lambda: next((button for button in app.all('push button', 'Choose… Skills', frame) if app.extents(button)[2] > 0), None), 'the row')
            app.find_text('Tags of conversations that are given to them first', frame)
            point_in_settings(client, choose)
            app.until(lambda: [item for item in app.all('list item', 'vip', frame) if app.extents(item)[2] > 0], 'the tags')
            shot(client, 'settings-skills-choose' + modes)
            subprocess.run(['xdotool', 'key', 'Return'], check=True)  # the settings have the keyboard
            app.find_text('The skills of Ana Sousa were changed', frame)
            shot(client, 'settings-skills' + modes)
            app.undo(frame)
            app.until(lambda: app.all('label', 'Tags of conversations that are given to them first', frame), 'no skills again')
            bad = nameless(app)
            assert not bad, 'controls without a name:\n' + '\n'.join(bad)


def walk_settings_undo_time(desktop):
    """Who needs longer has longer: what was said before the newest is there again after it, and can still be taken back."""
    folder = os.path.join(desktop.folder, 'undo-time')
    kept = os.path.join(folder, 'chatflow', 'accessibility.ini')
    with Client(desktop, env={'XDG_CONFIG_HOME': folder}) as client:
        app = client.app
        frame = settings(client, 'My account')
        app.until(lambda: '8 seconds' in app.labels(frame), 'what is usual')

        def row(title):
            item = app.find('label', title, frame)
            while item.get_parent().get_role_name() != 'list':
                item = item.get_parent()
            return item

        def press(*keys):
            subprocess.run(['xdotool', 'key', '--delay', '60', *keys], check=True)
        first, time = row('Appearance'), row('Time to undo')
        app.until(lambda: has_state(first, 'FOCUSED') or press('Tab'), 'the keyboard on this computer')
        app.until(lambda: has_state(time, 'FOCUSED') or press('Down'), 'the keyboard on the time')
        press('Return')
        app.settle()
        press('Down', 'Down', 'Return')

        def is_kept():
            with open(kept, encoding='utf-8') as file:
                return 'undo-time=60' in file.read()
        app.until(lambda: os.path.exists(kept) and is_kept(), 'the longest')
        bad = nameless(app, frame)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        shot(client, 'settings-undo-time')
        subprocess.run(['xdotool', 'key', 'Escape'], check=True)
        app.gone('frame', 'Settings')
        for name in ('ليلى حداد', 'Ana Sousa'):
            client.open(name)
            app.key('ctrl+shift+w')
            app.find_text('Closed the conversation with ' + name)
        shot(client, 'undo-newest')
        app.until(lambda: not any('with ليلى حداد' in words for words in app.labels()), 'the newest alone')
        app.click('push button', lambda name: 'Undo' in name)
        app.find_text('Closed the conversation with ليلى حداد')
        bad = nameless(app)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        app.click('push button', lambda name: 'Undo' in name)
        for name in ('ليلى حداد', 'Ana Sousa'):
            app.find('label', name, app.find('list', 'Conversations'))
