#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sums what meson's test logs of several build folders hold, test case by test case.

Prints the closing lines of every Node test runner, the names of what failed, and as the last line
"N passed, N failed". Exits with 1 when anything failed or nothing ran.
"""

import json
import pathlib
import re
import sys

TAP = re.compile(r'^(not ok|ok)\b(.*)$', re.M)
NODE = re.compile(r'^(?:#|\u2139) (tests|pass|fail|cancelled|skipped|todo) (\d+)$', re.M)
UNITTEST = re.compile(r'^Ran (\d+) tests? in .*\n\n(?:OK|FAILED)(?: \((.*)\))?$', re.M)
GOOD = {'OK', 'EXPECTEDFAIL', 'SKIP'}


def count_node(output):
    found = {}
    for word, number in NODE.findall(output):
        found[word] = found.get(word, 0) + int(number)
    if 'tests' not in found:
        return None
    return found.get('pass', 0), found.get('fail', 0) + found.get('cancelled', 0), found.get('skipped', 0)


def count_unittest(text):
    match = UNITTEST.search(text)
    if match is None:
        return None
    words = dict(part.split('=') for part in (match[2] or '').split(', ') if part)
    failed = int(words.get('failures', 0)) + int(words.get('errors', 0))
    skipped = int(words.get('skipped', 0))
    return int(match[1]) - failed - skipped, failed, skipped


def count_tap(output):
    passed = failed = skipped = 0
    for word, rest in TAP.findall(output):
        if re.search(r'#\s*skip', rest, re.I):
            skipped += 1
        elif word == 'ok':
            passed += 1
        else:
            failed += 1
    return (passed, failed, skipped) if passed + failed + skipped else None


def count(entry):
    """Returns (passed, failed, skipped) of one program that meson ran."""
    output = entry.get('stdout', '')
    numbers = count_node(output) or count_unittest(output + '\n' + entry.get('stderr', '')) or count_tap(output)
    if entry['result'] == 'SKIP' and numbers is None:
        return 0, 0, 1
    passed, failed, skipped = numbers or ((1, 0, 0) if entry['result'] in GOOD else (0, 1, 0))
    if entry['result'] not in GOOD and failed == 0:
        failed = 1  # a crash, a leak or a time-out after the last case
    return passed, failed, skipped


def entries(build):
    log = pathlib.Path(build, 'meson-logs', 'testlog.json')
    if not log.exists():
        return [{'name': f'{build}: no suite was run', 'result': 'FAIL'}]
    return [json.loads(line) for line in log.read_text(encoding='utf-8').splitlines() if line]


def main(builds):
    total = [0, 0, 0]
    for build in builds:
        for entry in entries(build):
            numbers = count(entry)
            total = [a + b for a, b in zip(total, numbers)]
            if count_node(entry.get('stdout', '')):
                print(f'{entry["name"]}:')
                for word, number in NODE.findall(entry['stdout']):
                    print(f'# {word} {number}')
            if numbers[1]:
                print(f'failed: {entry["name"]} ({numbers[1]} of {sum(numbers)}, {entry["result"].lower()})')
    passed, failed, skipped = total
    print()
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
