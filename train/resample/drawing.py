"""Drawing: new numbers and names into a template, until the problem makes sense again."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from random import Random

from train.data import Example
from train.resample.equations import Number, compute, plain, write
from train.resample.template import Blank, Template
from train.resample.words import FEMALE, MALE, ONES, TENS


def draw(template: Template, seed: int, index: int) -> Example:
    """The problem with new numbers and names: the same arguments give the same problem."""
    random = Random(f"{template.id}/{seed}/{index}")
    table = _search(template, random)
    taken = set(template.people)
    names = []
    for person in template.people:
        name = random.choice(MALE if person in MALE else FEMALE)
        names.append(person if name in taken else name)
        taken.add(name)
    return _fill(template, table, names, f"resample/{template.id}/{seed}/{index}")


def original(template: Template) -> Example:
    """The problem as its authors wrote it, rebuilt from the template."""
    table = solve(template, [slot.value for slot in template.slots])
    assert table is not None, template.id
    return _fill(template, table, list(template.people), template.id)


def _search(template: Template, random: Random, tries: int = 24) -> list[Number]:
    """Draw all numbers at once; failing that, move them one by one, away from the original."""
    slots = template.slots
    for _ in range(tries):
        numbers = [slot.unit * random.randint(slot.low, slot.high) for slot in slots]
        if table := solve(template, numbers):
            return table
    numbers = [slot.value for slot in slots]
    best = solve(template, numbers)
    assert best is not None, template.id
    for place in random.sample(range(len(slots)), len(slots)):
        slot = slots[place]
        for _ in range(tries // 2):
            trial = numbers.copy()
            trial[place] = slot.unit * random.randint(slot.low, slot.high)
            if table := solve(template, trial):
                numbers, best = trial, table
                break
    return best


def solve(template: Template, numbers: Sequence[Number]) -> list[Number] | None:
    """The table of numbers with every result, or None if one is not as the problem needs it."""
    table = [*(plain(Fraction(size)) for size in numbers), *template.constants]
    for node in template.nodes:
        right = table[node.right]
        if node.operator == "/" and not right:
            return None
        result = compute(node.operator, table[node.left], right)
        if (result > 0) - (result < 0) != node.sign or node.sign * result > node.most:
            return None
        if node.places is not None and 10**node.places % result.denominator:
            return None
        table.append(result)
    rising = [table[place] for place in template.order]
    if any(low > high for low, high in pairwise(rising)):
        return None
    return table


def _fill(template: Template, table: list[Number], names: list[str], id: str) -> Example:
    texts = [write(size) for size in table]
    filled = [
        names[blank.source] if blank.style == "name" else _spell(blank, table[blank.source])
        for blank in template.blanks
    ]
    steps = tuple(step.format(*texts) for step in template.steps)
    return Example(template.text.format(*filled), steps, texts[template.answer], id)


def _spell(blank: Blank, size: Number) -> str:
    """A number in the manner of the author: `an 8`, `$1,200`, `2.50`, `twenty-one`."""
    if blank.style == "digits":
        text = f"{float(size):,.{blank.places}f}" if blank.places and blank.money else write(size)
        if blank.comma and size >= 1000 and not blank.places:
            text = f"{size:,}"
    else:
        tens, ones = divmod(int(size), 10)
        text = ONES[int(size)] if size < 20 else TENS[tens - 2] + (f"-{ONES[ones]}" if ones else "")
        text = text.capitalize() if blank.style == "Word" else text
    if blank.article:
        vowel = text.startswith(("8", "ei", "Ei")) or text.partition(",")[0] in (
            "11",
            "18",
            "eleven",
        )
        return f"{blank.article[0]}{'n' if vowel else ''} {blank.money}{text}"
    return blank.money + text
