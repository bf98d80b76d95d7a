"""Comparing two or three amounts: more than, fewer than, times as many, and how large the difference is.

"Tom has 3 more than Ann" can give Tom's number or Ann's: the sentence tells who is compared with whom,
and the question decides whether to add or to subtract.
"""

# ruff: noqa: C408  (dict(a=a, b=b) reads best where keys are the slots of a text)
from __future__ import annotations

from train.synthetic.draft import Draft, Family
from train.synthetic.world import COLORS


def _difference(d: Draft) -> dict:
    p, q = d.people(2)
    a = d.count()
    b = d.part(a)
    d.minus(a, b)
    return dict(p=p, q=q, t=d.thing("toy"), a=a, b=b)


def _more_than(d: Draft) -> dict:
    p, q = d.people(2)
    a, b = d.count(), d.count(100)
    d.plus(a, b)
    return dict(p=p, q=q, t=d.thing("toy"), a=a, b=b)


def _fewer_than(d: Draft) -> dict:
    p, q = d.people(2)
    a = d.count()
    b = d.part(a)
    d.minus(a, b)
    return dict(p=p, q=q, t=d.thing("toy"), a=a, b=b)


def _times_as_many(d: Draft) -> dict:
    p, q = d.people(2)
    a, k = d.count(90), d.n(2, 9)
    d.times(k, a)
    return dict(p=p, q=q, t=d.thing("toy"), a=a, k=k)


def _times_reversed(d: Draft) -> dict:
    p, q = d.people(2)
    k = d.n(2, 9)
    a = k * d.count(60)
    d.over(a, k)
    return dict(p=p, q=q, t=d.thing("toy"), a=a, k=k)


def _more_total(d: Draft) -> dict:
    p, q = d.people(2)
    a, b = d.count(200), d.count(100)
    d.plus(a, d.plus(a, b))
    return dict(p=p, q=q, t=d.thing("toy"), a=a, b=b)


def _fewer_total(d: Draft) -> dict:
    p, q = d.people(2)
    a = d.count(250)
    b = d.part(a)
    d.plus(a, d.minus(a, b))
    return dict(p=p, q=q, t=d.thing("food"), a=a, b=b)


def _times_total(d: Draft) -> dict:
    p, q = d.people(2)
    a, k = d.count(60), d.n(2, 6)
    d.plus(a, d.times(k, a))
    return dict(p=p, q=q, t=d.thing("toy"), a=a, k=k)


def _half_total(d: Draft) -> dict:
    p, q = d.people(2)
    a = 2 * d.count(100)
    d.plus(a, d.over(a, 2))
    return dict(p=p, q=q, t=d.thing("toy"), a=a)


def _three_people(d: Draft) -> dict:
    p, q, r = d.people(3)
    a, b = d.count(80), d.n(2, 30)
    k = d.n(2, 4)
    second = d.plus(a, b)
    d.plus(a, second, d.times(k, second))
    return dict(p=p, q=q, r=r, t=d.thing("toy"), a=a, b=b, k=k)


def _three_people_last(d: Draft) -> dict:
    p, q, r = d.people(3)
    a, k = d.count(60), d.n(2, 5)
    second = d.times(k, a)
    b = d.part(second)
    d.minus(second, b)
    return dict(p=p, q=q, r=r, t=d.thing("toy"), a=a, b=b, k=k)


def _after_change_compare(d: Draft) -> dict:
    p, q = d.people(2)
    a, b, c = d.count(100), d.count(100), d.count(150)
    total = d.plus(a, b)
    d.need(total > c)
    d.minus(total, c)
    return dict(p=p, q=q, t=d.thing("toy"), a=a, b=b, c=c)


def _lost_versus_left(d: Draft) -> dict:
    p = d.person()
    a = d.count(200)
    b = d.part(a)
    d.need(b > a - b)
    rest = d.minus(a, b)
    d.minus(b, rest)
    return dict(p=p, t=d.thing("food"), a=a, b=b)


def _rest_of_colors(d: Draft) -> dict:
    p = d.person()
    c1, c2, c3 = d.picks(COLORS, 3)
    a, b, c = d.count(80), d.count(80), d.count(80)
    total = a + b + c
    d.minus(total, a, b)
    return dict(p=p, t=d.thing("toy"), g=total, a=a, b=b, c1=c1, c2=c2, c3=c3)


def _only_two_colors(d: Draft) -> dict:
    c1, c2, c3 = d.picks(COLORS, 3)
    a, b, c = d.count(), d.count(), d.count()
    d.plus(a, b)
    return dict(p=d.person(), t=d.thing("toy"), a=a, b=b, c=c, c1=c1, c2=c2, c3=c3)


