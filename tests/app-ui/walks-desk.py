# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through conversations and the keys of the window."""

from client import Client, found, nameless, palette, press, rows, shot
from desktop import Timeout


def walk_names(client):
    client.open('Ana Sousa')
    client.app.find(None, 'Ana Sousa, Could it be here by Friday?, vip, refund, Lieferung')
    client.app.find(None, lambda name: name.startswith('Maximiliane') and ', 3 unread, ' in name)
    print('first window after %.2f s' % client.app.first_window)
    bad = nameless(client.app)
    assert not bad, 'controls without a name:\n' + '\n'.join(bad)


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


def walk_send(client):
    client.open('Ana Sousa')
    client.send('We will send it today 🚚 日本 عربي')
    app = client.app
    row = client.message('We will send it today 🚚 日本 عربي')
    app.find_text('Seen', row)
    captions = [text for item in client.messages() for text in app.labels(item) if '· Sent' in text or '· Seen' in text]
    assert len(captions) == 1, captions


def walk_enter_sends(client):
    client.open('Ana Sousa')
    client.app.type('first line')
    client.app.key('shift+Return')
    client.app.type('second line')
    client.app.key('Return')
    client.message('first line\nsecond line')
    client.app.type('with control')
    client.app.key('ctrl+Return')
    client.message('with control')


def walk_note(client):
    app = client.app
    client.open('Ana Sousa')
    app.find('push button', 'Send')
    app.key('ctrl+shift+n')
    app.find('push button', 'Add note')
    app.gone('push button', 'Send')
    app.find('text', 'Note')
    shot(client, 'note')
    client.send('For the team only', 'Add note')
    client.message('Note by Bruno Keller')
    app.key('ctrl+shift+n')
    app.find('push button', 'Send')


def walk_draft(client):
    """Answer and note have a draft each."""
    app = client.app
    client.open('Ana Sousa')
    app.type('half an answer')
    app.key('ctrl+shift+n')
    app.find('push button', 'Add note')
    app.until(lambda: client.written() == '', 'nothing of the answer in the note')
    app.type('half a note')
    app.key('alt+Down')
    app.until(lambda: client.title() != 'Ana Sousa', 'another conversation')
    app.until(lambda: client.written() == '', 'an empty composer')
    app.find('push button', 'Send')
    app.find_text('Draft: half an answer')
    app.key('alt+Up')
    app.until(lambda: client.written() == 'half a note', 'the draft of the note')
    app.find('push button', 'Add note')
    app.key('ctrl+shift+n')
    app.until(lambda: client.written() == 'half an answer', 'the draft of the answer')
    app.find('push button', 'Send')


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


def walk_new(client):
    app = client.app
    client.open('Ana Sousa')
    client.script('receive 3 Guten Abend')
    app.find('label', 'Guten Abend', app.find('list', 'Conversations'))
    client.open('Maximiliane von Habsburg-Lothringen-Österreichische Nachnamengesellschaft')
    app.until(lambda: any('New' in app.labels(item) for item in client.messages()), 'a mark')
    marked = [item.get_name() for item in client.messages() if 'New' in app.labels(item)]
    assert len(marked) == 1 and 'Guten Abend' in marked[0], marked
    client.send('🎉')
    shot(client, 'new')


def walk_failed(client):
    app = client.app
    client.open('Ana Sousa')
    client.script('fail')
    client.send('This will fail')
    app.find_text('Not sent: this conversation was deleted.')
    shot(client, 'failed')
    app.click('push button', 'Try again', client.message('This will fail'))
    app.find_text('Seen', client.message('This will fail'))
    client.script('fail')
    client.send('This too')
    app.find_text('Not sent')
    app.click('push button', 'Discard', client.message('This too'))
    app.until(lambda: not any('This too' in item.get_name() for item in client.messages()), 'no more “This too”')


def first_in_sight(client):
    """The first message whose upper edge is below that of the view."""
    app = client.app
    top = app.extents(client.view())[1]
    for item in client.messages():
        if app.extents(item)[1] > top + 10:
            return item
    raise Timeout('no message in sight')


def settled(client, item):
    """The row's upper edge, once it has come to rest."""
    last = []

    def rests():
        last.append(client.app.extents(item)[1])
        return len(last) > 2 and last[-1] == last[-2] == last[-3]
    client.app.until(rests, 'a row at rest')
    return last[-1]


def walk_history_stays(desktop):
    with Client(desktop, 'held-history') as client:
        app = client.app
        client.open('Ana Sousa')
        counts = [client.count()]
        while len(counts) < 4:
            app.key('ctrl+Page_Up')
            row = first_in_sight(client)
            before = settled(client, row)
            if not client.near_top():
                continue

            def longer():
                client.script('history 0')
                count = client.count()
                return count if count > counts[-1] else None
            counts.append(app.until(longer, 'older messages'))
            after = settled(client, row)
            assert before == after, '“%s” moved from %d to %d' % (row.get_name()[:40], before, after)
        print('history', counts)


def walk_nothing_jumps(client):
    app = client.app
    client.open('Ana Sousa')
    app.key('ctrl+Page_Up')
    app.find('push button', 'To the newest ↓')
    row = first_in_sight(client)
    name, before = row.get_name(), app.extents(row)[1]
    app.write(app.until(client.composer, 'the composer'), 'while I type')
    for number in range(3):
        client.script('receive 0 News %d' % number)
    app.find('push button', '3 new messages ↓')
    after = app.extents(client.message(name))[1]
    assert before == after, '%d -> %d' % (before, after)
    shot(client, 'pill')
    app.type(' on')
    app.until(lambda: client.written() == 'while I type on', 'the focus kept')
    app.click('push button', '3 new messages ↓')
    app.until(lambda: app.extents(client.message('News 2'))[1] > 0, 'the newest')
    client.script('receive 0 And one more')
    client.message('And one more')


def walk_opens_at_unread(desktop):
    """Where much is unread, reading begins where it begins; what fits on the screen is shown with its end."""
    with Client(desktop, 'unread') as client:
        app = client.app

        def pill_shows():
            return any(app.on_screen(pill) for pill in app.all('push button', 'To the newest ↓'))
        client.open('Ana Sousa')
        app.until(pill_shows, 'the way to the end')
        row = app.until(lambda: next((item for item in client.messages() if 'New' in app.labels(item)), None), 'the first unread')
        top, height = app.extents(client.view())[1], app.extents(client.view())[3]
        assert top <= settled(client, row) < top + height / 2, (top, app.extents(row))
        shot(client, 'opens-at-unread')
        client.open('Maximiliane von Habsburg-Lothringen-Österreichische Nachnamengesellschaft')
        app.until(lambda: not pill_shows(), 'the end in sight')


def walk_rows_arrive(desktop):
    """Rows that are not loaded yet are as high as those that are, so nothing moves when they come."""
    with Client(desktop, 'many,held-rows') as client:
        app = client.app
        rows = app.find('list', 'Conversations')
        app.until(lambda: rows.get_child_count() > 8, 'rows')
        before = app.until(lambda: [app.extents(rows.get_child_at_index(i)) for i in range(8)], 'rows')
        assert len({box[3] for box in before}) == 1, before
        assert app.all(None, 'Loading…', rows)
        shot(client, 'rows-loading')
        client.script('rows')
        app.find('label', 'Visitor 00003', rows)
        assert before == [app.extents(rows.get_child_at_index(i)) for i in range(8)]
