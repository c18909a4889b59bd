# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through the messages of a conversation: where one reads, and what arrives meanwhile."""

import re
import subprocess

from client import Client, rows, shot
from desktop import Timeout


def walk_new(client):
    app = client.app
    name = 'Maximiliane von Habsburg-Lothringen-Österreichische Nachnamengesellschaft'
    client.open(name)  # and reads what was unread from the start
    client.open('Ana Sousa')
    client.script('receive 3 Guten Abend')
    app.find('label', 'Guten Abend', app.find('list', 'Conversations'))
    client.open(name)
    app.until(lambda: any('New' in app.labels(item) for item in client.messages()), 'a mark')
    marked = [item.get_name() for item in client.messages() if 'New' in app.labels(item)]
    assert len(marked) == 1 and 'Guten Abend' in marked[0], marked
    client.send('🎉')
    shot(client, 'new')


def first_in_sight(client):
    """The first message whose upper edge is below that of the view."""
    app = client.app
    top = app.extents(client.view())[1]
    for item in client.messages():
        if app.extents(item)[1] > top + 10:
            return item
    raise Timeout('no message in sight')


def walk_history_stays(desktop):
    with Client(desktop, 'held-history') as client:
        app = client.app
        client.open('Ana Sousa')
        counts = [client.count()]
        while len(counts) < 4:
            app.key('ctrl+Page_Up')
            row = first_in_sight(client)
            before = client.app.rest(row)[1]
            if not client.near_top():
                continue

            def longer():
                client.script('history 0')
                count = client.count()
                return count if count > counts[-1] else None
            counts.append(app.until(longer, 'older messages'))
            after = client.app.rest(row)[1]
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


def shown(client, name):
    """All that the messages of a conversation say, without the figures, which are of the clock."""
    client.open(name)
    last = []

    def rests():
        last.append([[re.sub(r'\d', '0', words) for words in [item.get_name(), *client.app.labels(item)]] for item in client.messages()])
        return last[-1] if len(last) > 2 and last[-1] and last[-1] == last[-2] == last[-3] else None
    return client.app.until(rests, 'the messages of ' + name)


def walk_rows_again(desktop):
    """A conversation looks the same in rows that showed another one before: notes, names, buttons and marks of that one are gone."""
    names = ['Ana Sousa', 'Maximiliane von Habsburg-Lothringen-Österreichische Nachnamengesellschaft', 'Jürgen Weiß']
    with Client(desktop) as client:
        client.open(names[0])
        client.script('fail')
        client.app.write(client.app.until(client.composer, 'the composer'), 'This does not arrive')
        client.app.key('ctrl+Return')
        client.app.find('push button', 'Try again')
        first = {name: shown(client, name) for name in names}
        again = {name: shown(client, name) for name in reversed(names)}
    assert any('Try again' in words for item in first[names[0]] for words in item), first[names[0]]
    assert not any('Try again' in words for name in names[1:] for item in again[name] for words in item), again
    for name in names:
        # As far back as both go; the mark of what is new belongs to a visit, the words do not.
        n = min(len(first[name]), len(again[name]))
        both = [[[words for words in item if words != 'New'] for item in one[name][-n:]] for one in (first, again)]
        assert n > 1 and both[0] == both[1], both


def walk_kept_threads(client):
    """A conversation that was left is there as it was left, with what has been said meanwhile; one that is gone leaves nothing behind."""
    app = client.app
    other = 'Maximiliane von Habsburg-Lothringen-Österreichische Nachnamengesellschaft'
    client.open('Ana Sousa')
    app.key('ctrl+Page_Up')
    app.find('push button', 'To the newest ↓')
    row = first_in_sight(client)
    name, before = row.get_name(), client.app.rest(row)[1]
    client.open(other)
    app.until(lambda: not any(item.get_name() == name for item in client.messages()), 'another thread')
    client.script('receive 0 Said while nobody looked')
    app.find('label', 'Said while nobody looked', app.find('list', 'Conversations'))
    # Nothing of it is read by being kept, and no second list is told of to who cannot see.
    assert len(app.all('list', 'Messages')) == 1
    client.open('Ana Sousa')
    app.find('push button', '1 new message ↓')
    after = app.until(lambda: next((item for item in client.messages() if item.get_name() == name), None), 'the row that was read')
    assert client.app.rest(after)[1] == before, (before, client.app.rest(after)[1])
    marked = app.until(lambda: [item for item in client.messages() if 'New' in app.labels(item)], 'a mark')
    assert len(marked) == 1 and 'Said while nobody looked' in marked[0].get_name(), marked
    app.click('push button', '1 new message ↓')
    app.until(lambda: app.extents(client.message('Said while nobody looked'))[1] > 0, 'the newest')
    client.open(other)
    client.script('gone 0')
    app.until(lambda: not app.all('label', 'Ana Sousa', app.find('list', 'Conversations')), 'a list without it')
    assert not app.all('label', 'Said while nobody looked'), 'what is gone is told of'


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
        assert top <= client.app.rest(row)[1] < top + height / 2, (top, app.extents(row))
        shot(client, 'opens-at-unread')
        client.open('Maximiliane von Habsburg-Lothringen-Österreichische Nachnamengesellschaft')
        app.until(lambda: not pill_shows(), 'the end in sight')


def walk_wheel(desktop):
    """However quickly the wheel turns, the list goes as far as its clicks say."""
    with Client(desktop, 'many') as client:
        app = client.app
        rows = app.find('list', 'Conversations')
        third, fourth = (app.extents(app.find('label', 'Visitor 0000%d' % i, rows)) for i in (3, 4))
        left, top, width, page = app.extents(rows)
        turns, clicks = 4, 40
        for _ in range(turns):
            subprocess.run(['xdotool', 'mousemove', '--window', app.window(), str(left + width // 2), str(top + page // 2),
                            'click', '--repeat', str(clicks), '--delay', '0', '5'], check=True)
        wanted = 3 + (turns * clicks * page ** (2 / 3) - third[1] + top) / (fourth[1] - third[1])

        def first():
            """The number of the row at the upper edge."""
            return min((int(label.get_name().split()[1]) for label in app.all('label', lambda name: name.startswith('Visitor '), rows)
                        if app.extents(label)[1] >= top), default=0)
        app.until(lambda: abs(first() - wanted) < 9, 'Visitor %05d at the upper edge' % wanted)
        shot(client, 'wheel-turned')


def walk_rest(desktop):
    """The pointer comes to rest on a row that is no neighbour of the open one: what it tells is laid out before anybody clicks, and nothing is opened by it."""
    with Client(desktop, env={'G_MESSAGES_DEBUG': 'chatflow'}) as client:
        app = client.app
        client.open('Ana Sousa')
        row = app.find('label', 'Jürgen Weiß', app.find('list', 'Conversations'))
        said = lambda what: re.findall(r'conversation (\S+) ' + what, app.output())
        app.until(lambda: said('painted') and said('prepared'), 'a neighbour laid out')
        painted, before = said('painted'), said('prepared')
        left, top, width, height = app.extents(row)
        subprocess.run(['xdotool', 'mousemove', '--window', app.window(), str(left + width // 2), str(top + height // 2)], check=True)
        app.until(lambda: len(said('prepared')) > len(before), 'one more')
        assert (client.title(), said('painted')) == ('Ana Sousa', painted), 'a pointer opens nothing'
        client.open('Jürgen Weiß')
        app.until(lambda: len(said('painted')) > len(painted), 'it was painted')
        assert said('painted')[-1] in said('prepared'), 'it was ready'


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
