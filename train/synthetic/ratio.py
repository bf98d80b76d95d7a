"""Parts of a whole: fractions, percentages, dozens and proportions.

Fractions are taken unit first (three quarters of 48: 48/4=12, 12*3=36), percentages stay in whole
numbers (20 percent of 50: 50*20=1000, 1000/100=10).
"""

# ruff: noqa: C408  (dict(a=a, b=b) reads best where keys are the slots of a text)
from __future__ import annotations

from train.synthetic.draft import Draft, Family, Redraw
from train.synthetic.world import UNIT_FRACTIONS

NAMES = {3: "thirds", 4: "quarters", 5: "fifths", 6: "sixths", 8: "eighths", 10: "tenths"}


def _unit_fraction(d: Draft) -> tuple[int, str]:
    k = d.pick((2, 2, 2, 3, 3, 4, 4, 5, 6, 8, 10))
    return k, UNIT_FRACTIONS[k] if k == 2 or d.rng.random() < 0.6 else f"1/{k}"


def _fraction(d: Draft) -> tuple[int, int, str]:
    k = d.pick((3, 4, 4, 5, 5, 6, 8, 10))
    j = d.n(2, k - 1)
    if any(k % f == 0 and j % f == 0 for f in (2, 3, 5)):
        raise Redraw
    return (
        j,
        k,
        f"{('', '', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine')[j]} {NAMES[k]}"
        if d.rng.random() < 0.5
        else f"{j}/{k}",
    )


def _unit_of(d: Draft) -> dict:
    k, f = _unit_fraction(d)
    a = k * d.n(2, 40)
    d.over(a, k)
    p, q = d.people(2)
    return dict(p=p, q=q, t=d.thing("toy"), a=a, f=f)


def _unit_left(d: Draft) -> dict:
    k, f = _unit_fraction(d)
    a = k * d.n(2, 40)
    d.minus(a, d.over(a, k))
    p, q = d.people(2)
    return dict(p=p, q=q, t=d.thing("food"), a=a, f=f)


def _fraction_of(d: Draft) -> dict:
    j, k, f = _fraction(d)
    a = k * d.n(2, 30)
    d.times(d.over(a, k), j)
    return dict(p=d.person(), t=d.thing("toy"), a=a, f=f, w=d.thing("kid"))


def _fraction_left(d: Draft) -> dict:
    j, k, f = _fraction(d)
    a = k * d.n(2, 30)
    d.minus(a, d.times(d.over(a, k), j))
    p, q = d.people(2)
    return dict(p=p, q=q, t=d.thing("food"), a=a, f=f)


def _two_fractions(d: Draft) -> dict:
    k, f = _unit_fraction(d)
    j, g = _unit_fraction(d)
    a = d.n(6, 200)
    rest = d.minus(a, d.over(a, k))
    d.need(rest > j)
    d.minus(rest, d.over(rest, j))
    p, q = d.people(2)
    return dict(p=p, q=q, t=d.thing("food"), a=a, f=f, g=g)


def _fraction_then_number(d: Draft) -> dict:
    k, f = _unit_fraction(d)
    a = k * d.n(3, 40)
    rest = d.minus(a, d.over(a, k))
    b = d.part(rest)
    d.minus(rest, b)
    p, q = d.people(2)
    return dict(p=p, q=q, t=d.thing("toy"), a=a, b=b, f=f)


def _whole_from_unit(d: Draft) -> dict:
    k, f = _unit_fraction(d)
    a = d.n(2, 60)
    d.times(k, a)
    p, q = d.people(2)
    return dict(p=p, q=q, t=d.thing("food"), a=a, f=f)


def _percent_of(d: Draft) -> dict:
    a, r = d.pick((20, 40, 50, 60, 80, 100, 120, 150, 200, 250, 300, 400, 500)), 5 * d.n(1, 19)
    d.percent(a, r)
    return dict(p=d.person(), t=d.thing("toy"), a=a, r=r, w=d.thing("kid"))


def _percent_left(d: Draft) -> dict:
    a, r = d.pick((20, 40, 50, 60, 80, 100, 120, 150, 200, 300, 400)), 5 * d.n(1, 19)
    d.minus(a, d.percent(a, r))
    return dict(p=d.person(), t=d.thing("food"), a=a, r=r)


