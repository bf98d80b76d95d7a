"""Buying and earning: bills of several items, discounts and change; wages by the hour, the day and the week."""

from __future__ import annotations

from train.synthetic.draft import Draft, Family
from train.synthetic.quantity import COMPOSED, Quantity, Telling, total
from train.synthetic.uses import Stock, chain
from train.synthetic.world import JOBS, SHOPS, Person, Thing

_NOTES = (10, 20, 50, 100, 200, 500)


def _single(t: Telling, thing: Thing, before: list[tuple[Thing, Quantity]]) -> tuple[Quantity, str]:
    """One thing and its price, perhaps told by the price of another: "a hat that costs $4 more than the shirt"."""
    d = t.d
    if not before or t.chance(0.4):
        price = Quantity(d.price(3, 90))
        return price, d.pick(
            (
                f"{thing.a} for {t.number(price, '$')}",
                f"{thing.a} that costs {t.number(price, '$')}",
            )
        )
    other, than = before[-1]
    kind = d.pick(("more", "less", "times", "half"))
    if kind == "half":
        return than / Quantity(2), f"{thing.a} that costs half as much as the {other.one}"
    if kind == "times":
        k = Quantity(d.pick((2, 2, 3, 4)))
        return k * than, f"{thing.a} that costs {t.number(k, 'x')} as much as the {other.one}"
    gap = t.draw(2, 30)
    price = than + gap if kind == "more" else than - gap
    return price, f"{thing.a} that costs {t.number(gap, '$')} {kind} than the {other.one}"


def _bill(d: Draft) -> dict:
    """A bill, what is taken off it or added, and how it is paid."""
    t = Telling(d)
    p, q = d.people(2)
    shop = d.pick(SHOPS)
    size = d.pick((1, 2, 2)) if d.depth < 3 else d.pick((2, 2, 3))
    costs: list[Quantity] = []
    wares: list[str] = []
    single: list[tuple[Thing, Quantity]] = []
    mode = d.pick(("several", "several", "single"))
    for thing in d.kinds("cheap" if mode == "several" else "dear", size):
        if mode == "single":
            cost, words = _single(t, thing, single)
            single.append((thing, cost))
        else:
            k, m = t.draw(2, 12), Quantity(d.price(2, 12))
            cost = k * m
            words = d.pick(
                (
                    f"{t.number(k)} {thing} for {t.number(m, '$')} each",
                    f"{t.number(k)} {thing} at {t.number(m, '$')} each",
                )
            )
            t.asks.append((f"How much did the {thing} cost?", cost, 1))
        wares.append(words)
        costs.append(cost)
    listed = " and ".join([", ".join(wares[:-1]), wares[-1]] if size > 1 else wares)
    t.say(
        f"{p} bought {listed}.",
        f"At the {shop} {p} bought {listed}.",
        f"{p} went to the {shop} and bought {listed}.",
    )
    for thing, cost in single:
        if cost.operator:
            t.ask(
                cost,
                f"How much did the {thing.one} cost?",
                f"What was the price of the {thing.one}?",
            )
    price = total(costs)
    t.ask(
        price,
        f"How much did {p} spend [in all|altogether]?",
        f"How much did {p} pay?",
        "What was the total cost?",
        "How much was the bill?",
    )
    if size > 1 and t.chance(0.4) and costs[0].value != costs[1].value:
        names = [str(thing.one) if single else str(thing) for thing, _ in single] if single else []
        if names:
            more, less = (0, 1) if costs[0].value > costs[1].value else (1, 0)
            t.ask(
                costs[more] - costs[less],
                f"How much more did the {names[more]} cost than the {names[less]}?",
            )
    if t.chance(0.3):
        share = Quantity(d.pick((5, 10, 10, 15, 20, 25, 30, 40, 50)))
        part = price.percent(share)
        if t.chance(0.7):
            price = price - part
            t.say(
                f"The {shop} took {t.number(share, 'd')}% off the total.",
                f"{p} had a coupon for {t.number(share, 'd')}% off the whole bill.",
                f"There was a discount of {t.number(share, 'd')} percent on everything.",
            )
            t.ask(part, f"How much did {p} save?", "How many dollars was the discount?")
            t.ask(price, f"How much did {p} pay [in the end|after the discount]?")
        else:
            price = price + part
            t.say(
                f"A tax of {t.number(share, 'd')}% was added.",
                f"{p} also paid {t.number(share, 'd')}% of the total for delivery.",
            )
            t.ask(price, f"How much did {p} pay [in the end|in all|altogether]?")
    elif t.chance(0.3):
        off = t.part(price, 20)
        if t.chance(0.6):
            price = price - off
            t.say(
                f"{p} used a coupon for {t.number(off, '$')} off.",
                f"Then {p} got {t.number(off, '$')} off the total.",
            )
        else:
            price = price + off
            t.say(
                f"Delivery cost another {t.number(off, '$')}.",
                f"{p} also left a tip of {t.number(off, '$')}.",
            )
        t.ask(price, f"How much did {p} pay [in the end|in all|altogether]?")
    _paid(t, p, q, price)
    return t.finish() | {"p": p}