def _bait_difference(d: Draft) -> dict:
    p = d.person()
    t, u, v = d.kinds("food", 3)
    a, c = d.count(200), d.count(200)
    b = d.part(a)
    d.minus(a, b)
    return dict(p=p, t=t, u=u, v=v, a=a, b=b, c=c)


def _even_out(d: Draft) -> dict:
    p, q = d.people(2)
    b = d.count(100)
    a = b + 2 * d.n(2, 30)
    d.over(d.minus(a, b), 2)
    return dict(p=p, q=q, t=d.thing("toy"), a=a, b=b)


def _sum_and_difference(d: Draft) -> dict:
    p, q = d.people(2)
    small, gap = d.count(60), d.n(2, 30)
    total = 2 * small + gap
    d.over(d.minus(total, gap), 2)
    return dict(p=p, q=q, t=d.thing("food"), g=total, b=gap)


def _difference_of_totals(d: Draft) -> dict:
    p, q = d.people(2)
    t, u = d.kinds("crop", 2)
    a, b, c, e = d.count(90), d.count(90), d.count(90), d.count(90)
    first, second = d.plus(a, b), d.plus(c, e)
    d.need(first > second)
    d.minus(first, second)
    return dict(p=p, q=q, t=t, u=u, a=a, b=b, c=c, e=e)


def _ladder(d: Draft) -> dict:
    """Three comparisons in a row, the total at the end."""
    p, q, r, s = d.people(4)
    a, b, k = d.count(40), d.n(2, 20), d.n(2, 4)
    second = d.plus(a, b)
    third = d.times(k, a)
    c = d.part(third)
    last = d.minus(third, c)
    d.plus(second, last)
    return dict(p=p, q=q, r=r, s=s, t=d.thing("toy"), a=a, b=b, c=c, k=k)


