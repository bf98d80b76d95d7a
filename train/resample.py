"""New numbers in old problems.

An annotated word problem is one point of a whole family: other apples, other prices, the same sum.
Here each number of the question is tied to the operands of its steps; then new numbers and names
are drawn, and every step is computed again, exactly. What cannot be tied is left as it was, or the
problem is dropped.

One rule keeps this honest: a number that is left alone is never wrong. Whenever an operand could
come from two places (the 2 of "2 boxes" or of "twice"?), everything it could come from is frozen.

    question   "Ann had 20 pens and lost half."      "Ruth had 34 pens and lost half."
    steps      20/2=10                                34/2=17
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise, permutations
from math import prod
from random import Random

from train.data import Example

Number = int | Fraction

MALE = re.findall(
    r"\w+",
    """Aaron Adam Alan Albert Andrew Andy Anthony Arthur Ben Bob Brad Brandon Brian Bruce Bryan
Caleb Calvin Carl Carlos Charles Chad Dan Daniel Danny Dave David Derek Diego Eric Fred Gary
George Gerald Greg Harry Henry Ian Ivan Jack Jackson Jacob James Jared Jason Jeff Jeremy
Jerome Jerry Jim Jimmy Joe Joel John Johnny Jorge Jose Joseph Josh Joshua Juan Justin Ken
Kenneth Kevin Kyle Larry Leo Lucas Luke Marcus Mario Martin Matt Matthew Michael Mike Nathan
Neil Nick Noah Oliver Oscar Patrick Paul Peter Phil Phillip Ralph Randy Richard Rick Rob
Robert Roger Ron Ryan Sean Simon Stan Stephen Steve Steven Ted Theo Thomas Tim Todd Tom
Tommy Travis Trevor Tyler Vincent Walter William Zach""",
)
FEMALE = re.findall(
    r"\w+",
    """Abigail Alice Allison Alyssa Amanda Amelia Amy Andrea Angela Anna Anne Annie Barbara Becky
Bella Beth Betty Brenda Brittany Carla Carmen Carol Carolyn Carrie Cheryl Christina
Christine Cindy Claire Cynthia Danielle Diana Diane Donna Dorothy Elizabeth Ella Emily Emma
Erica Erin Gina Gretchen Hannah Helen Jane Janet Janice Jenna Jennifer Jenny Jessica Jill
Joan Julia Julie Karen Kate Katie Kendra Laura Leila Linda Lisa Lucy Lydia Maggie Mandy
Maria Martha Mary Megan Melanie Melissa Mia Michelle Molly Monica Nancy Natalie Nicole Nina
Nora Olivia Patricia Paula Rachel Rebecca Rita Ruth Sally Samantha Sandra Sara Sarah Sheila
Sophie Stephanie Stella Sue Susan Tammy Tanya Tiffany Tina Veronica Wendy Zoe""",
)

ONES = re.findall(
    r"\w+",
    """zero one two three four five six seven eight nine ten eleven twelve