def _paid(t: Telling, p: Person, q: Person, price: Quantity) -> None:
    """Change, what was there before or is left, or sharing the bill."""
    d = t.d
    roll = d.rng.random()
    if roll < 0.35:
        fitting = [note for note in _NOTES if note > price.value]
        d.need(bool(fitting))
        note = Quantity(fitting[0])
        t.say(
            f"{p} paid with a {t.number(note, '$1')} bill.",
            f"{p} gave the cashier {t.number(note, '$')}.",
            f"{p} handed over {t.number(note, '$')}.",
        )
        t.ask(
            note - price,
            f"How much change did {p} get?",
            f"How much money did {p} get back?",
            f"How many dollars did {p} get back?",
        )
    elif roll < 0.6:
        whole = Quantity(int(price.value) + d.n(3, 100))
        t.say(
            f"{p} had {t.number(whole, '$')} at first.",
            f"Before that, {p} had {t.number(whole, '$')}.",
            f"{p} had gone out with {t.number(whole, '$')}.",
        )
        t.ask(
            whole - price,
            f"How much money does {p} have left?",
            "How much was left?",
            f"How many dollars does {p} have now?",
        )
    elif roll < 0.8:
        left = t.draw(2, 80)
        t.say(
            f"{p} has {t.number(left, '$')} left.",
            f"Now {p} has {t.number(left, '$')} left.",
            f"After paying, {p.he} had {t.number(left, '$')}.",
        )
        t.ask(
            price + left,
            f"How much money did {p} have [at first|before|to start with]?",
            f"How many dollars did {p} take to the shop?",
        )
    else:
        k = t.divisor(price, 2, 6)
        t.say(
            f"{p} and {p.his} friends, {t.number(k)} people in all, shared the bill equally.",
            f"{t.number(k)} people split the bill evenly.",
        )
        t.ask(price / k, "How much did each of them pay?", "How many dollars did each one pay?")


def _wage(d: Draft) -> dict:
    """Pay for some time, at two rates, over days and weeks; then what becomes of the money."""
    t = Telling(d)
    p, q = d.people(2)
    job, one, many = d.pick(JOBS)
    rate = t.draw(5, 30)
    t.say(
        f"{p} earns {t.number(rate, '$')} an hour {job}.",
        f"{p} gets {t.number(rate, '$')} per hour for {job}.",
        f"For {job}, {p} is paid {t.number(rate, '$')} an hour.",
    )
    hours = t.draw(2, 9)
    form = d.pick(("hours", "week", "two days", "overtime"))
    if form == "hours":
        t.say(
            f"{p.He} worked {t.number(hours)} hours.",
            f"Last week {p.he} worked {t.number(hours)} hours.",
        )
        pay = hours * rate
        t.ask(pay, f"How much did {p} earn?", f"How many dollars is {p.his} pay?")
    elif form == "two days":
        more = t.draw(2, 9)
        both = hours + more
        t.say(
            f"{p} was busy with it for {t.number(hours)} hours on Friday and for {t.number(more)} on Sunday.",
            f"One day it took {p.him} {t.number(hours)} hours, the day after {t.number(more)}.",
        )
        t.ask(both, f"How many hours did {p} work?")
        pay = both * rate
        t.ask(pay, f"How much did {p} earn [in all|on both days]?")
    elif form == "overtime":
        extra, more = t.draw(2, 8), t.draw(2, 12)
        usual = Quantity(d.pick((20, 30, 40)))
        t.say(
            f"For every hour after the first {t.number(usual)} in a week {p.he} get{p.s} {t.number(more, '$')} more. Last week {p.he} worked {t.number(Quantity(usual.value + extra.value))} hours."
        )
        over = Quantity(usual.value + extra.value) - usual
        t.ask(over, f"How many extra hours did {p} work?")
        pay = usual * rate + over * (rate + more)
        t.ask(rate + more, f"How much does {p} get for an extra hour?")
        t.ask(pay, f"How much did {p} earn last week?")
    else:
        days = t.draw(2, 6)
        t.say(
            f"{p.He} work{p.s} {t.number(days)} days a week and {t.number(hours)} hours on each of them.",
            f"{p.He} work{p.s} {t.number(hours)} hours on each of {t.number(days)} days of the week.",
        )
        daily = hours * rate
        t.ask(daily, f"How much does {p} earn in a day?", f"How much does {p} earn per day?")
        t.ask(hours * days, f"How many hours does {p} work in a week?")
        pay = days * daily
        t.ask(pay, f"How much does {p} earn [in a week|a week|per week]?")
        if t.chance(0.5):
            weeks = t.draw(2, 8)
            t.say(
                f"{p} keeps this up for {t.number(weeks)} weeks.",
                f"{p} does this for {t.number(weeks)} weeks.",
            )
            pay = weeks * pay
            t.ask(
                pay,
                f"How much does {p} earn in that time?",
                f"How much money does {p} make in all?",
            )
    if t.chance(0.35):
        bonus, n = t.draw(2, 12), t.draw(2, 9)
        t.say(
            f"In that time {p.he} also finished {t.number(n)} {many}, which brought {t.number(bonus, '$')} extra for each {one}.",
            f"{p.He} also got {t.number(bonus, '$')} extra for each of {t.number(n)} {many}.",
        )
        pay = pay + n * bonus
        t.ask(pay, f"How much did {p} earn [in all|altogether]?")
    chain(t, Stock(pay, None, p, q), d.pick((0, 1, 1, 2)))
    return t.finish() | {"p": p}


