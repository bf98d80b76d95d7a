"""School, screens and chores: homework, pages, points, laundry and other two-step days."""

# ruff: noqa: C408  (dict(a=a, b=b) reads best where keys are the slots of a text)
from __future__ import annotations

from train.synthetic.draft import Draft, Family


def _homework(d: Draft) -> dict:
    m, k = d.n(2, 10), d.n(2, 12)
    b = d.n(2, 30)
    d.over(d.minus(m * k + b, b), m)
    return dict(p=d.person(), t=d.thing("work"), a=m * k + b, b=b, m=m)


def _pages_of_problems(d: Draft) -> dict:
    a, b, m = d.n(2, 12), d.n(2, 12), d.n(2, 10)
    d.times(d.plus(a, b), m)
    return dict(p=d.person(), a=a, b=b, m=m)


def _reading(d: Draft) -> dict:
    m, k = d.n(5, 40), d.n(2, 12)
    b = d.n(5, 200)
    d.minus(m * k + b, d.times(m, k))
    return dict(p=d.person(), a=m * k + b, m=m, k=k)


def _reading_doubles(d: Draft) -> dict:
    a = d.n(8, 60)
    c = d.n(5, 150)
    second = d.times(2, a)
    d.minus(3 * a + c, d.plus(a, second))
    return dict(p=d.person(), a=a, g=3 * a + c)


def _game_points(d: Draft) -> dict:
    k, m, b = d.n(4, 20), d.n(2, 12), 0
    b = d.n(2, k - 2)
    d.times(d.minus(k, b), m)
    return dict(p=d.person(), k=k, b=b, m=m)


def _game_rounds(d: Draft) -> dict:
    a, b, m = d.n(2, 12), d.n(2, 12), d.n(2, 12)
    d.times(d.plus(a, b), m)
    return dict(p=d.person(), a=a, b=b, m=m)


def _lives(d: Draft) -> dict:
    k, a, b = d.n(2, 9), d.n(3, 12), d.n(2, 9)
    d.times(k, d.plus(a, b))
    return dict(p=d.person(), k=k, a=a, b=b)


def _laundry(d: Draft) -> dict:
    m, k = d.n(2, 9), d.n(2, 9)
    total = m * k
    a = d.n(2, total - 2) if total > 4 else 2
    d.over(d.plus(a, total - a), m)
    return dict(p=d.person(), a=a, b=total - a, m=m)


def _files(d: Draft) -> dict:
    m, k = d.n(2, 9), d.n(2, 12)
    b = d.n(2, 60)
    d.over(d.minus(m * k + b, b), m)
    return dict(p=d.person(), t=d.thing("media"), a=m * k + b, b=b, m=m)


def _media_left(d: Draft) -> dict:
    a, b = d.n(10, 90), d.n(2, 40)
    c = d.n(2, a - 2)
    d.plus(d.minus(a, c), b)
    return dict(p=d.person(), t=d.thing("media"), a=a, b=b, c=c)


def _exercise(d: Draft) -> dict:
    p, q = d.people(2)
    a, b = d.n(10, 90), d.n(3, 40)
    d.plus(a, d.plus(a, b))
    return dict(
        p=p, q=q, a=a, b=b, what=d.pick(("push-ups", "sit-ups", "jumping jacks", "squats", "laps"))
    )


def _bait_exercise(d: Draft) -> dict:
    p, q = d.people(2)
    x, y = d.picks(("push-ups", "sit-ups", "jumping jacks", "squats", "crunches"), 2)
    a, b, c = d.n(10, 90), d.n(3, 40), d.n(10, 90)
    d.plus(a, b)
    return dict(p=p, q=q, x=x, y=y, a=a, b=b, c=c)


def _train_weeks(d: Draft) -> dict:
    a, b, k, j = d.n(2, 15), d.n(2, 15), d.n(2, 5), d.n(2, 8)
    d.times(d.times(d.plus(a, b), k), j)
    return dict(p=d.person(), a=a, b=b, k=k, l=j)


def _farm_income(d: Draft) -> dict:
    a, k, b = d.n(3, 20), d.n(2, 6), d.n(2, 12)
    m = d.n(2, 5)
    eggs = d.times(a, k)
    d.need(eggs > b + 2)
    d.times(d.minus(eggs, b), m)
    return dict(p=d.person(), a=a, k=k, b=b, m=m)


def _egg_cartons(d: Draft) -> dict:
    a, k = d.n(2, 20), d.n(1, 4) + 1
    eggs = d.times(d.times(a, k), 7)
    d.over(eggs, 12)
    return dict(p=d.person(), a=a, k=k)


