"""Money: prices, change, wages, savings and percentages of all of them.

Some prices have cents. Every amount stays exact, in decimals, never in floating point.
"""

# ruff: noqa: C408  (dict(a=a, b=b) reads best where keys are the slots of a text)
from __future__ import annotations

from train.synthetic.draft import Draft, Family
from train.synthetic.world import JOBS, SHOPS


def _cost(d: Draft) -> dict:
    k, m = d.n(2, 15), d.price(2, 15)
    d.times(k, m)
    return dict(p=d.person(), t=d.thing("cheap"), k=k, m=m, shop=d.pick(SHOPS))


def _unit_price(d: Draft) -> dict:
    k, m = d.n(2, 12), d.n(2, 25)
    d.over(k * m, k)
    return dict(p=d.person(), t=d.thing("cheap"), k=k, a=k * m, shop=d.pick(SHOPS))


def _how_many_can_buy(d: Draft) -> dict:
    k, m = d.n(2, 20), d.n(2, 15)
    d.over(k * m, m)
    return dict(p=d.person(), t=d.thing("cheap"), m=m, a=k * m, shop=d.pick(SHOPS))


def _money_left(d: Draft) -> dict:
    a = d.n(25, 400)
    b = d.n(10, a - 2)
    d.minus(a, b)
    p, q = d.people(2)
    return dict(p=p, q=q, t=d.thing("dear"), a=a, b=b)


def _money_left_two(d: Draft) -> dict:
    b, c = d.price(12, 90), d.price(12, 90)
    a = int(b + c) + d.n(2, 60)
    d.minus(a, d.plus(b, c))
    t, u = d.kinds("dear", 2)
    return dict(p=d.person(), t=t, u=u, a=a, b=b, c=c)


def _change(d: Draft) -> dict:
    k, m = d.n(2, 9), d.price(2, 9)
    bill = d.pick((10, 20, 50, 100))
    total = d.times(k, m)
    d.need(total < bill)
    d.minus(bill, total)
    return dict(p=d.person(), t=d.thing("cheap"), k=k, m=m, bill=bill, shop=d.pick(SHOPS))


def _two_items(d: Draft) -> dict:
    t, u = d.kinds("cheap", 2)
    k, m, j, o = d.n(2, 9), d.price(2, 12), d.n(2, 9), d.price(2, 12)
    d.plus(d.times(k, m), d.times(j, o))
    return dict(p=d.person(), t=t, u=u, k=k, m=m, l=j, o=o, shop=d.pick(SHOPS))


def _two_items_change(d: Draft) -> dict:
    t, u = d.kinds("cheap", 2)
    k, m, j, o = d.n(2, 6), d.n(2, 9), d.n(2, 6), d.n(2, 9)
    bill = d.pick((50, 100))
    total = d.plus(d.times(k, m), d.times(j, o))
    d.need(total < bill)
    d.minus(bill, total)
    return dict(p=d.person(), t=t, u=u, k=k, m=m, l=j, o=o, bill=bill, shop=d.pick(SHOPS))


def _saving_goal(d: Draft) -> dict:
    m, k = d.n(2, 25), d.n(2, 12)
    have = d.n(5, 100)
    d.over(d.minus(have + m * k, have), m)
    return dict(
        p=d.person(),
        t=d.thing("dear"),
        a=have + m * k,
        h=have,
        m=m,
        span=d.pick(("week", "month", "day")),
    )


def _hourly(d: Draft) -> dict:
    m, k = d.n(8, 30), d.n(2, 12)
    d.times(m, k)
    return dict(p=d.person(), m=m, k=k, job=d.pick(JOBS)[0])


def _weekly_wage(d: Draft) -> dict:
    m, h, k = d.n(8, 25), d.n(2, 8), d.n(2, 6)
    d.times(d.times(m, h), k)
    return dict(p=d.person(), m=m, h=h, k=k, job=d.pick(JOBS)[0])


def _wage_minus_spending(d: Draft) -> dict:
    m, h = d.n(8, 25), d.n(3, 12)
    d.need(m * h > 20)
    b = d.n(12, m * h - 3)
    d.minus(d.times(m, h), b)
    return dict(p=d.person(), m=m, h=h, b=b, job=d.pick(JOBS)[0], t=d.thing("dear"))