def _savings(d: Draft) -> dict:
    """So much a week for some weeks, two savers or a change of pace, a goal."""
    t = Telling(d)
    p, q = d.people(2)
    span = d.pick(("week", "week", "month", "day"))
    a, k = t.draw(3, 60), t.draw(2, 12)
    form = d.pick(("saver", "two savers", "change", "spender"))
    if form == "saver":
        t.say(
            f"{p} saves {t.number(a, '$')} every {span}.",
            f"Every {span} {p} puts {t.number(a, '$')} into a jar.",
            f"{p} gets {t.number(a, '$')} a {span} and saves all of it.",
        )
        pace = a
    elif form == "spender":
        b = t.part(a)
        pace = a - b
        t.say(
            f"{p} gets {t.number(a, '$')} a {span} and spends {t.number(b, '$')} of it.",
            f"Every {span} {p} earns {t.number(a, '$')} and pays {t.number(b, '$')} for the bus.",
        )
        t.ask(pace, f"How much can {p} save [in a {span}|each {span}]?")
    elif form == "two savers":
        gap = t.draw(2, 20)
        more = t.chance(0.5)
        b = a + gap if more else a - gap
        pace = a + b
        t.say(
            f"{p} saves {t.number(a, '$')} a {span}, and {q} saves {t.number(gap, '$')} {'more' if more else 'less'}.",
            f"Every {span} {p} saves {t.number(a, '$')} and {q} {t.number(gap, '$')} {'more' if more else 'less'} than that.",
        )
        t.ask(b, f"How much does {q} save each {span}?")
        t.ask(pace, f"How much do they save together each {span}?")
    else:
        b, m = t.draw(3, 60), t.draw(2, 8)
        first, second = k * a, m * b
        t.say(
            f"{p} saved {t.number(a, '$')} a {span} for {t.number(k)} {span}s and then {t.number(b, '$')} a {span} for {t.number(m)} {span}s.",
            f"For {t.number(k)} {span}s {p} saved {t.number(a, '$')} each {span}, and for the next {t.number(m)} {span}s {t.number(b, '$')} each {span}.",
        )
        saved = first + second
        t.ask(saved, f"How much did {p} save [in all|altogether]?")
        pace = None
    who = "they" if form == "two savers" else str(p)
    do = "do" if who == "they" else "does"
    have = "have" if who == "they" else "has"
    if pace is not None:
        if t.chance(0.35):  # how long it takes
            u = d.thing("dear")
            n = t.draw(2, 15)
            start = t.draw(2, 60) if t.chance(0.5) else None
            goal = Quantity(pace.value * n.value + (start.value if start else 0))
            t.say(
                f"{who.capitalize() if who == 'they' else who} want{'' if who == 'they' else 's'} {u.a} that costs {t.number(goal, '$')}."
            )
            need = goal
            if start:
                t.say(
                    f"{who.capitalize() if who == 'they' else who} already {have} {t.number(start, '$')}."
                )
                need = goal - start
                t.ask(need, f"How much more {do} {who} need?")
            t.ask(
                need / pace,
                f"How many {span}s {do} {who} have to save?",
                f"How many {span}s will it take?",
            )
            return t.finish() | {"p": p}
        t.say(
            f"{who.capitalize() if who == 'they' else who} {do} this for {t.number(k)} {span}s.",
            f"{t.number(k)} {span}s go by.",
        )
        saved = k * pace
        t.ask(
            saved,
            f"How much {do} {who} save [in all|altogether] in that time?",
            f"How much money {have} {who} saved?"
            if who == "they"
            else f"How much money has {who} saved?",
        )
    chain(t, Stock(saved, None, p, q), d.pick((0, 1)) if who != "they" else 0)
    return t.finish() | {"p": p}


FAMILIES = {
    "bill": Family(_bill, (1, 2, 3, 4, 5), COMPOSED, weight=3),
    "wage": Family(_wage, (1, 2, 3, 4, 5), COMPOSED, weight=2),
    "savings": Family(_savings, (1, 2, 3, 4), COMPOSED, weight=2),
}
