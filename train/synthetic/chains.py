"""Situations that chain: a quantity goes through two to five random events, one sentence each.

The other families each teach one shape of reasoning. Here shapes are composed: a `Theme` says how its
events sound, and a random walk over the events builds the story and its steps together. What cannot
happen (a rest below zero, a third of ten) is simply not drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

from train.synthetic.draft import Draft, Family
from train.synthetic.world import Number


@dataclass(frozen=True)
class Theme:
    """How one kind of story sounds: an opening, a sentence for every event, and a question."""

    open: str
    question: str
    events: dict[str, tuple[str, ...]]
    kind: str = "toy"


def _event(d: Draft, name: str, now: Number, key: str) -> tuple[Number, dict]:
    """What an event does to the running quantity, and the number that its sentence mentions."""
    if name == "gain":
        b = d.n(2, max(6, min(60, int(now))))
        return d.plus(now, b), {key: b}
    if name == "lose":
        b = d.part(now)
        return d.minus(now, b), {key: b}
    if name == "double":
        return d.times(2, now), {}
    if name == "triple":
        return d.times(3, now), {}
    if name == "halve":
        return d.over(now, 2), {}
    if name == "third":
        return d.over(now, 3), {}
    if name == "share":
        k = d.n(3, 9)
        return d.over(now, k), {key: k}
    if name == "times":
        k = d.n(2, 9)
        return d.times(k, now), {key: k}
    raise ValueError(f"unknown event {name!r}")


def _story(d: Draft) -> dict:
    theme: Theme = d.phrasing
    p, q = d.people(2)
    first = d.count(120)
    now: Number = first
    slots: dict = {"p": p, "q": q, "t": d.thing(theme.kind), "a": first}
    text = [theme.open]
    names = list(theme.events)
    once: set[str] = set()
    used: set[str] = set()
    for i in range(d.depth):
        name = d.pick(names)
        d.need(
            name not in once
        )  # a story halves or doubles only once, gains and loses as often as it likes
        if name not in ("gain", "lose"):
            once.add(name)
        now, number = _event(d, name, now, f"n{i}")
        d.need(now >= 2)
        slots |= number
        sentence = d.pick(theme.events[name])
        d.need(sentence not in used)
        used.add(sentence)
        text.append(sentence.replace("{n", f"{{n{i}"))
    slots["text"] = " ".join([*text, theme.question])
    return slots


STORY = (
    Theme("{p} had {a} {t}.", "How many {t} does {p} have [now|in the end|after that]?", {
        "gain": ("Then {p.he} found {n} more.", "{q} gave {p.him} {n} more.", "{p.He} bought {n} others."),
        "lose": ("{p.He} gave {n} of them to {q}.", "Then {p.he} lost {n}.", "{p.He} sold {n} at a market."),
        "double": ("Then {p.he} doubled {p.his} collection.", "After that {p.he} got so many that {p.he} had twice as many as before."),
        "halve": ("{p.He} gave half of what {p.he} had to {q}.", "Half of them got lost."),
    }),
    Theme("There were {a} {t} in a jar.", "How many {t} are in the jar [now|at the end]?", {
        "gain": ("{p} put in {n} more.", "Then {n} more were added."),
        "lose": ("{p} took out {n}.", "{q} ate {n} of them."),
        "halve": ("Half of what was there was taken away.",),
        "double": ("{q} then doubled the number in the jar.",),
    }, "food"),
    Theme("A bus started with {a} passengers.", "How many passengers were on the bus then?", {
        "gain": ("At the next stop {n} people got on.", "Then {n} more got on."),
        "lose": ("At a stop {n} people got off.", "Then {n} passengers left the bus."),
        "halve": ("At the station half of the passengers got off.",),
    }),
    Theme("{p} has {a:$}.", "How much money does {p} have [now|at the end]?", {
        "gain": ("{p.He} earn{p.s} {n:$} more.", "{p.His} grandmother gives {p.him} {n:$}."),
        "lose": ("{p.He} spend{p.s} {n:$} on food.", "{p.He} pay{p.s} {n:$} for a book.", "{p.He} lend{p.s} {n:$} to {q}."),
        "double": ("By working hard {p.he} double{p.s} {p.his} money.",),
        "halve": ("{p.He} give{p.s} half of {p.his} money to {p.his} sister.",),
    }),
    Theme("A shop had {a} {t} on Monday morning.", "How many {t} did the shop have in the end?", {
        "gain": ("A delivery brought {n} more.", "The owner bought another {n}."),
        "lose": ("Customers bought {n} of them.", "{n} were sold on sale.", "Then {n} broke and were thrown away."),
        "halve": ("Half of the {t} in the shop were then sold to a school.",),
        "double": ("Then the owner doubled the stock.",),
    }),
    Theme("{p} scored {a} points in the first round.", "How many points does {p} have at the end?", {
        "gain": ("In the next round {p.he} won {n} points.", "Then {p.he} got a bonus of {n} points."),
        "lose": ("After a mistake {p.he} lost {n} points.", "A penalty cost {p.him} {n} points."),
        "double": ("A lucky card doubled {p.his} points.",),
        "halve": ("A trap took half of {p.his} points.",),
        "triple": ("A magic star tripled {p.his} points.",),
    }),
    Theme("A farm had {a} {t}.", "How many {t} were on the farm at last?", {
        "gain": ("{n} young ones were born.", "The farmer bought {n} more."),
        "lose": ("The farmer sold {n}.", "{n} ran away."),
        "double": ("By next year their number had doubled.",),
        "third": ("Only a third of them stayed on the farm after a flood.",),
    }, "animal"),
    Theme("A library had {a} books on a cart.", "How many books are on the cart now?", {
        "gain": ("{n} books were returned and put on it.", "A helper added {n} more."),
        "lose": ("Readers took {n} of them.", "{n} were put back on the shelves."),
        "halve": ("{p} then put half of the books away.",),
    }),
    Theme("{p} baked {a} {t}.", "How many {t} were left?", {
        "gain": ("Then {p.he} baked {n} more.", "{q} brought {n} more."),
        "lose": ("{p.He} gave {n} to the neighbors.", "{q} ate {n} of them.", "{n} were sold."),
        "halve": ("Half of what {p.he} had went to {p.his} school.",),
        "third": ("{p.He} kept only a third of them and gave the others away.",),
    }, "baked"),
)  # fmt: skip


def _people_chain(d: Draft) -> dict:
    """Comparisons from person to person; the question asks for the last one."""
    people = d.people(d.depth + 1)
    slots: dict = {f"p{i}": person for i, person in enumerate(people)}
    verb, base = d.phrasing.split("/")
    first = d.count(60)
    now: Number = first
    slots |= {"t": d.thing("toy"), "a": first}
    facts = ["{p0} " + verb + " {a} {t}."]
    for i in range(d.depth):
        kind = d.pick(("more", "fewer", "times", "half"))
        who, before, key = f"{{p{i + 1}}}", f"{{p{i}}}", f"n{i}"
        number = {}
        if kind == "more":
            b = d.n(2, 40)
            now, number = d.plus(now, b), {key: b}
            facts.append(f"{who} {verb} {{{key}}} more than {before}.")
        elif kind == "fewer":
            b = d.part(now)
            now, number = d.minus(now, b), {key: b}
            facts.append(f"{who} {verb} {{{key}}} fewer than {before}.")
        elif kind == "times":
            k = d.n(2, 5)
            now, number = d.times(k, now), {key: k}
            facts.append(f"{who} {verb} {{{key}:x}} as many as {before}.")
        else:
            now = d.over(now, 2)
            facts.append(f"{who} {verb} half as many as {before}.")
        d.need(now >= 2)
        slots |= number
    last = f"{{p{d.depth}}}"
    aux = "does" if verb == "has" else "did"
    slots["text"] = " ".join(facts) + f" How many {{t}} {aux} {last} {base}?"
    return slots


FAMILIES = {
    "story": Family(_story, (2, 3, 4, 5), STORY),
    "people_chain": Family(_people_chain, (2, 3, 4, 5), ("has/have", "collected/collect", "sold/sell", "found/find", "bought/buy")),
}  # fmt: skip
