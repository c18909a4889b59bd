#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The house rules. Silence is a pass.

  check.py [--tap] [TOP]   judges the tree at TOP (default: this one)
"""

import pathlib
import sys

sys.dont_write_bytecode = True

from registry import RULES  # noqa: E402
from tree import Tree  # noqa: E402

# Importing them declares their rules.
import desk  # noqa: E402, F401
import files  # noqa: E402, F401
import includes  # noqa: E402, F401
import manual  # noqa: E402, F401
import packages  # noqa: E402, F401
import sources  # noqa: E402, F401
import web  # noqa: E402, F401


def small_tree(example):
    texts = {path: text for path, text in example.items() if not path.endswith('/')}
    return Tree(texts, [path[:-1] for path in example if path.endswith('/')])


def unproven(rule):
    """Yields what is wrong with the rule itself: a bad example that passes, a good one that does not."""
    for example in rule.bad:
        if not list(rule.judge(small_tree(example))):
            yield f'the rule "{rule.name}" lets a bad example pass: {example}'
    for example in rule.good:
        for finding in rule.judge(small_tree(example)):
            yield f'the rule "{rule.name}" refuses a good example: {finding}'


def main(arguments):
    tap = '--tap' in arguments
    tops = [argument for argument in arguments if argument != '--tap']
    tree = Tree.read(tops[0] if tops else pathlib.Path(__file__).parents[2])
    failed = False

    if tap:
        print(f'1..{2 * len(RULES)}')
    number = 0
    for rule in RULES:
        findings = [f'{path}:{line}: {message}' for path, line, message in rule.judge(tree)]
        for title, problems in ((f'{rule.name}: its examples', list(unproven(rule))), (rule.name, findings)):
            number += 1
            if tap:
                print(f'{"not ok" if problems else "ok"} {number} - {title}')
            for problem in problems:
                print(f'# {problem}' if tap else f'{problem}  [{rule.name}]')
            failed = failed or bool(problems)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