def _bakery_day(d: Draft) -> dict:
    a, m, b, k = d.n(3, 12), d.n(4, 24), d.n(5, 60), d.n(2, 5)
    whole = d.times(a, m)
    d.need(whole > b + 2)
    d.times(d.minus(whole, b), k)
    return dict(p=d.person(), t=d.thing("baked"), a=a, m=m, b=b, k=k)


def _week_budget(d: Draft) -> dict:
    m, h, k, b, c = d.n(8, 25), d.n(2, 8), d.n(2, 6), d.n(10, 150), d.n(10, 150)
    total = d.times(d.times(m, h), k)
    d.need(total > b + c)
    d.minus(total, d.plus(b, c))
    return dict(p=d.person(), m=m, h=h, k=k, b=b, c=c, t=d.thing("dear"))


def _lemonade(d: Draft) -> dict:
    a, b, m, c = d.n(5, 40), d.n(5, 40), d.n(2, 5), d.n(5, 60)
    total = d.times(d.plus(a, b), m)
    d.need(total > c)
    d.minus(total, c)
    return dict(p=d.person(), a=a, b=b, m=m, c=c)


def _save_together(d: Draft) -> dict:
    p, q = d.people(2)
    a, b, k = d.n(3, 25), d.n(2, 20), d.n(3, 12)
    goal = (2 * a + b) * k + d.n(10, 100)
    both = d.times(d.plus(a, d.plus(a, b)), k)
    d.minus(goal, both)
    return dict(p=p, q=q, a=a, b=b, k=k, g=goal, t=d.thing("dear"))


def _orchard(d: Draft) -> dict:
    p, q = d.people(2)
    a, b, m, o, c = d.n(3, 12), d.n(3, 12), d.n(5, 20), d.n(5, 20), d.n(2, 8)
    total = d.plus(d.times(a, m), d.times(b, o))
    d.need(m != o)
    rest = d.minus(total, c * 10)
    d.over(rest, c)
    return dict(p=p, q=q, a=a, b=b, m=m, o=o, k=c * 10, c=c)


