"""Arithmetic word problems without end: seeded, with steps that are right by construction.

`generate(seed, index)` is a pure function of its arguments. Training can therefore draw its data on the
fly and resume anywhere, and nothing needs to be stored. What training never sees is fixed in advance:
some whole families, and of every other family about one phrasing in five. The held-out split draws
only from those, so it measures transfer to new wordings and new situations, not memory. What `wordings`,
`situations` and `strangers` add goes to training alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from random import Random

from train.data import Example
from train.synthetic import (
    chains,
    change,
    compare,
    courses,
    dealings,
    errands,
    groups,
    implied,
    measure,
    money,
    openings,
    ratio,
    sagas,
    scenes,
    situations,
    tallies,
    wordings,
    work,
)
from train.synthetic.draft import Draft, Family, Redraw
from train.synthetic.noise import capitalise, careless, distract
from train.synthetic.strangers import estranged
from train.synthetic.world import Figure, Number, Person, Thing

__all__ = ["FAMILIES", "HELDOUT", "Family", "generate", "phrasings"]

# What held-out problems are drawn from. A yardstick does not grow: scores stay comparable only while
# these families, their order and their phrasings' order stay as they are.
YARDSTICK: dict[str, Family] = {
    **change.FAMILIES,
    **compare.FAMILIES,
    **groups.FAMILIES,
    **money.FAMILIES,
    **measure.FAMILIES,
    **ratio.FAMILIES,
    **work.FAMILIES,
    **scenes.FAMILIES,
    **sagas.FAMILIES,
    **implied.FAMILIES,
    **chains.FAMILIES,
}
FAMILIES: dict[str, Family] = {
    **YARDSTICK,
    **tallies.FAMILIES,
    **openings.FAMILIES,
    **dealings.FAMILIES,
    **courses.FAMILIES,
    **errands.FAMILIES,
    **situations.FAMILIES,
}

# Families that training never sees (scenes with all their numbers of steps). Relatives in training need the same skills.
_HELD = frozenset((
    "start_before_two_losses", "queue_leaves", "even_out", "fewer_total", "three_people_last", "pots_and_seeds", "split_bill",
    "saving_goal", "subscription", "square_side", "age_multiple", "tiles", "whole_from_unit", "dozen_income", "reading", "lemonade",
    "hotel", "dozens_stock", "weights", "two_trees", "lawn_money", "pizza", "phone_plan", "pairs", "tables_and_guests",
))  # fmt: skip
HELDOUT = frozenset(
    name for name in FAMILIES if name in _HELD or re.sub(r"_\d$", "", name) in _HELD
)

DEPTHS = {1: 30, 2: 30, 3: 20, 4: 12, 5: 8}  # steps: share of problems, in percent
OFTEN = 8  # a family of the yardstick against one of the many situations
STRANGERS = 0.2  # share of training problems about people and things that are not the usual ones
LARGEST = 1000  # results above this are rare: nine in ten are drawn again
SPLITS = ("train", "heldout")


def phrasings(name: str, split: str) -> tuple[int, ...]:
    """Which phrasings of a family belong to a split; the two splits share none."""
    family = FAMILIES[name]
    indices = range(len(family.phrasings))
    if name not in YARDSTICK:
        return tuple(indices) if split == "train" else ()
    if name in HELDOUT:
        return tuple(indices) if split == "heldout" else ()
    return tuple(i for i in indices if (i % 5 == 2) == (split == "heldout"))


@cache
def _more() -> Mapping[str, tuple[object, ...]]:
    """What `wordings` adds to each family, scenes by their number of steps."""
    scenes_of = (scenes.SCENES, sagas.SCENES, implied.SCENES, errands.SCENES)
    scene = {name: found for table in scenes_of for name, found in table.items()}
    asks = [scene[name].more(name, more) for name, more in wordings.SCENES.items()]
    return {**wordings.PHRASINGS, **{name: each for found in asks for name, each in found.items()}}


@cache
def _menu(split: str, depth: int) -> tuple[tuple[str, tuple[object, ...]], ...]:
    """Families of one depth with what they say; a family of many depths comes up more often."""
    menu = []
    for name, family in FAMILIES.items():
        chosen = tuple(family.phrasings[i] for i in phrasings(name, split))
        if split == "train" and chosen:
            chosen += _more().get(name, ())
        if depth in family.depths and chosen:
            weight = family.weight * (3 if len(family.depths) > 2 else 1)
            menu += [(name, chosen)] * (weight * (OFTEN if name in YARDSTICK else 1))
    return tuple(menu)


@lru_cache(maxsize=1 << 14)
def _parts(template: str) -> tuple[tuple[str, ...], ...]:
    """A phrasing cut at its `[one|other]` alternatives."""
    return tuple(
        tuple(part.split("|")) if i % 2 else (part,)
        for i, part in enumerate(re.split(r"\[([^\]]*)\]", template))
    )


@lru_cache(maxsize=1 << 14)
def _nouns(template: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a phrasing, and the names of its slots."""
    words = re.sub(r"\{[^}]*\}", " ", template)
    return frozenset(re.findall(r"[a-z]+", words)), frozenset(re.findall(r"\{(\w+)", template))


