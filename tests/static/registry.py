# SPDX-License-Identifier: GPL-3.0-or-later
"""How a rule is declared: a generator that takes a Tree and yields (path, line, message).

Each rule carries its own proof: small trees that it must refuse, and small trees that it must
let pass. tests/static/check.py tries them before it judges the real tree.
"""

import dataclasses
import typing


@dataclasses.dataclass
class Rule:
    name: str
    judge: typing.Callable
    bad: list
    good: list


RULES = []


def rule(name, bad, good=()):
    """Declares a rule. Examples are dicts of path -> text; a path that ends in "/" is an empty folder."""
    def declare(judge):
        RULES.append(Rule(name, judge, bad, list(good)))
        return judge
    return declare
