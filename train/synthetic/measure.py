"""Time, length, speed and shape: the quantities that come with units."""

# ruff: noqa: C408  (dict(a=a, b=b) reads best where keys are the slots of a text)
from __future__ import annotations

from train.synthetic.draft import Draft, Family
from train.synthetic.world import CITIES


def _distance(d: Draft) -> dict:
    m, k = d.n(3, 80), d.n(2, 12)
    d.times(m, k)
    return dict(p=d.person(), m=m, k=k, v=d.thing("vehicle").one)


def _travel_time(d: Draft) -> dict:
    m, k = d.n(3, 80), d.n(2, 12)
    d.over(m * k, m)
    x, y = d.picks(CITIES, 2)
    return dict(p=d.person(), m=m, a=m * k, x=x, y=y, v=d.thing("vehicle").one)


def _two_legs(d: Draft) -> dict:
    m, k, j, o = d.n(3, 70), d.n(2, 8), d.n(2, 8), d.n(3, 70)
    d.need(m != o)
    d.plus(d.times(m, k), d.times(o, j))
    return dict(p=d.person(), m=m, k=k, l=j, o=o)


def _round_trips(d: Draft) -> dict:
    a, k = d.n(2, 30), d.n(2, 7)
    d.times(d.times(a, 2), k)
    return dict(
        p=d.person(),
        a=a,
        k=k,
        place=d.pick(("school", "work", "the gym", "the library", "the market")),
    )


def _weeks_to_days(d: Draft) -> dict:
    k, m = d.n(2, 12), d.n(2, 12)
    d.times(m, d.times(k, 7))
    return dict(p=d.person(), k=k, m=m, t=d.thing("food"))


def _daily_week(d: Draft) -> dict:
    m = d.n(2, 60)
    d.times(m, 7)
    return dict(p=d.person(), m=m, t=d.thing("food"))


def _hours_to_minutes(d: Draft) -> dict:
    h, m = d.n(2, 6), d.n(5, 55)
    d.plus(d.times(h, 60), m)
    return dict(p=d.person(), h=h, m=m)


def _minutes_to_hours(d: Draft) -> dict:
    k = d.n(2, 12)
    m = d.pick((10, 15, 20, 30, 40, 45))
    d.over(d.times(k, m), 60)
    return dict(p=d.person(), k=k, m=m)


def _practice(d: Draft) -> dict:
    p = d.person()
    m, k, j = d.n(5, 60), d.n(2, 6), d.n(2, 10)
    d.times(d.times(m, k), j)
    return dict(
        p=p,
        m=m,
        k=k,
        l=j,
        what=d.pick(
            ("the piano", "the violin", "chess", "dancing", "the drums", "singing", "spelling")
        ),
    )


def _rectangle_area(d: Draft) -> dict:
    a, b = d.n(3, 30), d.n(2, 30)
    d.times(a, b)
    return dict(
        p=d.person(),
        a=a,
        b=b,
        what=d.pick(("garden", "room", "rug", "wall", "field", "poster", "playground")),
    )


def _rectangle_perimeter(d: Draft) -> dict:
    a, b = d.n(5, 80), d.n(3, 60)
    d.times(2, d.plus(a, b))
    return dict(
        p=d.person(), a=a, b=b, what=d.pick(("garden", "field", "pool", "yard", "park", "pasture"))
    )


def _square_side(d: Draft) -> dict:
    a = d.n(2, 60)
    d.over(4 * a, 4)
    return dict(
        p=d.person(), a=4 * a, what=d.pick(("garden", "field", "table", "room", "picture", "park"))
    )


def _tiles(d: Draft) -> dict:
    a, b, k = d.n(3, 20), d.n(3, 20), d.n(2, 9)
    d.times(d.times(a, b), k)
    return dict(p=d.person(), a=a, b=b, k=k)


def _fence_cost(d: Draft) -> dict:
    a, b, m = d.n(4, 40), d.n(3, 30), d.n(2, 9)
    d.times(d.times(2, d.plus(a, b)), m)
    return dict(p=d.person(), a=a, b=b, m=m)


def _cut_rope(d: Draft) -> dict:
    k, m = d.n(2, 12), d.n(2, 20)
    b = d.n(2, 40)
    d.over(d.minus(k * m + b, b), m)
    return dict(
        p=d.person(),
        a=k * m + b,
        b=b,
        m=m,
        what=d.pick(("rope", "ribbon", "string", "wire", "cloth", "pipe")),
    )