def _jobs_done(d: Draft) -> dict:
    job, one, many = d.pick(JOBS)
    m, a, b = d.n(3, 20), d.n(5, 20), 0
    b = d.n(2, a - 2)
    d.times(d.minus(a, b), m)
    return dict(p=d.person(), job=job, one=one, many=many, m=m, a=a, b=b)


def _jobs_two_days(d: Draft) -> dict:
    job, one, many = d.pick(JOBS)
    m, a, b = d.n(3, 20), d.n(2, 12), d.n(2, 12)
    d.times(d.plus(a, b), m)
    return dict(p=d.person(), job=job, one=one, many=many, m=m, a=a, b=b)


def _how_long_lasts(d: Draft) -> dict:
    k, m = d.n(2, 12), d.n(2, 12)
    a = d.n(2, k * m - 2)
    d.over(d.plus(a, k * m - a), m)
    (j1, _, _), (j2, _, _) = d.picks(JOBS, 2)
    return dict(p=d.person(), a=a, b=k * m - a, m=m, j1=j1, j2=j2)


def _then_buys(d: Draft) -> dict:
    k, m = d.n(2, 12), d.n(2, 12)
    rest = k * m
    b = d.n(3, 60)
    d.over(d.minus(rest + b, b), m)
    return dict(p=d.person(), t=d.thing("cheap"), u=d.thing("dear"), a=rest + b, b=b, m=m)


