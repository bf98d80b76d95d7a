"""What goes on in time: journeys, ages, habits by the day and the week, things that fill and empty."""

from __future__ import annotations

from train.synthetic.draft import Draft, Family
from train.synthetic.quantity import COMPOSED, Quantity, Telling, total
from train.synthetic.world import CITIES

_WAYS = (
    ("drove", "drive", 25, 70),
    ("cycled", "cycle", 6, 18),
    ("walked", "walk", 2, 5),
    ("ran", "run", 4, 9),
    ("rode a train", "ride", 40, 120),
    ("sailed", "sail", 5, 20),
)


def _journey(d: Draft) -> dict:
    """Legs at a speed or of a length; the whole way, what remains of it, the time, the average."""
    t = Telling(d)
    p, q = d.people(2)
    did, base, slow, fast = d.pick(_WAYS)
    legs: list[Quantity] = []
    times: list[Quantity] = []
    for i in range(d.pick((1, 2, 2, 3))):
        who = str(p) if i == 0 else p.he
        start = ("", "Then ", "After a break ")[i]
        if i and legs[-1].value % 2 == 0 and t.chance(0.3):
            times_, words = d.pick(((2, "twice as far"), (0, "half as far")))
            leg = Quantity(2) * legs[-1] if times_ else legs[-1] / Quantity(2)
            t.say(f"{start}{who} went {words} as that.")
            t.ask(
                leg,
                f"How many miles did {p} go {('', 'after the first part', 'after the break')[i]}?",
            )
        elif t.chance(0.65):
            speed, hours = t.draw(slow, fast), t.draw(2, 6)
            leg = hours * speed
            times.append(hours)
            t.say(
                f"{start}{who} {did} for {t.number(hours)} hours at {t.number(speed)} miles an hour.",
                f"{start}{who} {did} for {t.number(hours)} hours and made {t.number(speed)} miles in each of them.",
            )
            if i == 0:
                t.ask(leg, f"How far did {p} go?", f"How many miles did {p} {base}?")
        else:
            leg = t.draw(slow, 3 * fast)
            t.say(
                f"{start}{who} {did} {t.number(leg)} miles.",
                f"{start}{who} {did} another {t.number(leg)} miles."
                if i
                else f"{p} {did} {t.number(leg)} miles.",
            )
        legs.append(leg)
    way = total(legs)
    t.ask(
        way,
        f"How many miles did {p} go [in all|altogether]?",
        "How long was the whole way in miles?",
        f"How far did {p} go [in all|altogether]?",
    )
    if len(legs) > 1 and len(times) == len(legs) and t.chance(0.3):
        t.ask(way / total(times), f"What was {p}'s average speed in miles per hour?")
        return t.finish() | {"p": p}
    roll = d.rng.random()
    if roll < 0.35:
        whole = Quantity(int(way.value) + d.n(5, 200))
        t.say(
            f"The whole trip to {d.pick(CITIES)} is {t.number(whole)} miles long.",
            f"It is {t.number(whole)} miles from {p.his} home to {d.pick(CITIES)}, where {p.he} want{p.s} to go.",
        )
        rest = whole - way
        t.ask(rest, "How many miles are left?", f"How much farther, in miles, does {p} have to go?")
        if t.chance(0.5):
            speed = t.divisor(rest, 2, 60)
            t.say(
                f"{p.He} {did.split()[0]} the rest at {t.number(speed)} miles an hour."
            ) if did != "rode a train" else t.say(
                f"The train does the rest at {t.number(speed)} miles an hour."
            )
            t.ask(
                rest / speed,
                "How many more hours does it take?",
                "How many hours are left?",
            )
    elif roll < 0.55:
        k = t.draw(2, 6)
        t.say(
            f"{p.He} {p.does} the same on {t.number(k)} days of every week.",
            f"{p.He} make{p.s} this trip {t.number(k)} times a week.",
        )
        week = k * way
        t.ask(week, "How many miles is that in a week?", "How many miles a week is that?")
        if t.chance(0.4):
            n = t.draw(2, 8)
            t.say(f"This goes on for {t.number(n)} weeks.")
            t.ask(n * week, "How many miles is that in all?")
    elif roll < 0.75:
        gap = t.draw(2, 40)
        more = t.chance(0.5)
        other = way + gap if more else way - gap
        t.say(
            f"{q} went {t.number(gap)} miles {'more' if more else 'less'} than {p}.",
            f"On the same day {q} went {t.number(gap)} miles {'farther' if more else 'less'} than {p}.",
        )
        t.ask(other, f"How many miles did {q} go?")
        t.ask(way + other, "How many miles did the two of them go [together|in all]?")
    elif did == "drove":
        per = t.divisor(way, 8, 40)
        gas = t.draw(2, 6)
        t.say(
            f"{p.His} car goes {t.number(per)} miles on a gallon of gas, and a gallon costs {t.number(gas, '$')}.",
            f"Gas costs {t.number(gas, '$')} a gallon, and the car needs one gallon for {t.number(per)} miles.",
        )
        gallons = way / per
        t.ask(gallons, f"How many gallons of gas did {p} need?")
        t.ask(gallons * gas, f"How much did {p} pay for gas?", "How much did the gas cost?")
    return t.finish() | {"p": p}


