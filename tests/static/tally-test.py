#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/lib/tally.py: each runner's own words are counted, and what failed otherwise is not missed."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'lib'))
sys.dont_write_bytecode = True

import tally  # noqa: E402


def entry(stdout, result='OK', stderr=''):
    return {'name': 'a', 'stdout': stdout, 'stderr': stderr, 'result': result}


class Count(unittest.TestCase):
    def test_glib(self):
        output = '# random seed\n1..3\nok 1 /a/b\nnot ok /a/c\nok 3 /a/d # SKIP no display\n'
        self.assertEqual(tally.count(entry(output, 'FAIL')), (1, 1, 1))

    def test_node(self):
        output = 'TAP version 13\n    ok 1 - inner\nok 1 - outer\n# tests 5\n# pass 3\n# fail 1\n# cancelled 0\n# skipped 1\n'
        self.assertEqual(tally.count(entry(output, 'FAIL')), (3, 1, 1))

    def test_node_spec(self):
        self.assertEqual(tally.count(entry('\u2139 tests 2\n\u2139 pass 2\n\u2139 fail 0\n')), (2, 0, 0))

    def test_unittest(self):
        words = '...\n' + '-' * 70 + '\nRan 4 tests in 0.1s\n\nFAILED (failures=1, skipped=1)\n'
        self.assertEqual(tally.count(entry('', 'FAIL', words)), (2, 1, 1))

    def test_program_without_cases(self):
        self.assertEqual(tally.count(entry('')), (1, 0, 0))
        self.assertEqual(tally.count(entry('', 'FAIL')), (0, 1, 0))
        self.assertEqual(tally.count(entry('', 'TIMEOUT')), (0, 1, 0))
        self.assertEqual(tally.count(entry('', 'SKIP')), (0, 0, 1))

    def test_crash_after_the_last_case(self):
        self.assertEqual(tally.count(entry('ok 1 /a\nok 2 /b\n', 'ERROR')), (2, 1, 0))


if __name__ == '__main__':
    unittest.main()
