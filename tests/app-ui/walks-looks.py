# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through light, dark, narrow, right to left, empty and full."""

import os
import subprocess

from client import Client, picture, pictures, shot
from desktop import has_state

PEEK = ('peek 0 and I need it by fr',)


def walk_narrow(desktop):
    with Client(desktop, size=(360, 720)) as client:
        app = client.app
        app.find('label', 'Ana Sousa')
        shot(client, 'narrow-list')
        composer = client.open('Ana Sousa')
        app.until(lambda: app.extents(composer)[0] < 360, 'the conversation')
        shot(client, 'narrow-conversation')
        app.key('ctrl+i')
        app.find('label', 'Conversation began')
        shot(client, 'narrow-visitor')
        app.key('Escape')
        app.key('Escape')
        app.key('F10')
        shot(client, 'narrow-sidebar')


def shot_light(desktop):
    picture(desktop, 'light', script=PEEK)


def shot_dark(desktop):
    picture(desktop, 'dark', env={'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}, script=PEEK)


def shot_high_contrast(desktop):
    picture(desktop, 'high-contrast', env={'ADW_DEBUG_HIGH_CONTRAST': '1'})
    picture(desktop, 'high-contrast-dark', env={'ADW_DEBUG_HIGH_CONTRAST': '1', 'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'})


def shot_sizes(desktop):
    picture(desktop, 'wide', size=(2200, 1100))
    picture(desktop, 'medium', size=(800, 700))
    picture(desktop, 'large-text', env={'GDK_DPI_SCALE': '1.5'})


def shot_rtl(desktop):
    pictures(desktop, {'rtl': 'ليلى حداد', 'rtl-long': 'Ana Sousa'}, modes='rtl')


def shot_content(desktop):
    pictures(desktop, {'long-name': 'Maximiliane von Habsburg-Lothringen-Österreichische Nachnamengesellschaft',
                       'arabic': 'ليلى حداد'})
    picture(desktop, 'many', 'many')
    picture(desktop, 'empty', 'empty', conversation=None)
    picture(desktop, 'loading', 'loading', conversation=None)


def walk_wide(desktop):
    """On a wide screen the visitor's details stay as wide as they need, and the list gets some of the rest."""
    widths = {}
    for width in (1280, 1920, 2560, 3440):
        with Client(desktop, size=(width, 1000)) as client:
            client.open('Ana Sousa')
            app = client.app
            panes = [app.extents(app.find(role, name)) for role, name in (('list', 'Inboxes'), ('list', 'Conversations'), ('list', 'Messages'), ('list', 'Other conversations'))]
            assert all(left[0] + left[2] <= right[0] + 1 for left, right in zip(panes, panes[1:])), 'four panes beside each other: %s' % panes
            assert panes[-1][0] + panes[-1][2] <= width, panes
            text = app.extents(app.find('text', 'Reply'))
            assert text[2] < 860 and abs(text[0] * 2 + text[2] - panes[2][0] * 2 - panes[2][2]) < 12, 'the text stays readable, in the middle: %s %s' % (text, panes)
            bubbles = [app.extents(item) for item in app.all('label', lambda name: name.startswith('Earlier message'))]
            assert all(item[2] < 860 for item in bubbles), bubbles
            widths[width] = (panes[1][2], text[2])
            shot(client, 'wide-%d' % width)
    assert widths[1920][0] > widths[1280][0] + 60, widths
    assert widths[1920][1] < 860, widths


def walk_focus_ring(desktop):
    """Wherever the keyboard goes, what has it looks otherwise than without."""
    def part(path, place):
        crop = '%dx%d+%d+%d' % (place[2] + 8, place[3] + 8, max(place[0] - 4, 0), max(place[1] - 4, 0))
        return subprocess.run(['convert', path, '-crop', crop, '+repage', 'rgb:-'], capture_output=True, check=True).stdout

    for name, env in (('light', {}), ('dark', {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}), ('contrast', {'ADW_DEBUG_HIGH_CONTRAST': '1'})):
        with Client(desktop, env=env) as client:
            app = client.app
            app.find('label', 'Ana Sousa')
            before, after = (os.path.join(desktop.folder, 'ring-%s-%s.png' % (name, when)) for when in ('before', 'after'))
            visited = []
            for _ in range(8):
                app.screenshot(before)
                app.key('Tab')
                focused = app.until(lambda: next((item for item in app.walk() if has_state(item, 'FOCUSED') and item not in visited and app.extents(item)[2] > 0), None), 'another one')
                visited.append(focused)
                place = app.extents(focused)

                def rings():
                    app.screenshot(after)
                    return part(before, place) != part(after, place)
                app.until(rings, 'a ring around %s “%s”' % (focused.get_role_name(), focused.get_name()))
            shot(client, 'focus-ring-' + name)
