# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through the lists of conversations and the keys of the window."""

import os
import re
import subprocess

from client import SHOTS, Client, found, nameless, palette, press, shot


def walk_names(client):
    client.open('Ana Sousa')
    client.app.find(None, 'Ana Sousa, Could it be here by Friday?, vip, refund, Lieferung')
    client.app.find(None, lambda name: name.startswith('Maximiliane') and ', 3 unread, ' in name)
    print('first window after %.2f s' % client.app.first_window)
    bad = nameless(client.app)
    assert not bad, 'controls without a name:\n' + '\n'.join(bad)


def walk_patience(client):
    """Who waits for long is amber, who waits for too long is red and has a mark beside the words."""
    app = client.app
    for key in ('2', '1'):
        app.key('ctrl+' + key)
        rows = app.find('list', 'Conversations')
        app.until(lambda: app.all('label', lambda name: name.startswith('waiting'), rows), 'somebody who waits')
        for label in app.all('label', lambda name: name.startswith('waiting'), rows):
            minutes = re.search(r'(\d+) min', label.get_name())
            late = minutes is None or int(minutes.group(1)) >= 10
            if app.extents(label)[2] > 0:
                red, green, blue = warmest(client, app.extents(label))
                assert (red > 2 * green) == late and red > blue + 60, (label.get_name(), red, green, blue)
    app.key('ctrl+1')


def warmest(client, box):
    """The warmest of the pixels there."""
    path = os.path.join(SHOTS, 'patience.png')
    client.app.screenshot(path)
    told = subprocess.run(['convert', path, '-crop', '%dx%d+%d+%d' % (box[2], box[3], box[0], box[1]), '-depth', '8', 'rgb:-'], capture_output=True, check=True).stdout
    return max((told[i:i + 3] for i in range(0, len(told), 3)), key=lambda pixel: pixel[0] - pixel[2])


def walk_keys(client):
    app = client.app
    app.find('label', 'Ana Sousa')
    for key, name in (('2', '林小明'), ('4', 'Priya Raghunathan'), ('6', 'Søren Kjærgaard'), ('3', 'Tomás O’Brien'), ('5', '<script>alert(1)</script>'),
                      ('1', 'Jürgen Weiß')):
        app.key('ctrl+' + key)
        app.until(lambda wanted=name: app.all('label', wanted, app.find('list', 'Conversations')), name)
    app.key('ctrl+u')
    app.until(lambda: (client.title() or '').startswith('Maximiliane'), 'the next unread')
    app.key('ctrl+2')
    app.key('alt+Down')
    app.until(lambda: client.title() == 'Visitor', 'an unassigned one')
    app.key('ctrl+shift+a')
    app.find_text('took the conversation')
    app.key('ctrl+shift+w')
    app.find_text('Closed the conversation with Visitor')
    app.find('push button', 'Reopen')
    shot(client, 'closed-undo')
    app.click('push button', lambda name: 'Undo' in name)
    app.find_text('reopened the conversation')
    app.key('ctrl+question')
    app.find_text('Next unread conversation')
    shot(client, 'shortcuts')


def walk_desk(client):
    """Tags, handing over, snoozing and waking, by the keyboard alone."""
    app = client.app
    client.open('Ana Sousa')
    app.key('ctrl+shift+l')
    app.find('entry', 'Tag')
    app.type('later')
    shot(client, 'tags')
    app.key('Return')
    app.find('push button', 'Remove the tag later')
    app.click('push button', 'Remove the tag later')
    app.gone('push button', 'Remove the tag later')
    app.key('ctrl+shift+s')
    app.find('push button', lambda name: name.startswith('Tomorrow, '))
    shot(client, 'snooze')
    app.click('push button', lambda name: name.startswith('Tomorrow, '))
    app.find_text('Snoozed until')
    shot(client, 'snoozed')
    app.click('push button', 'Wake now')
    app.find_text('The conversation is back')
    client.open('ليلى حداد')
    app.key('ctrl+shift+h')
    app.find('entry', 'Hand over to')
    app.type('superv')
    app.key('Return')
    app.find_text('Escalated: the supervisors are called')
    app.find('panel', lambda name: name.startswith('ليلى حداد, Escalated'))
    shot(client, 'escalated')
    app.click('push button', 'End')
    app.find_text('ended the escalation')
    app.key('ctrl+shift+h')
    app.find('entry', 'Hand over to')
    shot(client, 'hand-over')
    app.type('chia')
    app.key('Return')
    app.find_text('handed the conversation over to Chiara Conti')


