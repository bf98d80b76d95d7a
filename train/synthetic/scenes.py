"""Scenes with more numbers than any question needs, in the manner of perturbed one-step problems.

A reader who has learned that "lost" means minus fails here: only the question tells what to do.
"""

# ruff: noqa: C408  (dict(a=a, b=b) reads best where keys are the slots of a text)
from __future__ import annotations

from train.synthetic.scene import Scene, families

SCENES = {
    "made_and_sold": Scene("baked", dict(a=(10, 200), b=(10, 200), c=("a",), e=("b",)), (
        "A baker made {a} {t} and {b} {u}. By evening {c} {t} and {e} {u} were sold.",
        "{p} baked {b} {u} and {a} {t}. {p.He} sold {e} {u} and {c} {t}.",
        "For the fair {p} made {a} {t} and {b} {u}. {q} bought {c} of the {t} and {e} of the {u}.",
    ), (
        ("How many {t} are left?", "a-c"),
        ("How many {u} were not sold?", "b-e"),
        ("How many more {t} than {u} were made?", "a-b"),
        ("How many more {u} than {t} were sold?", "e-c"),
        ("How many {t} and {u} were made in all?", "a+b"),
        ("What is the total number of {t} and {u} that were sold?", "c+e"),
        ("How many {t} and {u} are left in total?", "a-c,b-e,1+2"),
        ("How many more {t} than {u} are left?", "a-c,b-e,1-2"),
    )),
    "visitors": Scene("toy", dict(a=(8, 600), b=(8, 600), c=(8, 600)), (
        "{a} people visited a castle on {d1}, {b} on {d2} and {c} on {d3}.",
        "A museum had {a} visitors on {d1}. On {d2} it had {b} visitors, and on {d3} there were {c}.",
        "{p} counted the cars on the street: {a} on {d1}, {b} on {d2} and {c} on {d3}.",
    ), (
        ("How many more were there on {d1} than on {d2}?", "a-b"),
        ("How many more came on {d2} than on {d3}?", "b-c"),
        ("How many were counted on {d1} and {d3} together?", "a+c"),
        ("How many came on {d2} and {d3}?", "b+c"),
        ("How many fewer were there on {d1} than on {d3}?", "c-a"),
        ("How many were there in the three days?", "a+b,1+c"),
        ("How many more came on {d1} and {d2} together than on {d3}?", "a+b,1-c"),
    )),
    "book": Scene("toy", dict(e=(2, 15), b=("e", 5, 40), a=("e", 2, 6), c=("b",)), (
        "{p} is reading a book with {a} chapters and {b} pages.",
        "A book has {b} pages in {a} chapters. {p} started to read it.",
        "A friend gave {p} a book of {a} chapters. It has {b} pages.",
    ), (
        ("{p.He} read{p.s} it in {e} days, the same number of pages each day. How many pages did {p} read per day?", "b/e"),
        ("If {p} finishes it in {e} days at a steady pace, how many chapters is that a day?", "a/e"),
        ("{p} has read {c} pages. How many pages are left?", "b-c"),
        ("After {e} days {p} was on page {c}. How many pages are still to be read?", "b-c"),
    )),
    "crates_sorted": Scene("crop", dict(a=(3, 90), b=(2, 90), c=(2, 30)), (
        "{p} sorts {a} crates of large {t} and {b} crates of small {t} every day.",
        "On a farm, {a} crates of large {t} and {b} crates of small {t} are picked per day.",
        "Each day the workers fill {b} crates with small {t} and {a} crates with large {t}.",
    ), (
        ("How many crates of large {t} are there after {c} days?", "a*c"),
        ("How many crates of small {t} are filled in {c} days?", "b*c"),
        ("By how many crates do the large {t} exceed the small ones each day?", "a-b"),
        ("How many crates is that per day in all?", "a+b"),
        ("How many crates are filled in {c} days altogether?", "a+b,1*c"),
        ("After {c} days, how many more crates of large {t} than of small {t} are there?", "a-b,1*c"),
    )),
    "lost_and_found": Scene("toy", dict(a=(10, 200), b=("a",), c=(2, 60)), (
        "{p} had {a} {t} in {p.his} collection. {p.He} lost {b} of them and found {c} new ones.",
        "{p} lost {b} of {p.his} {a} {t}. Later {p.he} found {c} others.",
        "From {a} {t}, {p} gave {b} to {q}. {q} gave {p.him} {c} other {t} back.",
    ), (
        ("How many {t} does {p} have now?", "a-b,1+c"),
        ("How many {t} did {p} have before the new ones came?", "a-b"),
        ("How many more {t} went away than came?", "b-c"),
        ("How many more {t} came than went away?", "c-b"),
    )),
    "collection_then_now": Scene("toy", dict(a=(3, 90), b=(3, 90), c=(20, 200), e=(20, 200)), (
        "{p} found {a} {t} and {b} {u} at the park. Now {p.he} {p.has} {c} {t} and {e} {u} in {p.his} collection.",
        "After getting {b} {u} and {a} {t} from {q}, {p} owns {e} {u} and {c} {t}.",
        "{p} bought {a} {t} and {b} {u} today. That makes {c} {t} and {e} {u} in all.",
    ), (
        ("How many {t} did {p} have before?", "c-a"),
        ("How many {u} did {p} have at first?", "e-b"),
        ("How many more {t} than {u} does {p} have now?", "c-e"),
        ("How many more {u} than {t} did {p} get today?", "b-a"),
        ("How many {t} and {u} does {p} have now in all?", "c+e"),
        ("How many more {t} than {u} did {p} have before?", "c-a,e-b,1-2"),
    )),
    "exercise_pair": Scene("toy", dict(a=(5, 90), b=(5, 90), c=(2, 40), e=("b",)), (
        "{p} did {a} push-ups and {b} sit-ups. {q} did {c} more push-ups but {e} fewer sit-ups than {p}.",
        "In gym class {p} did {b} sit-ups and {a} push-ups. {q} did {e} sit-ups less and {c} push-ups more than {p}.",
        "{q} did {c} more push-ups and {e} fewer sit-ups than {p}. {p} did {a} push-ups and {b} sit-ups.",
    ), (
        ("How many push-ups did {q} do?", "a+c"),
        ("How many sit-ups did {q} do?", "b-e"),
        ("How many more push-ups than sit-ups did {p} do?", "a-b"),
        ("How many exercises did {p} do in all?", "a+b"),
        ("How many push-ups did they do together?", "a+c,a+1"),
        ("How many more push-ups than sit-ups did {q} do?", "a+c,b-e,1-2"),
        ("How many push-ups and sit-ups did {q} do altogether?", "a+c,b-e,1+2"),
    )),
    "pond": Scene("toy", dict(a=(2, 30), b=(2, 30), c=(2, 30)), (
        "{a} ducks and {b} swans were swimming on a pond. Soon {c} more ducks arrived.",
        "On a lake swam {a} ducks and {b} swans. Then another {c} ducks landed there.",
        "There were {b} swans and {a} ducks on a river until {c} more ducks flew in.",
    ), (
        ("How many ducks are there now?", "a+c"),
        ("How many water birds were there at first?", "a+b"),
        ("How many water birds are there now?", "a+b,1+c"),
        ("How many more ducks than swans are there now?", "a+c,1-b"),
        ("How many more swans than ducks were there at first?", "b-a"),
    )),
    "priced_shirts": Scene("made", dict(m=(2, 40), a=(3, 60), b=(3, 60)), (
        "A shop sells {t} for {m:$} each. It sold {a} in the morning and {b} in the afternoon.",
        "{p} sells {t} at {m:$} apiece. In the morning {p.he} sold {a}, in the afternoon {b}.",
        "Every {t.one} brings {m:$}. {a} of them were sold in the morning and {b} in the afternoon.",
    ), (
        ("How much money came in during the morning?", "a*m"),
        ("How much was earned in the afternoon?", "b*m"),
        ("How many {t} were sold that day?", "a+b"),
        ("How many more {t} were sold in the morning than in the afternoon?", "a-b"),
        ("How much was earned that day?", "a+b,1*m"),
        ("How much more money came in during the afternoon than in the morning?", "b-a,1*m"),
    )),
    "packets": Scene("toy", dict(k=(2, 25), m=(2, 25), n=(2, 40), l=(2, 30)), (
        "{p} bought {k} packets for {m:$} each. Every packet has {n} {t} in it.",
        "Packets of {n} {t} cost {m:$} each. {p} buys {k} packets.",
        "One packet costs {m:$} and contains {n} {t}. {p} takes {k} packets.",
    ), (
        ("How much does {p} pay?", "k*m"),
        ("How many {t} does {p} get?", "k*n"),
        ("How many {t} will {p} have left after giving away {l}?", "k*n,1-l"),
        ("How much does {p} pay if {p.he} get{p.s} {l:$} off the total?", "k*m,1-l"),
    )),
    "rooms": Scene("toy", dict(k=(2, 25), m=(2, 40), n=(2, 30)), (
        "A school has {k} classrooms. In each there are {m} chairs and {n} tables.",
        "There are {m} chairs and {n} tables in each of {k} rooms.",
        "Every one of {k} halls is furnished with {n} tables and {m} chairs.",
    ), (
        ("How many chairs are there in all?", "k*m"),
        ("How many tables are there?", "k*n"),
        ("How many more chairs than tables are in one room?", "m-n"),
        ("How many pieces of furniture are in one room?", "m+n"),
        ("How many chairs and tables are there altogether?", "m+n,k*1"),
        ("How many more chairs than tables are there in total?", "m-n,k*1"),
    )),
    "party_bags": Scene("toy", dict(k=(2, 12), a=("k", 2, 25), b=("k", 2, 25), c=(2, 9)), (
        "{p} divides {a} {t} and {b} {u} equally among {k} friends.",
        "{k} children share {b} {u} and {a} {t} equally.",
        "{p} has {a} {t}, {b} {u} and fills {k} equal bags with all of them.",
    ), (
        ("How many {t} are in one share?", "a/k"),
        ("How many {u} does each share have?", "b/k"),
        ("How many {t} and {u} are there in all?", "a+b"),
        ("How many more {t} than {u} are there?", "a-b"),
        ("How many things are in one share?", "a+b,1/k"),
        ("How many {t} are in {c} shares?", "a/k,c*1"),
    )),
    "mortar": Scene("toy", dict(a=(4, 25), b=(3, 25), c=("a",)), (
        "A mason mixes {a} buckets of sand with {b} buckets of cement. {c} buckets of sand are in the mixer.",
        "For a wall {p} needs {b} buckets of cement and {a} buckets of sand. So far {c} buckets of sand have been poured.",
        "The mixer already holds {c} buckets of sand. The plan asks for {a} buckets of sand and {b} of cement.",
    ), (
        ("How many buckets of sand are missing?", "a-c"),
        ("How many buckets are in the full mix?", "a+b"),
        ("By how many buckets does the plan have more cement than sand?", "b-a"),
        ("The cement is not in yet. How many buckets are still to be poured in all?", "a-c,1+b"),
        ("No cement has been poured. How many more buckets of cement than of sand are missing?", "a-c,b-1"),
    )),
    "spending": Scene("dear", dict(a=(60, 300), b=(10, 100), c=(10, 100), e=(5, 60)), (
        "{p} had {a:$}. {p.He} spent {b:$} on {t.a} and {c:$} on {u.a}.",
        "{p} bought {t.a} for {b:$} and {u.a} for {c:$}. Before that {p.he} had {a:$}.",
        "With {a:$} in {p.his} wallet, {p} went out and paid {b:$} for {t.a} and {c:$} for {u.a}.",
    ), (
        ("How much did {p} spend in all?", "b+c"),
        ("How much more did the {t.one} cost than the {u.one}?", "b-c"),
        ("How much does {p} have left?", "b+c,a-1"),
        ("Then {q} gave {p.him} {e:$}. How much did {p} spend?", "b+c"),
        ("How much cheaper was the {t.one} than the {u.one}?", "c-b"),
        ("Then {q} gave {p.him} {e:$}. How much money does {p} have now?", "b+c,a-1,2+e"),
    )),
    "halves_of_match": Scene("toy", dict(a=(2, 60), b=(2, 60), c=(2, 60), e=(2, 60)), (
        "{p}'s team scored {a} points in the first half and {b} in the second. {q}'s team scored {c} and {e}.",
        "In the first half {p}'s team made {a} points and {q}'s team {c}. In the second half it was {b} for {p}'s team and {e} for {q}'s.",
        "A game had two halves. {p}'s team got {a} points, then {b}. {q}'s team got {c} points, then {e}.",
    ), (
        ("How many points did {p}'s team score in all?", "a+b"),
        ("How many points did {q}'s team have at the end?", "c+e"),
        ("How many more points did {p}'s team score in the first half than {q}'s team?", "a-c"),
        ("How many points were scored in the second half?", "b+e"),
        ("By how many points did {p}'s team win?", "a+b,c+e,1-2"),
        ("How many points did both teams score in the whole game?", "a+b,c+e,1+2"),
    )),
    "girls_and_boys": Scene("toy", dict(a=(10, 400), b=(10, 400), c=("a",), e=("b",)), (
        "{a} girls and {b} boys came to a camp. {c} girls and {e} boys can swim.",
        "A school has {b} boys and {a} girls. Of these, {e} boys and {c} girls can swim.",
        "There are {a} girls and {b} boys in a club. {c} of the girls and {e} of the boys can swim.",
    ), (
        ("How many girls cannot swim?", "a-c"),
        ("How many boys cannot swim?", "b-e"),
        ("How many children can swim?", "c+e"),
        ("How many children are there?", "a+b"),
        ("How many more girls than boys are there?", "a-b"),
        ("How many children cannot swim?", "a-c,b-e,1+2"),
    )),
    "worksheets": Scene("toy", dict(a=(2, 30), b=(2, 30), c=(2, 30), m=(2, 9)), (
        "{p} has a folder with {a} math sheets, {b} history sheets and {c} art sheets.",
        "For the holidays {p} got {b} history sheets, {c} art sheets and {a} math sheets.",
        "On {p}'s desk lie {c} art sheets, {a} math sheets and {b} history sheets.",
    ), (
        ("How many math and history sheets are there?", "a+b"),
        ("How many more math sheets than art sheets are there?", "a-c"),
        ("How many sheets are not about math?", "b+c"),
        ("{p} fills in {m} sheets an hour. How many hours do math and history take?", "a+b,1/m"),
        ("How many sheets are there in all?", "a+b,1+c"),
        ("Each sheet has {m} tasks. How many tasks are there in math and art?", "a+c,1*m"),
    )),
    "two_walkers": Scene("toy", dict(a=(2, 30), b=(2, 30), k=(2, 9)), (
        "{p} walks {a} miles a day and {q} walks {b} miles a day.",
        "Every day {q} runs {b} miles and {p} runs {a} miles.",
        "{p} cycles {a} miles each day. {q} cycles {b} miles each day.",
    ), (
        ("How many miles does {p} cover in {k} days?", "a*k"),
        ("How many miles does {q} cover in {k} days?", "b*k"),
        ("How many more miles than {q} does {p} cover in a day?", "a-b"),
        ("How many miles do they cover together in one day?", "a+b"),
        ("How many miles do both cover in {k} days?", "a+b,1*k"),
        ("How many more miles than {q} does {p} cover in {k} days?", "a-b,1*k"),
    )),
    "boxes_used": Scene("made", dict(k=(2, 20), m=(2, 30), b=(2, 40), c=(2, 9)), (
        "{p} has {k} boxes with {m} {t} in each. {p.He} already used {b} {t} from another bag.",
        "There are {b} {t} on the table and {k} boxes of {m} {t} on the shelf.",
        "{p} bought {b} single {t} and {k} boxes with {m} {t} per box.",
    ), (
        ("How many {t} are in the boxes?", "k*m"),
        ("{c} boxes are given away. How many boxes are left?", "k-c"),
        ("{p} takes away {c} boxes. How many {t} are in the boxes that are left?", "k-c,1*m"),
        ("{c} {t} are taken out of the boxes. How many are still in the boxes?", "k*m,1-c"),
    )),
    "candy_flavors": Scene("food", dict(a=(5, 90), b=(5, 90), c=("a",), e=("b",)), (
        "{p} had {a} {t} and {b} {u}. {p.He} ate {c} {t} and {e} {u}.",
        "In a bowl were {b} {u} and {a} {t}. {p} ate {e} {u} and {c} {t} from it.",
        "{p} ate {c} of {a} {t} and {e} of {b} {u}.",
    ), (
        ("How many {t} are left?", "a-c"),
        ("How many {u} are left?", "b-e"),
        ("How many more {t} than {u} were eaten?", "c-e"),
        ("How many {t} and {u} did {p} eat in all?", "c+e"),
        ("How many more {u} than {t} were there at first?", "b-a"),
        ("How many {t} and {u} remain together?", "a-c,b-e,1+2"),
    )),
    "weekly_pay": Scene("dear", dict(a=(20, 300), b=("a",), k=(2, 12)), (
        "{p} earns {a:$} a week and spends {b:$} of it on food.",
        "Each week {p} gets {a:$}. {p.He} spend{p.s} {b:$} a week on food.",
        "{p} pays {b:$} a week for food and earns {a:$} a week.",
    ), (
        ("How much does {p} earn in {k} weeks?", "a*k"),
        ("How much does {p} spend on food in {k} weeks?", "b*k"),
        ("How much is left each week?", "a-b"),
        ("How much can {p} save in {k} weeks?", "a-b,1*k"),
    )),
    "animals_pair": Scene("animal", dict(a=(5, 90), b=(5, 90), c=(2, 30), e=("b",)), (
        "A farmer had {a} {t} and {b} {u}. Then the farmer bought {c} more {t} and sold {e} {u}.",
        "There were {b} {u} and {a} {t} on a farm. {c} {t} were born and {e} {u} were sold.",
        "{p} kept {a} {t} and {b} {u}. {q} took {e} {u} and brought {c} {t}.",
    ), (
        ("How many {t} are there now?", "a+c"),
        ("How many {u} are left?", "b-e"),
        ("How many {t} and {u} were there at first?", "a+b"),
        ("How many more {u} than {t} were there in the beginning?", "b-a"),
        ("How many animals are there now?", "a+c,b-e,1+2"),
        ("How many more {t} than {u} are there now?", "a+c,b-e,1-2"),
    )),
}  # fmt: skip

FAMILIES = families(SCENES)
