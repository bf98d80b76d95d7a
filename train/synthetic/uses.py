"""What happens to a number of things, or to an amount of money, once a story has got that far.

Every use tells one or two sentences about what there is, offers the questions that they answer, and
returns what there is afterwards. Uses follow each other: things are lost, packed, sold; the money is
spent, saved, shared. `chain` draws such a row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from train.synthetic.draft import Redraw
from train.synthetic.quantity import Quantity, Telling
from train.synthetic.world import THINGS, UNIT_FRACTIONS, Person, Thing

PERCENTS = (5, 10, 10, 20, 20, 25, 30, 40, 50, 60, 75, 80)


@dataclass(frozen=True)
class Stock:
    """What a story has arrived at.

    Attributes:
        amount: how many things, or how many dollars where `thing` is None.
        who: the person whose they are.
        helper: another person.
        rest: whether some are already gone, so that "all of them" would be wrong.
        sold: whether the money was made by selling, so that there may be costs.
    """

    amount: Quantity
    thing: Thing | None
    who: Person
    helper: Person
    kind: str = ""
    rest: bool = False
    sold: bool = False

    @property
    def one(self) -> str:
        """The name of one of the things."""
        assert self.thing is not None, "money has no pieces"
        return self.thing.one

    def named(self, t: Telling) -> str:
        """What is there now, as the object of a sentence."""
        name = "money" if self.thing is None else str(self.thing)
        if self.rest:
            return t.d.pick(
                (
                    "the rest",
                    f"the remaining {name}",
                    f"the {name} that were left" if self.thing else "what was left",
                )
            )
        return t.d.pick(
            (f"the {name}", f"all of the {name}", "all of them" if self.thing else "all of it")
        )


def fraction(t: Telling, whole: Quantity) -> tuple[Quantity, str]:
    """A unit fraction of a whole, and its words: "a quarter of"."""
    fitting = [k for k in UNIT_FRACTIONS if whole.value % k == 0 and whole.value > k]
    if not fitting:
        raise Redraw
    k = t.d.pick(fitting)
    return whole / Quantity(k), f"{UNIT_FRACTIONS[k]} of"


def percentage(t: Telling, whole: Quantity) -> tuple[Quantity, str]:
    """So many percent of a whole, and its words."""
    fitting = [p for p in PERCENTS if whole.value * p % 100 == 0]
    if not fitting:
        raise Redraw
    share = Quantity(t.d.pick(fitting))
    return whole.percent(share), t.number(share, "d") + t.d.pick(("%", "%", " percent")) + " of"


def _portion(t: Telling, whole: Quantity) -> tuple[Quantity, str]:
    """A part of a whole: a number, a fraction or a percentage."""
    roll = t.d.rng.random()
    if roll < 0.55:
        part = t.part(whole)
        return part, f"{t.number(part)} of"
    return fraction(t, whole) if roll < 0.85 else percentage(t, whole)


def _some(t: Telling, s: Stock) -> str:
    """What a part is taken of: them, or the rest of them."""
    if s.rest:
        return t.d.pick(("the rest", f"the remaining {s.thing}"))
    return t.d.pick(("them", f"the {s.thing}"))


# --- things --------------------------------------------------------------------------------------

_BAD = {
    "food": ("bad", "burned", "stale"), "baked": ("burned", "broken", "too small to sell"), "crop": ("rotten", "green", "too small"),
    "toy": ("broken", "scratched", "new"), "made": ("broken", "red", "not finished"), "school": ("broken", "used", "blue"),
    "flower": ("wilted", "white", "too short"), "animal": ("white", "brown", "still young"), "pet": ("brown", "sick", "very young"),
}  # fmt: skip


def _sort_out(t: Telling, s: Stock) -> Stock:
    """Some of them are not like the others."""
    part, words = _portion(t, s.amount)
    how = t.d.pick(_BAD[s.kind])
    which = _some(t, s)
    t.say(
        f"{words} {which} were {how}.",
        f"It turned out that {words} {which} were {how}.",
        f"But {words} {which} were {how}.",
    )
    rest = s.amount - part
    if not words.startswith("{"):
        t.ask(part, f"How many {s.thing} were {how}?", f"How many of the {s.thing} were {how}?")
    t.ask(rest, f"How many {s.thing} were not {how}?", f"How many of the {s.thing} were not {how}?")
    return replace(s, amount=rest, rest=True)


def _give(t: Telling, s: Stock) -> Stock:
    part, words = _portion(t, s.amount)
    which = _some(t, s)
    t.say(
        f"Then {s.who} gave {words} {which} to {s.helper}.",
        f"{s.who} gave {s.helper} {words} {which}.",
        f"{s.helper} took {words} {which} home.",
        f"{s.who} lost {words} {which} on the way.",
        f"After that, {words} {which} were given to a school.",
    )
    rest = s.amount - part
    t.ask(
        rest,
        f"How many {s.thing} are left?",
        f"How many {s.thing} does {s.who} have left?",
        f"How many {s.thing} remain?",
        f"How many {s.thing} are there now?",
    )
    return replace(s, amount=rest, rest=True)


def _give_several(t: Telling, s: Stock) -> Stock:
    k, m = t.draw(2, 9), t.draw(2, 12)
    gone = k * m
    w = t.d.pick(THINGS["relative"])
    t.say(
        f"{s.who} gave {t.number(m)} {s.thing} to each of {t.number(k)} {w}.",
        f"Then {t.number(k)} {w} got {t.number(m)} {s.thing} each.",
    )
    rest = s.amount - gone
    t.ask(rest, f"How many {s.thing} are left?", f"How many {s.thing} does {s.who} still have?")
    t.ask(gone, f"How many {s.thing} were given away?", f"How many {s.thing} did the {w} get?")
    return replace(s, amount=rest, rest=True)


def _get(t: Telling, s: Stock) -> Stock:
    more = t.draw(2, 60)
    t.say(
        f"Then {s.helper} gave {s.who} {t.number(more)} more.",
        f"Later {s.who} got {t.number(more)} more {s.thing}.",
        f"{s.helper} added {t.number(more)} {s.thing} of {s.helper.his} own.",
        f"Another {t.number(more)} {s.thing} came from {s.helper}.",
    )
    all_ = s.amount + more
    s = replace(s, rest=False)
    t.ask(
        all_,
        f"How many {s.thing} are there [now|in all]?",
        f"How many {s.thing} does {s.who} have [now|in all|altogether]?",
    )
    return replace(s, amount=all_)


def _pack(t: Telling, s: Stock) -> Stock:
    size = t.divisor(s.amount)
    box = t.d.pick(THINGS["pack"])
    boxes = s.amount / size
    named = s.named(t)
    if box.one in s.one:
        raise Redraw
    t.say(
        f"{s.who} packed {named} into {box} of {t.number(size)}.",
        f"{s.who} put {named} into {box}, {t.number(size)} in each {box.one}.",
        f"{s.who} packs {named} into {box}. Each {box.one} holds {t.number(size)} {s.thing}.",
    )
    t.ask(boxes, f"How many {box} were [filled|needed]?", f"How many {box} of {s.thing} are there?")
    return replace(s, amount=boxes, thing=box, kind="made", rest=False)


def _pack_with_rest(t: Telling, s: Stock) -> Stock:
    size, rest = t.draw(3, 12), t.draw(2, 8)
    if rest.value >= size.value:
        raise Redraw
    box = t.d.pick(THINGS["pack"])
    t.say(
        f"{s.who} put {s.named(t)} into {box} of {t.number(size)}, and {t.number(rest)} {s.thing} were left over.",
        f"{s.who} packed {s.named(t)} with {t.number(size)} {s.thing} in every {box.one}. {t.number(rest)} {s.thing} did not fill another {box.one}.",
    )
    boxes = (s.amount - rest) / size
    t.ask(boxes, f"How many full {box} were there?", f"How many {box} did {s.who} fill?")
    return replace(s, amount=boxes, thing=box, kind="made", rest=False)


def _share(t: Telling, s: Stock) -> Stock:
    k = t.divisor(s.amount)
    w = t.d.pick(THINGS["kid"])
    each = s.amount / k
    named = s.named(t)
    t.say(
        f"{t.number(k)} {w} shared {named} equally.",
        f"{s.who} divided {named} equally among {t.number(k)} {w}.",
        f"{t.number(k)} {w} split {named} evenly.",
    )
    t.ask(
        each,
        f"How many {s.thing} did each {w.one} get?",
        f"How many {s.thing} are there for each {w.one}?",
    )
    return replace(s, amount=each, thing=s.thing)


def _want(t: Telling, s: Stock) -> Stock:
    more = t.draw(2, 90)
    goal = Quantity(s.amount.value + more.value)
    t.say(
        f"{s.who} wants to have {t.number(goal)} {s.thing}.",
        f"{s.who} needs {t.number(goal)} {s.thing} in all.",
        f"The plan was to have {t.number(goal)} {s.thing}.",
    )
    missing = goal - s.amount
    t.ask(
        missing,
        f"How many more {s.thing} does {s.who} need?",
        f"How many {s.thing} are still missing?",
        f"How many more {s.thing} are needed?",
    )
    return replace(s, amount=missing)


def _sell(t: Telling, s: Stock) -> Stock:
    price = Quantity(t.d.price(2, 12))
    named = s.named(t)
    t.say(
        f"{s.who} sold {named} for {t.number(price, '$')} each.",
        f"Then {s.who} sold {named} at {t.number(price, '$')} each.",
        f"{s.helper} bought {named}, at {t.number(price, '$')} apiece.",
    )
    money = s.amount * price
    t.ask(
        money,
        f"How much money did {s.who} get?",
        f"How much did {s.who} earn?",
        f"How many dollars did {s.who} [make|get] in all?",
    )
    return replace(s, amount=money, thing=None, kind="", rest=False, sold=True)


def _weigh(t: Telling, s: Stock) -> Stock:
    weight = t.draw(2, 20)
    unit = t.d.pick(("ounces", "grams", "pounds"))
    t.say(
        f"Each {s.one} weighs {t.number(weight)} {unit}.",
        f"One {s.one} has a weight of {t.number(weight)} {unit}.",
    )
    heavy = s.amount * weight
    t.ask(
        heavy,
        f"How many {unit} do {s.named(t)} weigh [in all|together]?".replace(
            "do the rest", "does the rest"
        ),
        f"What do the {'remaining ' * s.rest}{s.thing} weigh in {unit}?",
    )
    return s


# --- money ---------------------------------------------------------------------------------------


def _spend(t: Telling, s: Stock) -> Stock:
    part, words = _portion(t, s.amount)
    number = words.startswith("{") and "%" not in words and "percent" not in words
    words = f"{t.number(part, '$')} of" if number else words
    u = t.d.pick(THINGS["dear"])
    t.say(
        f"{s.who} spent {words} the {'remaining ' * s.rest}money on {u.a}.",
        f"{s.who} used {words} {'the rest' if s.rest else 'it'} to buy {u.a}.",
        f"Then {s.who} gave {words} {'what was left' if s.rest else 'the money'} to {s.helper}.",
    )
    rest = s.amount - part
    t.ask(
        rest,
        f"How much money does {s.who} have left?",
        "How much [money|of it] is left?",
        f"How many dollars does {s.who} still have?",
    )
    return replace(s, amount=rest, rest=True)


def _costs(t: Telling, s: Stock) -> Stock:
    t.d.need(s.sold)
    cost = t.part(s.amount)
    t.say(
        f"{s.who} had paid {t.number(cost, '$')} for everything {s.who.he} needed.",
        f"The costs were {t.number(cost, '$')}.",
        f"{s.who} had to pay {t.number(cost, '$')} for materials.",
    )
    rest = s.amount - cost
    t.ask(
        rest,
        f"What was {s.who}'s profit?",
        f"How much profit did {s.who} make?",
        "How much money is left after the costs?",
    )
    return replace(s, amount=rest, rest=True)


def _had(t: Telling, s: Stock) -> Stock:
    more = t.draw(5, 120)
    gift = f"Then {s.helper} gave {s.who} another {t.number(more, '$')}."
    t.say(gift, f"{s.who} also had {t.number(more, '$')} at home." if s.sold else gift)
    all_ = s.amount + more
    t.ask(all_, f"How much money does {s.who} have [now|in all|altogether]?")
    return replace(s, amount=all_)


def _buy(t: Telling, s: Stock) -> Stock:
    price = t.divisor(s.amount, 2, 15)
    u = t.d.pick(THINGS["cheap"])
    t.say(
        f"With {'the rest' if s.rest else 'this money'} {s.who} buys {u} that cost {t.number(price, '$')} each.",
        f"{s.who} uses {s.named(t)} to buy {u} at {t.number(price, '$')} each.",
    )
    count = s.amount / price
    t.ask(count, f"How many {u} [can|does] {s.who} buy?", f"How many {u} does {s.who} get?")
    return replace(s, amount=count, thing=u, kind="made")


def _split(t: Telling, s: Stock) -> Stock:
    k = t.divisor(s.amount, 2, 8)
    fact, question = t.d.pick(
        (
            (f"{{}} people shared {s.named(t)} equally.", "How much did each of them get?"),
            (f"{s.who} spends {s.named(t)} evenly over {{}} weeks.", "How much is that per week?"),
            (
                f"{s.who} put {s.named(t)} into {{}} jars, the same amount in each.",
                "How much is in each jar?",
            ),
        )
    )
    t.say(fact.format(t.number(k)))
    each = s.amount / k
    t.ask(each, question)
    return replace(s, amount=each)


def _afford(t: Telling, s: Stock) -> Stock:
    more = t.draw(5, 200)
    goal = Quantity(s.amount.value + more.value)
    u = t.d.pick(THINGS["dear"])
    t.say(
        f"{s.who} wants to buy {u.a} for {t.number(goal, '$')}.",
        f"{u.a.capitalize()} that {s.who} would like to have costs {t.number(goal, '$')}.",
        f"{s.who} is saving for {u.a}, which costs {t.number(goal, '$')}.",
    )
    missing = goal - s.amount
    t.ask(
        missing,
        f"How much more money does {s.who} need?",
        f"How much is {s.who} still missing?",
        f"How many more dollars does {s.who} need?",
    )
    return replace(s, amount=missing)


THINGS_USES = (
    _sort_out,
    _give,
    _give,
    _give_several,
    _get,
    _pack,
    _pack_with_rest,
    _share,
    _want,
    _sell,
    _sell,
    _weigh,
)
MONEY_USES = (_spend, _spend, _costs, _had, _buy, _split, _afford)
LAST = (_want, _weigh, _buy, _split, _afford, _share)  # nothing follows these


def chain(t: Telling, stock: Stock, length: int) -> Stock:
    """So many different uses, one after the other."""
    seen: set[object] = set()
    for _ in range(length):
        use = t.d.pick(MONEY_USES if stock.thing is None else THINGS_USES)
        if use in seen:
            raise Redraw
        seen.add(use)
        stock = use(t, stock)
        if use in LAST:
            break
    return stock
