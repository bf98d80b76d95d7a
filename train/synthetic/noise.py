"""Careless typing and idle talk: what real questions contain and clean templates do not.

Nothing here may change what is asked. Distracting sentences therefore speak of things that no family
counts, and carelessness touches only case, punctuation and apostrophes outside numbers.
"""

from __future__ import annotations

import re
from random import Random

_IDLE = (
    "{p} is {n} years old.", "It is {n} degrees outside today.", "The bus ride there takes {n} minutes.",
    "{p} lives at number {n} on Park Street.", "The road outside is {n} miles long.", "{p}'s favorite number is {n}.",
    "{p} woke up at {h} o'clock that day.", "There are {n} houses on {p}'s street.", "{p} has been to the dentist {h} times this year.",
    "{p} lives on floor {h} of the building.", "{p}'s grandfather is {m} years old.", "It rained for {h} days that month.",
    "{p} has {h} cousins.", "{p}'s phone number ends in {n}.", "The room has {h} windows.", "{p} wears shirt number {n}.",
    "A song on the radio lasted {h} minutes.", "The clock on the wall is {h} minutes slow.", "{p} is {m} inches tall.",
)  # fmt: skip


def distract(rng: Random, person: object) -> str:
    """A sentence with a number that has nothing to do with the problem."""
    idle = _IDLE[int(rng.random() * len(_IDLE))]
    return idle.format(p=person, n=rng.randint(7, 40), h=rng.randint(3, 9), m=rng.randint(60, 90))


_START = re.compile(r"(^|[.?!] )([a-z])")
_COMMA = re.compile(r",(?!\d)")


def capitalise(text: str) -> str:
    """A capital at the start of every sentence (a number word may have come first)."""
    return _START.sub(lambda m: m[1] + m[2].upper(), text)


def careless(text: str, rng: Random) -> str:
    """The same question as a hurried person types it."""
    habit = rng.random()
    if habit < 0.35:
        text = text.lower()
    if 0.25 < habit < 0.65 and text[-1] in "?.":
        text = text[:-1]
    if 0.5 < habit < 0.8:
        text = _COMMA.sub("", text)
    if 0.6 < habit < 0.9:
        text = text.replace("'", "")
    if habit > 0.8:  # no stop before the question, as in much of SVAMP
        text = re.sub(r"\. (How|What|Find)", r" \1", text)
    return text