FAMILIES = {
    "homework": Family(_homework, (2,), (
        "{p} had {a} {t} to do. {p.He} finished {b} and did the rest at {m} each hour. How many hours did the rest take?",
        "Of {a} {t}, {p} did {b} at school. If {p.he} {p.does} {m} of the others a day, how many days will it take?",
        "{p} has {a} {t}. {b} are done already. How many days does {p} need at {m} a day?",
        "A teacher must grade {a} {t} and has graded {b}. If {m} can be graded in an hour, how many hours are left?",
    )),
    "pages_of_problems": Family(_pages_of_problems, (2,), (
        "In {p}'s workbook {a} pages are about fractions and {b} about angles. With {m} problems on each page, how many problems is that?",
        "There are {m} problems on every page. {p} has {a} pages of spelling and {b} pages of math. How many problems does {p} have?",
        "A teacher gives {a} worksheets on Monday and {b} on Tuesday with {m} questions each. How many questions is that altogether?",
        "How many problems must {p} solve on {a} pages of math and {b} pages of science with {m} problems a page?",
    ), calm=False),
    "reading": Family(_reading, (2,), (
        "{p} is reading a book of {a} pages. {p.He} read {m} pages a day for {k} days. How many pages are left?",
        "A book has {a} pages. After {k} days of {m} pages each, how many pages must {p} still read?",
        "{p} reads {m} pages every evening. How many of the {a} pages of a book are left after {k} evenings?",
        "How many pages does {p} have to read after {k} days, if the book has {a} pages and {p} reads {m} a day?",
    )),
    "reading_doubles": Family(_reading_doubles, (3,), (
        "{p} reads a book of {g} pages. {p.He} read {a} pages yesterday and twice as many today. How many pages are left?",
        "A book has {g} pages. {p} read {a} on the first day and double that on the second. How many pages remain?",
        "{p} must sort {g} letters. In the first hour {p.he} sorted {a}, in the second twice as many. How many letters are left to sort?",
        "How many of {g} pages are left if {p} reads {a} pages and then twice that number?",
    )),
    "game_points": Family(_game_points, (2,), (
        "A level in {p}'s video game has {k} enemies, and each one defeated is worth {m} points. {p} defeats all but {b}. How many points does {p} get?",
        "{p} earns {m} points for every monster. There were {k} monsters and {b} escaped. How many points did {p} earn?",
        "Each of {k} bags can be recycled for {m} points. {p} forgot {b} bags. How many points did {p} get?",
        "How many points does {p} score at {m} per target if {p.he} miss{p.es} {b} of {k} targets?",
    )),
    "game_rounds": Family(_game_rounds, (2,), (
        "{p} found {a} treasures on one level and {b} on the next. Each is worth {m} points. What was {p.his} score?",
        "In a quiz {p} answered {a} questions right in the first half and {b} in the second. Each right answer gave {m} points. What was the score?",
        "{p} made {a} baskets before the break and {b} after it, {m} points each. How many points did {p} score?",
        "How many points did {p} get with {a} hits in one round and {b} in another, if a hit counts {m} points?",
    )),
    "lives": Family(_lives, (2,), (
        "An online game began with {a} players, and {b} others joined later. Everyone starts with {k} lives. Find the number of all lives together.",
        "{a} friends play a game and {b} others join them. Every player has {k} lives. How many lives is that?",
        "Each person in a club has {k} cards. The club had {a} people, and {b} new ones came. How many cards do they have in all?",
        "How many lives do {a} players and {b} new players have together with {k} lives each?",
    ), calm=False),
    "laundry": Family(_laundry, (2,), (
        "{p} has to wash {a} shirts and {b} sweaters. The washing machine holds {m} pieces of clothing. How many loads are needed?",
        "A washer takes {m} pieces at a time. How many loads does {p} need for {a} towels and {b} shirts?",
        "{p} washes {b} skirts and {a} shirts, {m} pieces per load. How many loads is that?",
        "Find how many trips {p} needs to carry {a} plates and {b} bowls, {m} pieces at a time.",
    )),
    "files": Family(_files, (2,), (
        "{p} had {a} {t} on the computer. {p.He} deleted {b} and put the rest into folders of {m}. How many folders did {p} get?",
        "{p} has {a} {t}. After deleting {b} of them, {p.he} sorted the others into folders with {m} in each. How many folders are there?",
        "There were {a} {t} on a disk. {b} were erased. The rest was divided into {m} equal folders. How many {t} are in each folder?",
        "How many folders of {m} {t} can {p} fill with {a} {t} after {b} are removed?",
    )),
    "media_left": Family(_media_left, (2,), (
        "{p} had {a} {t} on {p.his} phone. {p.He} deleted {c} and added {b} new ones. How many {t} are on the phone now?",
        "After removing {c} of {p.his} {a} {t}, {p} saved {b} others. How many {t} does {p} have?",
        "There were {a} {t} on a tablet. {p} erased {c} and copied {b} onto it. Find the number of {t} now.",
        "How many {t} does {p} have after deleting {c} out of {a} and downloading {b}?",
    )),
    "exercise_total": Family(_exercise, (2,), (
        "{p} did {a} {what}. {q} did {b} more than {p}. How many {what} did they do together?",
        "{q} did {b} more {what} than {p}, who did {a}. How many {what} is that in all?",
        "Today {p} did {a} {what}. Tomorrow {p.he} want{p.s} to do {b} more than today. How many {what} will that be in two days?",
        "How many {what} did {p} and {q} do in all if {p} did {a} and {q} {b} more?",
    )),
    "bait_exercise": Family(_bait_exercise, (1,), (
        "{p} did {a} {x} and {c} {y}. {q} did {b} more {x} than {p}. How many {x} did {q} do?",
        "{q} did {b} more {x} than {p}. {p} did {c} {y} and {a} {x}. How many {x} did {q} do?",
        "In gym class {p} did {c} {y}, then {a} {x}. {q} did {b} {x} more than {p}. Find the number of {x} {q} did.",
        "{p} did {a} {x} and {c} {y}. If {q} did {b} more {x} than {p}, how many {x} did {q} do?",
    )),
    "train_weeks": Family(_train_weeks, (3,), (
        "{p} runs {a} miles in the morning and {b} in the evening, {k} days a week. How many miles does {p} run in {l} weeks?",
        "On {k} days a week {p} swims {a} laps before school and {b} after it. How many laps does {p} swim in {l} weeks?",
        "{p} writes {a} letters and {b} cards a day, {k} days a week. How many of them does {p} write in {l} weeks?",
        "How many miles does {p} walk in {l} weeks, if {p.he} walk{p.s} {a} miles to work and {b} miles back on {k} days a week?",
    )),
    "farm_income": Family(_farm_income, (3,), (
        "{p} has {a} hens that lay {k} eggs each per week. The family eats {b} eggs and sells the rest for {m:$} each. How much money do they get per week?",
        "Each of {p}'s {a} hens laid {k} eggs. {p} kept {b} eggs and sold the others at {m:$} apiece. How much did {p} earn?",
        "{a} trees gave {k} melons each. {b} melons were bad. {p} sold the good ones for {m:$} each. How much money did {p} make?",
        "How much does {p} earn by selling eggs at {m:$} each, if {a} hens lay {k} eggs each and {b} eggs break?",
    )),
    "egg_cartons": Family(_egg_cartons, (3,), (
        "{p} has {a} hens. Each lays {k} eggs a day. How many dozen eggs does {p} get in a week?",
        "A farm has {a} ducks that lay {k} eggs each every day. How many cartons of a dozen eggs does it fill in one week?",
        "Every day each of {a} hens lays {k} eggs. Find how many dozens of eggs that is per week.",
        "How many boxes of a dozen eggs are filled in a week by {a} hens that each lay {k} eggs a day?",
    )),
    "bakery_day": Family(_bakery_day, (3,), (
        "{p} baked {a} trays of {t} with {m} on each tray. {b} {t} were given away, and the rest were sold for {k:$} each. How much money did {p} get?",
        "A bakery makes {a} batches of {m} {t}. {b} are left at night. The others were sold at {k:$} each. How much did the bakery earn?",
        "{p} brought {a} boxes of {m} {t} to the fair and took {b} {t} home. The rest sold for {k:$} apiece. Find the money earned.",
        "How much does {p} earn by selling all but {b} {t} from {a} trays of {m}, at {k:$} each?",
    )),
    "week_budget": Family(_week_budget, (4,), (
        "{p} earns {m:$} an hour. For {k} days {p.he} work{p.s} {h} hours a day. {p.He} spend{p.s} {b:$} on food and {c:$} on {t.a}. How much is left?",
        "For {k} days {p} worked {h} hours a day at {m:$} an hour. From this {p.he} paid {b:$} for a phone bill and {c:$} for {t.a}. How much money remained?",
        "{p} pays {b:$} for rent and {c:$} for {t.a}. {p.He} earned {m:$} per hour during {k} days of {h} hours. How much is left of the earnings?",
        "How much of {p}'s pay for {k} days of {h} hours at {m:$} an hour is left after spending {b:$} on food and {c:$} on clothes?",
    )),
    "lemonade": Family(_lemonade, (3,), (
        "{p} sold {a} cups of lemonade on Saturday and {b} on Sunday for {m:$} each. The lemons and sugar cost {c:$}. How much profit did {p} make?",
        "At {m:$} a cup, {p} sold {a} cups of juice in the morning and {b} in the afternoon. {p.He} spent {c:$} on fruit. What was the profit?",
        "{p} paid {c:$} for supplies and sold {a} large and {b} small drinks, all at {m:$}. How much money did {p} gain?",
        "How much profit is left if {a} cups and later {b} cups are sold at {m:$} each and the costs are {c:$}?",
    )),
    "save_together": Family(_save_together, (4,), (
        "{p} saves {a:$} a week and {q} saves {b:$} more than {p}. They want to buy {t.a} for {g:$}. How much do they still need after {k} weeks?",
        "{t.a} costs {g:$}. Every week {p} puts {a:$} in a jar, and {q} puts in {b:$} more than {p}. How much money is missing after {k} weeks?",
        "{q} saves {b:$} more per week than {p}, who saves {a:$}. Together they want {g:$}. How much more do they need after {k} weeks?",
        "How much is missing for {t.a} of {g:$} after {k} weeks, if {p} saves {a:$} a week and {q} saves {b:$} a week more than {p}?",
    )),
    "orchard": Family(_orchard, (5,), (
        "{p} has {a} trees with {m} apples each and {b} trees with {o} apples each. {p.He} keep{p.s} {k} apples and pack{p.s} the rest into boxes of {c}. How many boxes are there?",
        "There are {m} pears on each of {a} trees and {o} pears on each of {b} others. {q} takes {k} pears, and {c} families share the rest equally. "
        "How many pears does each family get?",
        "{p} picks {a} baskets of {m} plums, {q} picks {b} baskets of {o} plums. They eat {k} plums and put the others into {c} equal crates. "
        "How many plums are in a crate?",
        "How many bags of {c} can be filled with {a} rows of {m} carrots and {b} rows of {o} carrots, if {k} carrots are eaten first?",
    )),
}  # fmt: skip
