"""How a number of things comes about, before anything happens to it: boxes, rows, work by the hour, parts of
a whole. Each opening tells facts and hands a `Stock` to a chain of uses, so that every opening meets every use.
"""

from __future__ import annotations

from collections.abc import Callable

from train.synthetic.draft import Draft, Family
from train.synthetic.quantity import COMPOSED, Quantity, Telling
from train.synthetic.uses import Stock, chain, fraction, percentage
from train.synthetic.world import COLORS, PLACES, THINGS, Person


def _boxes(t: Telling, p: Person, q: Person) -> Stock:
    """Boxes of a size, and perhaps some more, loose or in other boxes."""
    d = t.d
    kind = d.pick(("food", "toy", "school", "baked", "crop"))
    thing, box = d.thing(kind), d.pick(THINGS["pack"])
    d.need(box.one not in thing.one)
    k, m = t.draw(2, 15), t.draw(2, 24)
    t.say(
        f"{p} bought {t.number(k)} {box} of {thing} with {t.number(m)} {thing} in each {box.one}.",
        f"{p} has {t.number(k)} {box}, and each {box.one} holds {t.number(m)} {thing}.",
        f"There are {t.number(m)} {thing} in every {box.one}. {p} takes {t.number(k)} {box}.",
    )
    amount = k * m
    t.ask(
        amount,
        f"How many {thing} [are there|is that] [in all|altogether]?",
        f"How many {thing} does {p} have?",
    )
    if t.chance(0.5):
        n = t.draw(2, 40)
        if t.chance(0.5):
            t.say(
                f"{p} also has {t.number(n)} single {thing}.",
                f"Another {t.number(n)} {thing} lie beside them.",
                f"Before that, {p} already had {t.number(n)} {thing}.",
            )
        else:
            o = t.draw(2, 12)
            t.say(
                f"{q} brings {t.number(o)} more {box} with {t.number(n)} {thing} each.",
                f"There are also {t.number(o)} larger {box} with {t.number(n)} {thing} in each.",
            )
            n = o * n
        amount = amount + n
        t.ask(
            amount,
            f"How many {thing} are there [in all|altogether]?",
            f"What is the total number of {thing}?",
        )
    return Stock(amount, thing, p, q, kind)


def _rows(t: Telling, p: Person, q: Person) -> Stock:
    """Rows of plants and what grows on each."""
    d = t.d
    thing = d.thing("crop")
    k, m, n = t.draw(2, 9), t.draw(2, 12), t.draw(2, 12)
    t.say(
        f"{p} planted {t.number(k)} rows of {t.number(m)} bushes, and each bush gave {t.number(n)} {thing}.",
        f"In {p}'s garden are {t.number(k)} beds with {t.number(m)} plants each. Every plant bears {t.number(n)} {thing}.",
        f"There are {t.number(m)} plants in each of {p}'s {t.number(k)} rows. {t.number(n)} {thing} grow on every plant.",
    )
    plants = k * m
    amount = plants * n
    t.ask(amount, f"How many {thing} [are there|grow there] [in all|altogether]?")
    return Stock(amount, thing, p, q, "crop")


def _nested(t: Telling, p: Person, q: Person) -> Stock:
    d = t.d
    thing = d.thing("toy")
    k, m, n = t.draw(2, 9), t.draw(2, 9), t.draw(2, 12)
    t.say(
        f"{p} has {t.number(k)} shelves. On each shelf stand {t.number(m)} jars with {t.number(n)} {thing} in every jar.",
        f"A shop has {t.number(k)} cupboards with {t.number(m)} drawers each. {p} put {t.number(n)} {thing} into every drawer.",
        f"{p} and {q} fill {t.number(k)} crates. Each crate has room for {t.number(m)} bags, and each bag for {t.number(n)} {thing}.",
    )
    jars = k * m
    amount = jars * n
    t.ask(amount, f"How many {thing} is that [in all|altogether]?", f"How many {thing} are there?")
    return Stock(amount, thing, p, q, "toy")