FAMILIES = {
    "difference": Family(_difference, (1,), (
        "{p} has {a} {t} and {q} has {b}. How many more {t} does {p} have than {q}?",
        "{p} has {a} {t}. {q} has {b} {t}. How many fewer {t} does {q} have than {p}?",
        "How many more {t} did {p} find than {q}, if {p} found {a} and {q} found {b}?",
        "{q} owns {b} {t} while {p} owns {a}. What is the difference between their numbers of {t}?",
        "In one box there are {a} {t}, in another {b}. How many more {t} are in the first box?",
        "{p} sold {a} {t} and {q} sold {b}. Find how many more {p} sold.",
    )),
    "more_than": Family(_more_than, (1,), (
        "{q} has {a} {t}. {p} has {b} more {t} than {q}. How many {t} does {p} have?",
        "{p} has {b} more {t} than {q}, who has {a}. How many {t} does {p} have?",
        "{q} has {b} fewer {t} than {p}. {q} has {a} {t}. How many {t} does {p} have?",
        "{p} found {b} {t} more than {q}. If {q} found {a} {t}, how many did {p} find?",
        "How many {t} are in the big box if it holds {b} more than the small one, which holds {a} {t}?",
    )),
    "fewer_than": Family(_fewer_than, (1,), (
        "{p} has {a} {t}. {q} has {b} fewer {t} than {p}. How many {t} does {q} have?",
        "{p} has {b} more {t} than {q}. {p} has {a} {t}. How many {t} does {q} have?",
        "{q} has {b} {t} fewer than {p}, who has {a}. Find the number of {t} {q} has.",
        "If {p} sold {a} {t}, and that was {b} more than {q} sold, how many {t} did {q} sell?",
        "How many {t} does {q} own if {p} owns {a} and {q} owns {b} less?",
    )),
    "times_as_many": Family(_times_as_many, (1,), (
        "{p} has {a} {t}. {q} has {k:x} as many. How many {t} does {q} have?",
        "{q} collected {k:x} as many {t} as {p}. {p} collected {a}. How many {t} did {q} collect?",
        "How many {t} does {q} have if {p} has {a} and {q} has {k:x} that number?",
        "A small bag holds {a} {t}. A large bag holds {k:x} as many. How many {t} does a large bag hold?",
    )),
    "times_reversed": Family(_times_reversed, (1,), (
        "{p} has {a} {t}. That is {k:x} as many as {q} has. How many {t} does {q} have?",
        "{p} found {k:x} as many {t} as {q}. If {p} found {a}, how many {t} did {q} find?",
        "{p} has {k:x} the number of {t} that {q} has. {p} has {a}. Find the number of {q}'s {t}.",
        "How many {t} does {q} have if {p} has {a}, which is {k:x} as many as {q}?",
    )),
    "more_total": Family(_more_total, (2,), (
        "{p} has {a} {t}. {q} has {b} more than {p}. How many {t} do they have [together|in all|altogether]?",
        "{q} found {b} more {t} than {p}, who found {a}. How many {t} did the two of them find?",
        "On Monday {p} sold {a} {t}. On Tuesday {p.he} sold {b} more than on Monday. How many {t} did {p} sell on both days?",
        "What is the total number of {t} if {p} has {a} and {q} has {b} more than {p}?",
        "A shelf holds {a} {t}. The shelf below it holds {b} more. How many {t} are on the two shelves?",
    )),
    "fewer_total": Family(_fewer_total, (2,), (
        "{p} ate {a} {t}. {q} ate {b} fewer than {p}. How many {t} did they eat together?",
        "{p} picked {a} {t}, and {q} picked {b} less than that. How many {t} do they have [in all|altogether]?",
        "On the first day {p} sold {a} {t}. On the second day {p.he} sold {b} fewer. Find the total number of {t} sold.",
        "How many {t} do {p} and {q} have together if {p} has {a} and {q} has {b} fewer?",
    )),
    "times_total": Family(_times_total, (2,), (
        "{p} has {a} {t}. {q} has {k:x} as many as {p}. How many {t} do they have together?",
        "{q} has {k:x} as many {t} as {p}. If {p} has {a} {t}, how many do they have in all?",
        "In spring {p} collected {a} {t}. In summer {p.he} collected {k:x} as many. How many {t} did {p} collect altogether?",
        "{p} sold {a} {t} on Saturday and {k:x} that many on Sunday. What is the total number of {t} sold?",
        "How many {t} are there in two boxes, if one has {a} {t} and the other has {k:x} as many?",
    )),
    "half_total": Family(_half_total, (2,), (
        "{p} has {a} {t}. {q} has half as many. How many {t} do they have [together|in total]?",
        "{p} sold {a} {t} in May and half as many in June. How many {t} did {p} sell in those two months?",
        "{q} found half as many {t} as {p}. {p} found {a}. How many {t} did they find in all?",
        "How many {t} are there if {p} brings {a} and {q} brings half that number?",
    )),
    "three_people": Family(_three_people, (4,), (
        "{p} has {a} {t}. {q} has {b} more than {p}, and {r} has {k:x} as many as {q}. How many {t} do the three have together?",
        "{q} found {b} more {t} than {p}. {r} found {k:x} as many as {q}. If {p} found {a} {t}, how many did they find in all?",
        "{p}, {q} and {r} sold {t}. {p} sold {a}, {q} sold {b} more than {p}, and {r} sold {k:x} as many as {q}. "
        "What is the total number of {t} they sold?",
        "How many {t} do {p}, {q} and {r} have altogether if {p} has {a}, {q} has {b} more than that, and {r} has {k:x} as many as {q}?",
    )),
    "three_people_last": Family(_three_people_last, (2,), (
        "{p} has {a} {t}. {q} has {k:x} as many as {p}. {r} has {b} fewer than {q}. How many {t} does {r} have?",
        "{r} has {b} fewer {t} than {q}, who has {k:x} as many as {p}. If {p} has {a} {t}, how many does {r} have?",
        "{q} collected {k:x} as many {t} as {p} and {b} more than {r}. {p} collected {a}. How many {t} did {r} collect?",
        "How many {t} does {r} have if {p} has {a}, {q} has {k:x} as many, and {r} has {b} fewer than {q}?",
    )),
    "after_change_compare": Family(_after_change_compare, (2,), (
        "{p} had {a} {t} and bought {b} more. {q} has {c} {t}. How many more {t} does {p} have than {q} now?",
        "{q} has {c} {t}. {p} found {a} {t} in one place and {b} in another. How many more {t} does {p} have than {q}?",
        "{p} sold {a} {t} in the morning and {b} in the afternoon. {q} sold {c} {t} that day. How many more did {p} sell?",
        "How many fewer {t} does {q} have than {p}, if {q} has {c} and {p} has {a} old and {b} new ones?",
    )),
    "lost_versus_left": Family(_lost_versus_left, (2,), (
        "{p} had {a} {t}. {p.He} ate {b} of them. How many more {t} did {p} eat than {p.he} {p.has} left?",
        "There were {a} {t} on a plate, and {b} of them were eaten. How many more were eaten than were left?",
        "{p} had {a} {t} and sold {b}. How many more {t} did {p.he} sell than {p.he} kept?",
        "Of {a} {t}, {p} gave away {b}. Find how many more {t} were given away than kept.",
    )),
    "rest_of_colors": Family(_rest_of_colors, (2,), (
        "{p} has {g} {t}. {a} are {c1}, {b} are {c2}, and the rest are {c3}. How many {t} are {c3}?",
        "There are {g} {t} in a jar: {a} {c1} ones, {b} {c2} ones, and some {c3} ones. How many {c3} {t} are in the jar?",
        "Of {p}'s {g} {t}, {a} are {c1} and {b} are {c2}. The others are {c3}. How many {c3} {t} does {p} have?",
        "How many {c3} {t} does {p} have if {p.he} {p.has} {g} {t} in total, of which {a} are {c1}, {b} are {c2} and all others {c3}?",
    )),
    "only_two_colors": Family(_only_two_colors, (1,), (
        "{a} {c1} {t}, {b} {c2} {t} and {c} {c3} {t} are in a basket. How many {c1} and {c2} {t} are in the basket?",
        "{p} has {a} {c1} {t}, {c} {c3} {t} and {b} {c2} {t}. How many {t} are {c1} or {c2}?",
        "There are {c} {c3} {t} on the floor, {a} {c1} {t} and {b} {c2} {t} on the shelf. How many {t} are on the shelf?",
        "A box has {a} {c1}, {b} {c2} and {c} {c3} {t}. {p} takes all the {c1} and {c2} ones. How many {t} does {p} take?",
    )),
    "bait_difference": Family(_bait_difference, (1,), (
        "{p} has {a} {t}, {b} {u} and {c} {v}. How many more {t} than {u} does {p} have?",
        "There are {c} {v}, {a} {t} and {b} {u} on the table. How many fewer {u} than {t} are there?",
        "{p} ate {b} {u}, {a} {t} and {c} {v}. How many more {t} than {u} did {p} eat?",
        "{p} packed {a} {t} and {b} {u}. {p.He} also packed {c} {v}. Find how many more {t} than {u} {p.he} packed.",
        "A stand sold {a} {t}, {c} {v} and {b} {u}. What is the difference between the numbers of {t} and {u} sold?",
    )),
    "even_out": Family(_even_out, (2,), (
        "{p} has {a} {t} and {q} has {b}. How many {t} must {p} give to {q} so that both have the same number?",
        "{q} has {b} {t}. {p} has {a} {t}. How many should {p} hand to {q} so that they have equally many?",
        "There are {a} {t} in one box and {b} in another. How many {t} must be moved from the first box to make them equal?",
        "{p} and {q} want to have equally many {t}. {p} has {a}, {q} has {b}. How many {t} does {p} have to give {q}?",
    )),
    "sum_and_difference": Family(_sum_and_difference, (2,), (
        "{p} and {q} have {g} {t} together. {p} has {b} more than {q}. How many {t} does {q} have?",
        "Two bowls hold {g} {t} in all. One bowl holds {b} more {t} than the other. How many {t} are in the bowl with fewer {t}?",
        "{q} picked {b} fewer {t} than {p}. Together they picked {g}. How many {t} did {q} pick?",
        "How many {t} does {q} have if {p} has {b} more than {q} and they have {g} {t} in total?",
    )),
    "difference_of_totals": Family(_difference_of_totals, (3,), (
        "{p} picked {a} {t} and {b} {u}. {q} picked {c} {t} and {e} {u}. How many more did {p} pick than {q} in all?",
        "On Saturday {p} sold {a} {t} and {b} {u}. On Sunday {p.he} sold {c} {t} and {e} {u}. How many more did {p} sell on Saturday?",
        "{p} has {a} {t} and {b} {u}, and {q} has {c} {t} and {e} {u}. Find how many more pieces {p} has.",
        "How many more things from the garden does {p} have than {q}, if {p} has {a} {t} and {b} {u} while {q} has {c} {t} "
        "and {e} {u}?",
    )),
    "ladder": Family(_ladder, (4,), (
        "{p} has {a} {t}. {q} has {b} more than {p}. {r} has {k:x} as many as {p}, and {s} has {c} fewer than {r}. "
        "How many {t} do {q} and {s} have together?",
        "{q} has {b} more {t} than {p}. {r} has {k:x} as many {t} as {p}. {s} has {c} less than {r}. {p} has {a} {t}. "
        "What is the number of {t} {q} and {s} have in total?",
        "If {p} has {a} {t}, {q} has {b} more than {p}, {r} has {k:x} as many as {p} and {s} has {c} fewer than {r}, "
        "how many {t} do {q} and {s} have in all?",
    )),
}  # fmt: skip