def _discount_amount(d: Draft) -> dict:
    a, b = d.n(20, 300), 0
    b = d.n(3, a // 2)
    k = d.n(2, 6)
    d.times(k, d.minus(a, b))
    return dict(p=d.person(), t=d.thing("dear"), a=a, b=b, k=k)


def _discount_percent(d: Draft) -> dict:
    a, r = 10 * d.n(2, 40), 5 * d.n(1, 15)
    d.minus(a, d.percent(a, r))
    return dict(p=d.person(), t=d.thing("dear"), a=a, r=r)


def _tip_or_tax(d: Draft) -> dict:
    a, r = 10 * d.n(2, 30), d.pick((5, 8, 10, 15, 18, 20, 25))
    d.plus(a, d.percent(a, r))
    return dict(p=d.person(), t=d.thing("dear"), a=a, r=r)


def _profit(d: Draft) -> dict:
    k, m = d.n(3, 25), d.n(4, 30)
    c = d.n(2, m - 1)
    d.times(k, d.minus(m, c))
    return dict(p=d.person(), t=d.thing("made"), k=k, m=m, c=c)


def _profit_fixed(d: Draft) -> dict:
    k, m = d.n(5, 40), d.n(2, 15)
    c = d.n(3, k * m - 2)
    d.minus(d.times(k, m), c)
    return dict(p=d.person(), t=d.thing("baked"), k=k, m=m, c=c)


def _split_bill(d: Draft) -> dict:
    a, b, k = d.n(10, 80), d.n(5, 50), d.n(2, 8)
    d.over(d.plus(a, b), k)
    p, q = d.people(2)
    return dict(p=p, q=q, a=a, b=b, k=k)


def _tickets(d: Draft) -> dict:
    k, m, j = d.n(2, 12), d.n(6, 25), d.n(2, 20)
    o = d.n(2, m - 1)
    d.plus(d.times(k, m), d.times(j, o))
    return dict(
        p=d.person(),
        k=k,
        m=m,
        l=j,
        o=o,
        show=d.pick(("concert", "zoo", "museum", "play", "circus", "aquarium", "game", "fair")),
    )


def _rides(d: Draft) -> dict:
    k, m = d.n(2, 10), d.n(2, 9)
    b = d.n(2, 20)
    d.over(d.minus(k * m + b, b), m)
    return dict(p=d.person(), a=k * m + b, b=b, m=m)


def _coins(d: Draft) -> dict:
    name, worth = d.pick((("dimes", 10), ("nickels", 5), ("quarters", 25)))
    a, b = d.n(2, 30), d.n(3, 60)
    d.plus(d.times(a, worth), b)
    return dict(p=d.person(), coin=name, a=a, b=b)


def _bills(d: Draft) -> dict:
    a, b = d.n(2, 12), d.n(2, 15)
    x, y = d.picks((5, 10, 20, 50), 2)
    d.plus(d.times(a, x), d.times(b, y))
    return dict(p=d.person(), a=a, b=b, x=x, y=y)


def _subscription(d: Draft) -> dict:
    a, m, k = d.n(10, 90), d.n(3, 40), d.n(2, 12)
    d.plus(a, d.times(m, k))
    return dict(
        p=d.person(),
        a=a,
        m=m,
        k=k,
        club=d.pick(("gym", "swimming club", "music school", "video club", "tennis club")),
    )


def _cheaper_shop(d: Draft) -> dict:
    k = d.n(2, 12)
    m = d.n(4, 25)
    o = d.n(2, m - 1)
    d.minus(d.times(k, m), d.times(k, o))
    return dict(p=d.person(), t=d.thing("cheap"), k=k, m=m, o=o)


FAMILIES = {
    "cost": Family(_cost, (1,), (
        "{p} buys {k} {t} at the {shop}. Each {t.one} costs {m:$}. How much does {p} pay?",
        "One {t.one} costs {m:$}. How much do {k} {t} cost?",
        "A {shop} sells {t} for {m:$} each. How many dollars does {p} need for {k} {t}?",
        "Find the total cost of {k} {t} at {m:$} apiece.",
        "How much will {p} spend on {k} {t} if every {t.one} is {m:$}?",
        "{p} sold {k} {t} for {m:$} each. How much money did {p.he} make?",
    )),
    "unit_price": Family(_unit_price, (1,), (
        "{p} paid {a:$} for {k} {t}. How much did each {t.one} cost?",
        "{k} {t} cost {a:$}. What is the price of one {t.one}?",
        "At the {shop}, {k} {t} together cost {a:$}. If all have the same price, how much is one?",
        "How much is one {t.one} if {p} pays {a:$} for {k} of them?",
    )),
    "how_many_can_buy": Family(_how_many_can_buy, (1,), (
        "{p} has {a:$}. A {t.one} costs {m:$}. How many {t} can {p} buy?",
        "{t} cost {m:$} each at the {shop}. How many can {p} get for {a:$}?",
        "How many {t} did {p} buy if {p.he} spent {a:$} and each one cost {m:$}?",
        "{p} spent {a:$} on {t} at {m:$} each. Find how many {t} {p} bought.",
    )),
    "money_left": Family(_money_left, (1,), (
        "{p} had {a:$}. {p.He} spent {b:$} on {t.a}. How much money does {p} have left?",
        "{p} paid {b:$} for {t.a} and had {a:$} before. How many dollars are left?",
        "{t.a} costs {a:$}. {p} has saved {b:$}. How much more money does {p} need?",
        "How much money does {p} still have if {p.he} had {a:$} and gave {b:$} to {q}?",
        "{p} and {q} have {a:$} together. {q} has {b:$}. How much does {p} have?",
    )),
    "money_left_two": Family(_money_left_two, (2,), (
        "{p} had {a:$}. {p.He} bought {t.a} for {b:$} and {u.a} for {c:$}. How much money does {p} have left?",
        "{t.a} costs {b:$} and {u.a} costs {c:$}. {p} buys both and pays with {a:$}. How much money is left?",
        "With {a:$} in {p.his} pocket, {p} spent {b:$} on {t.a} and {c:$} on {u.a}. How many dollars were left?",
        "How much of {p}'s {a:$} is left after {p.he} {p.has} paid {b:$} for {t.a} and {c:$} for {u.a}?",
    )),
    "change": Family(_change, (2,), (
        "{p} buys {k} {t} for {m:$} each and pays with a {bill:$1} bill. How much change does {p} get?",
        "{t} cost {m:$} each. {p} pays for {k} {t} with {bill:$}. How much money does {p} get back?",
        "{p} had {bill:$} and bought {k} {t} at the {shop} for {m:$} apiece. How much money does {p} have now?",
        "How much change is due if {p} hands over {bill:$} for {k} {t} at {m:$} each?",
        "At the {shop} {p} takes {k} {t}. Each {t.one} is {m:$}. {p} gives the clerk {bill:$}. Find {p.his} change.",
    )),
    "two_items": Family(_two_items, (3,), (
        "{p} buys {k} {t} for {m:$} each and {l} {u} for {o:$} each. How much does {p} pay in all?",
        "A {shop} sells {t} for {m:$} and {u} for {o:$}. How much do {k} {t} and {l} {u} cost together?",
        "{p} sold {k} {t} at {m:$} each and {l} {u} at {o:$} each. How much money did {p} earn?",
        "Find the total cost of {k} {t} at {m:$} apiece and {l} {u} at {o:$} apiece.",
        "{t} are {m:$} each and {u} are {o:$} each. What is the total price when {p} takes {k} {t} and {l} {u}?",
    )),
    "two_items_change": Family(_two_items_change, (4,), (
        "{p} buys {k} {t} for {m:$} each and {l} {u} for {o:$} each. {p.He} pays with a {bill:$1} bill. How much change does {p} get?",
        "At the {shop} {t} cost {m:$} and {u} cost {o:$}. {p} has {bill:$} and buys {k} {t} and {l} {u}. How much money is left?",
        "{p} took {bill:$} to the {shop}. {p.He} bought {k} {t} at {m:$} each and {l} {u} at {o:$} each. How many dollars does {p} have now?",
        "How much of {bill:$} is left after buying {k} {t} at {m:$} apiece and {l} {u} at {o:$} apiece?",
    )),
    "saving_goal": Family(_saving_goal, (2,), (
        "{p} wants to buy {t.a} that costs {a:$}. {p.He} {p.has} {h:$} and saves {m:$} every {span}. How many {span}s will it take?",
        "{t.a} costs {a:$}. {p} already has {h:$}. If {p.he} save{p.s} {m:$} a {span}, in how many {span}s can {p} buy it?",
        "How many {span}s must {p} save {m:$} per {span} to pay {a:$} for {t.a}, if {p.he} start{p.s} with {h:$}?",
        "{p} is saving for {t.a}. It costs {a:$}, and {p} has {h:$} so far. {p.He} put{p.s} aside {m:$} each {span}. Find the number of {span}s needed.",
    )),
    "hourly": Family(_hourly, (1,), (
        "{p} earns {m:$} an hour {job}. How much does {p} earn in {k} hours?",
        "{p} worked {k} hours {job} and was paid {m:$} per hour. How much money did {p.he} make?",
        "For {job}, {p} gets {m:$} per hour. How much is that for {k} hours?",
        "How much did {p} earn {job} for {k} hours at {m:$} an hour?",
    )),
    "weekly_wage": Family(_weekly_wage, (2,), (
        "{p} earns {m:$} an hour {job}. {p.He} work{p.s} {h} hours a day. How much does {p} earn in {k} days?",
        "{p} works {h} hours a day, {k} days a week, {job}. {p.He} get{p.s} {m:$} per hour. How much does {p} earn per week?",
        "At {m:$} an hour, how much does {p} make in {k} days of {h} hours each?",
        "For {k} days {p} was {job}, {h} hours every day, for {m:$} an hour. Find how much {p.he} earned.",
    )),
    "wage_minus_spending": Family(_wage_minus_spending, (2,), (
        "{p} worked {h} hours {job} for {m:$} an hour. Then {p.he} spent {b:$} on {t.a}. How much money was left?",
        "{p} gets {m:$} an hour {job}. After {h} hours of work {p.he} bought {t.a} for {b:$}. How much of the money does {p} still have?",
        "How much money does {p} have left if {p.he} worked {h} hours at {m:$} per hour and paid {b:$} for {t.a}?",
        "{p} spent {b:$} of what {p.he} earned in {h} hours {job}. {p.He} earned {m:$} an hour. How much is left?",
    )),
    "jobs_done": Family(_jobs_done, (2,), (
        "{p} earns {m:$} for each {one} when {job}. {p.He} had {a} {many} to do but forgot {b} of them. How much money did {p} earn?",
        "{p} gets {m:$} per {one}. There were {a} {many} on the list and {b} were canceled. How much did {p} make?",
        "{p} was to be paid {m:$} for every {one}. {p.He} did all but {b} of {a} {many}. How many dollars did {p} get?",
        "How much did {p} earn {job} at {m:$} per {one}, if {b} of the {a} {many} on {p.his} list were canceled?",
    )),
    "jobs_two_days": Family(_jobs_two_days, (2,), (
        "{p} earns {m:$} for each {one}. {p.He} did {a} {many} on Saturday and {b} on Sunday. How much did {p} earn in all?",
        "{p} makes money {job}. {p.He} did {a} {many} in the morning and {b} in the afternoon, for {m:$} each. How much money did {p} make?",
        "At {m:$} per {one}, how much did {p} earn with {a} {many} in May and {b} in June?",
        "{p} finished {a} {many} last week and {b} this week. {p.He} charge{p.s} {m:$} per {one}. Find {p.his} total earnings.",
    )),
    "how_long_lasts": Family(_how_long_lasts, (2,), (
        "{p} made {a:$} {j1} and {b:$} {j2}. If {p.he} spend{p.s} {m:$} a week, how many weeks will the money last?",
        "{p} earned {a:$} {j1} and another {b:$} {j2}. How many weeks can {p} spend {m:$} a week before it is gone?",
        "With {a:$} from {j1} and {b:$} from {j2}, for how many weeks can {p} spend {m:$} per week?",
        "{p} got {a:$} for {j1}. For {j2} {p.he} got {b:$}. {p.He} use{p.s} {m:$} every day. How many days does the money last?",
    )),
    "then_buys": Family(_then_buys, (2,), (
        "{p} had {a:$}. {p.He} spent {b:$} on {u.a}. With the rest {p.he} bought {t} for {m:$} each. How many {t} did {p} buy?",
        "{p} saved {a:$}. After paying {b:$} for {u.a}, how many {t} can {p} buy at {m:$} each?",
        "Of {p.his} {a:$}, {p} gave {b:$} to charity and used the rest to buy {t} at {m:$} apiece. How many {t} did {p} get?",
        "How many {t} for {m:$} each can {p} buy with {a:$} after spending {b:$} on {u.a}?",
        "{t} are {m:$} each. {p} has {a:$}, but {b:$} of it must be kept for {u.a}. How many {t} can {p} afford?",
    )),
    "discount_amount": Family(_discount_amount, (2,), (
        "{t.a} normally costs {a:$}, but today it is {b:$} cheaper. How much do {k} {t} cost today?",
        "A store takes {b:$} off every {t.one}. The regular price is {a:$}. How much does {p} pay for {k} {t}?",
        "{p} buys {k} {t}. Each costs {a:$} minus a discount of {b:$}. What is the total cost?",
        "How much do {k} {t} cost if the price of {a:$} is lowered by {b:$} for each of them?",
    )),
    "discount_percent": Family(_discount_percent, (3,), (
        "{t.a} costs {a:$}. It is on sale for {r}% off. How much does {p} pay?",
        "The regular price of {t.a} is {a:$}. {p} gets a discount of {r} percent. What is the new price?",
        "{p} buys {t.a} that used to cost {a:$} at {r}% off. How much is it now?",
        "How much does {t.a} cost after a {r}% discount if its price was {a:$}?",
        "A price of {a:$} goes down by {r} percent. Find the new price.",
    )),
    "tip_or_tax": Family(_tip_or_tax, (3,), (
        "{p}'s dinner costs {a:$}. {p.He} leave{p.s} a {r}% tip. How much does {p} pay in total?",
        "{t.a} costs {a:$} plus {r} percent tax. What is the total price?",
        "The bill at a restaurant is {a:$}. {p} adds {r}% as a tip. How much money does {p} spend?",
        "How much does {p} pay for {t.a} of {a:$} if {r}% sales tax is added?",
        "{p}'s rent of {a:$} goes up by {r} percent. How much is the rent now?",
    )),
    "profit": Family(_profit, (2,), (
        "{p} makes {t} for {c:$} each and sells them for {m:$} each. How much profit does {p} make on {k} {t}?",
        "It costs {p} {c:$} to make one {t.one}, which sells for {m:$}. How much does {p} gain from {k} {t}?",
        "{p} buys {t} at {c:$} and sells them at {m:$}. Find {p.his} profit when {p.he} sell{p.s} {k} {t}.",
        "How much profit is there in {k} {t} that cost {c:$} each to make and sell for {m:$} each?",
    )),
    "profit_fixed": Family(_profit_fixed, (2,), (
        "{p} sold {k} {t} for {m:$} each. The ingredients cost {c:$} in all. How much profit did {p} make?",
        "At a bake sale {p} sells {k} {t} at {m:$} apiece. {p.He} spent {c:$} on flour and sugar. How much money did {p} earn after costs?",
        "{p} paid {c:$} for supplies and then sold {k} {t}, each for {m:$}. What was the profit?",
        "How much does {p} gain by selling {k} {t} at {m:$} each after spending {c:$} on everything {p.he} needed?",
    )),
    "split_bill": Family(_split_bill, (2,), (
        "{k} friends order food for {a:$} and drinks for {b:$}. They split the bill equally. How much does each friend pay?",
        "A meal costs {a:$} and dessert costs {b:$}. {k} people share the cost evenly. How much does each person pay?",
        "{p} and {p.his} friends, {k} people in all, rent a boat for {a:$} and buy lunch for {b:$}. How much is each share?",
        "How much does each of {k} friends pay if they share a gift of {a:$} and a cake of {b:$} equally?",
    )),
    "tickets": Family(_tickets, (3,), (
        "Tickets for the {show} cost {m:$} for adults and {o:$} for children. How much do {k} adults and {l} children pay?",
        "{k} adults and {l} children go to the {show}. An adult ticket is {m:$} and a child's ticket is {o:$}. What is the total cost?",
        "A family buys {k} adult tickets at {m:$} each and {l} child tickets at {o:$} each for the {show}. How much do they spend?",
        "How much does it cost for {k} adults at {m:$} each and {l} kids at {o:$} each to see the {show}?",
    )),
    "rides": Family(_rides, (2,), (
        "{p} had {a} tickets at the fair. {p.He} spent {b} tickets at one booth and used the rest on rides that cost {m} tickets each. How many rides did {p} go on?",
        "At the carnival a ride costs {m} tickets. {p} bought {a} tickets and gave {b} away. On how many rides can {p} go?",
        "{p} won {a} tickets at the arcade. {p.He} traded {b} for a small toy and the rest for candies at {m} tickets each. How many candies did {p.he} get?",
        "How many rides at {m} tickets each can {p} take with {a} tickets after losing {b} of them?",
    )),
    "coins": Family(_coins, (2,), (
        "{p} has {a} {coin} and {b} pennies. How many cents does {p} have?",
        "In {p}'s piggy bank are {a} {coin} and {b} pennies. How many cents is that altogether?",
        "{p} found {a} {coin} and {b} pennies. What is the value of the coins in cents?",
        "How many cents are {a} {coin} and {b} pennies worth?",
    )),
    "bills": Family(_bills, (3,), (
        "{p} has {a} bills of {x:$} and {b} bills of {y:$}. How much money does {p} have?",
        "In {p.his} wallet {p} has {a} {x:$1} bills and {b} {y:$1} bills. How many dollars is that?",
        "{p} counts {a} {x:$1} bills and {b} {y:$1} bills. What is the total amount?",
        "How much money are {a} {x:$1} bills and {b} {y:$1} bills together?",
    )),
    "subscription": Family(_subscription, (2,), (
        "A {club} costs {a:$} to join and {m:$} a month. How much does {p} pay for {k} months?",
        "{p} joins a {club}. {p.He} pay{p.s} {a:$} once and then {m:$} every month. How much is that after {k} months?",
        "The {club} charges a fee of {a:$} at the start and {m:$} per month. Find the cost of {k} months.",
        "How much does {p} spend on {k} months at a {club} with an entry fee of {a:$} and {m:$} per month?",
    )),
    "cheaper_shop": Family(_cheaper_shop, (3,), (
        "One shop sells {t} for {m:$} each, another for {o:$}. How much does {p} save on {k} {t} in the cheaper shop?",
        "{p} can buy {k} {t} for {m:$} each or for {o:$} each. What is the difference in the total cost?",
        "{k} {t} at {m:$} each or {k} at {o:$} each: how much more does the first choice cost?",
        "How much less does {p} pay for {k} {t} at {o:$} apiece than at {m:$} apiece?",
    )),
}  # fmt: skip
