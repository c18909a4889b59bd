# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through the settings of a site, which have a window of their own."""

import os
import pathlib
import subprocess

from client import PROGRAM, WIDE, Client, nameless, settings, shot
from desktop import has_state

SITE = 'Northwind shop'
NARROW = (400, 720)
# Pixels that a notch of the wheel moves the settings at least.
NOTCH = 120


class Site:
    """The window of the dummy's only site."""

    def __init__(self, client):
        self.client, self.app = client, client.app
        frame = settings(client, 'Sites')
        self.point_in('Settings', self.app.find('list item', lambda name: name.startswith(SITE), frame))
        self.frame = self.app.find('frame', SITE)
        self.app.until(lambda: self.app.extents(self.find('label', 'Installation'))[2] > 0, 'the window at its size')

    def _window(self, name):
        return self.app.until(lambda: subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.app.process.pid), '--name', '^%s$' % name],
                                                     capture_output=True, text=True, check=False).stdout.split(), name)[-1]

    def point_in(self, window, item):
        x, y, width, height = self.app.extents(item)
        id = self._window(window)
        subprocess.run(['xdotool', 'windowfocus', '--sync', id, 'mousemove', '--window', id, str(x + width // 2), str(y + height // 2), 'click', '1'],
                       check=True)

    def find(self, role, name):
        return self.app.find(role, name, self.frame)

    def find_text(self, part):
        return self.app.find_text(part, self.frame)

    def field(self, name):
        return self.find('text', name)

    def scroll(self, button, notches):
        """Turns the wheel where the titles begin and no toast and no number is: 4 is up, 5 is down."""
        height = self.app.extents(self.frame)[3]
        x, _y, width, _height = self.app.extents(self.find('label', 'Installation'))
        subprocess.run(['xdotool', 'mousemove', '--window', self._window(SITE), str(x + width // 2), str(height // 2),
                        'click', '--repeat', str(notches), '--delay', '5', str(button)], check=True)

    def reach(self, item):
        """Scrolls until it is in sight."""
        height = self.app.extents(self.frame)[3]

        def there():
            top, tall = self.app.extents(item)[1::2]
            if 60 <= top and top + tall <= height - 10:
                return True
            far = 60 - top if top < 60 else top + tall - height
            self.scroll(4 if top < 60 else 5, max(1, min(40, far // NOTCH)))
            return False
        self.app.until(there, '%s in sight' % item.get_name())

    def point(self, item):
        """Clicks on it with the mouse, once it has come to rest."""
        self.reach(item)
        self.app.rest(item)
        self.point_in(SITE, item)

    def key(self, *keys):
        self.key_in(SITE, *keys)

    def key_in(self, window, *keys):
        subprocess.run(['xdotool', 'windowfocus', '--sync', self._window(window), 'key', '--delay', '30', *keys], check=True)

    def put(self, field, text):
        """As if it were pasted: one change of the whole text."""
        self.point(field)
        self.key('ctrl+a', 'x')
        self.app.until(lambda: self.app.text(field) == 'x', 'the focus')
        self.app.clear(field)
        self.app.write(field, text)

    def undo(self):
        self.app.undo(self.frame)

    def told(self, words):
        """A toast, which is closed so that the next one comes at once."""
        self.find_text(words)
        for button in self.app.all('push button', 'Close', self.frame)[1:]:  # the first is the window's; there is no other if the toast went by itself
            button.do_action(0)
        self.app.until(lambda: not self.app.all('label', lambda name: words in name, self.frame), 'no toast')


def was_copied(site, text):
    """Pastes into a field of which nothing is saved."""
    app = site.app
    app.click('push button', 'New API key…', site.frame)
    dialog = app.find('frame', 'New API key')
    field = app.find('text', 'Name, so that you recognise it', dialog)
    site.point_in('New API key', field)
    site.key_in('New API key', 'ctrl+v')
    app.until(lambda: app.text(field) == text, 'what was copied')
    app.click('push button', 'Cancel', dialog)
    app.gone('frame', 'New API key')


def usable(item):
    """Neither it nor what it is in is switched off."""
    while item and item.get_role_name() != 'frame':
        if not has_state(item, 'SENSITIVE'):
            return False
        item = item.get_parent()
    return True


def walk_site_names(desktop):
    for modes in ('', 'rtl'):
        with Client(desktop, modes) as client:
            site = Site(client)
            bad = nameless(client.app, site.frame)
            assert not bad, 'controls without a name:\n' + '\n'.join(bad)


def walk_site_title(desktop):
    """Too long, then pasted, then one letter more elsewhere; each is saved with Return. The last one can be taken back."""
    with Client(desktop) as client:
        site = Site(client)
        title = site.field('Title (empty: the name of the site)')
        site.put(title, 'x' * 61)
        site.find_text('1 character too long')
        shot(client, 'site-too-long')
        site.key('Return')
        site.put(title, 'Help at Northwind')
        site.find('push button', 'Save')
        site.key('Return')
        looks = 'The looks of “%s” were changed' % SITE
        site.find_text(looks)
        greeting = site.field('Greeting')
        site.point(greeting)
        site.key('End', 'exclam', 'Return')
        site.find_text('are greeted with other words now')
        client.app.until(lambda: not client.app.all('label', looks, site.frame), 'one toast at a time')
        shot(client, 'site-changed')
        site.undo()
        client.app.until(lambda: client.app.text(greeting) == 'Hi! How can we help?', 'the greeting as it was')
        assert client.app.text(title) == 'Help at Northwind'
        site.key('Escape')
        client.app.gone('frame', SITE)


def walk_site_refused(desktop):
    """What the server does not take is shown as it is, and why."""
    with Client(desktop) as client:
        site = Site(client)
        peek = site.find('check box', 'See what visitors type')
        client.script('fail')
        site.point(peek)
        site.told('Not changed: another one is called so.')
        site.point(peek)
        site.told('What visitors type is seen when they send it')
        site.point(peek)
        site.told('What visitors type is seen while they type')


def walk_site_hours(desktop):
    """A time that is none, one that is; a second range, away again; a zone that is none; a holiday."""
    with Client(desktop) as client:
        site, app = Site(client), client.app
        site.find_text('09:00–13:00, 14:00–18:00')
        site.point(site.find('label', 'Tuesday'))
        start = site.field('Tuesday, from')
        site.put(start, '25')
        site.find_text('Write a time such as 9:30')
        shot(client, 'site-hours-wrong')
        site.put(start, '1030')
        site.key('Return')
        site.find_text('10:30–18:00')
        site.told('has other hours on Tuesday now')
        app.click('push button', 'Add hours on Tuesday', site.frame)
        site.find_text('10:30–18:00, 18:00–20:00')
        site.told('has other hours on Tuesday now')
        shot(client, 'site-hours')
        app.click('push button', 'Remove these hours of Tuesday', site.frame)
        site.find_text('18:00–20:00')
        site.undo()
        site.find_text('10:30–18:00, 18:00–20:00')
        zone = site.field('Time zone, such as Europe/Lisbon')
        site.put(zone, 'Europe/Nowhere')
        site.find_text('No such time zone')
        site.put(zone, 'Asia/Kathmandu')
        site.key('Return')
        site.told('The hours are those of Asia/Kathmandu now')
        site.point(site.find('label', 'Holidays'))
        day = site.field('Add a day, such as 2026-12-25 Christmas')
        site.put(day, '2027-01-01 New Year')
        site.key('Return')
        site.told('Closed on 2027-01-01')
        site.find_text('New Year')
        shot(client, 'site-holidays')
        site.find_text('Closed on 2 days')


def walk_site_always(desktop):
    """Switched off, the hours are kept for later."""
    with Client(desktop) as client:
        site, app = Site(client), client.app
        limited = site.find('check box', 'Open at certain times only')
        site.point(limited)
        site.find_text('is always open now')
        app.until(lambda: not app.all('label', 'Tuesday', site.frame), 'no days')
        site.undo()
        site.find_text('09:00–13:00, 14:00–18:00')


def walk_site_form(desktop):
    """Words that are too long, a condition, moved with the keyboard, a choice taken away that another question waits for, one more, switched on."""
    with Client(desktop) as client:
        site, app = Site(client), client.app
        site.find_text('Choice · Required')
        site.find_text('Text · Optional · After some answers')
        site.point(site.find('label', 'Order number'))
        question = app.all('text', 'Question', site.frame)[1]  # of the second row
        site.put(question, 'x' * 101)
        site.find_text('1 character too long')
        site.put(question, 'Number of the order')
        site.key('Return')
        site.told('Visitors read “Number of the order” now')
        shot(client, 'site-form-open')
        up = site.find('push button', 'Move “Number of the order” up')
        site.point(up)
        site.told('“Number of the order” was moved')
        site.find_text('Text · Optional')
        app.until(lambda: not app.all('label', lambda name: 'After some answers' in name, site.frame), 'a condition that could never be true is gone')
        assert not has_state(up, 'SENSITIVE'), 'it is the first'
        site.point(site.find('push button', 'Move “Number of the order” down'))
        site.told('“Number of the order” was moved')
        choices = site.field('Choices, with commas between')
        site.point(site.find('label', 'What is it about?'))
        site.put(choices, 'An order, An order')
        site.find_text('“An order” stands there twice.')
        shot(client, 'site-form-wrong')
        site.put(choices, 'A parcel, Something else')
        site.key('Return')
        site.told('“What is it about?” has other choices now')
        site.point(site.find('check box', 'Ask visitors before they write'))
        site.find_text('Visitors are asked before they write now')
        site.undo()
        switch = site.find('check box', 'Ask visitors before they write')
        app.until(lambda: not has_state(switch, 'CHECKED'), 'off again')


def walk_site_form_during(desktop):
    """Each question says when it is asked, also in a narrow window."""
    for name, size in (('full', WIDE), ('narrow', NARROW)):
        with Client(desktop, size=size) as client:
            site, app = Site(client), client.app
            site.point(site.find('label', 'Order number'))
            site.reach(app.until(lambda: next((one for one in app.all('label', 'Ask', site.frame) if app.extents(one)[2] > 0), None), 'the row'))
            site.find_text('Before the conversation')
            shot(client, 'site-%s-form-before' % name)


def walk_site_form_during_chosen(desktop):
    """A question moves into the conversation and back by the keyboard, and by taking it back."""
    with Client(desktop) as client:
        site, app = Site(client), client.app

        def choose(key, words):
            site.point(app.until(lambda: next((one for one in app.all('label', 'Ask', site.frame) if app.extents(one)[2] > 0), None), 'the row'))
            site.key(key, 'Return')
            site.find_text(words)
        site.point(site.find('label', 'Your email address'))
        choose('Down', '“Your email address” is asked in the conversation now')
        site.find_text('Email address · Required · In the conversation')
        shot(client, 'site-form-during')
        site.undo()
        site.find_text('Before the conversation')
        app.until(lambda: not app.all('label', lambda name: name.startswith('Email address · Required · In'), site.frame), 'as it was')
        choose('Down', '“Your email address” is asked in the conversation now')
        site.told('“Your email address” is asked in the conversation now')
        choose('Up', '“Your email address” is asked before the conversation now')
        app.until(lambda: not app.all('label', lambda name: name.startswith('Email address · Required · In'), site.frame), 'before it again')


def walk_site_form_grows(desktop):
    """One more question by the menu, and gone again."""
    with Client(desktop) as client:
        site, app = Site(client), client.app
        menu = site.find('push button', 'Add a question')
        site.point(menu)
        site.find('menu item', 'Phone number')
        assert not app.all('menu item', 'Email address', site.frame), 'asked once'
        shot(client, 'site-form-menu')
        app.click('menu item', 'Phone number', site.frame)
        site.find_text('Your phone number')
        site.told('Added: Phone number')
        shot(client, 'site-form-more')
        app.all('push button', 'Remove', site.frame)[3].do_action(0)
        site.find_text('“Your phone number” is not asked any more')
        site.undo()
        site.find_text('Your phone number')


def walk_site_form_department(desktop):
    """Visitors choose where they go: among all departments, among some, which is taken back; others can wait for it."""
    with Client(desktop) as client:
        site, app = Site(client), client.app
        menu = site.find('push button', 'Add a question')
        site.point(menu)
        app.click('menu item', 'Department', site.frame)
        site.find_text('Department · Optional')
        site.told('Added: Department')
        site.point(menu)
        site.find('menu item', 'Phone number')
        assert not app.all('menu item', 'Department', site.frame), 'asked once'
        site.key('Escape')
        site.reach(site.find('label', 'All that serve the site'))
        shot(client, 'site-form-department')
        site.point(site.find('label', 'All that serve the site'))
        site.point(site.find('check box', lambda name: name.startswith('Departments: Support')))
        site.told('“Department” offers other departments now')
        app.until(lambda: not app.all('label', 'All that serve the site', site.frame), 'only one of them')
        shot(client, 'site-form-department-some')
        site.point(site.find('check box', lambda name: name.startswith('Departments: Sales')))
        site.find_text('Sales, Support')
        site.undo()
        app.until(lambda: not app.all('label', 'Sales, Support', site.frame), 'as it was')
        question = app.all('text', 'Question', site.frame)[3]
        site.put(question, 'x' * 101)
        site.find_text('1 character too long')
        site.put(question, 'Whom do you need?')
        site.key('Return')
        site.told('Visitors read “Whom do you need?” now')
        site.point(site.find('push button', 'Move “Whom do you need?” up'))
        site.told('“Whom do you need?” was moved')
        assert not nameless(app), nameless(app)


def shot_site_form_department(desktop):
    for name, modes, size, env in (('dark', '', WIDE, {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}), ('narrow', '', NARROW, None), ('rtl', 'rtl', WIDE, None)):
        with Client(desktop, modes, size, env) as client:
            site, app = Site(client), client.app
            site.point(site.find('push button', 'Add a question'))
            app.click('menu item', 'Department', site.frame)
            site.told('Added: Department')
            shot(client, 'site-%s-form-departments' % name)
            site.point(site.find('label', 'Departments'))
            site.point(site.find('check box', lambda name: name.startswith('Departments: Sales')))
            site.told('“Department” offers other departments now')
            shot(client, 'site-%s-form-department' % name)


def walk_site_addresses(desktop):
    with Client(desktop) as client:
        site, app = Site(client), client.app
        field = site.field('Add an address, such as https://shop.example')
        site.put(field, 'outlet.example')
        site.find_text('https://shop.example')
        site.put(field, 'https://*.outlet.example')
        site.key('Return')
        site.told('The widget answers on https://*.outlet.example now')
        site.find_text('Visitors on all its subdomains can write')
        app.until(lambda: app.text(field) == '', 'an empty field')
        app.click('push button', 'Remove https://*.outlet.example', site.frame)
        site.find_text('The widget does not answer on https://*.outlet.example any more')
        site.undo()
        site.find_text('Visitors on all its subdomains can write')


def walk_site_preview_missing(desktop):
    """A copy without WebKit: the place of the preview says so, and the settings work. The button and F6 bring it and hide it."""
    for size in (WIDE, NARROW):
        with Client(desktop, size=size, env={'CHATFLOW_PREVIEW': '/nowhere/libchatflow-preview.so'}) as client:
            site, app = Site(client), client.app
            if size == NARROW:
                site.key('F6')
            words = site.find_text('No preview here')
            app.until(lambda: app.extents(words)[2] > 0, 'the words at their size')
            site.find_text('It needs WebKitGTK 6.0')
            assert not app.all('push button', 'The button alone', site.frame), 'nothing to choose'
            bad = nameless(app, site.frame)
            assert not bad, 'controls without a name:\n' + '\n'.join(bad)
            shot(client, 'site-no-preview-%d' % size[0])
            site.find('push button', 'Preview').do_action(0)
            app.until(lambda: not has_state(site.find('push button', 'Preview'), 'PRESSED'), 'no preview')
            site.put(site.field('Title (empty: the name of the site)'), 'Help at Northwind')
            site.key('Return')
            site.find_text('The looks of “%s” were changed' % SITE)


def walk_site_preview_forbidden(desktop):
    """WebKit would end the client where bubblewrap may not do its work: the preview asks before."""
    module = pathlib.Path(PROGRAM).resolve().parents[2] / 'app' / 'web-preview' / 'libchatflow-preview.so'
    assert module.exists(), 'the preview is not built: %s' % module
    folder = pathlib.Path(desktop.folder) / 'no-bwrap'
    folder.mkdir()
    fake = folder / 'bwrap'
    fake.write_text('#!/bin/sh\nexit 1\n', encoding='utf-8')
    fake.chmod(0o755)
    with Client(desktop, env={'CHATFLOW_PREVIEW': str(module), 'PATH': '%s:%s' % (folder, os.environ['PATH'])}) as client:
        Site(client).find_text('which this system does not allow')


def walk_site_identity(desktop):
    """A secret is made, shown once, and listed; one that is revoked can be kept; who is not known can be kept out."""
    with Client(desktop) as client:
        site, app = Site(client), client.app
        only = site.find('label', 'Only visitors whose identity is proven')
        site.point(only)
        site.told('Only visitors whose identity is proven can write now')
        site.find_text('Last used on')
        shot(client, 'site-identity')
        app.click('push button', 'New secret…', site.frame)
        dialog = app.find('frame', 'New secret')
        app.click('push button', 'Make a secret', dialog)
        app.find('label', 'Jx0Yp3mWq8vTz5nRk2sLb7cFh4dGa9eUo1iMw6yXtVQ', dialog)
        app.find_text('It is shown only now', dialog)
        shot(client, 'site-secret')
        app.click('push button', 'Copy', dialog)
        app.find('push button', 'Copied', dialog)
        app.click('push button', 'Done', dialog)
        app.gone('frame', 'New secret')
        was_copied(site, 'Jx0Yp3mWq8vTz5nRk2sLb7cFh4dGa9eUo1iMw6yXtVQ')
        site.find_text('Not used yet')
        app.click('push button', 'Revoke', site.frame)
        site.find_text('Revoked the secret')
        app.until(lambda: not app.all('label', lambda name: name.startswith('Last used on'), site.frame), 'it is gone')
        site.undo()
        site.find_text('Last used on')


def answer(app, heading, word):
    """Of a question in a small window of its own, found by what it asks."""
    label = app.find('label', heading)
    window = label
    while window.get_role_name() not in ('frame', 'dialog', 'alert'):
        window = window.get_parent()
    app.click('push button', lambda name: name.endswith(word), window)
    app.until(lambda: not app.all('label', heading), 'the answer')


def walk_site_keys(desktop):
    """A key is made for what was chosen, shown once and copied, listed, and revoked when that was asked for twice."""
    with Client(desktop) as client:
        site, app = Site(client), client.app
        site.find_text('Shop server (cfk_Ab3dE6gH…)')
        add = site.find('push button', 'New API key…')
        site.reach(add)
        shot(client, 'site-keys')
        add.do_action(0)
        dialog = app.find('frame', 'New API key')
        make = app.find('push button', 'Make a key', dialog)
        assert not has_state(make, 'SENSITIVE'), 'a key without a name can be made'
        app.write(app.find('text', 'Name, so that you recognise it', dialog), 'Warehouse')
        app.until(lambda: has_state(make, 'SENSITIVE'), 'a name is enough to go on')
        make.do_action(0)
        app.find_text('Choose what the key may be used for', dialog)
        bad = nameless(app, dialog)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        app.find('check box', 'Read visitors', dialog).do_action(0)
        app.find('check box', 'Change visitors', dialog).do_action(0)
        shot(client, 'site-key-scopes')
        make.do_action(0)
        app.find('label', 'cfk_Jx0Yp3mWq8vTz5nRk2sLb7cFh4dGa9eUo1iMw6yXtVQ', dialog)
        app.find_text('It is shown only now', dialog)
        app.click('push button', 'Copy', dialog)
        app.find('push button', 'Copied', dialog)
        shot(client, 'site-key')
        app.click('push button', 'Done', dialog)
        app.gone('frame', 'New API key')
        was_copied(site, 'cfk_Jx0Yp3mWq8vTz5nRk2sLb7cFh4dGa9eUo1iMw6yXtVQ')
        site.find_text('Warehouse (cfk_Jx0Yp3mW…)')
        site.find_text('Read visitors · Change visitors\n')
        assert not app.all('label', lambda name: 'cfk_Jx0Yp3mWq' in name, site.frame), 'the key is still shown'
        revoke = app.all('push button', 'Revoke', site.frame)[-1]
        site.reach(revoke)
        revoke.do_action(0)
        answer(app, 'Revoke “Warehouse”?', 'Cancel')
        site.find_text('Warehouse (cfk_Jx0Yp3mW…)')
        app.all('push button', 'Revoke', site.frame)[-1].do_action(0)
        app.find_text('Revoke “Warehouse”?')
        shot(client, 'site-key-revoke')
        answer(app, 'Revoke “Warehouse”?', 'Revoke')
        site.find_text('The key opens nothing any more')
        app.until(lambda: not app.all('label', lambda name: 'Warehouse' in name, site.frame), 'it is gone')


def walk_site_limits(desktop):
    """Numbers are saved; closed conversations are erased only after it was said how many."""
    with Client(desktop) as client:
        site, app = Site(client), client.app
        days = site.find('spin button', 'Days for which closed conversations are kept')
        site.reach(days)
        shot(client, 'site-limits')
        value = days.get_value_iface()
        value.set_current_value(30)
        app.find_text('Erase 12 conversations now?')
        shot(client, 'site-expiry')
        answer(app, 'Erase 12 conversations now?', 'Cancel')
        app.until(lambda: value.get_current_value() == 0, 'as it was')
        value.set_current_value(30)
        app.find_text('closed more than 30 days ago')
        answer(app, 'Erase 12 conversations now?', 'Erase')
        site.told('Closed conversations are erased after that time')
        assert value.get_current_value() == 30
        value.set_current_value(400)
        site.told('Closed conversations are erased after that time')
        calls = site.find('spin button', 'Calls in a minute').get_value_iface()
        before = calls.get_current_value()
        calls.set_current_value(6000)
        site.find_text('Other limits now')
        site.undo()
        app.until(lambda: calls.get_current_value() == before, 'as it was')
        calls.set_current_value(6000)
        site.told('Other limits now')
        assert calls.get_current_value() == 6000


def walk_site_roles(desktop):
    """A supervisor reads, and changes nothing."""
    with Client(desktop, 'supervisor') as client:
        site = Site(client)
        for name in ('Title (empty: the name of the site)', 'Name', 'Add an address, such as https://shop.example'):
            assert not usable(site.field(name)), name
        shot(client, 'site-supervisor')


def shot_sites(desktop):
    for name, modes, size, env in (('light', '', WIDE, None), ('dark', '', WIDE, {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
                                   ('narrow', '', NARROW, None), ('rtl', 'rtl', WIDE, None)):
        with Client(desktop, modes, size, env) as client:
            site = Site(client)
            shot(client, 'site-%s' % name)
            site.reach(site.find('label', 'Your email address'))
            shot(client, 'site-%s-form' % name)
            site.reach(site.find('label', 'Sunday'))
            shot(client, 'site-%s-hours' % name)
            site.reach(site.field('Add an address, such as https://shop.example'))
            shot(client, 'site-%s-end' % name)
            site.reach(site.find('push button', 'Revoke'))
            shot(client, 'site-%s-identity' % name)


def walk_site_privacy(desktop):
    """What is kept of visitors: each change is saved by itself."""
    for name, size, modes in (('full', WIDE, ''), ('dark', WIDE, 'dark'), ('narrow', NARROW, ''), ('rtl', WIDE, 'rtl')):
        with Client(desktop, modes, size) as client:
            site = Site(client)
            ask = site.find(None, 'Ask before following visitors')
            site.reach(site.find(None, 'Days for which visits are kept'))
            shot(client, 'site-%s-privacy' % name)
            if name == 'full':
                site.point(ask)
                site.find_text('Visitors are asked before they are followed')
                site.find_text('Undo')


def walk_site_talk(desktop):
    """How visitors rate and what they hear, and a question that is asked outside the hours only."""
    for name, size, modes in (('full', WIDE, ''), ('narrow', NARROW, ''), ('rtl', WIDE, 'rtl')):
        with Client(desktop, modes, size) as client:
            site = Site(client)
            ask = site.find(None, 'Ask for a rating')
            site.reach(site.find(None, 'Volume of the sound'))
            shot(client, 'site-%s-talk' % name)
            if name == 'full':
                site.point(ask)
                site.find_text('Visitors are not asked for a rating now')
                site.undo()
                site.point(site.find(None, 'Sound for new messages'))
                site.find_text('Visitors hear nothing unless they choose to')


def walk_site_reply(desktop):
    """How soon somebody usually replies: the present figure, and whether visitors read it."""
    for name, size, modes in (('full', WIDE, ''), ('narrow', NARROW, ''), ('rtl', WIDE, 'rtl')):
        with Client(desktop, modes, size) as client:
            site = Site(client)
            tell = site.find('check box', 'Tell how soon you usually reply')
            site.find_text('In the last four weeks: within 15 minutes')
            site.reach(tell)
            shot(client, 'site-%s-reply' % name)
            if name == 'full':
                site.point(tell)
                site.find_text('Visitors don’t read how soon you reply now')


def walk_site_files(desktop):
    """Which files visitors may send: none, smaller ones, pictures; each is saved, and taken back."""
    for name, size, modes in (('full', WIDE, ''), ('narrow', NARROW, ''), ('rtl', WIDE, 'rtl')):
        with Client(desktop, modes, size) as client:
            site = Site(client)
            take = site.find('check box', 'Visitors can send files')
            largest = site.find('spin button', 'Largest file, in megabytes')
            site.reach(largest)
            shot(client, 'site-%s-files' % name)
            if name != 'full':
                continue
            assert usable(largest)
            site.point(take)
            site.find_text('Visitors cannot send files now')
            site.app.until(lambda: not usable(largest), 'nothing to choose any more')
            site.undo()
            site.app.until(lambda: usable(largest), 'as it was')
            value = largest.get_value_iface()
            value.set_current_value(5)
            site.told('Files may have another size now')
            assert value.get_current_value() == 5