def _feet_to_inches(d: Draft) -> dict:
    a, b = d.n(2, 9), d.n(2, 11)
    d.plus(d.times(a, 12), b)
    return dict(
        p=d.person(),
        a=a,
        b=b,
        what=d.pick(("board", "rope", "table", "fish", "shelf", "snake", "plant")),
    )


def _growth(d: Draft) -> dict:
    a, m, k = d.n(3, 90), d.n(2, 9), d.n(2, 12)
    d.plus(a, d.times(m, k))
    return dict(
        p=d.person(),
        a=a,
        m=m,
        k=k,
        what=d.pick(("plant", "tree", "sunflower", "vine", "bamboo shoot")),
        span=d.pick(("week", "month", "day")),
    )


def _tank(d: Draft) -> dict:
    m, o, k = d.n(5, 40), d.n(2, 20), d.n(2, 12)
    d.need(m > o)
    d.times(d.minus(m, o), k)
    return dict(p=d.person(), m=m, o=o, k=k)


def _age_then(d: Draft) -> dict:
    p, q = d.people(2)
    a, b, c = d.n(5, 40), d.n(2, 15), d.n(2, 20)
    d.plus(d.plus(a, b), c)
    return dict(p=p, q=q, a=a, b=b, c=c)


def _age_multiple(d: Draft) -> dict:
    p, q = d.people(2)
    a, k, c = d.n(4, 18), d.n(2, 4), d.n(2, 20)
    d.plus(d.times(k, a), c)
    return dict(p=p, q=q, a=a, k=k, c=c)


def _age_difference(d: Draft) -> dict:
    p, q = d.people(2)
    a = d.n(15, 70)
    b, c = d.n(3, a - 3), d.n(2, 12)
    d.need(a - b > c + 2)
    d.minus(a, b, c)
    return dict(p=p, q=q, a=a, b=b, c=c)


def _average_two(d: Draft) -> dict:
    a, b, c = d.n(10, 100), d.n(10, 100), d.n(10, 100)
    d.over(d.plus(a, b, c), 3)
    return dict(p=d.person(), a=a, b=b, c=c)


def _average_back(d: Draft) -> dict:
    k, m = d.n(3, 9), d.n(5, 90)
    d.times(k, m)
    return dict(p=d.person(), k=k, m=m, t=d.thing("food"))


