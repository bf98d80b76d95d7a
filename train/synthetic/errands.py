"""Short and plain: school, kitchen, games, chores, toys and trips in one or two steps, a spare number beside.

Every scene is asked from several sides, the result, the change, the start, the difference, so that no word
of the facts gives the operation away.
"""

# ruff: noqa: C408  (dict(a=a, b=b) reads best where keys are the slots of a text)
from __future__ import annotations

from train.synthetic.scene import Scene, families

SCENES = {
    "lunch_boxes": Scene("food", dict(k=(3, 20), m=(2, 6), b=(2, 30), a=(40, 150)), (
        "{p} makes {k} lunch boxes and puts {m} {t} into each of them.",
        "For a picnic {p} packs {k} lunch boxes with {m} {t} in every box.",
        "Every lunch box gets {m} {t}. {p} has to make {k} of them.",
    ), (
        ("How many {t} does {p} need?", "k*m"),
        ("{p} already has {b} {t}. How many more are needed?", "k*m,1-b"),
        ("{p} starts with {a} {t}. How many will be left over?", "k*m,a-1"),
        ("If {q} makes {b} more boxes just like them, how many {t} are used in all?", "k+b,1*m"),
    )),
    "pencil_case": Scene("school", dict(a=(4, 60), b=(2, 40), c=("a",)), (
        "{p} keeps {a} {t} and {b} {u} in a school bag.",
        "In {p}'s bag there are {b} {u} and {a} {t}.",
        "{p} took {a} {t} and {b} {u} to school.",
    ), (
        ("How many things are in the bag?", "a+b"),
        ("After {p} lent some {t} to {q}, {c} {t} were left. How many {t} did {q} borrow?", "a-c"),
        ("If {c} of the {t} are new, how many {t} are old?", "a-c"),
        ("How many more {t} than {u} does {p} have?", "a-b"),
        ("{q} brought {c} more {u}. How many {u} are there now?", "b+c"),
        ("{p} gave {c} {t} away. How many {t} and {u} does {p} still have altogether?", "a-c,1+b"),
    )),
    "video_levels": Scene("toy", dict(k=(2, 12), m=(2, 12), b=(2, 40), c=(2, 9)), (
        "In a video game {p} finished {k} levels and found {m} coins in each one.",
        "{p} played {k} levels of a game. Every level gave {m} coins.",
        "Each level of a game has {m} hidden coins, and {p} found all of them in {k} levels.",
    ), (
        ("How many coins did {p} find?", "k*m"),
        ("Before that, {p} had {b} coins. How many coins does {p} have now?", "k*m,1+b"),
        ("A shield costs {b} coins. How many coins are left after buying it?", "k*m,1-b"),
        ("{q} found coins in {c} levels more than {p}. How many coins did {q} find?", "k+c,1*m"),
    )),
    "game_kills": Scene("toy", dict(a=(5, 30), b=("a",), m=(2, 12)), (
        "A level of a game has {a} dragons, and each one is worth {m} points. {p} missed {b} of them and beat the others.",
        "{p} gets {m} points for each balloon hit. There were {a} balloons, and {p} did not hit {b} of them.",
        "Of {a} targets worth {m} points each, {p} hit all but {b}.",
    ), (
        ("How many points did {p} get?", "a-b,1*m"),
        ("How many did {p} hit?", "a-b"),
        ("How many points did {p} miss?", "b*m"),
        ("What was the highest possible score?", "a*m"),
    )),
    "cinema_row": Scene("toy", dict(k=(3, 20), m=(4, 20), b=(3, 12), n=(3, 12)), (
        "A small cinema has {k} rows with {m} seats in each row. {b} people came to the show.",
        "{b} people sit in a hall with {k} rows of {m} seats.",
        "There are {m} seats in each of the {k} rows of a theater, and {b} seats are taken.",
    ), (
        ("How many seats are there?", "k*m"),
        ("How many seats are empty?", "k*m,1-b"),
        ("A ticket costs {n:$}. How much did the people pay?", "b*n"),
        ("How much would all the seats bring at {n:$} a ticket?", "k*m,1*n"),
    )),
    "chore_money": Scene("dear", dict(m=(2, 12), k=(2, 12), n=(2, 12), b=(2, 60)), (
        "{p} gets {m:$} each time {p.he} wash{p.es} the dishes and {n:$} each time {p.he} clean{p.s} the yard.",
        "For washing the dishes {p} is paid {m:$}, for cleaning the yard {n:$}.",
        "At home {p} earns {n:$} for cleaning the yard and {m:$} for washing the dishes.",
    ), (
        ("{p} washed the dishes {k} times this month. How much did {p.he} earn with that?", "k*m"),
        ("How much more does {p} get for the yard than for the dishes?", "n-m"),
        ("How much does {p} get for doing each of them once?", "m+n"),
        ("{p} washed the dishes {k} times and had {b:$} before. How much money does {p} have?", "k*m,1+b"),
        ("If {p} did each of them {k} times, how much money did {p.he} earn?", "m+n,k*1"),
    )),
    "bake_sale_two": Scene("baked", dict(a=(5, 80), b=(5, 80), k=(2, 9), c=(2, 30)), (
        "{p} baked {a} {t} and {q} baked {b} {u} for the school.",
        "For a bake sale {q} made {b} {u} while {p} made {a} {t}.",
        "{p} brought {a} {t} to school, and {q} brought {b} {u}.",
    ), (
        ("If all of them go on plates of {k}, how many plates do they need?", "a+b,1/k"),
        ("How many treats did they bring together?", "a+b"),
        ("{c} of the treats were not sold. How many were sold?", "a+b,1-c"),
        ("How many more {u} than {t} were there?", "b-a"),
        ("Each treat was sold for {k:$}. How much money did all of them bring?", "a+b,1*k"),
    )),
    "books_read": Scene("toy", dict(a=(20, 300), b=("a",), k=(2, 9), m=(5, 40)), (
        "{p}'s book has {a} pages. {p} has read {b} of them.",
        "{p} is on page {b} of a book that has {a} pages, and has read all pages up to there.",
        "Of the {a} pages in a book, {p} has already read {b}.",
    ), (
        ("How many pages are left?", "a-b"),
        ("{p} wants to read the rest in {k} days, the same number of pages each day. How many pages is that per day?", "a-b,1/k"),
        ("If {p} reads {k} pages a day, how many days will the rest take?", "a-b,1/k"),
        ("{q} has read {m} pages more of the same book than {p}. How many pages has {q} read?", "b+m"),
    )),
    "trip_seats": Scene("kid", dict(a=(10, 200), b=(2, 40), k=(2, 10)), (
        "{a} children and {b} adults want to go to the lake.",
        "For a trip to the lake, {b} adults and {a} children signed up.",
        "There are {a} children going to the lake, and {b} adults go with them.",
    ), (
        ("If {k} people fit into one van, how many vans do they need?", "a+b,1/k"),
        ("How many people are going?", "a+b"),
        ("How many more children than adults are there?", "a-b"),
        ("The entry is {k:$} for everybody. How much do they pay in all?", "a+b,1*k"),
        ("{k} children got sick and stayed at home. How many children went?", "a-k"),
    )),
    "fish_bowls": Scene("toy", dict(k=(2, 20), m=(2, 20), b=(2, 40), c=(2, 9)), (
        "A pet store has {k} bowls with {m} goldfish in each.",
        "There are {k} tanks in a shop and {m} small fish swim in every one of them.",
        "{m} fish live in each of the {k} bowls of a shop.",
    ), (
        ("How many fish is that?", "k*m"),
        ("{b} of them are sold. How many fish are left?", "k*m,1-b"),
        ("Then {b} more fish arrive. How many fish are there now?", "k*m,1+b"),
        ("If {c} bowls are emptied, how many fish are in the others?", "k-c,1*m"),
        ("The fish are moved to large tanks of {c}. How many large tanks are needed?", "k*m,1/c"),
    )),
    "sticker_album": Scene("toy", dict(m=(2, 12), k=(2, 20), a=(20, 200), b=("a",)), (
        "{p} has {a} {t} and puts {m} on each page of an album.",
        "An album page holds {m} {t}. {p} owns {a} {t}.",
        "{p} wants to put {a} {t} into an album, {m} on a page.",
    ), (
        ("How many pages does {p} need?", "a/m"),
        ("{p} first gives {b} {t} to {q}. How many pages are needed for the rest?", "a-b,1/m"),
        ("How many {t} fit on {k} pages?", "k*m"),
        ("After filling {k} pages, how many {t} are left?", "k*m,a-1"),
        ("{q} has {k} more {t} than {p}. How many {t} does {q} have?", "a+k"),
    )),
    "magic_shop": Scene("made", dict(m=(2, 15), a=(5, 30), b=("a",), c=(2, 50)), (
        "{p} had {a} {t} to sell at {m:$} each. At the end of the day {b} were left.",
        "A shop sells {t} for {m:$} each. It started the day with {a} of them and ended it with {b}.",
        "In the morning there were {a} {t} on {p}'s table, in the evening {b}. Each one costs {m:$}.",
    ), (
        ("How much money was earned?", "a-b,1*m"),
        ("How many {t} were sold?", "a-b"),
        ("How much would the {t} that are left cost together?", "b*m"),
        ("The day before {c:$} had been earned. How much was earned on both days?", "a-b,1*m,2+c"),
    )),
    "music_files": Scene("media", dict(a=(5, 90), b=("a",), c=(2, 60), k=(2, 9)), (
        "{p} had {a} songs on a phone, deleted {b} of them and then added {c} new ones.",
        "From the {a} songs on {p.his} phone {p} removed {b}. After that {p.he} put {c} new songs on it.",
        "{p} added {c} songs to {p.his} phone after deleting {b} of the {a} songs on it.",
    ), (
        ("How many songs are on the phone now?", "a-b,1+c"),
        ("How many old songs are still on the phone?", "a-b"),
        ("How many more songs were added than deleted?", "c-b"),
        ("How many more songs were deleted than added?", "b-c"),
    )),
    "gym_class": Scene("kid", dict(a=(10, 80), b=(10, 80), k=(2, 12), c=(2, 20)), (
        "{a} girls and {b} boys are in the gym.",
        "In the gym there are {b} boys and {a} girls.",
        "A coach counts {a} girls and {b} boys.",
    ), (
        ("They form teams of {k}. How many teams are there?", "a+b,1/k"),
        ("They form {k} equal teams. How many children are in one team?", "a+b,1/k"),
        ("{c} of the girls go home. How many girls are still there?", "a-c"),
        ("{c} children only watch and the others play. How many children play?", "a+b,1-c"),
        ("How many fewer girls than boys are there?", "b-a"),
        ("Then {c} more boys come in. How many boys are there now?", "b+c"),
    )),
    "tickets_rides": Scene("toy", dict(a=(10, 60), b=("a",), m=(2, 6), k=(2, 9), n=(2, 9)), (
        "{p} bought {a} tickets at the fair and has used {b} of them. Each ride takes {m} tickets.",
        "Rides at the fair cost {m} tickets each. Of {p.his} {a} tickets {p} has spent {b}.",
        "With {a} tickets {p} came to the fair, where each ride costs {m} tickets. {b} tickets are gone.",
    ), (
        ("How many tickets are left?", "a-b"),
        ("How many rides can {p} still go on?", "a-b,1/m"),
        ("How many tickets do {k} rides take?", "k*m"),
        ("How many rides were taken with the tickets that are gone?", "b/m"),
        ("One ticket costs {n:$}. How much did all of {p}'s tickets cost?", "a*n"),
    )),
    "laundry_loads": Scene("made", dict(a=(3, 40), b=(2, 30), k=(2, 9), m=(20, 60)), (
        "{p} has {a} shirts and {b} towels to wash. The machine takes {k} pieces at a time.",
        "There are {b} towels and {a} shirts in the basket, and {k} pieces fit into {p}'s machine.",
        "{k} pieces can be washed at once. {p} wants to wash {a} shirts and {b} towels.",
    ), (
        ("How many pieces have to be washed?", "a+b"),
        ("How many loads is that?", "a+b,1/k"),
        ("One load takes {m} minutes. How many minutes does all the washing take?", "a+b,1/k,2*m"),
        ("How many more shirts than towels are there?", "a-b"),
    )),
    "new_school": Scene("kid", dict(a=(12, 40), b=("a",), c=(2, 40)), (
        "At the start of the year a class had {a} students. {b} of them moved away, and {c} others joined the class.",
        "{b} students left a class of {a} during the year, and {c} new ones came.",
        "A class of {a} lost {b} students and got {c} new ones in one year.",
    ), (
        ("How many students were in the class at the end?", "a-b,1+c"),
        ("How many more students came than left?", "c-b"),
        ("How many students of the start were still there at the end?", "a-b"),
        ("By how many students did the class shrink in that year?", "b-c"),
    )),
    "zoo_count": Scene("toy", dict(a=(2, 40), b=(2, 40), k=(2, 6), c=(2, 20)), (
        "The zoo has {a} monkeys and {b} parrots.",
        "In the zoo {p} saw {b} parrots and {a} monkeys.",
        "There are {a} monkeys in one house of the zoo and {b} parrots in another.",
    ), (
        ("There are also {k:x} as many snakes as monkeys. How many snakes are there?", "k*a"),
        ("If there are {c} more tigers than parrots, how many tigers are there?", "b+c"),
        ("How many more monkeys than parrots are there?", "a-b"),
        ("There are also {k:x} as many snakes as monkeys and parrots together. How many snakes are there?", "a+b,k*1"),
        ("{c} baby monkeys were born. How many monkeys are there now?", "a+c"),
        ("Each monkey gets {k} bananas a day. How many bananas is that?", "a*k"),
    )),
    "cooking": Scene("toy", dict(a=(3, 12), b=("a",), c=(3, 12), e=("c",), k=(2, 6)), (
        "A dough needs {a} spoons of oil and {c} spoons of honey.",
        "In {p}'s dough go {c} spoons of honey and {a} spoons of oil.",
        "For one dough {p} needs {a} spoons of oil and {c} spoons of honey.",
    ), (
        ("{b} spoons of oil are in it so far. How many spoons of oil are missing?", "a-b"),
        ("By how many spoons is there more oil than honey in a finished dough?", "a-c"),
        ("How many spoons of oil do {k} doughs need?", "k*a"),
        ("How many spoons is that in all for {k} doughs?", "a+c,k*1"),
        ("So far {b} spoons of oil and {e} of honey are in it. How many spoons of honey are missing?", "c-e"),
        ("So far {b} spoons of oil are in it, and no honey. How many spoons are missing in all?", "a-b,1+c"),
    )),
    "bridge_cars": Scene("toy", dict(a=(10, 200), b=(10, 200), c=(5, 100)), (
        "{a} cars crossed a bridge in the morning and {b} in the afternoon.",
        "In the afternoon {b} cars went over the bridge, in the morning {a}.",
        "{p} counted {a} cars on a bridge before noon and {b} cars after noon.",
    ), (
        ("How many cars was that on this day?", "a+b"),
        ("How many more cars came in the morning than in the afternoon?", "a-b"),
        ("By how many was the number of the morning smaller than that of the afternoon?", "b-a"),
        ("{c} of all these cars were red. How many were not red?", "a+b,1-c"),
        ("{c} of the cars in the morning were red. How many cars in the morning were not?", "a-c"),
    )),
    "farm_eggs": Scene("animal", dict(a=(5, 90), b=(3, 60), c=(3, 60), k=(2, 12)), (
        "{p} collected {a} eggs, {p.his} father {b} and {p.his} sister {c}.",
        "On a farm {p} found {a} eggs, while {p.his} sister found {c} and {p.his} father {b}.",
        "{p} has {a} eggs. {p.His} father has {b} eggs, and {p.his} sister has {c}.",
    ), (
        ("How many eggs do {p} and {p.his} father have together?", "a+b"),
        ("How many more eggs does {p} have than {p.his} sister?", "a-c"),
        ("How many eggs do the three have?", "a+b,1+c"),
        ("{p} and {p.his} sister put their eggs into boxes of {k}. How many boxes do they fill?", "a+c,1/k"),
        ("How many more eggs do {p} and {p.his} father have together than the sister?", "a+b,1-c"),
    )),
    "walk_blocks": Scene("toy", dict(a=(2, 30), b=(2, 30), c=(2, 30), k=(2, 9)), (
        "{p} walked {a} blocks to the library, then {b} blocks to the park, and {c} blocks home.",
        "On {p.his} way {p} went {a} blocks to the library, {b} more to the park and another {c} to get home.",
        "It is {a} blocks from {p}'s school to the library, {b} from there to the park and {c} from the park to {p.his} home.",
    ), (
        ("How many blocks is that from start to end?", "a+b,1+c"),
        ("How many blocks is it to the park by way of the library?", "a+b"),
        ("How much longer, in blocks, is the first part than the second?", "a-b"),
        ("How many blocks longer is the last part than the first?", "c-a"),
        ("{p} needs {k} minutes for a block. How many minutes does {p} need to the park?", "a+b,1*k"),
    )),
    "juice_stand": Scene("toy", dict(m=(2, 9), k=(3, 30), n=(2, 9), l=(3, 30), b=(5, 60)), (
        "At a stand a cup of juice costs {m:$} and a cup of tea {n:$}. {k} cups of juice and {l} cups of tea were sold.",
        "{p} sold {k} cups of juice for {m:$} each and {l} cups of tea for {n:$} each.",
        "{l} cups of tea at {n:$} and {k} cups of juice at {m:$} were sold by {p}.",
    ), (
        ("How much money did the juice bring?", "k*m"),
        ("How many cups were sold?", "k+l"),
        ("How many more cups of tea than of juice were sold?", "l-k"),
        ("How much money was made in all?", "k*m,l*n,1+2"),
        ("How much more did the juice bring than the tea?", "k*m,l*n,1-2"),
        ("How much do a cup of juice and a cup of tea cost together?", "m+n"),
    )),
    "paint_rooms": Scene("room", dict(a=(4, 20), b=("a",), m=(2, 9)), (
        "{p} has to paint {a} rooms, and each takes {m} hours. {b} rooms are done.",
        "Painting a room takes {p} {m} hours. Of {a} rooms {b} are painted already.",
        "{b} of the {a} rooms are painted, and {p} needs {m} hours for every room.",
    ), (
        ("How many more hours does {p} need?", "a-b,1*m"),
        ("How many rooms are left?", "a-b"),
        ("How many hours has {p} worked so far?", "b*m"),
        ("How many hours does the whole job take?", "a*m"),
    )),
    "candy_pieces": Scene("food", dict(k=(4, 12), m=(2, 12), b=("k",)), (
        "{p} got {k} bags of {t} and gave {b} of the bags to {q}. There are {m} {t} in every bag.",
        "{p} had {k} bags with {m} {t} in each, and {q} got {b} of these bags.",
        "Each of {p}'s {k} bags has {m} {t} in it. {b} bags go to {q}.",
    ), (
        ("How many bags does {p} have left?", "k-b"),
        ("How many {t} does {p} still have?", "k-b,1*m"),
        ("How many {t} did {q} get?", "b*m"),
        ("How many {t} were there at first?", "k*m"),
        ("{q} shares these {t} with a friend, both getting the same number. How many does each of the two get?", "b*m,1/T"),
    )),
    "team_cost": Scene("kid", dict(k=(5, 20), m=(5, 30), n=(5, 30), b=(20, 300)), (
        "A team has {k} players. A shirt costs {m:$} and a pair of shoes {n:$}.",
        "{p} buys shirts at {m:$} and shoes at {n:$} a pair for the {k} players of a team.",
        "Each of {k} players needs a shirt for {m:$} and a pair of shoes for {n:$}.",
    ), (
        ("How much does the clothing of one player cost?", "m+n"),
        ("How much do shirts and shoes cost for the whole team?", "m+n,k*1"),
        ("How much do the shirts cost for all of them?", "k*m"),
        ("How much more do the shoes of a player cost than the shirt?", "n-m"),
        ("The team has {b:$} already. How much more do they need for all shirts and shoes?", "m+n,k*1,2-b"),
    )),
}  # fmt: skip

FAMILIES = families(SCENES)
