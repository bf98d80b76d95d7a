"""Something grows or shrinks: joining, giving away, and the three places where the unknown can hide.

Start, change, result: any of them can be what is asked. "After giving away 5 she has 7" is an addition
although it speaks of losing, which is exactly what a reader of keywords gets wrong.
"""

# ruff: noqa: C408  (dict(a=a, b=b) reads best where keys are the slots of a text)
from __future__ import annotations

from train.synthetic.draft import Draft, Family
from train.synthetic.world import DAYS


def _lose(d: Draft) -> dict:
    p, q = d.people(2)
    a = d.count()
    b = d.part(a)
    d.minus(a, b)
    return dict(p=p, q=q, t=d.thing("toy"), a=a, b=b)


def _gain(d: Draft) -> dict:
    p, q = d.people(2)
    a, b = d.count(), d.count()
    d.plus(a, b)
    return dict(p=p, q=q, t=d.thing("toy"), a=a, b=b)


def _start_before_loss(d: Draft) -> dict:
    p, q = d.people(2)
    b, c = d.count(200), d.count(200)
    d.plus(c, b)
    return dict(p=p, q=q, t=d.thing("toy"), b=b, c=c)


def _start_before_gain(d: Draft) -> dict:
    p, q = d.people(2)
    c = d.count()
    b = d.part(c)
    d.minus(c, b)
    return dict(p=p, q=q, t=d.thing("toy"), b=b, c=c)


def _unknown_loss(d: Draft) -> dict:
    p, q = d.people(2)
    a = d.count()
    c = d.part(a)
    d.minus(a, c)
    return dict(p=p, q=q, t=d.thing("food"), a=a, c=c)


def _unknown_gain(d: Draft) -> dict:
    p, q = d.people(2)
    c = d.count()
    a = d.part(c)
    d.minus(c, a)
    return dict(p=p, q=q, t=d.thing("toy"), a=a, c=c)


def _gain_then_lose(d: Draft) -> dict:
    p, q = d.people(2)
    a, b = d.count(200), d.count(200)
    c = d.part(a + b)
    d.minus(d.plus(a, b), c)
    return dict(p=p, q=q, t=d.thing("toy"), a=a, b=b, c=c)


def _lose_then_gain(d: Draft) -> dict:
    p, q = d.people(2)
    a = d.count(300)
    b, c = d.part(a), d.count(100)
    d.plus(d.minus(a, b), c)
    return dict(p=p, q=q, t=d.thing("toy"), a=a, b=b, c=c)


def _lose_twice(d: Draft) -> dict:
    p, q = d.people(2)
    a = d.count(300)
    b = d.part(a)
    c = d.part(a - b)
    d.minus(a, b, c)
    return dict(p=p, q=q, t=d.thing("food"), a=a, b=b, c=c)


def _start_before_two_losses(d: Draft) -> dict:
    p, q = d.people(2)
    b, c, e = d.count(60), d.count(60), d.count(60)
    d.plus(d.plus(e, c), b)
    return dict(p=p, q=q, t=d.thing("food"), b=b, c=c, e=e)


def _which_change(d: Draft) -> dict:
    """Two kinds change, one is asked: the other half of the numbers is bait."""
    p, q = d.people(2)
    t, u = d.kinds("toy", 2)
    a, e = d.count(200), d.count(200)
    b, f = d.part(a), d.part(e)
    d.minus(a, b)
    return dict(p=p, q=q, t=t, u=u, a=a, b=b, e=e, f=f)


def _which_join(d: Draft) -> dict:
    t, u = d.picks(
        (
            ("girls", "boys"),
            ("adults", "children"),
            ("boys", "girls"),
            ("men", "women"),
            ("beginners", "experts"),
        ),
        1,
    )[0]
    a, b, e, f = d.count(), d.count(), d.count(), d.count()
    d.plus(a, b)
    place = d.pick(
        (
            "a school",
            "a swimming club",
            "a summer camp",
            "a dance hall",
            "a sports center",
            "a chess club",
            "a museum",
        )
    )
    return dict(t=t, u=u, a=a, b=b, e=e, f=f, place=place, there=place.split(" ", 1)[1])


