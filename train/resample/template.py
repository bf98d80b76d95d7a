"""A problem with holes: a table of numbers, and texts with blanks that point into it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from train.data import Example
from train.resample.equations import (
    Hole,
    Number,
    Tree,
    compute,
    decimals,
    leaves_of,
    plain,
    render,
)
from train.resample.mentions import Mention
from train.resample.words import FEMALE, MALE

# Questions that compare or count up to a limit: all their numbers keep their order.
COMPARED = re.compile(
    r"\bthe \w+er\b|\w+est\b|\b(?:most|least|max|min|best|better|worst|win|won|exceed|limit|up to"
    r"|than \$?\d|over \$?\d|(?:every|first) \$?(?:\d|two|three|four|five)|overtime|above|below"
    r"|whichever|discount|compare)",
    re.I,
)


@dataclass(frozen=True)
class Slot:
    """One number of the question that may change: `unit` times a whole number from low to high."""

    value: Number
    unit: Number
    low: int
    high: int


@dataclass(frozen=True)
class Blank:
    """One place in the question: a slot's number as its author wrote it, or a person's name."""

    source: int
    style: str  # "digits", "word" or "name"
    article: str = ""
    money: str = ""
    places: int = 0
    comma: bool = False


@dataclass(frozen=True)
class Node:
    """One operation on the table of numbers, and what its result must be like."""

    operator: str
    left: int
    right: int
    places: int | None
    sign: int
    most: Number


@dataclass(frozen=True)
class Template:
    """A problem with holes. The table of numbers is: slots, constants, results of the nodes."""

    id: str
    text: str
    blanks: tuple[Blank, ...]
    people: tuple[str, ...]
    slots: tuple[Slot, ...]
    constants: tuple[Number, ...]
    nodes: tuple[Node, ...]
    steps: tuple[str, ...]
    answer: int
    order: tuple[int, ...]

    @property
    def original(self) -> tuple[Number, ...]:
        """The numbers that the authors chose."""
        return tuple(slot.value for slot in self.slots)


def assemble(
    example: Example,
    mentions: list[Mention],
    keys: list[tuple[Number, str]],
    trees: list[Tree],
    written: list[list[Tree]],
    known: list[Tree],
) -> Template:
    """Lay the tied problem out: a table of numbers, and texts with blanks that point into it.

    `keys` are the numbers that may change, those that no step needs last.
    """
    order = sorted(
        {leaf.slot for tree in known for leaf in leaves_of(tree) if isinstance(leaf, Hole)}
    )
    rows: dict[Tree, int] = {Hole(slot): row for row, slot in enumerate(order)}
    constants = {leaf for tree in known for leaf in leaves_of(tree) if isinstance(leaf, Fraction)}
    rows |= {leaf: row for row, leaf in enumerate(sorted(constants), len(keys))}
    table: list[Number] = [
        *(size for size, _ in keys),
        *(plain(leaf) for leaf in sorted(constants)),
    ]
    nodes: list[Node] = []

    def row(tree: Tree) -> int:
        if tree not in rows and isinstance(tree, tuple):
            left, right = row(tree[1]), row(tree[2])
            size = compute(tree[0], table[left], table[right])
            places = 0 if isinstance(size, int) else max(2, decimals(size) or 0)
            exact = places if tree in known or places == 0 else None
            sign = (size > 0) - (size < 0)
            nodes.append(Node(tree[0], left, right, exact, sign, 100 + 10 * sign * size))
            rows[tree] = len(table)
            table.append(size)
        return rows[tree]

    steps = []
    for tree, leaves, result in zip(trees, written, known, strict=True):
        left = render(tree, (f"{{{row(leaf)}}}" for leaf in leaves))
        steps.append(f"{left}={{{row(result)}}}")
    text, blanks, people = _blanks(example.question, mentions, keys)
    highs = [[m.high for m in mentions if m.key == key and m.high] for key in keys]
    slots = tuple(
        _slot(*key, min(high, default=None)) for key, high in zip(keys, highs, strict=True)
    )
    idle = any(not any(r in row for row in written[k:]) for k, r in enumerate(known[:-1], 1))
    compared = idle or COMPARED.search(example.question)  # an idle result was only compared
    ranked = sorted(range(len(table) if compared else len(keys)), key=lambda place: table[place])
    fixed = tuple(table[len(keys) : len(keys) + len(constants)])
    return Template(
        example.id,
        text,
        blanks,
        people,
        slots,
        fixed,
        tuple(nodes),
        tuple(steps),
        row(known[-1]),
        tuple(ranked),
    )


@cache
def _slot(size: Number, kind: str, high: int | None) -> Slot:
    """The numbers near this one and as round as it is: 120 moves in tens, 2.5 in halves."""
    units = [Fraction(10) ** power * step for power in range(4, -4, -1) for step in (5, 1)]
    large = 5 if kind == "percent" else size / 4
    fitting = (unit for unit in units if size % unit == 0 and unit <= max(large, 1))
    unit = next(fitting, Fraction(size))
    most = max(3 * size, size + 3) if size > 12 else max(2 * size, size + 3)
    top = min(most, high) if high else most
    low = max(size / 3, 2 if size == int(size) else unit)
    return Slot(size, plain(unit), -int(-low // unit), int(top // unit))


def _blanks(
    question: str, mentions: list[Mention], keys: list[tuple[Number, str]]
) -> tuple[str, tuple[Blank, ...], tuple[str, ...]]:
    """Cut the numbers that may change, and the names, out of the question."""
    cuts: list[tuple[int, int, Blank]] = []
    for mention in mentions:
        match = mention.match
        if mention.key in keys:
            text = match["number"]
            style = "digits" if not text[0].isalpha() else "Word" if text[0].isupper() else "word"
            places = len(text.partition(".")[2])
            comma = "," in text or mention.size < 1000
            words = match["article"] or "", match["money"] or ""
            blank = Blank(keys.index(mention.key), style, *words, places, comma)
            cuts.append((match.start(), match.end("number"), blank))
    capital = set(re.findall(r"[A-Z][a-z]+", question))
    people = tuple(
        name
        for name in sorted(capital & {*MALE, *FEMALE})
        if not any(a != b and a.startswith(b) for c in capital for a, b in ((name, c), (c, name)))
        and not re.search(rf"-{name}\b|\b{name}(?:-| (?!I\b)[A-Z])", question)
    )
    for person, name in enumerate(people):
        for match in re.finditer(rf"\b{name}\b", question):
            cuts.append((match.start(), match.end(), Blank(person, "name")))
    cuts.sort(key=lambda cut: cut[0])
    edges = [0, *(edge for start, stop, _ in cuts for edge in (start, stop)), len(question)]
    pieces = [question[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    text = "{}".join(piece.replace("{", "{{").replace("}", "}}") for piece in pieces)
    return text, tuple(blank for _, _, blank in cuts), people