thirteen fourteen fifteen sixteen seventeen eighteen nineteen""",
)
TENS = re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety")
WORDS = {word: value for value, word in enumerate(ONES)}
WORDS |= {word: 10 * value for value, word in enumerate(TENS, 2)}

# Words that bring numbers of their own into the steps: an operand may come from them. The second
# list holds the weaker ones: believed only where no two numbers of the problem give the same.
FACTS = {
    r"half|halve|twice|doubl|both|couple|pair|average|round.?trip|each way|two|twin": "2 0.5",
    r"thrice|tripl|yard": "3",
    r"quarter|quadrupl": "4 0.25 3 0.75 25",
    r"nickel": "5 0.05",
    r"dime|decade": "10 0.1",
    r"week|\bdays?\b|daily": "7",
    r"hour|minute|second": "60 3600",
    r"year|annual": "12 52 365",
    r"month": "12",
    r"dozen|foot|feet|inch": "12",
    r"pound|ounce": "16",
    r"%|percent|cent": "100",
    r"kilo|kg|km\b|liter": "1000",
}
DOUBTFUL = {
    r"\bday|daily|hour": "24",
    r"month|week|april|june|september|november": "4 30",
    r"\b(?:leg|wheel|tire|car\b|dog|cat|square|season|feet|rectang)": "4",
    r"\b(?:leg|chicken|bike|bicycle|wheel|perimeter|rectang)": "2",
    r"three|triang|tricycle": "3",
    r"\$|dollar|meter|cm\b|penn|grade|score": "100",
    r"\btons?\b|thousand|meter": "1000",
    r"week|work": "5",
}
BROUGHT = [
    [(re.compile(pattern, re.I), set(map(Fraction, numbers.split()))) for pattern, numbers in facts]
    for facts in (FACTS.items(), DOUBTFUL.items())
]

NAME = r"one|two|three|four|five|six|seven|eight|nine"
WORD = (
    rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{NAME}))?|{'|'.join(sorted(ONES, key=len, reverse=True))})"
)
DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
PARTS = r"(?:hal(?:f|ves)|(?:third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?)"
MENTION = re.compile(
    rf"(?P<fixed>\d+[ -]\d+/\d+|\d+ ?/ ?\d+|\d+:\d+|\d+(?:st|nd|rd|th|[ap]m|x)\b|\d+ ?[ap]\.?m\b"
    rf"|\d+ ?(?:-|–|to) ?\d+|[A-Za-z#]\d+|\b{WORD}[- ]{PARTS}\b|\b{PARTS}\b"
    rf"|\b(?:{WORD}|a)[ -](?:hundred|thousand|million)\b(?: and)?(?: {WORD}\b)?)"
    rf"|(?P<article>\ban? )?(?P<money>\$ ?)?(?P<number>{DIGITS}|\b{WORD}\b)"
    rf"(?P<percent> ?%| percent\b)?(?P<cents> cents?\b)?",
    re.I,
)
DENOMINATORS = {"hal": 2, "thi": 3, "qua": 4, "fou": 4, "fif": 5, "six": 6, "sev": 7, "eig": 8}
DENOMINATORS |= {"nin": 9, "ten": 10}

# A number stays as it is after these words (an ordinal, a label, a group named before) ...
LABEL = re.compile(
    r"(?:\b(?:grade|day|week|level|chapter|route|size|number|no\.|year|room|step|round|phase"
    r"|these|those|other|all)|#) $",
    re.I,
)
# ... or before these: a fact of the world, or a group whose members may be listed one by one.
WORLD = re.compile(
    r"[- ](?:legs?|wheels?|eyes|ears|wings|parents|quarters|seasons|sides|halves|corners|arms|hands"
    r"|tires|paws|suits|other|others|of (?:them|these|those|which|whom)|more times|dimensions?"
    r"|(?:days?|business days|school days) (?:in )?(?:of )?(?:a|the|per|each|every) week|day week"
    r"|different|types?|kinds?|varieties|colou?rs?|ways?|thousand|million|hundred|billion)\b",
    re.I,
)
LISTED = re.compile(
    r"second\b|third\b(?! of)|both\b|another|the other|the rest|respectively|:", re.I
)
REST = re.compile(r"remain|\brest\b", re.I)  # the rest of a month, a day, a hundred
# No more of these in one breath than that.
LIMITS = {"minute": [59], "hour": [12, 24, 60], "day": [7, 31], "week": [4, 52], "month": [12]}
LIMITS |= {"year": [95]}
# Questions that compare or count up to a limit: all their numbers keep their order.
COMPARED = re.compile(
    r"\bthe \w+er\b|\w+est\b|\b(?:most|least|max|min|best|better|worst|win|won|exceed|limit|up to"
    r"|than \$?\d|over \$?\d|(?:every|first) \$?(?:\d|two|three|four|five)|overtime|above|below"
    r"|whichever|discount|compare)",
    re.I,
)


COUNTED = {Fraction(2), Fraction(3), Fraction(4)}  # things a reader counts: an average of three


@dataclass(frozen=True)
class Hole:
    """A place in an expression where a number of the question goes."""

    slot: int


Tree = Hole | Fraction | tuple  # a tuple is (operator, left, right)


# --- numbers and equations -----------------------------------------------------------------------


def number(text: str) -> Number:
    """Read a number exactly; a whole one becomes an int."""
    return _whole(Fraction(text.replace(",", "").strip("$ ")))


def _whole(value: Number) -> Number:
    return value.numerator if value.denominator == 1 else value


def write(value: Number) -> str:
    """The canonical text of a number: `18`, `-3`, `0.5`; a repeating decimal is written `1/3`."""
    if isinstance(value, int):
        return str(value)
    places = _places(value)
    if places is None:
        return str(value)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _places(value: Number) -> int | None:
    """How many decimals a number has; None if they never end."""
    return next((n for n in range(7) if 10**n % value.denominator == 0), None)


def compute(operator: str, left: Number, right: Number) -> Number:
    """One operation, exactly."""
    if operator == "+":
        return _whole(left + right)
    if operator == "-":
        return _whole(left - right)
    if operator == "*":
        return _whole(left * right)
    return _whole(Fraction(left) / right)


def parse(text: str) -> Tree:
    """Read an expression; its leaves are Fractions. Raises ValueError on anything else."""
    operators = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}

    def read(node: ast.AST) -> Tree:
        if isinstance(node, ast.BinOp) and type(node.op) in operators:
            return operators[type(node.op)], read(node.left), read(node.right)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return -Fraction(str(read(node.operand)))
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return Fraction(str(node.value))
        raise ValueError(f"{text!r} is not a sum of numbers; write it with + - * / ( ) only.")

    try:
        return read(ast.parse(text, mode="eval").body)
    except SyntaxError as error:
        raise ValueError(f"{text!r} is not an expression.") from error


def value(tree: Tree, slots: Sequence[Number] = ()) -> Number:
    """What an expression comes to."""
    if isinstance(tree, tuple):
        return compute(tree[0], value(tree[1], slots), value(tree[2], slots))
    return slots[tree.slot] if isinstance(tree, Hole) else _whole(tree)


def _render(tree: Tree, leaves: Iterator[str], level: int = 0) -> str:
    """Write an expression with its leaves in order and no bracket more than it needs."""
    if not isinstance(tree, tuple):
        return next(leaves)
    own = 1 if tree[0] in "+-" else 2
    left = _render(tree[1], leaves, own)
    right = _render(tree[2], leaves, own + (tree[0] in "-/"))
    text = f"{left}{tree[0]}{right}"
    return f"({text})" if own < level else text


def _leaves(tree: Tree) -> list[Hole | Fraction]:
    return _leaves(tree[1]) + _leaves(tree[2]) if isinstance(tree, tuple) else [tree]


def clean(row: dict) -> Example | None:
    """The problem with canonical steps, or None if they do not compute to the answer."""
    steps = []
    try:
        answer = number(str(row["answer"]))
        for step in row.get("steps") or ():
            text = re.sub(r"<<|>>|[\s$,]|[A-Za-wyzA-WYZ°]", "", step)
            text = re.sub("[–−]", "-", re.sub("[xX×]", "*", text)).replace("÷", "/")
            text = re.sub(r"([\d.]+)%", r"(\1/100)", text)
            left, *middle, result = text.split("=")
            tree = parse(left)
            if any(value(parse(part)) != value(tree) for part in (*middle, result)):
                return None
            if _places(value(tree)) is None:
                return None
            leaves = (write(value(leaf)) for leaf in _leaves(tree))
            steps.append(f"{_render(tree, leaves)}={write(value(tree))}")
    except (ValueError, ZeroDivisionError):
        return None
    if not steps or value(tree) != answer:
        return None
    return Example(row["question"].strip(), tuple(steps), write(answer), str(row.get("id", "")))


def binary(steps: Iterable[str]) -> tuple[str, ...]:
    """Split steps with several operators into steps with one.

    `16-3-4=9` becomes `16-3=13`, `13-4=9`. A division that leaves no whole number, and a
    subtraction that falls below zero, wait until the rest of their chain is done: `3/8*200=75`
    becomes `3*200=600`, `600/8=75`. A step that would need a repeating decimal stays as it is.
    """
    split: list[str] = []
    for step in steps:
        tree = parse(step.rpartition("=")[0])
        parts: list[str] = []
        result = _split(tree, parts)
        exact = all("/" not in part.partition("=")[2] for part in parts)
        split += parts if parts and exact and result == value(tree) else [step]
    return tuple(split)


def _split(tree: Tree, parts: list[str]) -> Number:
    """Append the binary steps of an expression and return its value."""
    if not isinstance(tree, tuple):
        return value(tree)
    family = "+-" if tree[0] in "+-" else "*/"
    chain: list[tuple[str, Tree]] = []
    while isinstance(tree, tuple) and tree[0] in family:
        chain.insert(0, (tree[0], tree[2]))
        tree = tree[1]
    total = _split(tree, parts)
    terms = [(operator, _split(term, parts)) for operator, term in chain]
    waiting: list[tuple[str, Number]] = []
    for operator, term in terms:
        result = compute(operator, total, term)
        if result < 0 or (operator == "/" and result.denominator > 1):
            waiting.append((operator, term))
        else:
            total = _step(operator, total, term, parts)
    for operator, term in waiting:
        total = _step(operator, total, term, parts)
    return total


def _step(operator: str, left: Number, right: Number, parts: list[str]) -> Number:
    result = compute(operator, left, right)
    parts.append(f"{write(left)}{operator}{write(right)}={write(result)}")
    return result


# --- templates -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Slot:
    """One number of the question that may change: `unit` times a whole number from low to high."""

    value: Number
    unit: Number
    low: int
    high: int


@dataclass(frozen=True)
class Blank:
    """One place in the question: a slot's number as its author wrote it, or a person's name."""

    source: int
    style: str  # "digits", "word" or "name"
    article: str = ""
    money: str = ""
    places: int = 0
    comma: bool = False


@dataclass(frozen=True)
class Node:
    """One operation on the table of numbers, and what its result must be like."""

    operator: str
    left: int
    right: int
    places: int | None
    sign: int
    most: Number


@dataclass(frozen=True)
class Template:
    """A problem with holes. The table of numbers is: slots, constants, results of the nodes."""

    id: str
    text: str
    blanks: tuple[Blank, ...]
    people: tuple[str, ...]
    slots: tuple[Slot, ...]
    constants: tuple[Number, ...]
    nodes: tuple[Node, ...]
    steps: tuple[str, ...]
    answer: int
    order: tuple[int, ...]

    @property
    def original(self) -> tuple[Number, ...]:
        """The numbers that the authors chose."""
        return tuple(slot.value for slot in self.slots)


class Dropped(Exception):
    """The problem cannot become a template; the message is the reason."""


@dataclass(frozen=True)
class Mention:
    """A number of the question as found: where, its value, and whether it may change."""

    match: re.Match[str]
    size: Number
    kind: str  # "plain", "percent" or "cents"
    free: bool
    high: int | None

    @property
    def key(self) -> tuple[Number, str]:
        """Equal numbers of one kind change together."""
        return self.size, self.kind


def build(examples: Iterable[Example]) -> tuple[list[Template], dict[str, int]]:
    """Make a template of every problem that allows it; the report counts the rest by reason."""
    templates, report = [], Counter(kept=0)
    for example in examples:
        try:
            template = _template(example)
            again = original(template)
            if (again.question, again.steps) != (example.question, example.steps):
                raise Dropped("not rebuilt exactly")
            templates.append(template)
            report["kept"] += 1
        except Dropped as reason:
            report[str(reason)] += 1
    return templates, dict(report)


def _mentions(question: str) -> tuple[list[Mention], set[Fraction]]:
    """The numbers of a question, and those that its fixed phrases bring along (1/3: 1, 3, 2/3)."""
    found: list[Mention] = []
    phrases: set[Fraction] = set()
    listed = LISTED.search(question) is not None
    for match in MENTION.finditer(question):
        if match["fixed"]:
            phrases |= _phrase(match["fixed"].lower())
            continue
        text = match["number"].lower()
        size = sum(WORDS[t] for t in re.split("[- ]", text)) if text[0].isalpha() else number(text)
        kind = "percent" if match["percent"] else "cents" if match["cents"] else "plain"
        before, after = question[: match.start("number")], question[match.end() :]
        kept = (
            size <= 1
            or LABEL.search(before)
            or WORLD.match(after)
            or re.match(r"\w|[-/:.]\d|\^", after)
            or (kind == "percent" and size >= 99)
            or (1900 <= size <= 2100 and not match["money"] and "," not in text)
            or (listed and size in range(7) and not match["money"])
            or (size <= 5 and re.match(r"[^.?]{0,40}(?:,| and) [A-Z]", after))  # 2 sons, Al and Bo
        )
        limits = next((LIMITS[unit] for unit in LIMITS if re.match(f"[- ]{unit}", after, re.I)), [])
        limits = [95] if kind == "percent" else [*limits, *([99] if text[0].isalpha() else [])]
        high = min((limit for limit in limits if limit >= size), default=None)
        found.append(Mention(match, size, kind, not kept, high))
    return found, phrases


def _phrase(text: str) -> set[Fraction]:
    """The numbers in a fixed phrase: `2/3` brings 2, 3, 2/3 and the 1/3 and 1 that are left."""
    digits = [Fraction(part) for part in re.findall(r"\d+", text)]
    words = [part for part in re.split(r"[^a-z]+", text) if part]
    digits += [Fraction(WORDS[part]) for part in words if part in WORDS]
    for part in words:
        if part[:3] in DENOMINATORS and part not in WORDS:
            digits = [*(digits or [Fraction(1)]), Fraction(DENOMINATORS[part[:3]])]
        for scale, size in (("hundred", 100), ("thousand", 1000), ("million", 1000000)):
            if part == scale:
                digits = [Fraction(size), sum(digits, Fraction(0)) * size or Fraction(size)]
    if len(digits) >= 2 and digits[-1] and ("/" in text or words):
        top, bottom = digits[-2:]
        share = top / bottom
        digits += [share, 1 - share, 1 + share]
    if len(digits) == 2 and ":" in text:
        digits += [sum(digits, Fraction(0))]
    return set(digits)


def _forms(kind: str, slot: Hole) -> list[Tree]:
    """What a number may look like in a step: 20% as 20, 0.2, 0.8, 1.2, 80 or 120."""
    hundred = Fraction(100)
    share = ("/", slot, hundred)
    if kind == "percent":
        one = Fraction(1)
        return [
            slot,
            share,
            ("-", one, share),
            ("+", one, share),
            ("-", hundred, slot),
            ("+", hundred, slot),
        ]
    return [slot, share] if kind == "cents" else [slot]


def _template(example: Example) -> Template:
    """Tie every operand to where it comes from, then freeze what is not certain."""
    if not example.steps:
        raise Dropped("no steps")
    trees = [_equation(step) for step in example.steps]
    results = [value(tree) for tree in trees]
    if results[-1] != number(example.answer):
        raise Dropped("the last result is not the answer")
    mentions, phrases = _mentions(example.question)
    keys = sorted({mention.key for mention in mentions})
    sizes = [size for size, _ in keys]
    frozen = {keys.index(mention.key) for mention in mentions if not mention.free}
    forms = [form for slot, (_, kind) in enumerate(keys) for form in _forms(kind, Hole(slot))]
    found = [
        set().union(*(f[1] for f in facts if f[0].search(example.question))) for facts in BROUGHT
    ]
    if REST.search(example.question):
        rest = {whole - size for whole in found[0] | found[1] for size in sizes}
        found[1] = found[1] | rest
    origins = Origins(
        {form: value(form, sizes) for form in forms}, phrases | found[0], phrases, found[1]
    )

    operands = [[leaf for leaf in _leaves(t) if isinstance(leaf, Fraction)] for t in trees]
    known: list[Tree] = []  # results so far, as expressions of numbers of the question
    written: list[list[Tree]] = []  # what stands at the leaves of each step
    for position, tree in enumerate(trees):
        written.append([])
        if not isinstance(tree, tuple) and tree not in (*sizes, *results[:position]):
            raise Dropped("an operand comes from nowhere")  # found in the head: 12=12
        for leaf in operands[position]:
            same = [k for k in range(position) if results[k] == leaf]
            uses = [row.count(leaf) for row in operands]
            # a result that no other operand can be is what this one stands for
            due = len(same) == 1 and sum(uses[same[0] + 1 :]) == 1
            due = due and not (leaf in sizes and sum(uses) == 1)
            written[-1].append(known[same[0]] if due else _tie(leaf, origins, frozen))
        known.append(_replace(tree, iter(written[-1])))
        origins.sources[known[-1]] = results[position]

    used = set().union(*(_support(tree) for tree in known))
    frozen |= _entangled(sizes, used, known)
    live = used - frozen
    if not live:
        raise Dropped("nothing is free to change")
    known = [_settle(tree, sizes, live) for tree in known]
    written = [[_settle(leaf, sizes, live) for leaf in leaves] for leaves in written]
    return _assemble(
        example, mentions, [keys[slot] for slot in sorted(live)], trees, written, known
    )


@dataclass(frozen=True)
class Origins:
    """All that an operand of the next step may come from."""

    sources: dict[Tree, Number]  # numbers of the question in their forms, results so far
    certain: set[Fraction]
    phrases: set[Fraction]
    doubtful: set[Fraction]

    def combine(self, leaf: Fraction) -> bool:
        """Whether two of the numbers give this one: then it may be a sum done in the head."""
        sizes = {*self.sources.values(), *self.phrases} - {0}
        return any(
            leaf - a in sizes or leaf + a in sizes or leaf * a in sizes or leaf / a in sizes
            for a in sizes
        )


def _tie(leaf: Fraction, origins: Origins, frozen: set[int]) -> Tree:
    """Where an operand comes from; if that is not certain, freeze all that it may come from."""
    fitting = [source for source, size in origins.sources.items() if size == leaf]
    certain = leaf == 1 or leaf in origins.certain
    if len(fitting) > 1 or (fitting and (certain or leaf in origins.doubtful)):
        frozen.update(*(_support(source) for source in fitting))
        return leaf
    if fitting:
        return fitting[0]
    if certain:
        return leaf
    if leaf in origins.doubtful | COUNTED and not origins.combine(leaf):
        return leaf
    raise Dropped("an operand comes from nowhere")


def _equation(step: str) -> Tree:
    left, _, result = step.rpartition("=")
    try:
        tree = parse(left)
        if value(tree) == number(result):
            return tree
    except (ValueError, ZeroDivisionError):
        raise Dropped("a step is not an equation") from None
    raise Dropped("a step does not compute")


def _entangled(sizes: list[Number], used: set[int], known: list[Tree]) -> set[int]:
    """Numbers that make up another one by what the words say, though no step says it.

    Of 20 bags 15 are sold at one price, the other 5 at another: none of the three may change alone.
    """
    told = {part for tree in known for part in _parts(tree)}
    bound: set[int] = set()
    for count, operator in ((2, "+"), (2, "*"), (3, "+")):
        for slots in combinations([slot for slot, size in enumerate(sizes) if size > 1], count):
            total = (
                prod(sizes[s] for s in slots) if operator == "*" else sum(sizes[s] for s in slots)
            )
            for whole in (slot for slot, size in enumerate(sizes) if size == total):
                inverse = "/" if operator == "*" else "-"
                ways = [(operator, Hole(a), Hole(b)) for a, b in permutations(slots, 2)]
                ways += [(inverse, Hole(whole), Hole(slot)) for slot in slots]
                if whole not in used or not told.intersection(ways):
                    bound |= {whole, *slots}
    for slot in {*range(len(sizes))} - used:
        bound |= set().union(
            *(_support(tree) for tree in known if value(tree, sizes) == sizes[slot])
        )
    return bound


def _parts(tree: Tree) -> list[Tree]:
    return [tree, *_parts(tree[1]), *_parts(tree[2])] if isinstance(tree, tuple) else [tree]


def _replace(tree: Tree, leaves: Iterator[Tree]) -> Tree:
    if isinstance(tree, tuple):
        return tree[0], _replace(tree[1], leaves), _replace(tree[2], leaves)
    return next(leaves)


def _support(tree: Tree) -> set[int]:
    return {leaf.slot for leaf in _leaves(tree) if isinstance(leaf, Hole)}


def _assemble(
    example: Example,
    mentions: list[Mention],
    keys: list[tuple[Number, str]],
    trees: list[Tree],
    written: list[list[Tree]],
    known: list[Tree],
) -> Template:
    """Lay the tied problem out: a table of numbers, and texts with blanks that point into it."""
    order = sorted(
        {leaf.slot for tree in known for leaf in _leaves(tree) if isinstance(leaf, Hole)}
    )
    rows: dict[Tree, int] = {Hole(slot): row for row, slot in enumerate(order)}
    constants = {leaf for tree in known for leaf in _leaves(tree) if isinstance(leaf, Fraction)}
    rows |= {leaf: row for row, leaf in enumerate(sorted(constants), len(rows))}
    table: list[Number] = [
        *(size for size, _ in keys),
        *(_whole(leaf) for leaf in sorted(constants)),
    ]
    nodes: list[Node] = []

    def row(tree: Tree) -> int:
        if tree not in rows and isinstance(tree, tuple):
            left, right = row(tree[1]), row(tree[2])
            size = compute(tree[0], table[left], table[right])
            places = 0 if isinstance(size, int) else max(2, _places(size) or 0)
            exact = places if tree in known or places == 0 else None
            sign = (size > 0) - (size < 0)
            nodes.append(Node(tree[0], left, right, exact, sign, 100 + 10 * sign * size))
            rows[tree] = len(table)
            table.append(size)
        return rows[tree]

    steps = []
    for tree, leaves, result in zip(trees, written, known, strict=True):
        left = _render(tree, (f"{{{row(leaf)}}}" for leaf in leaves))
        steps.append(f"{left}={{{row(result)}}}")
    text, blanks, people = _blanks(example.question, mentions, keys)
    highs = [[m.high for m in mentions if m.key == key and m.high] for key in keys]
    slots = tuple(
        _slot(*key, min(high, default=None)) for key, high in zip(keys, highs, strict=True)
    )
    idle = any(not any(r in row for row in written[k:]) for k, r in enumerate(known[:-1], 1))
    compared = idle or COMPARED.search(example.question)  # an idle result was only compared
    ranked = sorted(range(len(table) if compared else len(keys)), key=lambda place: table[place])
    fixed = tuple(table[len(keys) : len(keys) + len(constants)])
    return Template(
        example.id,
        text,
        blanks,
        people,
        slots,
        fixed,
        tuple(nodes),
        tuple(steps),
        row(known[-1]),
        tuple(ranked),
    )


def _settle(tree: Tree, sizes: list[Number], live: set[int]) -> Tree:
    """An expression with frozen slots replaced by the numbers they hold."""
    if isinstance(tree, tuple):
        return tree[0], _settle(tree[1], sizes, live), _settle(tree[2], sizes, live)
    return Fraction(sizes[tree.slot]) if isinstance(tree, Hole) and tree.slot not in live else tree


def _slot(size: Number, kind: str, high: int | None) -> Slot:
    """The numbers near this one and as round as it is: 120 moves in tens, 2.5 in halves."""
    units = [Fraction(10) ** power * step for power in range(4, -4, -1) for step in (5, 1)]
    large = 5 if kind == "percent" else size / 4
    fitting = (unit for unit in units if size % unit == 0 and unit <= max(large, 1))
    unit = next(fitting, Fraction(size))
    most = max(3 * size, size + 3) if size > 12 else max(2 * size, size + 3)
    top = min(most, high) if high else most
    low = max(size / 3, 2 if size == int(size) else unit)
    return Slot(size, _whole(unit), -int(-low // unit), int(top // unit))


def _blanks(
    question: str, mentions: list[Mention], keys: list[tuple[Number, str]]
) -> tuple[str, tuple[Blank, ...], tuple[str, ...]]:
    """Cut the numbers that may change, and the names, out of the question."""
    cuts: list[tuple[int, int, Blank]] = []
    for mention in mentions:
        match = mention.match
        if mention.key in keys:
            text = match["number"]
            style = "digits" if not text[0].isalpha() else "Word" if text[0].isupper() else "word"
            places = len(text.partition(".")[2])
            comma = "," in text or mention.size < 1000
            words = match["article"] or "", match["money"] or ""
            blank = Blank(keys.index(mention.key), style, *words, places, comma)
            cuts.append((match.start(), match.end("number"), blank))
    capital = set(re.findall(r"[A-Z][a-z]+", question))
    people = tuple(
        name
        for name in sorted(capital & {*MALE, *FEMALE})
        if not any(a != b and a.startswith(b) for c in capital for a, b in ((name, c), (c, name)))
        and not re.search(rf"-{name}\b|\b{name}(?:-| (?!I\b)[A-Z])", question)
    )
    for person, name in enumerate(people):
        for match in re.finditer(rf"\b{name}\b", question):
            cuts.append((match.start(), match.end(), Blank(person, "name")))
    cuts.sort(key=lambda cut: cut[0])
    edges = [0, *(edge for start, stop, _ in cuts for edge in (start, stop)), len(question)]
    pieces = [question[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    text = "{}".join(piece.replace("{", "{{").replace("}", "}}") for piece in pieces)
    return text, tuple(blank for _, _, blank in cuts), people


# --- drawing -------------------------------------------------------------------------------------


def draw(template: Template, seed: int, index: int) -> Example:
    """The problem with new numbers and names: the same arguments give the same problem."""
    random = Random(f"{template.id}/{seed}/{index}")
    table = _search(template, random)
    taken = set(template.people)
    names = []
    for person in template.people:
        name = random.choice(MALE if person in MALE else FEMALE)
        names.append(person if name in taken else name)
        taken.add(name)
    return _fill(template, table, names, f"resample/{template.id}/{seed}/{index}")


def original(template: Template) -> Example:
    """The problem as its authors wrote it, rebuilt from the template."""
    table = solve(template, [slot.value for slot in template.slots])
    assert table is not None, template.id
    return _fill(template, table, list(template.people), template.id)


def _search(template: Template, random: Random, tries: int = 24) -> list[Number]:
    """Draw all numbers at once; failing that, move them one by one, away from the original."""
    slots = template.slots
    for _ in range(tries):
        numbers = [slot.unit * random.randint(slot.low, slot.high) for slot in slots]
        if table := solve(template, numbers):
            return table
    numbers = [slot.value for slot in slots]
    best = solve(template, numbers)
    assert best is not None, template.id
    for place in random.sample(range(len(slots)), len(slots)):
        slot = slots[place]
        for _ in range(tries // 2):
            trial = numbers.copy()
            trial[place] = slot.unit * random.randint(slot.low, slot.high)
            if table := solve(template, trial):
                numbers, best = trial, table
                break
    return best


def solve(template: Template, numbers: Sequence[Number]) -> list[Number] | None:
    """The table of numbers with every result, or None if one is not as the problem needs it."""
    table = [*(_whole(Fraction(size)) for size in numbers), *template.constants]
    for node in template.nodes:
        right = table[node.right]
        if node.operator == "/" and not right:
            return None
        result = compute(node.operator, table[node.left], right)
        if (result > 0) - (result < 0) != node.sign or node.sign * result > node.most:
            return None
        if node.places is not None and 10**node.places % result.denominator:
            return None
        table.append(result)
    rising = [table[place] for place in template.order]
    if any(low > high for low, high in pairwise(rising)):
        return None
    return table


def _fill(template: Template, table: list[Number], names: list[str], id: str) -> Example:
    texts = [write(size) for size in table]
    filled = [
        names[blank.source] if blank.style == "name" else _spell(blank, table[blank.source])
        for blank in template.blanks
    ]
    steps = tuple(step.format(*texts) for step in template.steps)
    return Example(template.text.format(*filled), steps, texts[template.answer], id)


def _spell(blank: Blank, size: Number) -> str:
    """A number in the manner of the author: `an 8`, `$1,200`, `2.50`, `twenty-one`."""
    if blank.style == "digits":
        text = f"{float(size):,.{blank.places}f}" if blank.places and blank.money else write(size)
        if blank.comma and size >= 1000 and not blank.places:
            text = f"{size:,}"
    else:
        tens, ones = divmod(int(size), 10)
        text = ONES[int(size)] if size < 20 else TENS[tens - 2] + (f"-{ONES[ones]}" if ones else "")
        text = text.capitalize() if blank.style == "Word" else text
    if blank.article:
        vowel = text.startswith(("8", "ei", "Ei")) or text.partition(",")[0] in (
            "11",
            "18",
            "eleven",
        )
        return f"{blank.article[0]}{'n' if vowel else ''} {blank.money}{text}"
    return blank.money + text
