"""Tying: each number of the steps to where it comes from.

One rule keeps this honest: a number that is left alone is never wrong. Whenever an operand could come
from two places (the 2 of "2 boxes" or of "twice"?), everything it could come from is frozen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations
from math import prod

from train.data import Example
from train.resample.drawing import original
from train.resample.equations import (
    Dropped,
    Hole,
    Number,
    Tree,
    leaves_of,
    number,
    parse,
    slots_of,
    subtrees,
    value,
    with_leaves,
)
from train.resample.mentions import find_mentions
from train.resample.template import Template, assemble
from train.resample.words import BROUGHT

REST = re.compile(r"remain|\brest\b", re.I)  # the rest of a month, a day, a hundred
COUNTED = {Fraction(2), Fraction(3), Fraction(4)}  # things a reader counts: an average of three


def build(examples: Iterable[Example]) -> tuple[list[Template], dict[str, int]]:
    """Make a template of every problem that allows it; the report counts the rest by reason."""
    templates, report = [], Counter(kept=0)
    for example in examples:
        try:
            templates.append(template_of(example))
            report["kept"] += 1
        except Dropped as reason:
            report[str(reason)] += 1
    return templates, dict(report)


def _forms(kind: str, slot: Hole) -> list[Tree]:
    """What a number may look like in a step: 20% as 20, 0.2, 0.8, 1.2, 80 or 120."""
    hundred = Fraction(100)
    share = ("/", slot, hundred)
    if kind == "percent":
        one = Fraction(1)
        return [
            slot,
            share,
            ("-", one, share),
            ("+", one, share),
            ("-", hundred, slot),
            ("+", hundred, slot),
        ]
    return [slot, share] if kind == "cents" else [slot]


def template_of(example: Example) -> Template:
    """The problem with holes, checked: with its own numbers it is the problem again.

    Raises:
        Dropped: it cannot be tied; the message says why.
    """
    template = _template(example)
    again = original(template)
    if (again.question, again.steps) != (example.question, example.steps):
        raise Dropped("not rebuilt exactly")
    return template


def _template(example: Example) -> Template:
    """Tie every operand to where it comes from, then freeze what is not certain."""
    if not example.steps:
        raise Dropped("no steps")
    trees = [equation(step) for step in example.steps]
    results = [value(tree) for tree in trees]
    if results[-1] != number(example.answer):
        raise Dropped("the last result is not the answer")
    if not all(isinstance(tree, tuple) for tree in trees):
        raise Dropped("a step computes nothing")  # 12=12: it was found in the head
    mentions, phrases = find_mentions(example.question)
    keys = sorted({mention.key for mention in mentions})
    sizes = [size for size, _ in keys]
    frozen = {keys.index(mention.key) for mention in mentions if not mention.free}
    forms = [form for slot, (_, kind) in enumerate(keys) for form in _forms(kind, Hole(slot))]
    found = [
        set().union(*(f[1] for f in facts if f[0].search(example.question))) for facts in BROUGHT
    ]
    if REST.search(example.question):
        rest = {whole - size for whole in found[0] | found[1] for size in sizes}
        found[1] = found[1] | rest
    origins = Origins(
        {form: value(form, sizes) for form in forms}, phrases | found[0], phrases, found[1]
    )

    operands = [[leaf for leaf in leaves_of(t) if isinstance(leaf, Fraction)] for t in trees]
    later = [set().union(*operands[k + 1 :]) for k in range(len(trees))]
    if any(result not in rest for result, rest in zip(results, later[:-1], strict=False)) and any(
        1 in row for row in operands
    ):
        raise Dropped("a result was used in the head")  # 45+15=60 minutes, so 2+1 hours
    known: list[Tree] = []  # results so far, as expressions of numbers of the question
    written: list[list[Tree]] = []  # what stands at the leaves of each step
    for position, tree in enumerate(trees):
        written.append([])
        for leaf in operands[position]:
            same = [k for k in range(position) if results[k] == leaf]
            uses = [row.count(leaf) for row in operands]
            # a result that no other operand can be is what this one stands for
            due = len(same) == 1 and sum(uses[same[0] + 1 :]) == 1
            due = due and not (leaf in sizes and sum(uses) == 1)
            written[-1].append(known[same[0]] if due else _tie(leaf, origins, frozen))
        known.append(with_leaves(tree, iter(written[-1])))
        origins.sources[known[-1]] = results[position]

    used = set().union(*(slots_of(tree) for tree in known))
    twice = {
        keys.index(key) for key, count in Counter(m.key for m in mentions).items() if count > 1
    }
    frozen |= _entangled(sizes, used, known, twice)
    live = used - frozen
    if not live:
        raise Dropped("nothing is free to change")
    known = [settle(tree, sizes, live) for tree in known]
    written = [[settle(leaf, sizes, live) for leaf in leaves] for leaves in written]
    return assemble(example, mentions, [keys[slot] for slot in sorted(live)], trees, written, known)


@dataclass(frozen=True)
class Origins:
    """All that an operand of the next step may come from."""

    sources: dict[Tree, Number]  # numbers of the question in their forms, results so far
    certain: set[Fraction]
    phrases: set[Fraction]
    doubtful: set[Fraction]

    def combine(self, leaf: Fraction) -> bool:
        """Whether two of the numbers give this one: then it may be a sum done in the head."""
        sizes = {*self.sources.values(), *self.phrases} - {0}
        return any(
            leaf - a in sizes or leaf + a in sizes or leaf * a in sizes or leaf / a in sizes
            for a in sizes
        )


def _tie(leaf: Fraction, origins: Origins, frozen: set[int]) -> Tree:
    """Where an operand comes from; if that is not certain, freeze all that it may come from."""
    fitting = [source for source, size in origins.sources.items() if size == leaf]
    certain = leaf == 1 or leaf in origins.certain
    if len(fitting) > 1 or (fitting and (certain or leaf in origins.doubtful)):
        frozen.update(*(slots_of(source) for source in fitting))
        return leaf
    if fitting:
        return fitting[0]
    if certain:
        return leaf
    if leaf in origins.doubtful | COUNTED and not origins.combine(leaf):
        return leaf
    raise Dropped("an operand comes from nowhere")


def equation(step: str) -> Tree:
    """The left side of a step that computes.

    Raises:
        Dropped: it does not, or is no equation.
    """
    left, _, result = step.rpartition("=")
    try:
        tree = parse(left)
        if value(tree) == number(result):
            return tree
    except (ValueError, ZeroDivisionError):
        raise Dropped("a step is not an equation") from None
    raise Dropped("a step does not compute")


def _entangled(sizes: list[Number], used: set[int], known: list[Tree], twice: set[int]) -> set[int]:
    """Numbers that make up another one by what the words say, though no step says it.

    Of 20 bags 15 are sold at one price, the other 5 at another: none of the three may change alone.
    Of 6 bags 3 are sold, and then the other 3: `twice` holds the numbers that are said so.
    """
    told = {part for tree in known for part in subtrees(tree)}
    bound: set[int] = set()
    large = [slot for slot, size in enumerate(sizes) if size > 1]
    for count, operator in ((2, "+"), (2, "*"), (3, "+")):
        for slots in (*combinations(large, count), *((slot,) * count for slot in twice)):
            total = (
                prod(sizes[s] for s in slots) if operator == "*" else sum(sizes[s] for s in slots)
            )
            for whole in (slot for slot, size in enumerate(sizes) if size == total):
                inverse = "/" if operator == "*" else "-"
                ways = [(operator, Hole(a), Hole(b)) for a, b in permutations(slots, 2)]
                ways += [(inverse, Hole(whole), Hole(slot)) for slot in slots]
                if whole not in used or not told.intersection(ways):
                    bound |= {whole, *slots}
    for slot in {*range(len(sizes))} - used:
        bound |= set().union(
            *(slots_of(tree) for tree in known if value(tree, sizes) == sizes[slot])
        )
    return bound


def settle(tree: Tree, sizes: list[Number], live: set[int]) -> Tree:
    """An expression with frozen slots replaced by the numbers they hold."""
    if isinstance(tree, tuple):
        return tree[0], settle(tree[1], sizes, live), settle(tree[2], sizes, live)
    return Fraction(sizes[tree.slot]) if isinstance(tree, Hole) and tree.slot not in live else tree
