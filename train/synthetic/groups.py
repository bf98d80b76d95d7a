"""Equal groups: multiplying, sharing and packing, and what comes before or after it.

Two divisions hide behind one sign. Sharing 24 among 6 asks for the size of a group, packing 24 by 6
asks for the number of groups; the text has to tell which.
"""

# ruff: noqa: C408  (dict(a=a, b=b) reads best where keys are the slots of a text)
from __future__ import annotations

from train.synthetic.draft import Draft, Family


def _groups_total(d: Draft) -> dict:
    k, m = d.n(2, 20), d.n(2, 40)
    d.times(k, m)
    return dict(p=d.person(), t=d.thing("toy"), c=d.thing("container"), k=k, m=m)


def _share(d: Draft) -> dict:
    p = d.person()
    k = d.n(2, 12)
    a = k * d.n(2, 40)
    d.over(a, k)
    return dict(p=p, t=d.thing("food"), k=k, a=a, w=d.thing("kid"), c=d.thing("pack"))


def _pack(d: Draft) -> dict:
    m = d.n(2, 12)
    a = m * d.n(2, 40)
    d.over(a, m)
    return dict(p=d.person(), t=d.thing("food"), m=m, a=a, c=d.thing("pack"))


def _rows(d: Draft) -> dict:
    k, m = d.n(3, 25), d.n(3, 25)
    d.times(k, m)
    return dict(p=d.person(), t=d.thing("tree"), k=k, m=m)


def _rows_missing(d: Draft) -> dict:
    k = d.n(3, 20)
    a = k * d.n(3, 25)
    d.over(a, k)
    return dict(p=d.person(), a=a, k=k, t=d.thing("seat"))


def _use_then_pack(d: Draft) -> dict:
    m = d.n(2, 10)
    rest = m * d.n(2, 15)
    b = d.n(2, 60)
    d.over(d.minus(rest + b, b), m)
    p, q = d.people(2)
    return dict(
        p=p, q=q, t=d.thing("food"), f=d.thing("flower"), m=m, a=rest + b, b=b, c=d.thing("pack")
    )


def _join_then_share(d: Draft) -> dict:
    k = d.n(2, 10)
    total = k * d.n(2, 20)
    a = d.part(total)
    d.over(d.plus(a, total - a), k)
    p, q = d.people(2)
    return dict(
        p=p, q=q, t=d.thing("food"), k=k, a=a, b=total - a, w=d.thing("kid"), g=d.thing("group")
    )


def _boxes_plus_loose(d: Draft) -> dict:
    k, m, b = d.n(2, 15), d.n(2, 30), d.n(2, 40)
    d.plus(d.times(k, m), b)
    return dict(p=d.person(), t=d.thing("toy"), c=d.thing("container"), k=k, m=m, b=b)


def _boxes_minus_used(d: Draft) -> dict:
    k, m = d.n(2, 15), d.n(3, 30)
    b = d.part(k * m)
    d.minus(d.times(k, m), b)
    p, q = d.people(2)
    return dict(p=p, q=q, t=d.thing("food"), c=d.thing("pack"), k=k, m=m, b=b)


def _two_kinds_of_boxes(d: Draft) -> dict:
    k, m, j, o = d.n(2, 12), d.n(2, 20), d.n(2, 12), d.n(2, 20)
    d.need(m != o)
    d.plus(d.times(k, m), d.times(j, o))
    return dict(p=d.person(), t=d.thing("toy"), c=d.thing("container"), k=k, m=m, l=j, o=o)


def _given_away_boxes(d: Draft) -> dict:
    k, m = d.n(4, 20), d.n(2, 15)
    b = d.part(k)
    d.times(d.minus(k, b), m)
    p, q = d.people(2)
    return dict(p=p, q=q, t=d.thing("toy"), c=d.thing("container"), k=k, m=m, b=b)


def _regroup(d: Draft) -> dict:
    k, m = d.n(2, 12), d.n(2, 24)
    o = d.n(2, 12)
    d.need(o != m)
    d.over(d.times(k, m), o)
    return dict(p=d.person(), t=d.thing("bag_food"), c=d.thing("container"), k=k, m=m, o=o)