def _percent_more(d: Draft) -> dict:
    a, r = (
        d.pick((20, 40, 50, 60, 80, 100, 120, 150, 200, 300)),
        d.pick((10, 20, 25, 30, 40, 50, 60, 75)),
    )
    p, q = d.people(2)
    d.plus(a, d.plus(a, d.percent(a, r)))
    return dict(p=p, q=q, t=d.thing("toy"), a=a, r=r)


def _dozen(d: Draft) -> dict:
    k = d.n(2, 20)
    d.times(k, 12)
    return dict(p=d.person(), t=d.thing("baked"), k=k)


def _dozen_minus(d: Draft) -> dict:
    k = d.n(2, 12)
    b = d.part(12 * k)
    d.minus(d.times(k, 12), b)
    p, q = d.people(2)
    return dict(p=p, q=q, t=d.thing("baked"), k=k, b=b)


def _dozen_price(d: Draft) -> dict:
    k, m = d.n(2, 9), d.price(2, 12)
    d.times(k, m)
    return dict(p=d.person(), t=d.thing("baked"), a=12 * k, k=k, m=m)


def _dozen_income(d: Draft) -> dict:
    k, m = d.n(2, 10), d.n(2, 6)
    d.times(d.times(k, 12), m)
    return dict(p=d.person(), t=d.thing("baked"), k=k, m=m)


def _proportion(d: Draft) -> dict:
    k, m, n = d.n(2, 9), d.n(2, 12), d.n(2, 15)
    d.need(n != k)
    d.times(n, d.over(k * m, k))
    return dict(p=d.person(), t=d.thing("made"), k=k, a=k * m, n=n)


def _recipe(d: Draft) -> dict:
    m, k, n = d.n(2, 9), d.n(2, 12), d.n(2, 8)
    d.times(d.over(k * n, k), m)
    return dict(p=d.person(), t=d.thing("baked"), m=m, k=k, a=k * n)


def _ratio_parts(d: Draft) -> dict:
    x, y, unit = d.n(2, 7), d.n(2, 9), d.n(2, 20)
    d.need(x != y)
    d.times(x, d.over((x + y) * unit, d.plus(x, y)))
    t, u = d.pick(
        (
            ("boys", "girls"),
            ("cats", "dogs"),
            ("red beads", "blue beads"),
            ("apples", "pears"),
            ("adults", "children"),
        )
    )
    return dict(p=d.person(), t=t, u=u, x=x, y=y, a=(x + y) * unit)


def _girls_and_share(d: Draft) -> dict:
    k, f = _unit_fraction(d)
    a, m = k * d.n(2, 20), d.n(2, 9)
    girls = d.over(a, k)
    d.times(d.minus(a, girls), m)
    return dict(p=d.person(), t=d.thing("school"), a=a, f=f, m=m)


def _four_with_percent(d: Draft) -> dict:
    k, m, r = d.n(2, 10), 10 * d.n(1, 12), d.pick((10, 20, 25, 30, 40, 50, 75))
    whole = d.times(k, m)
    d.minus(whole, d.percent(whole, r))
    return dict(p=d.person(), t=d.thing("food"), c=d.thing("pack"), k=k, m=m, r=r)


