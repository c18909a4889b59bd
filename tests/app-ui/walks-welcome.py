# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through the first steps of an admin, and what an agent sees where nobody has ever written."""

import contextlib
import os

from client import Client, WIDE, nameless, palette, press, settings, shot

NARROW = (360, 720)


def forget():
    """What the person has done and sent away before."""
    with contextlib.suppress(FileNotFoundError):
        os.remove(os.path.join(os.environ['XDG_STATE_HOME'], 'chatflow', 'first-steps.ini'))


def add_site(app):
    app.click('push button', 'Add a site…')
    frame = app.find('frame', 'Settings')
    app.click('push button', 'New site…', frame)
    dialog = app.find('frame', 'New site')
    app.write(app.find('text', 'Name', dialog), 'Nordlicht')
    app.write(app.find('text', 'Address, such as https://shop.example', dialog), 'https://nordlicht.example')
    app.click('push button', 'Add', dialog)
    app.gone('frame', 'New site')


def walk_first_steps(desktop):
    forget()
    with Client(desktop, 'empty') as client:
        app = client.app
        app.find_text('Welcome, Bruno')
        app.find('list item', 'Add your web site', app.find('list', 'First steps'))
        app.find('list item', 'Invite a colleague: done')
        app.find_text('Waiting for the first visitor')
        bad = nameless(app)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        shot(client, 'steps')
        add_site(app)
        app.find('list item', 'Add your web site: done')
        app.find_text('data-site=')
        shot(client, 'steps-snippet')
        app.click('push button', 'Copy the line')
        app.find_text('Copied.')
        app.find('list item', 'Put one line into its pages: done')
        shot(client, 'steps-waiting')
        client.script('arrive')
        app.find('list item', 'See the first visitor arrive: done')
    with Client(desktop, 'empty') as client:  # remembered; what is no longer there is not
        app = client.app
        app.find('list item', 'See the first visitor arrive: done')
        app.click('push button', 'Hide these steps')
        app.find_text('stay in the main menu')
        app.until(lambda: not app.all('list', 'First steps', app.root) or app.extents(app.all('list', 'First steps')[0])[2] == 0, 'no steps')
        palette(client, 'first steps')
        press(client, 'Return')
        app.until(lambda: any(app.extents(item)[2] > 0 for item in app.all('list', 'First steps')), 'the steps again')
    with Client(desktop, 'empty') as client:
        client.app.find_text('No conversation open')
        assert not [item for item in client.app.all('list', 'First steps') if client.app.extents(item)[2] > 0]
    forget()


def walk_no_steps(desktop):
    """Agents have none, and nobody has where visitors have been answered."""
    forget()
    with Client(desktop, 'empty,agent') as client:
        client.app.find_text('Waiting for the first visitor')
        client.app.find_text('Canned responses, while you write')
        shot(client, 'welcome-agent')
        client.app.key('F10')
        client.app.find('menu item', 'Keyboard shortcuts')
        assert not client.app.all('menu item', 'First steps')
    with Client(desktop) as client:
        client.app.find('label', 'Ana Sousa')
        client.app.find_text('No conversation open')


def walk_empty(desktop):
    """What has nothing in it says what it is for and what to do."""
    forget()
    with Client(desktop, 'empty') as client:
        app = client.app

        def says(words, root=None):
            app.until(lambda: any(words in label.get_name() and app.extents(label)[2] > 0 for label in app.all('label', None, root)), words)

        for key in range(1, 7):
            app.key('ctrl+%d' % key)
            says('As soon as somebody writes on one of your sites, you will see it here')
        app.key('ctrl+7')
        says('Nobody is on your pages')
        for page, words in (('Canned responses', 'Texts that you write again and again.'), ('Macros', 'Several steps at once'), ('Departments', 'No departments yet'),
                            ('Tags', 'No tags yet'), ('Attributes', 'what you add here can be filled in for each visitor'), ('Sites', 'No site yet'),
                            ('Triggers', 'Begin with a template below.'), ('Goals', 'No goals yet'), ('Audit log', 'Nothing of that kind was done yet.')):
            says(words, settings(client, page))
    forget()


def shot_first_steps(desktop):
    forget()
    for name, modes, size, env in (('steps-dark', 'empty', WIDE, {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}), ('steps-rtl', 'empty,rtl', WIDE, {}),
                                   ('steps-narrow', 'empty', NARROW, {})):
        with Client(desktop, modes, size, env) as client:
            client.app.find_text('Waiting for the first visitor')
            if size == NARROW:
                shot(client, 'steps-narrow-inbox')
                client.app.click('push button', 'First steps')
            client.app.find_text('Welcome, Bruno')
            shot(client, name)