def _some_missing_then_teams(d: Draft) -> dict:
    k = d.n(2, 8)
    rest = k * d.n(2, 12)
    b = d.n(2, 30)
    d.over(d.minus(rest + b, b), k)
    return dict(
        p=d.person(),
        g=d.thing("group"),
        a=rest + b,
        b=b,
        k=k,
        sport=d.pick(("soccer", "basketball", "relay", "chess", "volleyball")),
    )


def _vehicles(d: Draft) -> dict:
    v = d.thing("vehicle")
    a, b, k = d.count(90), d.n(2, 12), d.n(3, 10)
    d.over(d.plus(a, b), k)
    return dict(p=d.person(), v=v, a=a, b=b, k=k)


def _clowns(d: Draft) -> dict:
    k, m = d.n(2, 9), d.n(3, 25)
    d.times(k, m)
    v = d.thing("vehicle")
    who = d.pick(
        (
            "clowns",
            "dancers",
            "musicians",
            "tourists",
            "soldiers",
            "acrobats",
            "puppies",
            "scouts",
            "penguins",
        )
    )
    return dict(p=d.person(), v=v, who=who, k=k, m=m)


def _nested(d: Draft) -> dict:
    k, m, o = d.n(2, 10), d.n(2, 10), d.n(2, 12)
    d.times(d.times(k, m), o)
    return dict(p=d.person(), t=d.thing("toy"), k=k, m=m, o=o)


def _bait_groups(d: Draft) -> dict:
    p = d.person()
    t, u = d.kinds("food", 2)
    k = d.n(2, 9)
    a, b = k * d.n(2, 20), k * d.n(2, 20)
    d.need(a != b)
    d.over(a, k)
    return dict(p=p, t=t, u=u, k=k, a=a, b=b)


def _share_then_eat(d: Draft) -> dict:
    p, q = d.people(2)
    k = d.n(2, 8)
    each = d.n(5, 30)
    b = d.n(2, each - 2)
    d.minus(d.over(k * each, k), b)
    return dict(p=p, q=q, t=d.thing("food"), k=k, a=k * each, b=b)


def _pots_and_seeds(d: Draft) -> dict:
    k = d.n(2, 10)
    m = d.n(2, 12)
    b = d.n(2, 30)
    d.over(d.minus(k * m + b, b), k)
    return dict(p=d.person(), a=k * m + b, b=b, k=k)


def _legs(d: Draft) -> dict:
    a, b = d.n(2, 30), d.n(2, 30)
    t, u = d.pick(
        (
            ("cows", "chickens"),
            ("sheep", "geese"),
            ("goats", "ducks"),
            ("dogs", "parrots"),
            ("horses", "turkeys"),
            ("cats", "hens"),
        )
    )
    d.plus(d.times(a, 4), d.times(b, 2))
    return dict(p=d.person(), t=t, u=u, a=a, b=b)


def _parts_needed(d: Draft) -> dict:
    k, m = d.n(3, 15), d.n(2, 12)
    h = d.part(k * m)
    d.minus(d.times(k, m), h)
    t, u = d.pick((
        ("toy cars", "wheels"), ("shirts", "buttons"), ("chairs", "legs"), ("necklaces", "beads"), ("lamps", "screws"),
        ("kites", "ribbons"), ("birdhouses", "boards"), ("quilts", "patches"), ("wreaths", "pine cones"), ("robots", "batteries"),
    ))  # fmt: skip
    return dict(p=d.person(), t=t, u=u, k=k, m=m, h=h)


def _boxes_sold(d: Draft) -> dict:
    """Boxes, what is inside, some taken out, the rest packed anew."""
    p, q = d.people(2)
    k, m = d.n(3, 12), d.n(4, 20)
    o = d.n(2, 10)
    b = d.n(2, k * m - 2)
    d.over(d.minus(d.times(k, m), b), o)
    return dict(p=p, q=q, t=d.thing("food"), c=d.thing("pack"), k=k, m=m, b=b, o=o)