def _ages(d: Draft) -> dict:
    """Ages told one by another, asked now, later, earlier, or together."""
    t = Telling(d)
    people = d.people(d.pick((2, 2, 3)))
    p = people[0]
    kin = d.picks(("cousin", "brother", "sister", "friend", "neighbor", "teacher", "coach"), 2)
    names = (
        [str(p), *(f"{p}'s {name}" for name in kin)][: len(people)]
        if t.chance(0.4)
        else [str(q) for q in people]
    )
    ages = [t.draw(4, 40)]
    t.say(
        f"{names[0]} is {t.number(ages[0])} years old.",
        f"{names[0]} is {t.number(ages[0])}.",
        f"{names[0]} turned {t.number(ages[0])} this year.",
    )
    for i in range(1, len(names)):
        j = i - 1 if t.chance(0.7) else 0
        than, ref = ages[j], names[j]
        kind = d.pick(("older", "older", "younger", "times", "half", "backwards", "times and more"))
        if kind == "older":
            n = t.draw(2, 30)
            age, words = than + n, f"{names[i]} is {t.number(n)} years older than {ref}."
        elif kind == "younger":
            n = t.part(than)
            age, words = than - n, f"{names[i]} is {t.number(n)} years younger than {ref}."
        elif kind == "half":
            age, words = than / Quantity(2), f"{names[i]} is half as old as {ref}."
        elif kind == "backwards":
            n = t.part(than)
            age, words = than - n, f"{ref} is {t.number(n)} years older than {names[i]}."
        else:
            k = Quantity(d.pick((2, 3, 4)))
            age, words = k * than, f"{names[i]} is {t.number(k, 'x')} as old as {ref}."
            if kind == "times and more":
                n = t.draw(2, 9)
                age, words = (
                    age + n,
                    f"{names[i]} is {t.number(n)} years older than {t.number(k, 'x')} {ref}'s age.",
                )
        d.need(age.value <= 100)
        ages.append(age)
        t.say(words)
        t.ask(age, f"How old is {names[i]}?", f"What is {names[i]}'s age?")
    n = t.draw(2, 15)
    later, earlier = d.pick(names), d.pick(names)
    t.ask(
        ages[names.index(later)] + n,
        f"How old will {later} be in {t.number(n)} years?",
        f"What will {later}'s age be {t.number(n)} years from now?",
    )
    if ages[names.index(earlier)].value > n.value + 1:
        t.ask(ages[names.index(earlier)] - n, f"How old was {earlier} {t.number(n)} years ago?")
    together = total(ages)
    t.ask(
        together,
        "How old are they [together|in all]?",
        "What do their ages add up to?",
        "What is the sum of their ages?",
    )
    if len(names) > 2 and together.value % 3 == 0:
        three = Quantity(3)
        t.ask(together / three, f"What is the average age of the {t.number(three)} of them?")
    if ages[0].value != ages[-1].value:
        a, b = (0, -1) if ages[0].value > ages[-1].value else (-1, 0)
        t.ask(ages[a] - ages[b], f"How many years older is {names[a]} than {names[b]}?")
    return t.finish() | {"p": p}


_HABITS = (
    ("reads", "read", "pages"), ("writes", "write", "lines"), ("knits", "knit", "rows"), ("does", "do", "push-ups"), ("learns", "learn", "new words"),
    ("solves", "solve", "puzzles"), ("runs", "run", "laps"), ("takes", "take", "photos"), ("sends", "send", "messages"), ("climbs", "climb", "stairs"),
    ("eats", "eat", "nuts"), ("plays", "play", "songs"), ("answers", "answer", "letters"), ("swims", "swim", "lengths"), ("bakes", "bake", "rolls"),
)  # fmt: skip


