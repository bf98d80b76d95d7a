"""Longer stories of everyday life, three to five steps: trips, shops, harvests, shifts and budgets."""

# ruff: noqa: C408  (dict(a=a, b=b) reads best where keys are the slots of a text)
from __future__ import annotations

from train.synthetic.scene import Scene, families

SCENES = {
    "fuel": Scene("toy", dict(m=(10, 40), k=(2, 6), a=("m", 1, 5), g=("$", 2, 6)), (
        "{p}'s car goes {m} miles on a gallon of gas. {p} drives {a} miles a day for {k} days. Gas costs {g:$} a gallon.",
        "Gas is {g:$} per gallon, and {p}'s van gets {m} miles per gallon. On each of {k} days {p} drives {a} miles.",
        "For {k} days {p} delivers parcels, {a} miles every day. One gallon of gas lasts {m} miles and costs {g:$}.",
    ), (
        ("How many gallons does {p} need?", "a*k,1/m"),
        ("How much does {p} spend on gas?", "a*k,1/m,2*g"),
        ("What is the total cost of the gas?", "a*k,1/m,2*g"),
    )),
    "supplies": Scene("school", dict(k=(3, 20), m=(5, 30), n=(4, 30), j=(2, 9)), (
        "A teacher buys {k} packs of {m} {t}. There are {n} students, and each gets {j} {t}.",
        "There are {m} {t} in a pack. {p} has {k} packs and hands out {j} {t} to each of {n} children.",
        "{p} gives {j} {t} to every one of {n} students. Before that {p.he} had {k} packs with {m} {t} in each.",
    ), (
        ("How many {t} are left over?", "k*m,n*j,1-2"),
        ("How many {t} are given out?", "n*j"),
        ("How many {t} remain?", "k*m,n*j,1-2"),
    )),
    "seats": Scene("toy", dict(k=(2, 9), m=(12, 50), a=(10, 200), b=(2, 30)), (
        "A school rents {k} buses with {m} seats each. {a} students and {b} teachers come along.",
        "{a} children and {b} adults travel on {k} buses. Each bus has {m} seats.",
        "There are {m} seats on each of {k} boats. {b} guides and {a} tourists get on.",
    ), (
        ("How many seats stay empty?", "k*m,a+b,1-2"),
        ("How many free seats are there?", "k*m,a+b,1-2"),
        ("How many seats are there in all?", "k*m"),
        ("How many people are there?", "a+b"),
    )),
    "tomato_rows": Scene("crop", dict(k=(2, 9), m=(2, 12), n=(2, 9), c=(2, 5), b=(3, 50)), (
        "{p} has {k} rows of plants with {m} plants in a row. Each plant gives {n} {t}. {p} keeps {b} {t} and sells the rest for {c:$} each.",
        "In a garden there are {k} beds of {m} plants. {n} {t} grow on every plant. {b} {t} are eaten, the others are sold at {c:$} apiece.",
        "Every plant in {p}'s greenhouse bears {n} {t}. There are {k} rows of {m} plants. {p.He} give{p.s} {b} {t} away and sell{p.s} the others for {c:$} each.",
    ), (
        ("How much money does {p} get?", "k*m,1*n,2-b,3*c"),
        ("How many {t} grow there in all?", "k*m,1*n"),
        ("How many {t} are sold?", "k*m,1*n,2-b"),
        ("How much does {p} earn?", "k*m,1*n,2-b,3*c"),
    )),
    "phone_plan": Scene("toy", dict(a=(10, 60), b=(2, 9), k=(2, 12), n=(2, 9)), (
        "A phone plan costs {a:$} a month plus {b:$} for every extra gigabyte. {p} uses {k} extra gigabytes each month.",
        "{p} pays {a:$} a month for internet and {b:$} for each movie. Every month {p.he} watch{p.es} {k} movies.",
        "Every month {p} takes {k} swimming lessons at {b:$} each. The club also charges {a:$} a month.",
    ), (
        ("How much does {p} pay in a month?", "b*k,a+1"),
        ("How much does {p} pay in {n} months?", "b*k,a+1,2*n"),
        ("What is the cost of {n} months?", "b*k,a+1,2*n"),
    )),
    "pet_food": Scene("pet", dict(a=(2, 9), m=(2, 9), c=(2, 5), k=(2, 5)), (
        "{p} has {a} dogs. Each dog eats {m} cups of food a day. A cup of food costs {c:$}.",
        "A shelter keeps {a} cats that need {m} cans of food a day each. One can costs {c:$}.",
        "Each of {p}'s {a} horses eats {m} bags of oats a day. A bag is {c:$}.",
    ), (
        ("How much does the food cost for a week?", "a*m,1*W,2*c"),
        ("How much is spent on food each day?", "a*m,1*c"),
        ("What do {k} weeks of food cost?", "a*m,1*W,2*c,3*k"),
    )),
    "three_days": Scene("toy", dict(a=(5, 60), b=("a",), g=(200, 500)), (
        "{p} read {a} pages on {d1}. On {d2} {p.he} read twice as many, and on {d3} {b} fewer than on {d2}.",
        "On {d1} {p} wrote {a} lines. On {d2} {p.he} wrote double that, and on {d3} {b} less than on {d2}.",
        "{p} sold {a} raffle tickets on {d1} and twice that number on {d2}. On {d3} {p.he} sold {b} fewer than on {d2}.",
    ), (
        ("How many was that in the three days?", "T*a,1-b,a+1,3+2"),
        ("How many was that on {d3}?", "T*a,1-b"),
        ("How many was that on {d1} and {d2} together?", "T*a,a+1"),
        ("The goal was {g}. How many are still missing?", "T*a,1-b,a+1,3+2,g-4"),
    )),
    "paint": Scene("toy", dict(a=(4, 30), c=(4, 20), b=("c", 1, 3), m=(3, 20)), (
        "A wall is {a} feet long and {b} feet high. One can of paint covers {c} square feet and costs {m:$}.",
        "{p} paints a fence of {a} by {b} feet. A can is {m:$} and is enough for {c} square feet.",
        "Each can of paint covers {c} square feet. {p} wants to paint a floor {a} feet long and {b} feet wide. Paint costs {m:$} a can.",
    ), (
        ("How many cans are needed?", "a*b,1/c"),
        ("How much does the paint cost?", "a*b,1/c,2*m"),
        ("How many square feet are painted?", "a*b"),
    )),
    "party_drinks": Scene("toy", dict(m=(2, 5), n=("of", 4, 5, 6, 8, 10), a=("n", 1, 6), c=("$", 2, 6), b=(10, 90)), (
        "{p} invites {a} guests. Each guest drinks {m} cups of juice. A bottle holds {n} cups and costs {c:$}.",
        "For a party of {a} people, {p} plans {m} cups of soda per person. There are {n} cups in a bottle, and a bottle is {c:$}.",
        "One bottle of water fills {n} cups and costs {c:$}. {a} players drink {m} cups each.",
    ), (
        ("How many cups are drunk in all?", "a*m"),
        ("How many bottles are needed?", "a*m,1/n"),
        ("How much do the bottles cost?", "a*m,1/n,2*c"),
        ("A cake costs {b:$}. How much do the cake and the bottles cost together?", "a*m,1/n,2*c,b+3"),
    )),
    "allowance": Scene("dear", dict(f=("fraction",), a=("f", 2, 20), k=(2, 12), g=(100, 500)), (
        "{p} gets {a:$} a week. {p.He} spend{p.s} {f} of it and save{p.s} the rest.",
        "Every week {p} earns {a:$}, spends {f} of the money and puts the rest in a jar.",
        "{p} uses {f} of {p.his} weekly {a:$} for snacks. The remaining money goes into savings.",
    ), (
        ("How much does {p} save each week?", "a/f,a-1"),
        ("How much has {p} saved after {k} weeks?", "a/f,a-1,2*k"),
        ("{p} wants {t.a} for {g:$}. How much is still missing after {k} weeks?", "a/f,a-1,2*k,g-3"),
    )),
    "ages": Scene("toy", dict(a=(4, 20), k=(2, 4), b=(2, 15), n=(2, 15)), (
        "{p} is {a} years old. {p.His} aunt is {k:x} as old, and {q} is {b} years younger than the aunt.",
        "{p}'s aunt is {k:x} as old as {p}, who is {a}. {q} is {b} years younger than the aunt.",
        "{q} is {b} years younger than {p}'s aunt. The aunt is {k:x} as old as {p}. {p} is {a} years old.",
    ), (
        ("How old is {q}?", "k*a,1-b"),
        ("How old will {q} be in {n} years?", "k*a,1-b,2+n"),
        ("How old are {p} and {q} taken together?", "k*a,1-b,a+2"),
        ("What do the three ages add up to?", "k*a,1-b,a+1,3+2"),
    )),
    "factory": Scene("made", dict(m=("of", 5, 10, 15, 20, 25, 30, 40), h=(2, 8), k=(2, 5), r=("of", 5, 10, 20, 25, 30)), (
        "A machine makes {m} {t} an hour and runs {h} hours a day for {k} days.",
        "For {k} days a workshop is open {h} hours a day. It makes {m} {t} every hour.",
        "Workers make {m} {t} per hour. They work {h} hours a day on {k} days.",
    ), (
        ("How many {t} are made?", "m*h,1*k"),
        ("{r}% of the {t} are faulty. How many are faulty?", "m*h,1*k,2%r"),
        ("How many good {t} are there if {r} percent are faulty?", "m*h,1*k,2%r,2-3"),
    )),
    "hotel": Scene("toy", dict(a=(30, 150), b=(3, 25), k=(2, 7), c=(5, 60)), (
        "A hotel room costs {a:$} a night. Breakfast is {b:$} more per night. {p} stays {k} nights.",
        "{p} rents a cabin for {k} nights at {a:$} a night and a boat at {b:$} a night.",
        "For each of {k} nights {p} pays {a:$} for a room and {b:$} for parking.",
    ), (
        ("How much does {p} pay in all?", "a+b,1*k"),
        ("How much does {p} pay with a discount of {c:$} on the total?", "a+b,1*k,2-c"),
        ("How much would the {k} nights cost without the extra?", "a*k"),
    )),
    "time_budget": Scene("toy", dict(a=(2, 6), k=(2, 8), m=(5, 40), b=(5, 40)), (
        "{p} has {a} hours for homework. There are {k} tasks of {m} minutes each.",
        "A train ride takes {a} hours. {p} watches {k} cartoons on it that last {m} minutes each.",
        "{p} is at the gym for {a} hours. {p.He} {p.does} {k} exercises of {m} minutes each.",
    ), (
        ("How many minutes are left?", "a*H,k*m,1-2"),
        ("How many minutes are left if there is also a break of {b} minutes?", "a*H,k*m,1-2,3-b"),
        ("How many minutes do the {k} of them take?", "k*m"),
    )),
    "egg_money": Scene("toy", dict(a=("of", 6, 12, 24, 36, 48), k=(2, 4), m=(2, 6), n=(2, 5)), (
        "{p} has {a} hens. Each hen lays {k} eggs a day. {p} sells eggs for {m:$} a dozen.",
        "On a farm {a} hens lay {k} eggs each every day. A dozen eggs sells for {m:$}.",
        "A dozen eggs costs {m:$} at {p}'s stand. {p.His} {a} ducks lay {k} eggs each per day.",
    ), (
        ("How much does {p} earn in a week?", "a*k,1*W,2/D,3*m"),
        ("How many dozen eggs are there in a week?", "a*k,1*W,2/D"),
        ("How many eggs are laid in a week?", "a*k,1*W"),
        ("How much does {p} earn per day?", "a*k,1/D,2*m"),
    )),
    "shipping": Scene("dear", dict(a=("of", 20, 40, 50, 60, 80, 100, 120, 150, 200, 300), r=("of", 5, 10, 15, 20, 25, 30, 40, 50), b=(3, 25)), (
        "{t.a} costs {a:$} in an online shop. It is {r}% off, and shipping costs {b:$}.",
        "{p} orders {t.a} for {a:$} with a discount of {r} percent. {p.He} pay{p.s} {b:$} for shipping.",
        "An online shop takes {r}% off the price of {t.a}, which is {a:$}. Shipping is {b:$} extra.",
    ), (
        ("How much does {p} pay in total?", "a%r,a-1,2+b"),
        ("How many dollars is the discount?", "a%r"),
        ("What is the total with shipping?", "a%r,a-1,2+b"),
        ("What is the price before shipping?", "a%r,a-1"),
    )),
    "waiter": Scene("toy", dict(m=(8, 20), h=(3, 9), k=(3, 20), n=(2, 9), l=(2, 5)), (
        "{p} earns {m:$} an hour as a waiter and works {h} hours a day. {p.He} serve{p.s} {k} tables, and each leaves {n:$} as a tip.",
        "In a cafe {p} gets {m:$} per hour for {h} hours, and {k} tables tip {p.him} {n:$} each every day.",
        "Each day {p} works {h} hours for {m:$} an hour and gets tips of {n:$} from each of {k} tables.",
    ), (
        ("How much does {p} earn in a day?", "m*h,k*n,1+2"),
        ("How much does {p} earn in {l} days?", "m*h,k*n,1+2,3*l"),
        ("How much are the tips of one day?", "k*n"),
        ("How much more does {p} get as wages than as tips?", "m*h,k*n,1-2"),
    )),
    "way_to_school": Scene("toy", dict(f=("fraction",), g=("fraction",), a=(12, 300)), (
        "A school has {a} students. {f} of them take the bus, and {g} of the rest walk. The others come by bike.",
        "Of {a} students, {f} come by bus. {g} of the remaining students walk, and all others ride a bike.",
        "In a club of {a} children, {f} come by bus, {g} of the others walk, and the rest come by bike.",
    ), (
        ("How many come by bike?", "a/f,a-1,2/g,2-3"),
        ("How many walk?", "a/f,a-1,2/g"),
        ("How many do not take the bus?", "a/f,a-1"),
    )),
    "workers": Scene("toy", dict(k=(2, 9), h=(2, 9), n=(2, 6), m=(8, 20)), (
        "{k} workers each work {h} hours a day for {n} days. They are paid {m:$} an hour.",
        "{p} hires {k} painters for {n} days. Each works {h} hours a day and gets {m:$} per hour.",
        "It takes {k} gardeners {n} days, working {h} hours a day, to finish a park. Each gardener earns {m:$} an hour.",
    ), (
        ("How many hours do they work in all?", "k*h,1*n"),
        ("How much does one of them earn?", "h*n,1*m"),
        ("What is the total pay for all of them?", "k*h,1*n,2*m"),
    )),
    "giving_away": Scene("toy", dict(g=(60, 400), k=(2, 9), a=(3, 20), b=(5, 50), n=(2, 8)), (
        "{p} has {g} {t}. {p.He} give{p.s} {a} to each of {k} friends and {b} to {p.his} sister.",
        "Out of {g} {t}, {p} gives {b} to {q} and {a} to each of {k} classmates.",
        "{k} children get {a} {t} each from {p}, and {q} gets {b}. {p} had {g} {t} at first.",
    ), (
        ("How many {t} does {p} have left?", "k*a,1+b,g-2"),
        ("How many {t} does {p} give away?", "k*a,1+b"),
        ("{p} puts the rest into {n} equal bags. How many {t} are in each bag?", "k*a,1+b,g-2,3/n"),
    )),
    "apart": Scene("toy", dict(a=(3, 60), b=(3, 60), k=(2, 8)), (
        "{p} and {q} start at the same place and drive in opposite directions, {p} at {a} miles per hour and {q} at {b} miles per hour.",
        "Two trains leave a station in opposite directions. One goes {a} miles an hour, the other {b}.",
        "{p} rides east at {a} miles an hour. From the same camp {q} goes west at {b} miles an hour.",
    ), (
        ("How far apart are they after {k} hours?", "a*k,b*k,1+2"),
        ("How many miles apart are they when {k} hours have passed?", "a*k,b*k,1+2"),
    )),
    "dozens_stock": Scene("baked", dict(k=(3, 20), b=(5, 60), c=(5, 60), n=(2, 9), m=(2, 5)), (
        "A bakery had {k} dozen {t}. It sold {b} in the morning and then baked {c} more.",
        "{p} brought {k} dozen {t} to school. {b} were eaten at once, and {q} brought {c} more.",
        "There were {k} dozen {t} for the fair. After {b} were sold, {p} added {c} new ones.",
    ), (
        ("How many {t} are there now?", "k*D,1-b,2+c"),
        ("They are packed into boxes of {n}. How many boxes are filled?", "k*D,1-b,2+c,3/n"),
        ("All that are there now are sold for {m:$} each. How much money is that?", "k*D,1-b,2+c,3*m"),
    )),
    "lawn_money": Scene("dear", dict(m=(5, 20), k=(2, 12), b=(5, 60), a=(100, 400)), (
        "{p} wants to buy {t.a} for {a:$}. {p.He} {p.has} {b:$} and earned {m:$} for each of {k} lawns.",
        "{t.a} costs {a:$}. {p} had {b:$} and then mowed {k} lawns for {m:$} each.",
        "{p} mows {k} lawns at {m:$} per lawn. Together with {b:$} from {p.his} uncle {p.he} want{p.s} to pay {a:$} for {t.a}.",
    ), (
        ("How much more money does {p} need?", "m*k,b+1,a-2"),
        ("How much did the lawns bring?", "m*k"),
        ("How much money does {p} have so far?", "m*k,b+1"),
    )),
    "weights": Scene("food", dict(k=(3, 24), m=(2, 20), b=(3, 40), n=(2, 9)), (
        "A box holds {k} cans of {m} ounces each. The empty box weighs {b} ounces.",
        "{k} jars with a weight of {m} ounces each are packed in a crate that weighs {b} ounces.",
        "An empty basket weighs {b} ounces. {p} puts {k} bottles of {m} ounces each into it.",
    ), (
        ("How many ounces does it weigh when full?", "k*m,1+b"),
        ("How many ounces do {n} full ones weigh?", "k*m,1+b,2*n"),
        ("How many ounces do the things inside weigh?", "k*m"),
    )),
    "pizza": Scene("toy", dict(k=(2, 12), m=("of", 6, 8, 10, 12), a=(2, 20), n=(2, 5), c=("$", 8, 15)), (
        "{p} orders {k} pizzas with {m} slices each. {a} people eat {n} slices each. A pizza costs {c:$}.",
        "There are {k} pizzas of {m} slices for {a} people, and each person eats {n} slices. One pizza is {c:$}.",
        "Each of {a} guests eats {n} slices of pizza. {p} bought {k} pizzas for {c:$} each, cut into {m} slices.",
    ), (
        ("How many slices are left?", "k*m,a*n,1-2"),
        ("How many slices are eaten?", "a*n"),
        ("How many slices are there at first?", "k*m"),
        ("How much do the pizzas cost?", "k*c"),
    )),
    "two_trees": Scene("toy", dict(a=(5, 60), m=(2, 9), b=(5, 60), n=(2, 9), k=(2, 9)), (
        "{p}'s tree is {a} feet tall and grows {m} feet a year. {q}'s tree is {b} feet tall and grows {n} feet a year.",
        "Two trees stand side by side. {p}'s is {a} feet tall and {q}'s is {b}. Every year {p}'s grows {m} feet and {q}'s "
        "{n} feet.",
        "{p}'s plant has a height of {a} inches and gains {m} inches a year. {q}'s has {b} inches and gains {n} inches a year.",
    ), (
        ("How tall is {p}'s after {k} years?", "m*k,a+1"),
        ("How tall will {q}'s be in {k} years?", "n*k,b+1"),
        ("By how much will {p}'s be taller than {q}'s after {k} years?", "m*k,a+1,n*k,b+3,2-4"),
    )),
    "reading_pace": Scene("toy", dict(m=(5, 40), h=(2, 5), g=("m*h", 2, 8), n=(2, 5)), (
        "{p} reads {m} pages an hour and reads {h} hours a day. The book has {g} pages.",
        "A book has {g} pages. {p} reads for {h} hours every day, {m} pages an hour.",
        "{p} has to copy {g} pages. {p.He} can do {m} pages per hour and sit{p.s} at it {h} hours a day.",
    ), (
        ("How many pages is that a day?", "m*h"),
        ("How many days does it take?", "m*h,g/1"),
        ("How many pages are left after {n} days?", "m*h,1*n,g-2"),
    )),
    "resale": Scene("made", dict(k=(2, 12), n=(4, 24), c=(5, 40), m=(2, 9)), (
        "{p} buys {k} boxes of {n} {t} for {c:$} a box and sells every {t.one} for {m:$}.",
        "A box of {n} {t} costs {p} {c:$}. {p.He} buy{p.s} {k} boxes and sell{p.s} the {t} for {m:$} each.",
        "{p} sells {t} for {m:$} each. {p.He} bought {k} boxes with {n} in each and paid {c:$} per box.",
    ), (
        ("How much profit does {p} make?", "k*n,1*m,k*c,2-3"),
        ("How much does {p} pay for the boxes?", "k*c"),
        ("How much money does {p} take in from selling all of them?", "k*n,1*m"),
        ("How large is the profit?", "k*n,1*m,k*c,2-3"),
    )),
    "family_trip": Scene("toy", dict(k=(2, 4), m=(8, 30), l=(2, 6), n=(3, 15), b=(5, 40), g=(200, 400)), (
        "{k} adults and {l} children visit a zoo. A ticket is {m:$} for adults and {n:$} for children. Lunch costs {b:$} for all.",
        "A family of {k} adults and {l} children pays {m:$} per adult and {n:$} per child at a park, and {b:$} for parking.",
        "At the aquarium adults pay {m:$} and children {n:$}. {k} adults and {l} children go in and also spend {b:$} on "
        "snacks.",
    ), (
        ("How much do they spend in all?", "k*m,l*n,1+2,3+b"),
        ("How much do the tickets cost?", "k*m,l*n,1+2"),
        ("They had {g:$}. How much is left?", "k*m,l*n,1+2,3+b,g-4"),
    )),
    "monthly_budget": Scene("toy", dict(m=(10, 30), h=(20, 40), a=(50, 300), b=(20, 150), c=(10, 90), f=("of", 2, 4, 5)), (
        "{p} earns {m:$} an hour and worked {h} hours. {p.He} paid {a:$} for rent, {b:$} for food and {c:$} for the bus.",
        "For {h} hours of work {p} got {m:$} an hour. {p.He} spent {a:$} on a bike, {b:$} on food and {c:$} on books.",
        "{p} worked {h} hours at {m:$} per hour and then paid bills of {a:$}, {b:$} and {c:$}.",
    ), (
        ("How much is left?", "m*h,a+b,2+c,1-3"),
        ("How much did {p} spend?", "a+b,1+c"),
        ("{p} split what was left evenly over {f} weeks. How much is that per week?", "m*h,a+b,2+c,1-3,4/f"),
    )),
    "shared_harvest": Scene("crop", dict(a=(2, 9), m=(5, 30), b=(2, 9), n=(5, 30), c=(5, 60), k=(2, 9)), (
        "{p} filled {a} baskets with {m} {t} each, and {q} filled {b} baskets with {n} {t} each. {c} {t} were bad.",
        "{a} trees gave {m} {t} each and {b} trees gave {n} {t} each. {c} of the {t} were rotten.",
        "There were {a} crates of {m} {t} and {b} crates of {n} {t}, but {c} {t} had to be thrown away.",
    ), (
        ("How many good {t} were there?", "a*m,b*n,1+2,3-c"),
        ("{k} families share the good ones equally. How many {t} does each family get?", "a*m,b*n,1+2,3-c,4/k"),
        ("How many {t} were there in all at first?", "a*m,b*n,1+2"),
        ("The good ones are sold in bags of {k}. How many bags are there?", "a*m,b*n,1+2,3-c,4/k"),
    )),
    "club_growth": Scene("toy", dict(a=(10, 90), f=("fraction",), b=(2, 40), m=(2, 15)), (
        "A club had {a} members. {f} of them left, and then {b} new members joined. Each member pays {m:$} a month.",
        "There were {a} members in a choir. Then {f} of them moved away and {b} others came. The monthly fee is {m:$} per member.",
        "{f} of the {a} members of a gym quit, but {b} people signed up. Every member pays {m:$} a month.",
    ), (
        ("How many members are there now?", "a/f,a-1,2+b"),
        ("How much do the members pay now in a month?", "a/f,a-1,2+b,3*m"),
        ("How many members left?", "a/f"),
    )),
}  # fmt: skip

FAMILIES = families(SCENES)
