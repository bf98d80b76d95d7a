"""Problems thought up one by one, whose numbers may change.

A generator combines sentences from parts, and sounds like it; a large language model wrote these singly,
without sight of the sets that measure, after briefs such as "sharing" or "what people type". A line is a
problem with its solution. Brackets mark the numbers that may change; an operand of a step that equals
one of them, or an earlier result, stands for it:

    Tom had [24] figs. He ate [9] and gave the rest to [3] friends. What did each get? | 24-9=15 | 15/3=5

So no two of these may be equal, nor equal to a number that stays (7 days, 100 cents, half).
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random

from train.data import Example
from train.resample.drawing import draw, original
from train.resample.equations import Dropped, Hole, Tree, leaves_of, value, with_leaves
from train.resample.mentions import find_mentions
from train.resample.template import COMPARED, Template, assemble
from train.resample.tying import equation
from train.resample.words import BROUGHT

FOLDER = Path(__file__).parent


def written(seed: int, index: int, *, max_steps: int = 5) -> Example:
    """One of the problems with new numbers and names: the same arguments give the same problem."""
    draw_one = Random(f"written/{seed}/{index}").choice
    numbers = range(len(lines()))
    while len((template := template_at(draw_one(numbers))).nodes) > max_steps:
        pass
    return draw(template, seed, index)


@cache
def lines() -> tuple[tuple[Path, int, str], ...]:
    """All written problems, in the order of their files: file, line number, line."""
    return tuple(
        (path, place, line)
        for path in sorted(FOLDER.glob("*.txt"))
        for place, line in enumerate(path.read_text().splitlines(), 1)
    )


@cache
def template_at(number: int) -> Template:
    """Written problem `number`, understood when it is first drawn: all of them take a minute.

    Raises:
        ValueError: the line is not as it should be; names it and says why.
    """
    path, place, line = lines()[number]
    try:
        return template_of(line, f"written/{path.stem}/{place}")
    except Dropped as reason:
        raise ValueError(f"{path}, line {place}: {reason}") from None


def template_of(line: str, id: str) -> Template:
    """The template that a line describes.

    Raises:
        Dropped: a step does not compute, or it is not certain what a number stands for.
    """
    marked, *steps = (part.strip() for part in line.split("|"))
    question = re.sub(r"[][]", "", marked)
    if not steps:
        raise Dropped("no steps")
    starts = {match.start() - 2 * i for i, match in enumerate(re.finditer(r"\[", marked))}
    said, fixed = find_mentions(question)
    mentions = [m for m in said if m.match.start("number") in starts]
    if len(mentions) < len(starts):
        raise Dropped("brackets around something that is not a number")
    trees = [equation(step) for step in steps]
    results = [value(tree) for tree in trees]
    operands = {leaf for tree in trees for leaf in leaves_of(tree)}
    needed = {mention.key: mention.size in operands for mention in mentions}
    keys = sorted(needed, key=lambda key: (not needed[key], key))
    sizes = [size for size, _ in keys]
    if len({*sizes, *results}) < len(mentions) + len(results):
        raise Dropped("two numbers are equal, so it is not certain which one a step means")
    fixed = fixed.union(*(brought for fact, brought in BROUGHT[0] if fact.search(question)))
    fixed |= {Fraction(m.size) for m in said if m not in mentions}
    if fixed & operands & {*sizes}:
        raise Dropped("a step may mean a number in brackets or one that stays")
    if not {*results[:-1]} <= operands:
        raise Dropped("a result is not used")
    origins: dict[Fraction, Tree] = {Fraction(size): Hole(i) for i, size in enumerate(sizes)}
    known, leaves_by_step = [], []
    for tree, result in zip(trees, results, strict=True):
        leaves = [origins.get(leaf, leaf) for leaf in leaves_of(tree) if isinstance(leaf, Fraction)]
        leaves_by_step.append(leaves)
        known.append(with_leaves(tree, iter(leaves)))
        origins[Fraction(result)] = known[-1]
    example = Example(question, tuple(steps), steps[-1].rpartition("=")[2], id)
    template = assemble(example, mentions, keys, trees, leaves_by_step, known)
    again = original(template)
    if (again.question, again.steps) != (example.question, example.steps):
        raise Dropped("not rebuilt exactly")
    if all(needed.values()) and not COMPARED.search(question):
        # Nothing is said of the sizes but what the steps say.
        return replace(template, order=())
    return template