def _passengers(d: Draft) -> dict:
    a = d.n(8, 90)
    b, c = d.part(a), d.n(2, 40)
    d.plus(d.minus(a, b), c)
    return dict(v=d.thing("vehicle").one, a=a, b=b, c=c)


def _queue_leaves(d: Draft) -> dict:
    a = d.n(10, 90)
    b = d.part(a)
    c = d.n(2, 40)
    d.minus(d.plus(a, c), b)
    return dict(
        a=a,
        b=b,
        c=c,
        ride=d.pick(
            (
                "roller coaster",
                "ferris wheel",
                "bumper cars",
                "water slide",
                "carousel",
                "ticket booth",
            )
        ),
    )


def _temperature(d: Draft) -> dict:
    a, b, c = d.n(10, 40), d.n(3, 20), d.n(2, 20)
    d.need(a + b > c)
    d.minus(d.plus(a, b), c)
    return dict(a=a, b=b, c=c)


def _collect_over_days(d: Draft) -> dict:
    p = d.person()
    a, b, c = d.count(120), d.count(120), d.count(120)
    d.plus(a, b, c)
    day = d.n(0, 4)
    return dict(
        p=p, t=d.thing("toy"), a=a, b=b, c=c, d1=DAYS[day], d2=DAYS[day + 1], d3=DAYS[day + 2]
    )


def _collect_toward_goal(d: Draft) -> dict:
    p = d.person()
    a, b = d.count(100), d.count(100)
    goal = a + b + d.count(100)
    d.minus(goal, d.plus(a, b))
    return dict(p=p, t=d.thing("toy"), a=a, b=b, g=goal)


def _missing_second(d: Draft) -> dict:
    p, q = d.people(2)
    c = d.count(500)
    a = d.part(c)
    d.minus(c, a)
    return dict(p=p, q=q, t=d.thing("food"), a=a, c=c)


def _spoiled(d: Draft) -> dict:
    p, q = d.people(2)
    a, b = d.count(150), d.count(150)
    c = d.part(a + b)
    d.minus(d.plus(a, b), c)
    return dict(p=p, q=q, t=d.thing("crop"), a=a, b=b, c=c)


def _swap(d: Draft) -> dict:
    p, q = d.people(2)
    a = d.count(150)
    b, c, e = d.part(a), d.n(2, 40), d.n(2, 30)
    d.minus(d.plus(d.minus(a, b), c), e)
    return dict(p=p, q=q, t=d.thing("toy"), a=a, b=b, c=c, e=e)