def walk_message_menu(client):
    """What can be done with a message: answered with a quote, edited, deleted, copied; a note pinned."""
    app = client.app
    client.open('Jürgen Weiß')
    client.script('viewing 7 Chiara Conti')
    app.find_text('Chiara Conti is looking at this')
    row = client.message('Vielen Dank')
    app.point(app.find('label', 'Vielen Dank für die schnelle Hilfe!', row))
    app.key('Menu')
    app.click('menu item', 'Reply with quote')
    app.find('push button', 'Never mind')
    shot(client, 'quote')
    client.send('Sehr gerne')
    app.find('push button', lambda name: name.startswith('In answer to Vielen Dank'))
    app.find_text('Seen', client.message('Sehr gerne'))
    shot(client, 'quoted')
    client.script('overtake')
    client.send('Noch etwas')
    app.find_text('Chiara Conti has written meanwhile')
    shot(client, 'overtaken')
    app.click('push button', 'Send anyway')
    app.find_text('Seen', client.message('Noch etwas'))


def walk_order(desktop):
    """Each of the three orders, and the one that was chosen last after a new start."""
    def names(client):
        texts = client.app.labels(client.app.find('list', 'Conversations'))
        return [text for text in texts if text in ('Ana Sousa', 'ليلى حداد', 'Jürgen Weiß')]

    newest, oldest = ['Ana Sousa', 'ليلى حداد', 'Jürgen Weiß'], ['Jürgen Weiß', 'ليلى حداد', 'Ana Sousa']
    with Client(desktop) as client:
        client.app.until(lambda: names(client) == newest, 'the newest first')
        palette(client, 'order oldest')
        found(client, 'Order: oldest message first')
        press(client, 'Return')
        client.app.until(lambda: names(client) == oldest, 'the oldest first')
    with Client(desktop) as client:
        client.app.until(lambda: names(client) == oldest, 'the oldest first, as it was left')
        palette(client, 'order waiting')
        press(client, 'Return')
        client.app.until(lambda: names(client)[0] == 'Ana Sousa' and names(client) != oldest, 'who waits first')
        shot(client, 'order-waiting')
        client.app.key('ctrl+4')
        palette(client, 'order newest')
        press(client, 'Return')
        client.app.key('ctrl+1')
        client.app.until(lambda: names(client) and names(client)[0] == 'Ana Sousa', 'each inbox its own')
        palette(client, 'order newest')
        press(client, 'Return')
        client.app.until(lambda: names(client) == newest, 'the newest first')


def walk_next_waiting(client):
    app = client.app
    app.find('label', 'Ana Sousa')
    seen = []
    for _ in range(3):
        app.key('ctrl+j')
        before = seen[-1] if seen else None
        seen.append(app.until(lambda was=before: client.title() if client.title() not in (None, was) else None, 'somebody who waits'))
    assert len(set(seen)) == 3, seen


def walk_restored(client):
    """A server that was restored may know nothing of what is open or was found."""
    app = client.app
    client.open('Ana Sousa')
    palette(client, 'lin@ex')
    found(client, '林小明')
    client.script('reset')
    app.gone('frame', 'Search')
    app.find('label', 'Ana Sousa', app.find('list', 'Conversations'))
    app.until(lambda: any(app.on_screen(words) for words in app.all('label', 'No conversation open')), 'nothing that is open')
    client.open('Ana Sousa')