def _work(t: Telling, p: Person, q: Person) -> Stock:
    """So many an hour, so many hours a day, so many days; perhaps with a helper."""
    d = t.d
    kind, verb = d.pick(
        (("made", "makes"), ("baked", "bakes"), ("toy", "collects"), ("crop", "picks"))
    )
    thing = d.thing(kind)
    m, h, k = t.draw(2, 15), t.draw(2, 9), t.draw(2, 7)
    speed = m
    t.say(
        f"{p} {verb} {t.number(m)} {thing} an hour.",
        f"Every hour {p} {verb} {t.number(m)} {thing}.",
        f"In one hour {p} {verb} {t.number(m)} {thing}.",
    )
    if t.chance(0.4):
        other = t.draw(2, 15)
        more = t.chance(0.5)
        t.say(
            f"{q} {verb} {t.number(other)} {'more' if more else 'fewer'} {thing} an hour than {p}."
            if more or other.value < m.value - 1
            else f"{q} {verb} {t.number(other)} {thing} an hour."
        )
        second = m + other if more else m - other if other.value < m.value - 1 else other
        if second.operator:
            t.ask(second, f"How many {thing} does {q} {verb[:-1]} in an hour?")
        speed = m + second
        t.ask(speed, f"How many {thing} do they {verb[:-1]} in an hour together?")
    who = "They" if speed.operator else p.He
    s = p.s if who == p.He else ""
    t.say(
        f"{who} work{s} {t.number(h)} hours a day.",
        f"{who} {'do' if s == '' and who == 'They' else p.does} this for {t.number(h)} hours every day.",
    )
    day = speed * h
    t.ask(day, f"How many {thing} is that in a day?", f"How many {thing} are there after one day?")
    amount = day
    if t.chance(0.6):
        if t.chance(0.3):
            amount = day * Quantity(7)
            t.say(f"{who} {'do' if who == 'They' else p.does} so every day of the week.")
            t.ask(amount, f"How many {thing} is that in a week?")
        else:
            amount = day * k
            t.say(
                f"After {t.number(k)} days the work is done.",
                f"{who} work{s} for {t.number(k)} days.",
            )
            t.ask(
                amount,
                f"How many {thing} is that [in all|altogether]?",
                f"How many {thing} are there at the end?",
            )
    return Stock(amount, thing, p, q, kind)


def _plain(t: Telling, p: Person, q: Person) -> Stock:
    """Just a number; or two of them."""
    d = t.d
    kind = d.pick(("food", "toy", "school", "baked", "crop", "made", "flower"))
    thing = d.thing(kind)
    a = Quantity(d.count(300))
    if t.chance(0.5):
        t.say(
            f"{p} had {t.number(a)} {thing}.",
            f"{p} brought {t.number(a)} {thing} to {d.pick(PLACES)}.",
            f"There were {t.number(a)} {thing} in {p}'s basket.",
        )
        return Stock(a, thing, p, q, kind)
    b = Quantity(d.count(200))
    c1, c2 = d.picks(COLORS, 2)
    t.say(
        f"{p} had {t.number(a)} {thing} and {q} had {t.number(b)}. They put them together, and {p} took care of them.",
        f"{p} has {t.number(a)} {c1} {thing} and {t.number(b)} {c2} ones.",
        f"{p} had {t.number(a)} {thing} and got {t.number(b)} more on {p.his} birthday.",
        f"In the morning {p} had {t.number(a)} {thing}, and by noon {p.he} had {t.number(b)} more.",
    )
    both = a + b
    t.ask(both, f"How many {thing} are there [in all|altogether]?", f"How many {thing} is that?")
    return Stock(both, thing, p, q, kind)


def _money(t: Telling, p: Person, q: Person) -> Stock:
    """Money from one or two places."""
    a = t.draw(10, 300)
    t.say(
        f"{p} had {t.number(a, '$')}.",
        f"{p} saved {t.number(a, '$')}.",
        f"{q} gave {p} {t.number(a, '$')}.",
        f"{p} has {t.number(a, '$')} in {p.his} wallet.",
    )
    amount = a
    if t.chance(0.6):
        if t.chance(0.5):
            b = t.draw(5, 150)
            t.say(
                f"{p} earned {t.number(b, '$')} more by helping {q}.",
                f"Then {p} got {t.number(b, '$')} for {p.his} birthday.",
            )
        else:
            k, m = t.draw(2, 12), t.draw(2, 20)
            b = k * m
            job = t.d.pick(
                (
                    "washing {} cars",
                    "walking {} dogs",
                    "mowing {} lawns",
                    "cleaning {} rooms",
                    "selling {} cups of lemonade",
                )
            )
            t.say(
                f"Then {p} earned {t.number(m, '$')} each for {job.format(t.number(k))}.",
                f"By {job.format(t.number(k))} {p} earned {t.number(m, '$')} each.",
            )
            t.ask(b, f"How much did {p} earn?")
        amount = a + b
        t.ask(amount, f"How much money does {p} have [now|in all|altogether]?")
    return Stock(amount, None, p, q)


_CROWDS = (
    ("students", "in a school", ("take the bus", "play chess", "walk to school", "learn French", "wear glasses")),
    ("people", "at a concert", ("have free tickets", "sit in the front", "came by train", "are older than sixty")),
    ("members", "in a club", ("can swim", "play tennis", "pay half the price", "joined this year")),
    ("guests", "at a wedding", ("eat fish", "dance", "came by plane", "stay at a hotel")),
    ("children", "at a summer camp", ("are new", "go hiking", "sleep in tents", "can play an instrument")),
    ("books", "in a library", ("are about history", "are new", "are for children", "are in Spanish")),
    ("cars", "in a parking lot", ("are red", "are electric", "are older than ten years", "have two doors")),
)  # fmt: skip


def _denied(habit: str) -> str:
    """ "are new" becomes "are not new"."""
    verb, _, what = habit.partition(" ")
    past = {"came": "did not come", "joined": "did not join", "are": "are not", "can": "cannot"}
    return f"{past.get(verb, f'do not {verb}')} {what}".strip()