FAMILIES = {
    "groups_total": Family(_groups_total, (1,), (
        "{p} has {k} {c}. There are {m} {t} in each {c.one}. How many {t} does {p} have?",
        "There are {m} {t} in every {c.one}. {p} buys {k} {c}. How many {t} is that?",
        "Each {c.one} holds {m} {t}. How many {t} are in {k} {c}?",
        "{p} filled {k} {c} with {m} {t} each. What is the total number of {t}?",
        "How many {t} does {p} need to put {m} into each of {k} {c}?",
        "{k} friends have {m} {t} each. How many {t} do they have [in all|altogether]?",
    )),
    "share": Family(_share, (1,), (
        "{p} shares {a} {t} equally among {k} {w}. How many {t} does each {w.one} get?",
        "{a} {t} are divided equally among {k} {w}. How many {t} does each {w.one} receive?",
        "There are {a} {t} for {k} {w}. If each {w.one} gets the same number, how many does one {w.one} get?",
        "{p} put {a} {t} into {k} {c}, the same number in each. How many {t} are in one {c.one}?",
        "How many {t} go into each {c.one} if {p} splits {a} {t} evenly over {k} {c}?",
        "A group of {k} {w} found {a} {t} and split them evenly. Find each {w.one}'s share.",
    )),
    "pack": Family(_pack, (1,), (
        "{p} has {a} {t} and puts {m} into each {c.one}. How many {c} does {p} fill?",
        "A {c.one} holds {m} {t}. How many {c} are needed for {a} {t}?",
        "{p} packs {a} {t} into {c} of {m}. How many {c} will there be?",
        "{t} are sold in {c} of {m}. How many {c} does {p} have to buy to get {a} {t}?",
        "{p} eats {m} {t} every day. How many days will {a} {t} last?",
        "If every guest gets {m} {t}, for how many guests are {a} {t} enough?",
    )),
    "rows": Family(_rows, (1,), (
        "{p} plants {k} rows of {t} with {m} {t} in each row. How many {t} does {p} plant?",
        "A park has {k} rows of {m} {t}. How many {t} are there in all?",
        "There are {m} {t} in every row. How many {t} are in {k} rows?",
        "In an orchard, {t} stand in {k} rows, and each row has {m}. Calculate the number of {t}.",
    )),
    "rows_missing": Family(_rows_missing, (1,), (
        "{a} {t} are set up in {k} equal rows. How many {t} are in each row?",
        "{p} arranges {a} {t} in {k} rows with the same number in every row. How many {t} stand in one row?",
        "How many {t} are in a row if {a} {t} are placed in {k} rows of the same length?",
        "A hall has {a} {t} in {k} rows. All rows are equally long. Find the number of {t} per row.",
    )),
    "use_then_pack": Family(_use_then_pack, (2,), (
        "{p} had {a} {t}. {p.He} gave {b} to {q} and packed the rest into {c} of {m}. How many {c} did {p} fill?",
        "{p} picked {a} {f}. {b} of them wilted. With the others {p.he} made bouquets of {m} {f} each. How many bouquets did {p} make?",
        "A baker made {a} {t} and sold {b} of them. The rest went into {c} with {m} {t} in each. How many {c} were there?",
        "There were {a} {t} for the party. After {b} were eaten, the rest were put on plates, {m} on each plate. How many plates were used?",
        "How many {c} of {m} can {p} make from {a} {t} if {b} of them are bad?",
        "{p} uploaded {a} photos. {b} went into one album, and the rest went into albums of {m} photos each. How many albums of {m} are there?",
    )),
    "join_then_share": Family(_join_then_share, (2,), (
        "{p} has {a} {t} and {q} has {b}. They share all of them equally among {k} {w}. How many {t} does each {w.one} get?",
        "{p} bought {a} {t} and got {b} more from {q}. {p.He} put them evenly on {k} plates. How many {t} are on each "
        "plate?",
        "A class has {a} girls and {b} boys. They form {k} equal {g}. How many children are in each of the {g}?",
        "{a} {t} from one box and {b} from another were split evenly among {k} {w}. How many did every {w.one} receive?",
        "How many {t} does each of {k} {w} get if {p} brings {a}, {q} brings {b}, and all are shared equally?",
    )),
    "boxes_plus_loose": Family(_boxes_plus_loose, (2,), (
        "{p} has {k} {c} with {m} {t} in each, and {b} more {t} on the table. How many {t} does {p} have in all?",
        "There are {m} {t} in each of {k} {c}. {b} {t} are left over. How many {t} are there altogether?",
        "{p} had {b} {t}. Then {p.he} bought {k} {c} of {t} with {m} in each {c.one}. How many {t} does {p} have now?",
        "How many {t} are there if {k} {c} hold {m} each and {b} lie beside them?",
        "{p} filled {k} {c} with {m} {t} each and still had {b} {t}. Find how many {t} {p.he} had at first.",
    )),
    "boxes_minus_used": Family(_boxes_minus_used, (2,), (
        "{p} bought {k} {c} of {t}. Each {c.one} had {m} {t}. {p.He} ate {b} of them. How many {t} are left?",
        "There are {k} {c} with {m} {t} each. {q} takes {b} {t}. How many {t} remain?",
        "{p} made {k} trays of {m} {t} and sold {b} {t}. How many {t} were not sold?",
        "How many {t} does {p} have left from {k} {c} of {m} after giving {b} {t} to {q}?",
        "Each {c.one} contains {m} {t}. {p} opened {k} {c} and used {b} {t} for a recipe. How many were not used?",
    )),
    "two_kinds_of_boxes": Family(_two_kinds_of_boxes, (3,), (
        "{p} has {k} small {c} with {m} {t} in each and {l} large {c} with {o} {t} in each. How many {t} does {p} have?",
        "There are {k} red {c} of {m} {t} and {l} blue {c} of {o} {t}. How many {t} are there in all?",
        "{p} bought {k} {c} holding {m} {t} each. A week later {p.he} bought {l} {c} holding {o} each. What is the total number of {t}?",
        "How many {t} fit into {k} {c} for {m} {t} each and {l} {c} for {o} each?",
        "On the first shelf are {k} {c} with {m} {t} each, on the second {l} {c} with {o} {t} each. Find the number of {t} on both shelves.",
    )),
    "given_away_boxes": Family(_given_away_boxes, (2,), (
        "{p} bought {k} {c} of {t} and gave {b} of the {c} to {q}. If each {c.one} has {m} {t}, how many {t} does {p} still have?",
        "{p} had {k} {c} with {m} {t} each. {p.He} sold {b} {c}. How many {t} does {p} have left?",
        "There were {k} {c} on a cart and {b} fell off. Each {c.one} held {m} {t}. How many {t} are still on the cart?",
        "How many {t} are left if {p} has {k} {c} of {m} {t} and {q} takes {b} whole {c} away?",
        "Each {c.one} holds {m} {t}. Of {k} {c}, {b} were empty and the others were full. How many {t} were there?",
    )),
    "regroup": Family(_regroup, (2,), (
        "{p} has {k} {c} of {t} with {m} in each. {p.He} packs all of them into new boxes of {o}. How many boxes does {p} need?",
        "There are {k} {c} with {m} {t} each. They are shared equally among {o} people. How many {t} does each person get?",
        "{k} {c} hold {m} {t} each. If {p} eats {o} {t} a day, how many days will they last?",
        "{p} picked {m} {t} from each of {k} trees and put them into {o} equal piles. How many {t} are in a pile?",
        "How many boxes of {o} can be filled with the {t} from {k} {c} that hold {m} each?",
    )),
    "missing_then_teams": Family(_some_missing_then_teams, (2,), (
        "{a} children signed up for {sport}, but {b} did not come. The others formed {k} equal {g}. How many children were in each of the {g}?",
        "There were {a} students at {sport} practice. {b} went home early, and the rest were split into {k} {g} of the same size. "
        "How many students were in each one?",
        "A coach has {a} players. {b} of them only watch. The rest play in {k} equal {g}. Find the number of players in one of the {g}.",
        "How many players are on each of {k} equal {sport} {g} if {b} of {a} children do not play?",
    ), calm=False),
    "vehicles": Family(_vehicles, (2,), (
        "{a} students and {b} teachers go on a trip. Each {v.one} holds {k} people. How many {v} are needed?",
        "A group of {a} children and {b} adults wants to travel by {v.one}. {k} people fit into one {v.one}. How many {v} do they need?",
        "{k} people can ride in one {v.one}. How many {v} does it take for {a} visitors and {b} guides?",
        "For the trip, {b} parents and {a} kids ride in {v} with {k} people each. Calculate the number of {v}.",
    ), calm=False),
    "clowns": Family(_clowns, (1,), (
        "There were {k} {v} full of {who}. Each {v.one} had {m} {who} inside. How many {who} were there?",
        "{p} counted {k} {v} in the parade. In each there were {m} {who}. How many {who} did {p} count?",
        "{m} {who} were squeezed into every {v.one}. If there were {k} {v}, how many {who} were there in all?",
        "How many {who} ride in {k} {v} with {m} {who} apiece?",
    )),
    "nested": Family(_nested, (2,), (
        "{p} has {k} shelves. On each shelf are {m} boxes, and in each box are {o} {t}. How many {t} does {p} have?",
        "A store got {k} crates. Every crate has {m} boxes with {o} {t} each. How many {t} did the store get?",
        "There are {o} {t} in a bag, {m} bags in a box, and {k} boxes in the room. How many {t} are in the room?",
        "How many {t} are in {k} cases if every case holds {m} packs of {o} {t}?",
        "{k} children carry {m} bags each. Each bag has {o} {t} in it. What is the total number of {t}?",
    )),
    "bait_groups": Family(_bait_groups, (1,), (
        "{p} gave all {p.his} {t} and {u} to {k} friends, shared equally. {p.He} had {a} {t} and {b} {u}. How many {t} did "
        "each friend get?",
        "{a} {t} and {b} {u} are shared equally by {k} people. How many {t} does each person get?",
        "{p} has {b} {u} and {a} {t} for {k} equal bags. How many {t} go in each bag?",
        "{k} children split {b} {u} and {a} {t} evenly. Find how many {t} each child gets.",
    )),
    "share_then_eat": Family(_share_then_eat, (2,), (
        "{p} and {p.his} friends, {k} people in all, share {a} {t} equally. {p} then eats {b} of {p.his} {t}. How many {t} does {p} have left?",
        "{a} {t} were divided equally among {k} children. {p}, one of them, ate {b}. How many does {p} have left?",
        "{p} puts {a} {t} into {k} equal bags and gives one bag to {q}. {q} eats {b}. How many {t} are left in {q}'s bag?",
        "If {k} children share {a} {t} equally and each of them eats {b}, how many {t} does each child have left?",
    )),
    "pots_and_seeds": Family(_pots_and_seeds, (2,), (
        "{p} has {a} seeds. {p.He} planted {b} in the big garden and the rest in {k} small beds, the same number in each. "
        "How many seeds are in each small bed?",
        "Of {a} seeds, {b} went into one large pot. {p} spread the others evenly over {k} small pots. How many seeds are in a small pot?",
        "{p} saved {a} files. {b} are in one folder, and the rest are split equally over {k} other folders. How many files are in each of these?",
        "How many seeds go in each of {k} pots if {p} has {a} seeds and keeps {b} for later?",
    )),
    "legs": Family(_legs, (3,), (
        "{p} has {a} {t} and {b} {u}. How many legs do the animals have in all?",
        "On a farm there are {a} {t} and {b} {u}. How many legs is that?",
        "There are {a} {t} and {b} {u} in the yard. {p} counts the legs of all the {t} and all the {u}. How many legs are "
        "there?",
        "How many legs do {a} {t} and {b} {u} have together?",
    )),
    "parts_needed": Family(_parts_needed, (2,), (
        "{p} wants to make {k} {t}. Each one needs {m} {u}. {p} has {h} {u} already. How many more {p.does} {p.he} need?",
        "It takes {m} {u} for each one when {p} makes {t}. {p.He} plan{p.s} {k} {t} and {p.has} {h} {u}. How many {u} are missing?",
        "{p} is making {k} costumes with {m} buttons each. {p.He} found {h} buttons at home. How many buttons must {p} buy?",
        "How many more {u} does {p} need for {k} {t} with {m} {u} each if there are {h} {u} in the workshop?",
    )),
    "boxes_sold": Family(_boxes_sold, (3,), (
        "{p} bought {k} {c} of {t} with {m} in each {c.one}. {p.He} gave {b} {t} to {q} and put the rest in bags of {o}. How many bags did {p} fill?",
        "There are {k} {c} with {m} {t} each. {b} {t} are spoiled. The others are shared equally by {o} families. How many {t} does each family get?",
        "{p} made {k} trays of {t}, {m} on each tray. After {b} {t} were eaten, {p.he} packed the rest into {o} equal boxes. "
        "How many {t} are in a box?",
        "How many bags of {o} can {p} fill from {k} {c} with {m} {t} each, if {q} takes {b} {t} first?",
    )),
}  # fmt: skip
