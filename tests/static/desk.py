# SPDX-License-Identifier: GPL-3.0-or-later
"""What the client tells of the program must be all of it: its keys, and what the daemon notes."""

import re

from registry import rule

# What these do everywhere, in lists, menus and windows, nobody looks up.
ORDINARY = {'Up', 'Down', 'Left', 'Right', 'Home', 'End', 'Page_Up', 'Page_Down', 'Tab', 'Return', 'Escape', 'space', 'BackSpace', 'Delete'}
MASKS = {'GDK_CONTROL_MASK': 'Control', 'GDK_SHIFT_MASK': 'Shift', 'GDK_ALT_MASK': 'Alt'}
OVERLAY = 'resources/ui/help-overlay.blp'


def spelled(keys):
    """One accelerator, however it is written: (modifiers, key)."""
    return frozenset(re.findall(r'<(\w+)>', keys)), re.sub(r'<\w+>', '', keys).lower()


def shown(text):
    """All that the window of shortcuts shows; "<Control>1...3" is three, "<Alt>Up...Down" two."""
    found = set()
    for accelerators in re.findall(r'accelerator: "([^"]+)"', text):
        for one in accelerators.split():
            first, _, last = one.partition('...')
            before, key = re.fullmatch(r'((?:<\w+>)*)(.+)', first).groups()
            keys = [key]
            if last:
                keys = [str(number) for number in range(int(key), int(last) + 1)] if key.isdigit() else [key, last]
            found |= {spelled(before + each) for each in keys}
    return found


def bound(file):
    """Yields (line, accelerator) of what a C file binds."""
    for match in re.finditer(r'^  \{ "[a-z]+\.[^"]+(?:\\"[^"]*)*", \{ ((?:"[^"]+"(?:, )?)+) \} \},$', file.text, re.M):
        for keys in re.findall(r'"([^"]+)"', match[1]):
            yield file.line_of(match.start()), keys
    for match in re.finditer(r'(?:add_binding\w* \(|add_key \(|keyval_trigger_new \()[^;{}]*?GDK_KEY_(\w+), ((?:GDK_\w+_MASK(?: \| )?)+|0)', file.text):
        masks = re.findall(r'GDK_\w+_MASK', match[2])
        if masks or match[1] not in ORDINARY:
            yield file.line_of(match.start()), ''.join(f'<{MASKS[mask]}>' for mask in masks) + match[1]


@rule('every accelerator is in the window of shortcuts',
      bad=[{'app/application.c': '  { "app.quit", { "<Control>q" } },\n', OVERLAY: ''},
           {'app/a.c': 'gtk_widget_class_add_binding_action (c, GDK_KEY_b, GDK_CONTROL_MASK, "a", NULL);\n', OVERLAY: 'accelerator: "<Control>c";'},
           {'app/a.c': 'add_key (keys, GDK_KEY_Up, GDK_CONTROL_MASK | GDK_SHIFT_MASK, f, 1);\n', OVERLAY: 'accelerator: "<Control>Up";'},
           {'app/a.c': 'gtk_keyval_trigger_new (GDK_KEY_F6, 0)', OVERLAY: ''}],
      good=[{'app/application.c': '  { "win.inbox(\'mine\')", { "<Control>2", "<Control>KP_2" } },\n', OVERLAY: 'accelerator: "<Control>1...6";'},
            {'app/a.c': 'add_key (keys, GDK_KEY_Up, GDK_SHIFT_MASK | GDK_CONTROL_MASK, f, 1);\n', OVERLAY: 'accelerator: "<Control><Shift>Up...Down";'},
            {'app/a.c': 'gtk_widget_class_add_binding_action (c, GDK_KEY_Escape, 0, "window.close", NULL);\n', OVERLAY: ''}])
def accelerators(tree):
    overlay = tree.by_path.get(OVERLAY)
    if overlay is None:
        return
    known = shown(overlay.text)
    for file in tree.ending('.c'):
        if not file.within('app'):
            continue
        for line, keys in bound(file):
            if spelled(keys.replace('KP_', '')) not in known and spelled(keys.replace('KP_Enter', 'Return')) not in known:
                yield file.path, line, f'{keys} is not in {OVERLAY}'


@rule('the client has words for all that the audit log holds',
      bad=[{'backend/a.c': 'cfd_audit_note (tx, by, "tag.add", &tag->parent);', 'app/features/settings/labels.c': ''},
           {'backend/a.c': 'note (tx, by, made ? "macro.add" : "tag.add");', 'app/features/settings/labels.c': '{ "tag.add", N_("a") },'}],
      good=[{'backend/a.c': 'cfd_audit_note (tx, by, "tag.add", &tag->parent);', 'app/features/settings/labels.c': '  { "tag.add", N_("Added a tag") },'},
            {'backend/b-methods.c': '{ "tag.list", CFD_ALLOW_STAFF', 'app/features/settings/labels.c': ''}])
def audit_words(tree):
    labels = tree.by_path.get('app/features/settings/labels.c')
    if labels is None:
        return
    known = set(re.findall(r'\{ "(\w+\.\w+)", N_', labels.text))
    for file in tree.ending('.c'):
        if not file.within('backend'):
            continue
        for call in re.finditer(r'\b(?:cfd_audit_note|note|note_\w+|put|issue) \([^;{}]*;', file.text):
            for action in re.findall(r'"([a-z]+\.[a-z_]+)"', call[0]):
                if action not in known:
                    yield file.path, file.line_of(call.start()), f'{action} has no words in {labels.path}'
