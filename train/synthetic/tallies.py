"""Several people, days or groups count the same thing: told one from the other, asked one against another.

"Tom picked 12 apples. Ann picked 4 more than Tom, and Leo picked half as many as Ann." What a story tells
of each is a number, a comparison (also backwards: "that is 4 more than Ann picked"), groups of a size, or
a rate and a time. Asked is one of them, two, all, a difference, or the average; after all of it has come
together, something may happen to it (`uses`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from train.synthetic.draft import Draft, Family
from train.synthetic.quantity import COMPOSED, Quantity, Telling, total
from train.synthetic.uses import Stock, chain
from train.synthetic.world import (
    DAYS,
    THINGS,
    UNIT_FRACTIONS,
    Person,
    Thing,
    listed,
    things,
)


@dataclass(frozen=True)
class Topic:
    """What is counted, and the verb for it: `picked`, in questions `did ... pick`."""

    verb: str
    base: str
    kind: str
    aux: str = "did"
    pace: str = ""  # where a rate makes sense: so many "an hour"


_EXTRA = {
    "points": things("point"),
    "way": things("mile, lap, block, kilometer"),
    "fish": things("fish, crab, frog, butterfly, firefly, beetle"),
    "dishes": things("plate, cup, bowl, pot, glass"),
    "mail": things("letter, package, postcard, newspaper, flyer"),
    "jobs": things("lawn, car, window, fence, driveway, dog"),
    "art": things("picture, poster, portrait, card, lantern, mask"),
    "exercise": things("push-up, sit-up, squat, jumping jack, pull-up"),
    "paper": things("page, poem, chapter, letter, story, line"),
}
TOPICS = (
    Topic("picked", "pick", "crop", pace="hour"), Topic("picked", "pick", "flower", pace="minute"), Topic("baked", "bake", "baked", pace="hour"),
    Topic("collected", "collect", "toy", pace="day"), Topic("found", "find", "toy"), Topic("bought", "buy", "food"), Topic("bought", "buy", "school"),
    Topic("sold", "sell", "made", pace="day"), Topic("sold", "sell", "baked", pace="hour"), Topic("made", "make", "made", pace="hour"),
    Topic("has", "have", "toy", "does"), Topic("has", "have", "school", "does"), Topic("owns", "own", "toy", "does"), Topic("ate", "eat", "food", pace="day"),
    Topic("read", "read", "paper", pace="day"), Topic("wrote", "write", "paper", pace="hour"), Topic("planted", "plant", "flower", pace="hour"),
    Topic("planted", "plant", "tree", pace="day"), Topic("solved", "solve", "work", pace="hour"), Topic("took", "take", "photos", pace="day"),
    Topic("counted", "count", "animal"), Topic("saw", "see", "animal"), Topic("brought", "bring", "food"), Topic("won", "win", "points", pace="game"),
    Topic("scored", "score", "points", pace="game"), Topic("ran", "run", "way", pace="day"), Topic("walked", "walk", "way", pace="day"),
    Topic("caught", "catch", "fish", pace="hour"), Topic("washed", "wash", "dishes", pace="minute"), Topic("delivered", "deliver", "mail", pace="hour"),
    Topic("finished", "finish", "jobs", pace="day"), Topic("painted", "paint", "art", pace="week"), Topic("did", "do", "exercise", pace="minute"),
    Topic("needs", "need", "school", "does"), Topic("raises", "raise", "animal", "does"), Topic("used", "use", "food", pace="day"),
)  # fmt: skip
_STOCKED = {
    "crop",
    "baked",
    "toy",
    "made",
    "flower",
    "food",
    "school",
}  # what `uses` can go on with
_RELATIVES = listed("brother sister cousin aunt uncle neighbor friend mother father teacher")
_GROUPS = (
    ("the first grade", "the second grade", "the third grade", "the fourth grade"),
    ("the red team", "the blue team", "the green team", "the yellow team"),
    ("the Lions", "the Tigers", "the Bears", "the Eagles"),
    ("the art class", "the music class", "the science class", "the dance class"),
    ("the girls", "the boys", "the teachers", "the parents"),
)


@dataclass(frozen=True)
class Teller:
    """One who counts: `says` opens a sentence, `ref` follows "than", `does` stands in a question."""

    says: str
    ref: str
    does: str


def _cast(t: Telling, topic: Topic, k: int) -> tuple[list[Teller], str, tuple[Person, Person]]:
    """Tellers, what all of them together are called, one of them, and who may get everything."""
    d = t.d
    *people, host = d.people(k + 1)
    p = people[0]
    roll = d.rng.random()
    if roll < 0.45:
        return [Teller(str(q), str(q), str(q)) for q in people], "they", (p, host)
    if roll < 0.6 and k <= 3:
        kin = d.picks(_RELATIVES, k - 1)
        own = Teller(str(p), str(p), str(p))
        others = [Teller(f"{p.His} {name}", f"{p}'s {name}", f"{p}'s {name}") for name in kin]
        return [own, *others], "they", (p, host)
    if roll < 0.7 and topic.aux == "did":
        names = d.pick(_GROUPS)[:k]
        return [Teller(n[0].upper() + n[1:], n, n) for n in names], "they", (p, host)
    if topic.aux != "did":
        return [Teller(str(q), str(q), str(q)) for q in people], "they", (p, host)
    times = d.pick(
        (
            _days(d, k),
            ("the first week", "the second week", "the third week", "the fourth week")[:k],
        )
    )
    pre = "in " if times[0].startswith("the") else "on "
    tellers = []
    for i, time in enumerate(times):
        who = p.he if i else str(p)
        tellers.append(
            Teller(f"{pre.capitalize()}{time} {who}", f"{pre}{time}", f"{p}|{pre}{time}")
        )
    return tellers, str(p), (p, p)


def _days(d: Draft, k: int) -> tuple[str, ...]:
    first = d.n(0, 7 - k)
    return DAYS[first : first + k]


def _first(d: Draft) -> Quantity:
    return Quantity(d.count(120))


def _told(t: Telling, topic: Topic, thing: Thing, paces: str) -> tuple[Quantity, str]:
    """An amount by itself, and its words; a rate only over one of these times."""
    d = t.d
    roll = d.rng.random()
    if roll < 0.6:
        n = _first(d)
        return n, f"{t.number(n)} {thing}"
    if roll < 0.8 and topic.kind in _STOCKED:
        k, m = t.draw(2, 12), t.draw(2, 15)
        box = d.pick(THINGS["pack"])
        d.need(box.one not in thing.one)
        return k * m, d.pick(
            (
                f"{t.number(k)} {box} of {t.number(m)} {thing}",
                f"{t.number(k)} {box} with {t.number(m)} {thing} in each",
            )
        )
    if topic.pace and topic.pace in paces:
        k, m = t.draw(2, 9), t.draw(2, 20)
        return (
            k * m,
            f"{t.number(m)} {thing} {'an' if topic.pace == 'hour' else 'a'} {topic.pace} for {t.number(k)} {topic.pace}s",
        )
    n = _first(d)
    return n, f"{t.number(n)} {thing}"


def _compared(t: Telling, noun: str, ref: str, than: Quantity) -> tuple[Quantity, str]:
    """An amount told by another one, and its words."""
    d = t.d
    fewer = "fewer" if noun else d.pick(("fewer", "less"))
    times = Quantity(d.pick((2, 2, 3, 3, 4, 5)))
    kind = d.pick(_COMPARISONS)
    if kind == "more":
        n = t.draw(2, 50)
        return than + n, f"{t.number(n)} more{noun} than {ref}"
    if kind == "fewer":
        n = t.part(than)
        return than - n, f"{t.number(n)} {fewer}{noun} than {ref}"
    if kind == "part":
        k = d.pick([k for k in (2, 2, 3, 4, 5) if than.value % k == 0] or [2])
        words = "half" if k == 2 else UNIT_FRACTIONS[k]
        return than / Quantity(k), f"{words} as many{noun} as {ref}"
    if kind == "times":
        return times * than, f"{t.number(times, 'x')} as many{noun} as {ref}"
    if kind == "percent":
        share = Quantity(d.pick((10, 20, 25, 50)))
        return than + than.percent(share), f"{t.number(share, 'd')}% more{noun} than {ref}"
    n = t.draw(2, 20)
    product = times * than
    words = f"{t.number(times, 'x')} as many{noun} as {ref}"
    if kind == "times and more":
        return product + n, f"{t.number(n)} more than {words}"
    return product - n, f"{t.number(n)} {d.pick(('fewer', 'less'))} than {words}"


_COMPARISONS = (
    "more", "more", "more", "fewer", "fewer", "fewer", "times", "times", "times", "part", "part", "times and more", "times but fewer", "percent",
)  # fmt: skip


def _tally(d: Draft) -> dict:
    t = Telling(d)
    topic = d.pick(TOPICS)
    thing = (
        d.pick(_EXTRA.get(topic.kind) or THINGS[topic.kind])
        if topic.kind != "photos"
        else Thing("photo", "photos")
    )
    size = d.pick((2, 2, 2, 3) if d.depth < 3 else (2, 3, 3, 4))
    tellers, all_, (p, host) = _cast(t, topic, size)
    paces = "week day game hour minute" if all_ == "they" else "hour minute"
    amounts: list[Quantity] = []
    grouped = False  # then "5 more" might mean boxes, and the noun must be said
    while len(amounts) < size:
        i = len(amounts)
        says = f"{tellers[i].says} {topic.verb}"
        if i and t.chance(0.7):
            before = i - 1 if t.chance(0.75) else d.n(0, i - 1)
            noun = f" {thing}" if grouped or t.chance(0.5) else ""
            amount, words = _compared(t, noun, tellers[before].ref, amounts[before])
            t.say(f"{says} {words}.")
            amounts.append(amount)
            continue
        amount, words = _told(t, topic, thing, paces)
        amounts.append(amount)
        grouped = grouped or bool(amount.operator)
        if i + 1 < size and not grouped and t.chance(0.25):
            words += f", {_backwards(t, amounts, tellers[i + 1].ref)}"
        t.say(f"{says} {words}.")
    _ask(t, topic, thing, tellers, amounts, all_)
    if topic.kind in _STOCKED and topic.verb in _GATHERED and t.chance(0.3 if d.depth < 3 else 0.6):
        everything = total(amounts)
        gathered = (
            f"All of the {thing} were given to {host}.",
            f"They gave all of their {thing} to {host}.",
        )
        t.say(*(gathered if all_ == "they" else (f"{host} kept all of the {thing} in one place.",)))
        chain(t, Stock(everything, thing, host, d.person(), topic.kind), d.n(1, 2))
    return t.finish() | {"p": p}


_GATHERED = {"picked", "baked", "collected", "found", "bought", "made", "brought"}


def _backwards(t: Telling, amounts: list[Quantity], ref: str) -> str:
    """The next amount, told from the one before it: "12, 5 more than Ann" makes Ann's 7."""
    told = amounts[-1]
    kind = t.d.pick(("more", "more", "fewer", "times"))
    if kind == "more":
        n = t.part(told)
        amounts.append(told - n)
        return f"{t.number(n)} more than {ref}"
    if kind == "fewer":
        n = t.draw(2, 50)
        amounts.append(told + n)
        return f"{t.number(n)} fewer than {ref}"
    k = t.divisor(told, 2, 6)
    amounts.append(told / k)
    return t.d.pick(("which is ", "")) + f"{t.number(k, 'x')} as many as {ref}"