FAMILIES = {
    "distance": Family(_distance, (1,), (
        "A {v} travels {m} miles per hour. How many miles does it go in {k} hours?",
        "{p} cycles {m} kilometers an hour. How far does {p} get in {k} hours?",
        "{p} drove for {k} hours at {m} miles an hour. How many miles did {p.he} drive?",
        "How far does a {v} go in {k} hours at a speed of {m} miles per hour?",
        "{p} can type {m} words per minute. How many words can {p} type in {k} minutes?",
    ), calm=False),
    "travel_time": Family(_travel_time, (1,), (
        "It is {a} miles from {x} to {y}. {p} drives {m} miles per hour. How many hours does the trip take?",
        "{p} traveled {a} miles at {m} miles an hour. How many hours {p.was} {p.he} on the road?",
        "A {v} covers {m} miles each hour. How long, in hours, does it take for {a} miles?",
        "{p} reads {m} pages a day. The book has {a} pages. How many days does {p} need to read it?",
        "How many days does it take {p} to walk {a} miles at {m} miles a day?",
    ), calm=False),
    "two_legs": Family(_two_legs, (3,), (
        "For {k} hours {p} drove {m} miles per hour and for the next {l} hours {o} miles per hour. How many miles did {p} drive in all?",
        "First {p} cycled for {k} hours at {m} miles an hour, then for {l} hours at {o} miles an hour. How far did {p} go?",
        "A machine makes {m} parts an hour for {k} hours and {o} parts an hour for the next {l} hours. How many parts does it make?",
        "How far does {p} travel in {k} hours at {m} miles per hour followed by {l} hours at {o} miles per hour?",
    ), calm=False),
    "round_trips": Family(_round_trips, (2,), (
        "{p} lives {a} miles from {place}. {p.He} go{p.es} there and back {k} times a week. How many miles is that per week?",
        "The way from {p}'s home to {place} is {a} miles. How many miles does {p} travel in {k} days if {p.he} go{p.es} there and back every day?",
        "It is {a} miles to {place}. {p} makes {k} round trips. How many miles does {p} travel?",
        "How many miles are {k} round trips to {place} if one way is {a} miles?",
    ), calm=False),
    "weeks_to_days": Family(_weeks_to_days, (2,), (
        "{p} eats {m} {t} a day. How many {t} does {p} eat in {k} weeks?",
        "A family uses {m} {t} every day. How many {t} does it use in {k} weeks?",
        "{p} needs {m} {t} daily for {p.his} cafe. How many {t} are needed for {k} weeks?",
        "How many {t} does {p} pick in {k} weeks at {m} {t} per day?",
    )),
    "daily_week": Family(_daily_week, (1,), (
        "{p} eats {m} {t} every day. How many {t} does {p} eat in a week?",
        "A bakery uses {m} {t} per day. How many {t} does it use in one week?",
        "{p} does {m} push-ups each day. How many push-ups does {p} do in a week?",
        "How many {t} are sold in a week if {m} are sold each day?",
    )),
    "hours_to_minutes": Family(_hours_to_minutes, (2,), (
        "A show lasts {h} hours and {m} minutes. How many minutes is that?",
        "{p} worked for {h} hours and {m} minutes. How many minutes did {p} work?",
        "{p} slept {h} hours and then another {m} minutes. For how many minutes did {p} sleep in all?",
        "How many minutes are {h} hours and {m} minutes?",
    ), calm=False),
    "minutes_to_hours": Family(_minutes_to_hours, (2,), (
        "{p} practices {m} minutes a day for {k} days. How many hours does {p} practice?",
        "Each lesson is {m} minutes long. How many hours are {k} lessons?",
        "{p} watches {k} cartoons of {m} minutes each. How many hours does that take?",
        "How many hours does {p} spend on {k} walks of {m} minutes?",
    ), calm=False),
    "practice": Family(_practice, (2,), (
        "{p} practices {what} {m} minutes a day, {k} days a week. How many minutes does {p} practice in {l} weeks?",
        "Each day {p} spends {m} minutes on {what}, on {k} days of the week. How many minutes is that in {l} weeks?",
        "For {l} weeks {p} practiced {what} on {k} days a week, {m} minutes each time. How many minutes did {p} practice?",
        "How many minutes does {p} practice {what} in {l} weeks with {k} lessons a week of {m} minutes each?",
    ), calm=False),
    "rectangle_area": Family(_rectangle_area, (1,), (
        "A rectangular {what} is {a} feet long and {b} feet wide. What is its area in square feet?",
        "{p} has a {what} that measures {a} feet by {b} feet. How many square feet is that?",
        "Find the area of a {what} with a length of {a} meters and a width of {b} meters.",
        "How many square meters does a rectangular {what} of {a} meters by {b} meters cover?",
    )),
    "rectangle_perimeter": Family(_rectangle_perimeter, (2,), (
        "A rectangular {what} is {a} feet long and {b} feet wide. What is its perimeter?",
        "{p} walks once around a rectangular {what} of {a} meters by {b} meters. How many meters does {p} walk?",
        "{p} wants a fence around a {what} {a} feet long and {b} feet wide. How many feet of fence are needed?",
        "How long is the border of a rectangular {what} with sides of {a} and {b} meters?",
    )),
    "square_side": Family(_square_side, (1,), (
        "A square {what} has a perimeter of {a} feet. How long is one side?",
        "{p} walks {a} meters around a square {what}. How many meters long is each side?",
        "The border of a square {what} is {a} inches long. Find the length of one side.",
        "How long is a side of a square {what} if its perimeter is {a} meters?",
    )),
    "tiles": Family(_tiles, (2,), (
        "A floor is {a} feet long and {b} feet wide. Each square foot needs {k} tiles. How many tiles does {p} need?",
        "{p} plants {k} flowers on every square meter of a bed of {a} meters by {b} meters. How many flowers does {p} plant?",
        "Carpet costs {k:$} per square foot. How much does carpet for a room of {a} feet by {b} feet cost?",
        "How many seeds does {p} need for a field of {a} by {b} meters with {k} seeds per square meter?",
    )),
    "fence_cost": Family(_fence_cost, (3,), (
        "A rectangular garden is {a} feet long and {b} feet wide. Fence costs {m:$} a foot. How much does a fence around the garden cost?",
        "{p} puts lights around a rectangular yard of {a} meters by {b} meters, {m} lights on every meter. How many lights does {p} use?",
        "Wire is {m:$} per foot. What does it cost to put wire around a field {a} feet long and {b} feet wide?",
        "How much does {p} pay for a border around a rectangle of {a} by {b} meters at {m:$} per meter?",
    )),
    "cut_rope": Family(_cut_rope, (2,), (
        "{p} has {a} feet of {what}. {p.He} use{p.s} {b} feet and cut{p.s} the rest into pieces of {m} feet. How many pieces are there?",
        "From {a} inches of {what}, {b} inches are thrown away. The rest is cut into {m}-inch pieces. How many pieces does {p} get?",
        "A roll of {what} has {a} meters. After {b} meters are sold, how many pieces of {m} meters can be cut from it?",
        "How many {m}-foot pieces can {p} cut from {a} feet of {what} if {b} feet must stay?",
    )),
    "feet_to_inches": Family(_feet_to_inches, (2,), (
        "A {what} is {a} feet {b} inches long. How many inches long is it?",
        "{p} measures a {what}: {a} feet and {b} inches. How many inches is that?",
        "How many inches are {a} feet and {b} inches?",
        "{p}'s {what} has a length of {a} feet and {b} inches. Find its length in inches.",
    )),
    "growth": Family(_growth, (2,), (
        "A {what} is {a} inches tall. It grows {m} inches every {span}. How tall is it after {k} {span}s?",
        "{p}'s {what} grows {m} centimeters a {span}. It is {a} centimeters tall now. How tall will it be in {k} {span}s?",
        "{p} has {a:$} and saves {m:$} each {span}. How much money does {p} have after {k} {span}s?",
        "How many inches tall is a {what} after {k} {span}s if it starts at {a} inches and grows {m} inches per {span}?",
    )),
    "tank": Family(_tank, (2,), (
        "A tank gains {m} liters an hour and loses {o} liters an hour. How many liters does it gain in {k} hours?",
        "Every day {p} earns {m:$} and spends {o:$}. How much does {p} save in {k} days?",
        "A pool fills by {m} gallons a minute but leaks {o} gallons a minute. How many gallons are added in {k} minutes?",
        "{p} bakes {m} cookies an hour and eats {o} of them each hour. How many cookies are left after {k} hours?",
        "How many more liters are in a barrel after {k} hours if each hour {m} liters run in and {o} run out?",
    )),
    "age_then": Family(_age_then, (2,), (
        "{p} is {a} years old. {q} is {b} years older than {p}. How old will {q} be in {c} years?",
        "{q} is {b} years older than {p}, who is {a}. What will {q}'s age be {c} years from now?",
        "{p} is {b} years younger than {q}. {p} is {a} years old. How old is {q} in {c} years?",
        "How old will {q} be in {c} years if {q} is {b} years older than {p} and {p} is {a} now?",
    ), calm=False),
    "age_multiple": Family(_age_multiple, (2,), (
        "{p} is {a} years old. {q} is {k:x} as old as {p}. How old will {q} be in {c} years?",
        "{q} is {k:x} as old as {p}, who is {a}. How old is {q} {c} years from now?",
        "{p} is {a}. {p.His} uncle is {k:x} as old. What is the uncle's age in {c} years?",
        "How old is {q} in {c} years, if {q} is now {k:x} as old as {p} and {p} is {a}?",
    ), calm=False),
    "age_difference": Family(_age_difference, (2,), (
        "{p} is {a} years old. {q} is {b} years younger. How old was {q} {c} years ago?",
        "{q} is {b} years younger than {p}, who is {a}. Find {q}'s age {c} years ago.",
        "{p} is {b} years older than {q}. {p} is {a} now. How old was {q} {c} years ago?",
        "How old was {q} {c} years ago if {p} is {a} today and {q} is {b} years younger than {p}?",
    ), calm=False),
    "average_three": Family(_average_two, (3,), (
        "{p} scored {a}, {b} and {c} points in three games. What was {p.his} average score?",
        "In three tests {p} got {a}, {b} and {c} points. Find the average.",
        "{p} ran {a} minutes on Monday, {b} on Tuesday and {c} on Wednesday. How many minutes is that per day on average?",
        "What is the average of {a}, {b} and {c} points?",
    )),
    "average_back": Family(_average_back, (1,), (
        "{p} scored an average of {m} points in {k} games. How many points did {p} score in all?",
        "Over {k} days {p} sold {m} {t} a day on average. How many {t} did {p} sell altogether?",
        "The average of {k} numbers is {m}. What is their sum?",
        "How many {t} did {k} people eat if they ate {m} {t} each on average?",
    )),
}  # fmt: skip