def _ambiguous(template: str, slots: Mapping[str, object]) -> bool:
    """Whether two kinds of things would share a name: boxes in boxes, books beside notebooks."""
    words, used = _nouns(template)
    drawn = [slots[key] for key in ("t", "u", "v") if key in used]
    return any(
        {thing.one, thing.many} & words
        or any(
            thing is not other and thing.one.endswith(str(getattr(other, "one", other)))
            for other in drawn
        )
        for thing in drawn
        if isinstance(thing, Thing)
    )


def generate(seed: int, index: int, split: str = "train", max_steps: int = 5) -> Example:
    """The problem with this number. Same arguments, same problem, in any order, on any machine."""
    if split not in SPLITS:
        raise ValueError(f"split must be one of {SPLITS}, not {split!r}")
    if max_steps < 1:
        raise ValueError(f"max_steps must be at least 1, not {max_steps}")
    rng = Random(f"{seed}/{index}/{split}")
    depths = [depth for depth in DEPTHS if depth <= max_steps]
    while True:
        depth = rng.choices(depths, [DEPTHS[d] for d in depths])[0]
        menu = _menu(split, depth)
        name, chosen = menu[int(rng.random() * len(menu))]
        family = FAMILIES[name]
        phrasing = chosen[int(rng.random() * len(chosen))]
        for _ in range(50):  # a hard draw must not change the mix of depths
            draft = Draft(rng, depth, phrasing)
            try:
                slots = family.make(draft)
            except Redraw:
                continue
            if split == "train" and rng.random() < STRANGERS:
                slots = estranged(slots, rng)
            if _ambiguous(str(slots.get("text", phrasing)), slots):
                continue
            if _sensible(draft, rng):
                question = _write(family, phrasing, slots, rng)
                answer = draft.steps[-1].rpartition("=")[2]
                return Example(
                    question, tuple(draft.steps), answer, f"synthetic/{split}/{name}/{seed}/{index}"
                )


def _sensible(draft: Draft, rng: Random) -> bool:
    """Results of everyday size, nearly always. Products on the way to a percentage may be larger."""
    for step in draft.steps:
        right = step.rpartition("=")[2]
        if len(right) > 3 and float(right) > LARGEST:
            limit = (
                0.05
                if step is draft.steps[-1] or f"{right}/100" not in " ".join(draft.steps)
                else 1.0
            )
            if rng.random() > limit:
                return False
    return True


def _write(family: Family, phrasing: object, slots: Mapping[str, object], rng: Random) -> str:
    """Slots into phrasing, then (sometimes) idle talk and careless typing."""
    template = str(slots.get("text", phrasing))
    text = "".join(
        part[int(rng.random() * len(part))] if len(part) > 1 else part[0]
        for part in _parts(template)
    )
    figures = {
        key: Figure(value, rng) if isinstance(value, Number) else value
        for key, value in slots.items()
    }
    text = text.format_map(figures)
    if family.calm and rng.random() < 0.1:
        person = next((value for value in slots.values() if isinstance(value, Person)), None)
        before, stop, question = text.rpartition(". ")
        if person and stop and question.endswith("?"):
            text = f"{before}. {distract(rng, person)} {question}"
    text = capitalise(text)
    return careless(text, rng) if rng.random() < 0.15 else text