def _ask(
    t: Telling,
    topic: Topic,
    thing: Thing,
    tellers: list[Teller],
    amounts: list[Quantity],
    all_: str,
) -> None:
    """All that can be asked of the tellers."""
    aux, base = topic.aux, topic.base
    how = f"How many {thing} {aux}"
    for teller, amount in zip(tellers, amounts, strict=True):
        who, _, when = teller.does.partition("|")
        if amount.operator:
            t.ask(amount, f"{how} {who} {base} {when}".rstrip() + "?")
    for (a, first), (b, second) in combinations(list(zip(tellers, amounts, strict=True)), 2):
        days = "|" in a.does
        both = (
            f"{a.does.partition('|')[0]} {base} {a.ref} and {b.ref}"
            if days
            else f"{a.ref} and {b.ref} {base}"
        )
        if len(tellers) > 2 or t.chance(0.5):
            asked = f"{how} {both} [together|in all|altogether]?"
            t.ask(first + second, asked if days else asked.replace(" does ", " do ", 1))
        if first.value != second.value:
            more, less = (a, b) if first.value > second.value else (b, a)
            gap = first - second if more is a else second - first
            who, _, when = more.does.partition("|")
            t.ask(
                gap,
                f"How many more {thing} {aux} {who} {base} {when} than {less.ref}?".replace(
                    "  ", " "
                ),
            )
            if not days:
                t.ask(gap, f"How many fewer {thing} {aux} {less.does} {base} than {more.ref}?")
    them = f"the {len(tellers)} of them" if all_ == "they" and t.chance(0.3) else all_
    everything = total(amounts)
    plural = aux if all_ != "they" or aux == "did" else "do"
    t.ask(
        everything,
        f"How many {thing} {plural} {them} {base} [in all|altogether|in total]?",
        f"What is the total number of {thing}?",
        f"How many {thing} is that [in all|altogether]?",
    )
    if len(tellers) > 2 and all_ == "they" and everything.value % len(tellers) == 0:
        n = Quantity(len(tellers))
        t.ask(
            everything / n, f"What is the average number of {thing} for the {t.number(n)} of them?"
        )


FAMILIES = {"tally": Family(_tally, (1, 2, 3, 4, 5), COMPOSED, weight=10)}