def _habit(d: Draft) -> dict:
    """So much on weekdays, so much on weekends; per week, per month; towards a goal, or against somebody else's."""
    t = Telling(d)
    p, q = d.people(2)
    does, do, what = d.pick(_HABITS)
    a = t.draw(2, 40)
    form = d.pick(("daily", "daily", "twice", "days", "weekend", "compared"))
    if form == "daily":
        t.say(
            f"{p} {does} {t.number(a)} {what} a day.",
            f"Every day {p} {does} {t.number(a)} {what}.",
            f"{p} {does} {t.number(a)} {what} each day.",
        )
        day = a
    elif form == "twice":
        b = t.draw(2, 40)
        day = a + b
        t.say(
            f"Every day {p} {does} {t.number(a)} {what} in the morning and {t.number(b)} in the evening.",
            f"{p} {does} {t.number(a)} {what} before lunch and {t.number(b)} after lunch every day.",
        )
        t.ask(day, f"How many {what} does {p} {do} [a day|each day|per day]?")
    elif form == "compared":
        n = t.draw(2, 20)
        more = t.chance(0.5)
        b = a + n if more else a - n
        t.say(
            f"{p} {does} {t.number(a)} {what} a day. {q} {does} {t.number(n)} {'more' if more else 'fewer'} a day than {p}.",
            f"Every day {p} {does} {t.number(a)} {what} and {q} {does} {t.number(n)} {'more' if more else 'fewer'} than that.",
        )
        t.ask(b, f"How many {what} does {q} {do} a day?")
        day = a + b
        t.ask(day, f"How many {what} is that a day for both of them?")
    elif form == "weekend":
        b = t.draw(2, 60)
        t.say(
            f"{p} {does} {t.number(a)} {what} on each of the {t.number(5)} days from Monday to Friday and {t.number(b)} on each of the {t.number(2)} days of the weekend."
        )
        week = Quantity(5) * a + Quantity(2) * b
        t.ask(week, f"How many {what} does {p} {do} in a week?")
        return t.finish() | {"p": p}
    else:
        k = t.draw(2, 6)
        t.say(
            f"{p} {does} {t.number(a)} {what} a day on {t.number(k)} days of the week.",
            f"On {t.number(k)} days a week {p} {does} {t.number(a)} {what}.",
        )
        week = k * a
        t.ask(week, f"How many {what} is that [in a week|a week|per week]?")
        n = t.draw(2, 12)
        t.say(f"{p} keeps this up for {t.number(n)} weeks.")
        t.ask(n * week, f"How many {what} is that [in all|altogether]?")
        return t.finish() | {"p": p}
    who = "they" if form == "compared" else str(p)
    aux = "do" if who == "they" else "does"
    roll = d.rng.random()
    if roll < 0.25:
        t.ask(
            day * Quantity(7),
            f"How many {what} {aux} {who} {do} in a week?",
            f"How many {what} is that in one week?",
        )
    elif roll < 0.45:
        k = t.draw(2, 9)
        days = k * Quantity(7)
        t.ask(days * day, f"How many {what} {aux} {who} {do} in {t.number(k)} weeks?")
    elif roll < 0.6:
        k = t.draw(2, 20)
        t.ask(
            k * day,
            f"How many {what} {aux} {who} {do} in {t.number(k)} days?",
            f"How many {what} will it be after {t.number(k)} days?",
        )
    elif roll < 0.8:
        k = t.draw(2, 12)
        start = t.draw(2, 60)
        goal = Quantity(int(day.value) * int(k.value) + start.value)
        t.say(
            f"The goal is {t.number(goal)} {what}, and {t.number(start)} are done already.",
            f"{t.number(start)} of {t.number(goal)} {what} are done.",
        )
        rest = goal - start
        t.ask(rest, f"How many {what} are left?")
        t.ask(
            rest / day,
            "How many days will the rest take?",
            "In how many days will the rest be done?",
        )
    else:
        k = t.draw(2, 20)
        whole = Quantity(int(day.value) * int(k.value) + d.n(2, 90))
        t.say(
            f"The goal is {t.number(whole)} {what}.", f"There are {t.number(whole)} {what} in all."
        )
        left = whole - k * day
        t.ask(
            left,
            f"How many {what} are left after {t.number(k)} days?",
            f"After {t.number(k)} days, how many {what} are still missing?",
        )
    return t.finish() | {"p": p}


