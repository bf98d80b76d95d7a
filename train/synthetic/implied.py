"""Numbers that nobody states, and days at the fair: oneself among the friends, months of a year, hours of a day."""

# ruff: noqa: C408  (dict(a=a, b=b) reads best where keys are the slots of a text)
from __future__ import annotations

from train.synthetic.scene import Scene, families

SCENES = {
    "and_friends": Scene("food", dict(k=(2, 9), n=(2, 12), m=(2, 4)), (
        "{p} and {k} friends each get {n} {t}.",
        "{p} has {k} friends over. {p} and all of the friends take {n} {t} each.",
        "{p} gives {n} {t} to every one of {p.his} {k} guests and keeps the same number.",
    ), (
        ("How many {t} is that in all?", "k+I,1*n"),
        ("How many {t} are needed?", "k+I,1*n"),
        ("Each of the {t} costs {m:$}. How much do they all cost?", "k+I,1*n,2*m"),
    )),
    "months_of_year": Scene("toy", dict(a=(3, 80), b=(2, 60), c=(20, 300)), (
        "{p} pays {a:$} a month for a gym and {b:$} a month for music.",
        "Every month {p} spends {a:$} on {p.his} phone and {b:$} on films.",
        "A club costs {p} {a:$} each month, and a newspaper costs {p.him} {b:$} each month.",
    ), (
        ("How much is that in a year?", "a+b,1*D"),
        ("How much does {p} pay for both in a year?", "a+b,1*D"),
        ("How much is that in a month?", "a+b"),
        ("{p} also pays a fee of {c:$} once a year. How much is that in all for a year?", "a+b,1*D,2+c"),
    )),
    "hours_of_day": Scene("toy", dict(a=(6, 10), b=(3, 10), k=(2, 9)), (
        "Every day {p} sleeps {a} hours and works {b} hours.",
        "{p} spends {b} hours a day at work and {a} hours a day asleep.",
        "In a day {p} works for {b} hours and sleeps for {a} hours.",
    ), (
        ("How many hours of the day are left?", "a+b,P-1"),
        ("How many hours are left in {k} days?", "a+b,P-1,k*2"),
        ("How many hours does {p} sleep in a week?", "a*W"),
        ("How many hours does {p} sleep and work in a week?", "a+b,1*W"),
    )),
    "pairs": Scene("toy", dict(k=(2, 30), b=(2, 20), m=(2, 9)), (
        "{p} has {k} pairs of socks in a drawer.",
        "There are {k} pairs of shoes in a closet.",
        "{p} knits {k} pairs of gloves.",
    ), (
        ("How many single pieces is that?", "k*T"),
        ("{b} single pieces get lost. How many single pieces remain?", "k*T,1-b"),
        ("Each single piece weighs {m} ounces. How many ounces do they all weigh?", "k*T,1*m"),
    )),
    "seconds": Scene("toy", dict(k=(2, 9), a=(2, 30), b=(2, 55)), (
        "A machine stamps {a} letters a second.",
        "A printer prints {a} lines every second.",
        "Each second {a} drops fall from a pipe.",
    ), (
        ("How many is that in a minute?", "a*H"),
        ("How many is that in {k} minutes?", "k*H,a*1"),
        ("How many is that in {k} minutes and {b} seconds?", "k*H,1+b,a*2"),
    )),
    "booth_money": Scene("toy", dict(m=(2, 9), k=(3, 20), b=("k",), c=(2, 30)), (
        "At the fair {p} sells lemonade for {m:$} a cup. {p.He} {p.has} {k} cups and sells all but {b} of them.",
        "{p} made {k} posters to sell at {m:$} each, but {b} were not sold.",
        "A box has {k} chocolate bars. {p} sells them for {m:$} each until only {b} are left.",
    ), (
        ("How many were sold?", "k-b"),
        ("How much money did {p} get?", "k-b,1*m"),
        ("{p} paid {c:$} for everything. How much profit is there?", "k-b,1*m,2-c"),
    )),
    "ring_toss": Scene("toy", dict(a=(10, 90), k=(2, 9), b=(2, 9), m=(2, 9)), (
        "{p} won {a} tickets at ring toss and spent {k} tickets on each of {b} rides.",
        "With {a} tickets in {p.his} hand, {p} goes on {b} rides that cost {k} tickets each.",
        "{p} buys {b} prizes at the arcade for {k} tickets each. Before that {p.he} had {a} tickets.",
    ), (
        ("How many tickets are left?", "k*b,a-1"),
        ("How many tickets did {p} use?", "k*b"),
        ("{p} trades the tickets that are left for candies at {m} tickets each. How many candies does {p} get?", "k*b,a-1,2/m"),
    )),
    "flower_bunches": Scene("flower", dict(m=(2, 9), a=(10, 90), b=("a",), c=(2, 30), k=(2, 9)), (
        "{p} picked {a} {t}. Before {p.he} could tie them up, {b} of them wilted.",
        "A florist had {a} {t}, but {b} of them were too old to use.",
        "{p} bought {a} {t} and used {b} of them for a wreath.",
    ), (
        ("The others are tied into bouquets of {m}. How many bouquets are there?", "a-b,1/m"),
        ("The rest is put into {k} vases, the same number in each. How many {t} are in one vase?", "a-b,1/k"),
        ("Then {c} more {t} arrive. How many good {t} are there?", "a-b,1+c"),
        ("The rest is sold at {m:$} each. How much money is that?", "a-b,1*m"),
    )),
    "tables_and_guests": Scene("toy", dict(a=(10, 90), b=("a",), m=(2, 9), c=(2, 30)), (
        "A cafe had {a} guests. {b} of them left.",
        "There were {a} people in a restaurant, and {b} went home.",
        "{a} people came to a dinner, but {b} had to go early.",
    ), (
        ("The others sit at tables of {m}. How many tables do they use?", "a-b,1/m"),
        ("Then {c} more came in. How many are there now?", "a-b,1+c"),
        ("Each of the others orders {m} drinks. How many drinks is that?", "a-b,1*m"),
        ("The rest sit at {m} equal tables. How many people are at each table?", "a-b,1/m"),
    )),
    "chapters_left": Scene("work", dict(m=(2, 9), a=(2, 20), b=(2, 20), c=(2, 9)), (
        "{p} has {a} pages of math and {b} pages of spelling to do.",
        "For tomorrow {p} must finish {b} pages of spelling and {a} pages of math.",
        "There are {a} math pages and {b} spelling pages in {p}'s folder.",
    ), (
        ("Each page has {m} exercises. How many exercises are there?", "a+b,1*m"),
        ("{p} does {m} pages an hour. How many hours will it take?", "a+b,1/m"),
        ("{c} pages are done already. How many pages are left?", "a+b,1-c"),
        ("How many more math pages than spelling pages are there?", "a-b"),
    )),
    "friends_split_money": Scene("dear", dict(a=(10, 90), b=(5, 60), k=(2, 6), c=(2, 30)), (
        "{p} earned {a:$} washing cars and {b:$} raking leaves.",
        "{p} got {a:$} for {p.his} birthday and {b:$} from {p.his} aunt.",
        "In June {p} saved {a:$}, in July {b:$}.",
    ), (
        ("{p} spends it evenly over {k} weeks. How much is that per week?", "a+b,1/k"),
        ("{p.He} spent {c:$} of it. How much is left?", "a+b,1-c"),
        ("How many books for {k:$} each can {p} buy with it?", "a+b,1/k"),
        ("{p} pays {c:$} for a ball and then buys books for {k:$} each. How many books can {p} buy?", "a+b,1-c,2/k"),
    )),
}  # fmt: skip

FAMILIES = families(SCENES)