def _crowd(t: Telling, p: Person, q: Person) -> Stock | None:
    """A whole and its parts: of so many, a share do this, and of the others a share do that."""
    d = t.d
    noun, where, habits = d.pick(_CROWDS)
    first, second = d.picks(habits, 2)
    whole = Quantity(d.n(2, 60) * d.pick((2, 4, 5, 6, 10, 12)))
    t.say(f"There are {t.number(whole)} {noun} {where}.", f"{t.number(whole)} {noun} are {where}.")
    part, words = fraction(t, whole) if t.chance(0.5) else percentage(t, whole)
    t.say(f"{words} them {first}.", f"{words} the {noun} {first}.")
    t.ask(part, f"How many {noun} {first}?", f"How many of the {noun} {first}?")
    rest = whole - part
    t.ask(rest, f"How many {noun} {_denied(first)}?", f"How many of the {noun} {_denied(first)}?")
    if t.chance(0.7):
        more, words = fraction(t, rest) if t.chance(0.6) else percentage(t, rest)
        t.say(
            f"{words} the others {second}.",
            f"Of the rest, {words.removesuffix(' of')} {second}.",
            f"{words} the remaining {noun} {second}.",
        )
        t.ask(more, f"How many {noun} of the rest {second}?", f"How many of the others {second}?")
        t.ask(rest - more, f"How many {noun} are in neither of these groups?")
        t.ask(part + more, f"How many {noun} are in these two groups together?")
    return None


def _backwards(t: Telling, p: Person, q: Person) -> Stock | None:
    """The end is known and the beginning is asked: every change is undone, the last one first."""
    d = t.d
    thing = d.thing(d.pick(("food", "toy", "school", "crop")))
    end = Quantity(d.count(60))
    now = end
    facts: list[str] = []
    for _ in range(d.depth):
        kind = d.pick(("gave", "lost", "got", "half", "gave"))
        if kind == "half":
            d.need(not any("half" in fact for fact in facts))
            now = Quantity(2) * now
            facts.append(
                d.pick(
                    (
                        f"{p} gave half of {p.his} {thing} to {q}.",
                        f"{p} sold half of the {thing}.",
                    )
                )
            )
        elif kind == "got":
            n = t.part(now)
            now = now - n
            facts.append(
                d.pick(
                    (
                        f"{p} found {t.number(n)} more.",
                        f"{p} bought {t.number(n)} more {thing}.",
                        f"{q} gave {p} {t.number(n)} more.",
                    )
                )
            )
        else:
            n = t.draw(2, 50)
            now = now + n
            facts.append(
                d.pick(
                    (
                        f"{p} gave {t.number(n)} of them to {q}.",
                        f"{p} lost {t.number(n)} {thing}.",
                        f"{p} sold {t.number(n)} {thing}.",
                        f"{p} used {t.number(n)}.",
                    )
                )
            )
    d.need(len(set(facts)) == len(facts))
    t.say(f"{p} had some {thing}.", f"{p} had a box of {thing}.", f"{p} brought some {thing}.")
    openers = ("First ", "Then ", "After that ", "Later ", "Finally ")
    for opener, fact in zip(openers, reversed(facts), strict=False):
        t.say(opener + fact if d.depth > 1 else fact)
    t.say(
        f"Now {p} has {t.number(end)} {thing}.",
        f"In the end there were {t.number(end)} {thing}.",
        f"That left {p} with {t.number(end)} {thing}.",
    )
    t.ask(
        now,
        f"How many {thing} did {p} have [at first|to start with|in the beginning|at the start]?",
        f"How many {thing} were there [at first|in the beginning]?",
    )
    return None


Opening = Callable[[Telling, Person, Person], Stock | None]


def _opened(open_: Opening) -> Callable[[Draft], dict]:
    """The opening, with a chain of uses behind it where it hands over a stock."""

    def make(d: Draft) -> dict:
        t = Telling(d)
        p, q = d.people(2)
        if stock := open_(t, p, q):
            chain(t, stock, d.pick((0, 1, 1, 2) if d.depth < 3 else (1, 2, 2, 3)))
        return t.finish() | {"p": p}

    return make


def _family(open_: Opening, depths: tuple[int, ...], weight: int = 1) -> Family:
    return Family(_opened(open_), depths, COMPOSED, weight=weight)


FAMILIES = {
    "opened_boxes": _family(_boxes, (1, 2, 3, 4, 5)),
    "opened_plants": _family(_rows, (2, 3, 4, 5)),
    "opened_shelves": _family(_nested, (2, 3, 4, 5)),
    "opened_output": _family(_work, (1, 2, 3, 4, 5)),
    "opened_plain": _family(_plain, (1, 2, 3, 4), 2),
    "opened_funds": _family(_money, (1, 2, 3, 4)),
    "opened_crowd": _family(_crowd, (1, 2, 3, 4, 5)),
    "opened_undone": _family(_backwards, (1, 2, 3)),
}