def _minutes(d: Draft) -> dict:
    """Tasks of some minutes each; hours and minutes; what remains of the time."""
    t = Telling(d)
    p, q = d.people(2)
    task, do = d.pick(
        (
            ("math problems", "solve"),
            ("emails", "answer"),
            ("dishes", "wash"),
            ("pages", "read"),
            ("pictures", "paint"),
            ("boxes", "pack"),
            ("cards", "write"),
            ("cakes", "decorate"),
            ("songs", "practice"),
            ("windows", "clean"),
        )
    )
    m, k = t.draw(2, 20), t.draw(2, 20)
    t.say(
        f"{p} has {t.number(k)} {task} to {do}, and each takes {p.him} {t.number(m)} minutes.",
        f"It takes {p} {t.number(m)} minutes to {do} each of {t.number(k)} {task}.",
    )
    time = k * m
    t.ask(time, f"How many minutes does {p} need?", "How many minutes does all of it take?")
    if t.chance(0.5):
        b = t.draw(5, 60)
        t.say(
            f"{p.He} also need{p.s} {t.number(b)} minutes to get ready.",
            f"In between {p.he} take{p.s} a break of {t.number(b)} minutes.",
            f"After that {p.he} help{p.s} {q} for {t.number(b)} minutes.",
        )
        time = time + b
        t.ask(
            time,
            "How many minutes is that [in all|altogether]?",
            f"For how many minutes is {p} busy?",
        )
    roll = d.rng.random()
    if roll < 0.3:
        t.ask(time / Quantity(60), "How many hours is that?", f"For how many hours is {p} busy?")
    elif roll < 0.65:
        h = t.draw(2, 8)
        whole = h * Quantity(60)
        t.say(f"{p} has {t.number(h)} hours.", f"{p} must be done within {t.number(h)} hours.")
        t.ask(
            whole - time,
            f"How many minutes does {p} have left?",
            "How many minutes are left at the end?",
        )
    elif roll < 0.85:
        n = t.draw(2, 7)
        t.say(f"{p.He} {p.does} this on {t.number(n)} days.")
        t.ask(n * time, "How many minutes is that on all of these days?")
    return t.finish() | {"p": p}


_VESSELS = (
    ("tank", "liters", "water"),
    ("pool", "gallons", "water"),
    ("barrel", "liters", "oil"),
    ("bathtub", "liters", "water"),
    ("silo", "tons", "grain"),
    ("pond", "gallons", "water"),
)


def _vessel(d: Draft) -> dict:
    """Something fills and empties at rates, from a start, up to a limit."""
    t = Telling(d)
    vessel, unit, stuff = d.pick(_VESSELS)
    span = d.pick(("minute", "hour", "day"))
    per = "an hour" if span == "hour" else f"a {span}"
    a, m, k = t.draw(10, 300), t.draw(2, 40), t.draw(2, 15)
    t.say(
        f"A {vessel} holds {t.number(a)} {unit} of {stuff}.",
        f"A {vessel} contains {t.number(a)} {unit} of {stuff}.",
    )
    rises = t.chance(0.5)
    if t.chance(0.4):
        n = t.part(m)
        rises = True
        pace = m - n
        t.say(
            f"Every {span} {t.number(m)} {unit} flow in and {t.number(n)} {unit} flow out.",
            f"It gains {t.number(m)} {unit} {per}, but {t.number(n)} {unit} {per} are used.",
        )
        t.ask(pace, f"By how many {unit} does the amount grow each {span}?")
    else:
        pace = m
        t.say(
            f"Every {span} {t.number(m)} {unit} are {'added' if rises else 'taken out'}.",
            f"{t.number(m)} {unit} {per} are {'added' if rises else 'taken out'}.",
        )
    if t.chance(0.5):
        change = k * pace
        t.ask(
            a + change if rises else a - change,
            f"How many {unit} are in the {vessel} after {t.number(k)} {span}s?",
            f"How many {unit} of {stuff} are there {t.number(k)} {span}s later?",
        )
    elif rises:
        full = Quantity(a.value + int(pace.value) * int(k.value))
        t.say(
            f"The {vessel} has room for {t.number(full)} {unit}.",
            f"It is full at {t.number(full)} {unit}.",
        )
        rest = full - a
        t.ask(rest, f"How many {unit} are missing at first?")
        t.ask(
            rest / pace,
            f"How many {span}s does it take until it is full?",
            f"After how many {span}s is it full?",
        )
    else:
        t.ask(
            a / pace,
            f"After how many {span}s is it empty?",
            f"How many {span}s does the {stuff} last?",
        )
    return t.finish()


FAMILIES = {
    "journey": Family(_journey, (1, 2, 3, 4, 5), COMPOSED, weight=2),
    "ages_told": Family(_ages, (1, 2, 3, 4, 5), COMPOSED, calm=False, weight=2),
    "habit": Family(_habit, (1, 2, 3, 4), COMPOSED, weight=2),
    "minutes": Family(_minutes, (1, 2, 3, 4), COMPOSED, calm=False, weight=1),
    "vessel": Family(_vessel, (1, 2, 3), COMPOSED, calm=False, weight=1),
}