FAMILIES = {
    "lose": Family(_lose, (1,), (
        "{p} had {a} {t}. {p.He} [gave|sold] {b} of them to {q}. How many {t} does {p} have [left|now]?",
        "{p} [found|collected|owned] {a} {t} and then lost {b} of them. How many {t} are left?",
        "There were {a} {t} on the table. {p} took {b} [of them|{t}] away. How many {t} are [still|now] on the table?",
        "How many {t} does {p} have left if {p.he} started with {a} and gave {q} {b}?",
        "{q} borrowed {b} {t} from {p}, who had {a}. Find the number of {t} that {p} has now.",
        "A [box|drawer|shelf] held {a} {t}. {b} were taken out by {p}. How many remain?",
        "{p} had {a} {t} until {p.he} dropped some, and {b} [broke|were lost]. How many {t} does {p} still have?",
    )),
    "gain": Family(_gain, (1,), (
        "{p} had {a} {t}. Then {q} gave {p.him} {b} more. How many {t} does {p} have [now|in all|altogether]?",
        "{p} found {a} {t} in the morning and {b} more in the afternoon. How many {t} did {p.he} find [in total|altogether]?",
        "There are {a} {t} in the drawer. {p} put {b} more {t} in. How many {t} are there now?",
        "What is the total number of {t} if {p} has {a} and {q} has {b}?",
        "{p} [bought|picked out] {a} {t} and {q} [bought|picked out] {b}. How many {t} do they have together?",
        "{q} brought {b} {t} to add to the {a} that {p} already had. Calculate how many {t} there are in all.",
    )),
    "start_before_loss": Family(_start_before_loss, (1,), (
        "{p} had some {t}. {p.He} gave {b} to {q} and has {c} left. How many {t} did {p} have [at first|to start with|in the beginning]?",
        "After giving {b} {t} to {q}, {p} has {c} {t} left. How many {t} did {p.he} have to start with?",
        "{p} lost {b} of {p.his} {t}. Now {p.he} {p.has} {c}. How many {t} did {p} have before that?",
        "How many {t} did {p} have at first, if {p.he} {p.has} {c} left after selling {b}?",
        "{q} took {b} {t} out of a box, and {c} {t} stayed in it. How many {t} were in the box [before|at the start]?",
        "{p} had a pile of {t}. If {p.he} gave away {b} {t} and still had {c}, find how many were in the pile at the start.",
    )),
    "start_before_gain": Family(_start_before_gain, (1,), (
        "{p} had some {t}. {q} gave {p.him} {b} more, and now {p.he} {p.has} {c}. How many {t} did {p} have [at first|to start with]?",
        "After buying {b} more {t}, {p} has {c} {t}. How many did {p.he} have before?",
        "{p} has {c} {t} now. {p.He} got {b} of them today from {q}. How many {t} did {p} have yesterday?",
        "How many {t} did {p} have before {q} gave {p.him} {b}, if {p.he} now {p.has} {c}?",
        "{b} {t} were added to a jar. The jar then held {c} {t}. How many {t} were in the jar [to begin with|at first]?",
    )),
    "unknown_loss": Family(_unknown_loss, (1,), (
        "{p} had {a} {t}. {p.He} [ate|shared|gave away] some of them and {p.has} {c} left. How many {t} are gone?",
        "There were {a} {t} in the kitchen. After [lunch|the party|dinner] only {c} were left. How many {t} were eaten?",
        "{p} packed {a} {t} for a picnic and came home with {c}. How many {t} were eaten at the picnic?",
        "How many {t} did {p} give to {q} if {p.he} had {a} and kept {c}?",
        "{p} started the day with {a} {t}. If {c} {t} were left in the evening, how many {t} did {p} sell?",
    )),
    "unknown_gain": Family(_unknown_gain, (1,), (
        "{p} had {a} {t}. {q} gave {p.him} some more, and now {p.he} {p.has} {c}. How many {t} did {q} give {p}?",
        "{p} wants to have {c} {t}. {p.He} already {p.has} {a}. How many more {t} does {p} need?",
        "There were {a} {t} in a box. {p} put more {t} in, and now there are {c}. How many {t} did {p} put in?",
        "How many more {t} must {p} [find|collect] to have {c}, if {p.he} {p.has} {a} so far?",
        "{p} went from {a} {t} to {c} {t} [this week|over the summer|in one month]. How many new {t} did {p.he} get?",
        "{p}'s album has room for {c} {t}. {a} are in it already. Find how many {t} are missing.",
    )),
    "gain_then_lose": Family(_gain_then_lose, (2,), (
        "{p} had {a} {t}. {q} gave {p.him} {b} more. Then {p.he} lost {c}. How many {t} does {p} have [now|left]?",
        "{p} picked up {a} {t} on [Saturday|Monday] and {b} on [Sunday|Tuesday]. If {p.he} then gave {c} {t} to {q}, how "
        "many {p.does} {p.he} have?",
        "{p} and {q} put their {t} together. {p} had {a} and {q} had {b}. Then they [sold|gave away] {c}. How many {t} do they have left?",
        "How many {t} are left in the box, if {p} put in {a} {t}, {q} put in {b}, and later {c} were taken out?",
        "A shop had {a} {t}. It received {b} more in the morning and sold {c} [during the day|by evening]. How many {t} does the shop have now?",
        "{p} bought {a} {t}, and {p.his} [mother|uncle|teacher] gave {p.him} another {b}. {c} of all these {t} are [old|red|broken]. "
        "How many are not?",
    )),
    "lose_then_gain": Family(_lose_then_gain, (2,), (
        "{p} had {a} {t}. {p.He} gave {b} to {q}, and then found {c} more. How many {t} does {p} have [now|in the end]?",
        "A shop had {a} {t}. It sold {b} of them and then a delivery of {c} new {t} arrived. How many {t} does it have now?",
        "{p} lost {b} of {p.his} {a} {t}. On {p.his} birthday {p.he} got {c} new ones. How many {t} does {p} have after "
        "that?",
        "Out of {a} {t}, {p} traded away {b} and got {c} other {t} for them. How many {t} does {p} have after the trade?",
        "If {p} starts with {a} {t}, loses {b}, and buys {c}, how many {t} {p.does} {p.he} have?",
    )),
    "lose_twice": Family(_lose_twice, (2,), (
        "{p} had {a} {t}. {p.He} ate {b} on [Monday|Friday] and {c} the next day. How many {t} are left?",
        "{p} brought {a} {t} to the party. {q} took {b} and the other guests took {c}. How many {t} were left over?",
        "A farm stand had {a} {t}. It sold {b} in the morning and {c} in the afternoon. How many {t} were not sold?",
        "How many {t} does {p} still have if {p.he} had {a}, gave {q} {b}, and ate {c}?",
        "{p} bought {a} {t}. {b} of them were bad and {c} were eaten by {q}. How many {t} remain?",
        "There are {a} {t} in the fridge. If {p} takes {b} and then {q} takes {c}, find how many are left.",
    )),
    "start_before_two_losses": Family(_start_before_two_losses, (2,), (
        "{p} gave {b} {t} to {q} and ate {c}. Now {p.he} {p.has} {e} {t}. How many {t} did {p} have at first?",
        "After {q} took {b} {t} and {p} took {c}, there were {e} {t} left in the bowl. How many were in the bowl at the start?",
        "{p} sold {b} {t} in the morning and {c} in the afternoon, and {e} were left. How many {t} did {p} have in the beginning?",
        "How many {t} did {p} bring to school, if {p.he} shared {b} with {q}, dropped {c}, and took {e} back home?",
    )),
    "which_change": Family(_which_change, (1,), (
        "{p} had {a} {t} and {e} {u}. {p.He} gave {b} {t} and {f} {u} to {q}. How many {t} does {p} have left?",
        "A shop had {e} {u} and {a} {t}. It sold {f} {u} and {b} {t}. How many {t} are left in the shop?",
        "{p} put {a} {t} and {e} {u} in a box. {q} took out {f} {u} and {b} {t}. How many {t} are in the box now?",
        "There were {a} {t} and {e} {u} at the fair. {b} {t} and {f} {u} were given away. Find the number of {t} that remained.",
        "{p} has {a} {t} and {e} {u}. If {p.he} loses {b} {t} and {f} {u}, how many {t} will {p} have?",
    )),
    "which_join": Family(_which_join, (1,), (
        "In {place} there are {a} {t} and {e} {u}. {b} more {t} and {f} more {u} joined. How many {t} are in the {there} now?",
        "There were {e} {u} and {a} {t} in {place}. Then {f} {u} and {b} {t} came in. How many {t} are there now?",
        "{b} {t} and {f} {u} came to {place} that already had {a} {t} and {e} {u}. How many {t} does it have now?",
        "{place} has {a} {t} and {e} {u}. If {b} more {t} and {f} more {u} join, what is the number of {t} then?",
    ), calm=False),
    "passengers": Family(_passengers, (2,), (
        "A {v} had {a} people on it. At the first stop {b} got off and {c} got on. How many people are on the {v} now?",
        "There were {a} passengers on a {v}. {b} of them left and {c} new passengers came aboard. How many passengers were there then?",
        "{a} children were riding on a {v}. At the stop {b} children got off while {c} more got on. How many children are on it now?",
        "How many people are on a {v} that left with {a} people, let {b} off and picked up {c}?",
        "If {a} riders are on a {v} and {b} step off before {c} step on, how many riders does the {v} carry?",
    )),
    "queue_leaves": Family(_queue_leaves, (2,), (
        "There were {a} people in line for the {ride}. {c} more people joined the line and then {b} went in. How many were still waiting?",
        "{a} people waited at the {ride}. After {c} others came and {b} got their turn, how many people were in line?",
        "A line at the {ride} had {a} people. It grew by {c} people, and then {b} people left it. How many people were in line then?",
        "How many people are in line at the {ride} if {a} were there at first, {c} more came, and {b} gave up and left?",
    )),
    "temperature": Family(_temperature, (2,), (
        "The temperature was {a} degrees in the morning. It rose by {b} degrees until noon and fell by {c} degrees in the evening. "
        "What was the temperature in the evening?",
        "It was {a} degrees at sunrise. By noon it was {b} degrees warmer, and at night {c} degrees cooler than at noon. "
        "How many degrees was it at night?",
        "From {a} degrees, the temperature goes up {b} degrees and then down {c}. Find the final temperature.",
        "What does a thermometer show if it starts at {a} degrees, climbs {b} degrees and then drops {c} degrees?",
    ), calm=False),
    "collect_over_days": Family(_collect_over_days, (2,), (
        "{p} collected {a} {t} on {d1}, {b} on {d2}, and {c} on {d3}. How many {t} did {p} collect [in all|altogether|over the three days]?",
        "On {d1} {p} found {a} {t}. On {d2} {p.he} found {b}, and on {d3} another {c}. What is the total number of {t} {p} found?",
        "How many {t} did {p} sell in three days, if {p.he} sold {a} on {d1}, {b} on {d2} and {c} on {d3}?",
        "{p} bought {a} {t} on {d1}. {p.He} bought {b} more on {d2} and {c} more on {d3}. Find how many {t} {p.he} bought "
        "in total.",
        "A shop sold {a} {t} on {d1}, {b} {t} on {d2} and {c} {t} on {d3}. How many {t} were sold in these days?",
    )),
    "collect_toward_goal": Family(_collect_toward_goal, (2,), (
        "{p} wants to collect {g} {t}. {p.He} got {a} last week and {b} this week. How many more {t} does {p} need?",
        "To fill an album {p} needs {g} {t}. {p.He} bought {a} and was given {b}. How many {t} are missing?",
        "{p} has to sell {g} {t} for a fundraiser. So far {p.he} sold {a} to neighbors and {b} at school. How many {t} are still to be sold?",
        "How many {t} must {p} still find to reach {g}, when {p.he} found {a} on the first day and {b} on the second?",
    )),
    "missing_second": Family(_missing_second, (1,), (
        "{p} and {q} have {c} {t} together. {p} has {a} of them. How many {t} does {q} have?",
        "There are {c} {t} in two bowls. One bowl holds {a} {t}. How many {t} are in the other bowl?",
        "{p} and {q} picked {c} {t} in all. If {a} of these were picked by {p}, how many did {q} pick?",
        "Together {p} and {q} ate {c} {t}. {p} ate {a}. Calculate how many {t} {q} ate.",
        "A bag holds {c} {t}. {a} of them are for {p} and the rest are for {q}. How many {t} are for {q}?",
    )),
    "spoiled": Family(_spoiled, (2,), (
        "{p} picked {a} {t} and {q} picked {b}. If {c} of the {t} were bad, how many good {t} did they have?",
        "{p} harvested {a} {t} in the morning and {b} in the afternoon. {c} of them had worms. How many {t} had no worms?",
        "{p} and {q} picked {t} in their garden, {a} and {b} of them. Only {c} of the {t} were ripe. How many were not ripe?",
        "A farmer brought {a} {t} from one field and {b} from another. {c} were thrown away because they were rotten. How many were kept?",
        "Of the {a} {t} that {p} grew and the {b} that {q} grew, {c} were eaten by birds. How many {t} remained?",
    )),
    "swap": Family(_swap, (3,), (
        "{p} had {a} {t}. {p.He} gave {b} to {q}, bought {c} new ones and lost {e}. How many {t} does {p} have now?",
        "Out of {p.his} {a} {t}, {p} sold {b}. Then {q} gave {p.him} {c} more, but {e} of {p.his} {t} broke. How many good {t} are left?",
        "{p} began the year with {a} {t}. In spring {p.he} gave away {b}, in summer {p.he} found {c}, and in fall {p.he} lost {e}. "
        "How many {t} did {p} have at the end?",
        "How many {t} does {p} have if {p.he} had {a}, traded away {b}, received {c} and then dropped {e} in a river?",
    )),
}  # fmt: skip