FAMILIES = {
    "unit_of": Family(_unit_of, (1,), (
        "{p} has {a} {t}. {p.He} {p.has} given {f} of them to {q}. How many {t} did {q} get?",
        "{f} of {p}'s {a} {t} are blue. How many blue {t} does {p} have?",
        "There are {a} {t} in a box. {p} takes {f} of them. How many {t} does {p} take?",
        "How many {t} are {f} of {a} {t}?",
        "{q} collected {a} {t}, and {f} of those are new. Find the number of new {t}.",
    )),
    "unit_left": Family(_unit_left, (2,), (
        "{p} had {a} {t}. {p.He} ate {f} of them. How many {t} are left?",
        "{p} gave {f} of {p.his} {a} {t} to {q}. How many {t} does {p} have now?",
        "A shop had {a} {t} and sold {f} of them. How many {t} are not sold?",
        "Out of {a} {t}, {f} went bad. How many good {t} are there?",
        "How many {t} does {p} keep if {p.he} share{p.s} {f} of {a} {t} with {q}?",
    )),
    "fraction_of": Family(_fraction_of, (2,), (
        "{p} has {a} {t}. {f} of them are old. How many old {t} does {p} have?",
        "There are {a} {w.many} at camp. {f} of them can swim. How many can swim?",
        "{f} of the {a} {w.many} in a school take the bus. How many {w.many} take the bus?",
        "How many {t} are {f} of {a} {t}?",
        "{p} finished {f} of a book with {a} pages. How many pages did {p} read?",
    )),
    "fraction_left": Family(_fraction_left, (3,), (
        "{p} had {a} {t}. {p.He} gave {f} of them to {q}. How many {t} does {p} have left?",
        "A book has {a} pages. {p} has read {f} of it. How many pages are left to read?",
        "{p} bought {a} {t} and sold {f} of them. How many {t} remained?",
        "{f} of {a} seats in a theater are taken. How many seats are free?",
        "How many {t} are left if {f} of {a} {t} are eaten?",
    )),
    "two_fractions": Family(_two_fractions, (4,), (
        "{p} had {a} {t}. {p.He} ate {f} of them and then gave {g} of the rest to {q}. How many {t} does {p} have left?",
        "A shop had {a} {t}. In the morning it sold {f} of them, in the afternoon {g} of what was left. How many {t} are left?",
        "Of {a} {t}, {f} were used for a pie. {p} ate {g} of the remaining {t}. How many {t} remain?",
        "How many {t} are left from {a} if {q} takes {f} of them and {p} takes {g} of the rest?",
    )),
    "fraction_then_number": Family(_fraction_then_number, (3,), (
        "{p} had {a} {t}. {p.He} gave {f} of them to {q} and lost {b}. How many {t} does {p} have left?",
        "{p} sold {f} of {p.his} {a} {t} on Saturday and {b} of the rest on Sunday. How many {t} are left?",
        "There were {a} {t} in a box. {q} took {f} of them, then {p} took {b}. How many are still in the box?",
        "How many {t} remain of {a} {t} after {f} of them are sold and {b} more are given away?",
    )),
    "whole_from_unit": Family(_whole_from_unit, (1,), (
        "{p} ate {a} {t}. That was {f} of all {p.his} {t}. How many {t} did {p} have at first?",
        "{f} of {p}'s {t} are {a} {t}. How many {t} does {p} have?",
        "{p} gave {q} {f} of the {t}. If {q} got {a}, how many {t} were there?",
        "How many {t} were in the bag if {f} of them is {a} {t}?",
    )),
    "percent_of": Family(_percent_of, (2,), (
        "{p} has {a} {t}. {r}% of them are red. How many red {t} does {p} have?",
        "There are {a} {w.many} in the club. {r} percent of them are beginners. How many beginners are there?",
        "What is {r}% of {a} {t}?",
        "{r}% of the {a} seats on a train are taken. How many seats are taken?",
        "How many of {a} {w.many} passed a test if {r} percent of them passed?",
    )),
    "percent_left": Family(_percent_left, (3,), (
        "{p} had {a} {t} and gave away {r}% of them. How many {t} are left?",
        "A store has {a} {t}. It sells {r} percent of them. How many {t} are not sold?",
        "Of {a} {t}, {r}% are rotten. How many good {t} are there?",
        "{p} has to read {a} pages and has read {r}% of them. How many pages are left?",
        "How many {t} remain if {r} percent of {a} {t} are used?",
    )),
    "percent_more": Family(_percent_more, (4,), (
        "{p} has {a} {t}. {q} has {r}% more than {p}. How many {t} do they have together?",
        "{p} sold {a} {t} in May and {r} percent more in June. How many {t} did {p} sell in both months?",
        "{q} found {r}% more {t} than {p}. {p} found {a}. What is the total number of {t}?",
        "How many {t} do {p} and {q} have in all if {p} has {a} and {q} has {r} percent more?",
    )),
    "dozen": Family(_dozen, (1,), (
        "{p} bakes {k} dozen {t}. How many {t} is that?",
        "How many {t} are in {k} dozen?",
        "{p} ordered {k} boxes with a dozen {t} in each. How many {t} did {p} order?",
        "There are {k} trays, each with a dozen {t}. Find the number of {t}.",
    )),
    "dozen_minus": Family(_dozen_minus, (2,), (
        "{p} bought {k} dozen {t}. {p.He} gave {b} to {q}. How many {t} are left?",
        "{p} made {k} dozen {t} for the school. {b} of them burned. How many {t} were good?",
        "Of {k} dozen {t}, {b} were eaten at the party. How many {t} remained?",
        "How many {t} does {p} have left from {k} dozen after selling {b}?",
    )),
    "dozen_price": Family(_dozen_price, (1,), (
        "A dozen {t} costs {m:$}. How much do {k} dozen cost?",
        "{p} buys {k} dozen {t} at {m:$} a dozen. How much does {p} pay?",
        "{t} are {m:$} per dozen. What is the price of {k} dozen {t}?",
        "How much does {p} spend on {k} dozen {t} if a dozen costs {m:$}?",
    )),
    "dozen_income": Family(_dozen_income, (2,), (
        "{p} sold {k} dozen {t} for {m:$} each. How much money did {p} make?",
        "{p} bakes {k} dozen {t} and sells every one for {m:$}. How much does {p} earn?",
        "Each {t.one} sells for {m:$}. How much does {p} get for {k} dozen {t}?",
        "How much are {k} dozen {t} at {m:$} apiece?",
    )),
    "proportion": Family(_proportion, (2,), (
        "{k} {t} cost {a:$}. How much do {n} {t} cost?",
        "{p} makes {a} {t} in {k} hours. How many {t} does {p} make in {n} hours?",
        "A machine makes {a} {t} in {k} minutes. How many does it make in {n} minutes?",
        "It takes {a} ounces of paint for {k} {t}. How many ounces are needed for {n} {t}?",
        "How far does {p} walk in {n} hours if {p.he} walk{p.s} {a} kilometers in {k} hours at the same pace?",
    )),
    "recipe": Family(_recipe, (2,), (
        "{m} cups of flour make {k} {t}. How many cups of flour does {p} need for {a} {t}?",
        "A recipe for {k} {t} uses {m} eggs. {p} wants to make {a} {t}. How many eggs are needed?",
        "For every {k} {t}, {p} uses {m} spoons of sugar. How many spoons are needed for {a} {t}?",
        "{k} {t} cost {m:$}. How much do {a} {t} cost?",
        "How many cups of milk go into {a} {t} if {m} cups are enough for {k}?",
    )),
    "ratio_parts": Family(_ratio_parts, (3,), (
        "The ratio of {t} to {u} is {x} to {y}. There are {a} {t} and {u} in all. How many {t} are there?",
        "For every {x} {t} there are {y} {u}. If there are {a} of them altogether, how many are {t}?",
        "{t} and {u} are in the ratio {x}:{y}. Their total number is {a}. Find the number of {t}.",
        "How many {t} are among {a} {t} and {u} if the ratio of {t} to {u} is {x}:{y}?",
    )),
    "girls_and_share": Family(_girls_and_share, (3,), (
        "A class has {a} students. {f} of them are girls. Each boy gets {m} {t}. How many {t} do the boys get in all?",
        "{f} of the {a} students in a class are girls. The teacher gives every boy {m} {t}. How many {t} does the teacher give out?",
        "There are {a} children, and {f} of them already have {t}. {p} buys {m} {t} for each of the others. How many {t} does {p} buy?",
        "How many {t} does {p} need to give {m} to each of {a} guests, if {f} of the guests do not want any?",
    )),
    "percent_of_boxes": Family(_four_with_percent, (4,), (
        "{p} bought {k} {c} of {t} with {m} in each. {r}% of the {t} were bad. How many good {t} did {p} get?",
        "A store has {k} {c} with {m} {t} each. It sells {r} percent of all the {t}. How many {t} are left?",
        "There are {k} {c} of {m} {t}. {p} uses {r}% of the {t}. How many {t} remain?",
        "How many {t} are left from {k} {c} of {m} {t} if {r} percent of them are given away?",
    )),
}  # fmt: skip
