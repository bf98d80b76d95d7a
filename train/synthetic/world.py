"""The small world the problems live in: people, things, places, and how numbers are written down.

Everything here is words. A noun knows its plural, a person knows his, her or their pronouns, and a
number knows the ways in which people write it: `12`, `twelve`, `a dozen`, `$12`, `12 dollars`.
Phrasings reach all of it through plain `str.format`: `{p.He}`, `{t.one}`, `{a:$}`, `{k:x}`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in a story, with the pronouns and the verb endings that go with them."""

    name: str
    he: str
    his: str
    him: str
    He: str
    His: str
    has: str
    does: str
    was: str
    s: str  # ending of a regular verb after the pronoun: "she sell{s}"
    es: str

    def __str__(self) -> str:
        """The name, as `{p}` shows it."""
        return self.name


def person(name: str, he: str, his: str, him: str) -> Person:
    """A person of these pronouns, with the verb forms that follow."""
    many = he == "they"
    return Person(
        name, he, his, him, he.capitalize(), his.capitalize(),
        has="have" if many else "has", does="do" if many else "does", was="were" if many else "was",
        s="" if many else "s", es="" if many else "es",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Thing:
    """A countable noun; prints as its plural, because counts of one are never drawn."""

    one: str
    many: str

    def __str__(self) -> str:
        """The plural, as `{t}` shows it."""
        return self.many

    @property
    def a(self) -> str:
        """With its article: `an apple`."""
        return article(self.one)


def article(noun: str) -> str:
    """`a` or `an` by the first letter, with the few exceptions that our nouns contain."""
    vowel = noun[0] in "aeiou" and not noun.startswith(("uni", "use", "eu", "one"))
    return f"{'an' if vowel or noun.startswith(('hour', 'honest')) else 'a'} {noun}"


_IRREGULAR = {
    "child": "children", "knife": "knives", "leaf": "leaves", "mouse": "mice", "goldfish": "goldfish", "fish": "fish", "sheep": "sheep",
    "shelf": "shelves", "scarf": "scarves", "goose": "geese", "potato": "potatoes", "tomato": "tomatoes", "mango": "mangoes",
    "calf": "calves", "loaf": "loaves", "man": "men", "woman": "women", "person": "people",
}  # fmt: skip


def plural(one: str) -> str:
    """The plural of a noun: the irregular ones from a table, the others by rule."""
    if one in _IRREGULAR:
        return _IRREGULAR[one]
    head, of, rest = one.partition(" of ")
    if of:
        return f"{plural(head)} of {rest}"
    head, _, last = one.rpartition(" ")
    if last in _IRREGULAR:
        return f"{head} {_IRREGULAR[last]}"
    if one.endswith(("s", "x", "ch", "sh")):
        return one + "es"
    if one.endswith("y") and one[-2] not in "aeiou":
        return one[:-1] + "ies"
    return one + "s"


def listed(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


def things(text: str) -> tuple[Thing, ...]:
    """Nouns from a comma-separated list of singulars."""
    return tuple(
        Thing(one, plural(one)) for one in (part.strip() for part in text.split(",")) if one
    )


PEOPLE: tuple[Person, ...] = (
    *(person(name, "he", "his", "him") for name in listed(
        "Aaron Adam Ahmed Alan Alex Andre Anton Arjun Ben Bilal Boris Brandon Bruno Caleb Carlos Cedric Chen Chris Colin Damian "
        "Daniel David Derek Diego Dmitri Dylan Eddie Eli Emil Enzo Eric Ethan Felix Finn Frank Gabriel George Gilbert Gordon "
        "Grant Hamza Harold Harry Hassan Hector Henry Hiro Hugo Ian Ibrahim Isaac Ivan Jack Jacob Jamal James Jason Javier Jerry "
        "Jim Joel John Jonah Jorge Jose Joseph Josh Juan Julian Karim Keith Ken Kevin Kofi Kyle Lamar Lars Leo Liam Logan Louis "
        "Lucas Luke Malik Marco Mario Mark Martin Mason Mateo Matt Max Miguel Mike Milo Mohamed Nate Nathan Neil Nick Noah Oliver "
        "Omar Oscar Otto Owen Pablo Patrick Paul Pedro Peter Phil Pierre Rafael Raj Ralph Ravi Ray Reggie Ricardo Rob Roger "
        "Roman Ron Ryan Sam Samir Scott Sean Sergio Seth Simon Stan Stefan Steve Tariq Ted Theo Tim Toby Tom Tony Travis Tyler "
        "Victor Vikram Wade Walter Wei Will Xavier Yusuf Zach Zane Jackson Paco Randy Faisal Lewis Edward Bobby")),
    *(person(name, "she", "her", "her") for name in listed(
        "Abby Ada Aisha Alice Alina Amara Amelia Amy Ana Andrea Angela Anita Anna April Aria Audrey Ava Bella Beth Betty Bianca "
        "Bonnie Brenda Bridget Camila Cara Carla Carmen Cathy Chloe Claire Clara Cora Daisy Dana Daphne Debbie Delia Diana Donna "
        "Dora Edith Elena Ella Ellen Elsa Emily Emma Erin Esther Eva Faith Fatima Fiona Flora Freya Gina Gloria Grace Greta "
        "Hailey Hana Hannah Harriet Hazel Heidi Helen Holly Ida Ines Irene Iris Isabel Ivy Jackie Jade Jane Janet Jasmine Jen "
        "Jenna Jessica Jill Joan Josie Joy Judy Julia June Kara Karen Kate Katie Keisha Kelly Kim Kristin Laila Lara Laura Lena "
        "Leslie Lily Linda Lisa Lola Lucy Luna Lydia Mabel Maggie Mandy Maria Marta Mary Maya Mei Melissa Mia Mila Mina Miriam "
        "Molly Nadia Nancy Naomi Natalie Nina Nora Olga Olivia Paige Pam Patricia Paula Penny Petra Phoebe Priya Rachel Rebecca "
        "Rita Rosa Rose Ruby Ruth Sadie Sally Samantha Sandra Sara Selma Shelby Sofia Sonia Stella Sue Tamara Tanya Tara Tessa "
        "Tina Uma Valerie Vanessa Vera Wanda Wendy Yara Yasmin Yoko Zara Zoe Haley Robin Bailey Marlee Jazmin")),
    *(person(name, "they", "their", "them") for name in listed("Avery Casey Jordan Morgan Quinn Riley Rowan Sage Skyler Taylor")),
)  # fmt: skip

# Things by what can be done with them: a phrasing that eats must not draw marbles.
THINGS: dict[str, tuple[Thing, ...]] = {
    "toy": things(
        "marble, sticker, toy car, trading card, shell, bead, button, stamp, coin, balloon, comic book, block, pencil, crayon, "
        "eraser, marker, ribbon, bracelet, magnet, rock, feather, badge, toy soldier, puzzle, postcard, pen, bottle cap, "
        "seashell, baseball card, action figure, game token, key chain, doll, ticket, book, notebook, tennis ball, stuffed animal, "
        "paper clip, rubber band, stone, photo, toy dinosaur, golf ball, pin, glow stick, paper plane, puzzle piece, gem, crystal"),
    "food": things(
        "apple, orange, cookie, cupcake, muffin, banana, peach, pear, plum, strawberry, grape, cherry, lemon, mango, donut, "
        "candy, lollipop, pretzel, cracker, brownie, gumdrop, carrot, tomato, potato, walnut, almond, chocolate bar, "
        "jelly bean, sandwich, egg, hot dog, blueberry, fig, date, chestnut, chicken nugget, meatball, biscuit, "
        "bagel, marshmallow, radish, chicken wing, granola bar, dumpling, pancake, mint, olive, pickle"),
    "crop": things(
        "apple, orange, peach, pear, plum, strawberry, lemon, mango, carrot, tomato, potato, cherry, pumpkin, melon, cabbage, "
        "onion, pepper, cucumber, blueberry, walnut, beet, turnip, lime, fig, avocado, radish, eggplant"),
    "baked": things("cookie, cupcake, muffin, brownie, bagel, roll, pie, tart, donut, biscuit, scone, pretzel, bun, cinnamon roll"),
    "animal": things(
        "chicken, cow, goat, sheep, pig, horse, duck, rabbit, goose, donkey, turkey, llama, pony, calf, lamb, alpaca"),
    "pet": things("puppy, kitten, goldfish, hamster, parrot, turtle, rabbit, guinea pig, lizard, canary, gerbil, snail, frog, mouse"),
    "school": things(
        "pencil, pen, notebook, eraser, marker, crayon, ruler, folder, glue stick, binder, paintbrush, textbook, "
        "index card, highlighter, sticky note, calculator"),
    "flower": things("rose, tulip, daisy, lily, sunflower, orchid, carnation, daffodil, violet, iris, poppy, marigold, peony"),
    "tree": things("apple tree, oak tree, maple tree, pine tree, palm tree, cherry tree, walnut tree, dogwood tree, orange tree, willow"),
    "cheap": things(  # cost a few dollars each
        "pencil, notebook, muffin, sandwich, pen, sticker sheet, toy car, candle, bagel, comic book, taco, burger, cup of coffee, "
        "cupcake, bottle of water, hot dog, postcard, milkshake, smoothie, plant, magazine, pair of socks, can of soup, hat, "
        "key chain, mug, slice of pizza, balloon, burrito, glass of juice, soap bar, ticket, box of crayons, bag of rice, pie"),
    "dear": things(  # cost tens or hundreds of dollars
        "jacket, bicycle, lamp, chair, backpack, video game, watch, skateboard, guitar, dress, pair of shoes, camera, tent, desk, "
        "scooter, coat, phone, keyboard, blanket, suitcase, printer, sweater, clock, drum, mirror, tablet, telescope, rug, kettle"),
    "made": things(
        "toy, chair, candle, bracelet, basket, shirt, hat, lamp, vase, kite, bowl, mug, scarf, table, birdhouse, picture frame, "
        "box, card, quilt, bag, necklace, clay pot, poster, button, brick, tile, shoe, ring, banner, mask"),
    "container": things("box, bag, basket, jar, crate, bin, tray, bucket, carton, packet, drawer, case, bowl, sack, chest"),
    "pack": things("box, bag, pack, package, packet, carton, case, crate"),
    "vehicle": things("bus, van, car, boat, minibus, cart, train car, truck"),
    "room": things("classroom, room, hall, office, tent, cabin, table, dormitory"),
    "row": things("row, column, shelf, line"),
    "group": things("team, group, class, squad, club"),
    "kid": things("student, child, player, friend, camper, classmate, scout, dancer, guest, visitor, worker, swimmer, runner"),
    "relative": things("brother, sister, cousin, aunt, uncle, neighbor, classmate, grandchild, nephew, niece, friend, coworker"),
    "media": things("photo, video, song, file, game, document, picture, message, email, app, recording"),
    "bag_food": things("apple, potato, orange, onion, lemon, carrot, peach, walnut"),
    "page": things("page, chapter, book, poem, story, letter, article"),
    "work": things("math problem, spelling word, worksheet, science problem, reading page, essay, puzzle, homework problem, quiz question"),
    "seat": things("chair, seat, bench, desk"),
    "part": things("wheel, screw, light, button, window, panel, bolt, handle"),
}  # fmt: skip

UNIT_FRACTIONS = {
    2: "half",
    3: "a third",
    4: "a quarter",
    5: "a fifth",
    6: "a sixth",
    8: "an eighth",
    10: "a tenth",
}
COLORS = listed("red blue green yellow purple orange pink white black brown silver golden")
PLACES = (
    "the park", "the fair", "school", "the beach", "the library", "the market", "the museum", "the zoo", "the garden", "the store",
    "the farm", "summer camp", "the playground", "the community center", "the bakery", "the arcade", "the carnival", "the mall",
)  # fmt: skip
SHOPS = (
    "store", "market", "bakery", "toy shop", "gift shop", "corner shop", "supermarket", "bookstore", "flea market", "school fair",
    "snack bar", "garden center", "craft store", "stationery store", "thrift store",
)  # fmt: skip
CITIES = (
    "Springfield", "Riverton", "Oakdale", "Lakewood", "Fairview", "Hillcrest", "Brookfield", "Greenville", "Maplewood", "Westport",
    "Milltown", "Ashford",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
JOBS = (
    ("mowing lawns", "lawn", "lawns"), ("walking dogs", "dog", "dogs"), ("washing cars", "car", "cars"),
    ("raking yards", "yard", "yards"), ("shoveling driveways", "driveway", "driveways"), ("cleaning windows", "window", "windows"),
    ("delivering newspapers", "newspaper", "newspapers"), ("painting fences", "fence", "fences"), ("tutoring", "lesson", "lessons"),
    ("fixing bicycles", "bicycle", "bicycles"), ("babysitting", "evening", "evenings"),
)  # fmt: skip

_ONES = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = listed("_ _ twenty thirty forty fifty sixty seventy eighty ninety")


def words(n: int) -> str:
    """A whole number below one hundred in words."""
    if n < 20:
        return _ONES[n]
    tens, ones = divmod(n, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def digits(n: Number) -> str:
    """The canonical form of a number, as steps and answers write it: no trailing zeros, no separators."""
    if isinstance(n, int):
        return str(n)
    text = f"{n:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Figure:
    """One number as one question writes it. The choice of digits or words is made once, so it repeats."""

    __slots__ = ("dollars", "text", "value")

    def __init__(self, value: Number, rng: Random):
        self.value = value
        self.text = digits(value)
        roll = rng.random()
        self.dollars = roll > 0.8  # "5 dollars" where most write "$5"
        if isinstance(value, int):
            if roll < (0.25 if value <= 12 else 0.03 if value < 100 else 0):
                self.text = words(value)
            elif value >= 1000 and roll < 0.5:
                self.text = f"{value:,}"

    def __format__(self, spec: str) -> str:
        """`{a}` plain, `{a:$}` money, `{a:$1}` money with its sign always, `{a:x}` how many times."""
        if spec == "":
            return self.text
        if spec == "x":  # how many times
            if self.value == 2:
                return "twice" if self.text == "2" or len(self.text) == 3 else self.text
            return f"{self.text} times"
        if spec == "$" and self.dollars and isinstance(self.value, int):
            return f"{self.text} dollars"
        if spec in ("$", "$1"):  # $1: always with the sign, as in "a $20 bill"
            return f"${self.value:,}" if isinstance(self.value, int) else f"${self.value:.2f}"
        if spec == "d":
            return digits(self.value)
        raise ValueError(f"unknown number format {spec!r}")
