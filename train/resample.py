"""New numbers in old problems.

An annotated word problem is one point of a whole family: other apples, other prices, the same sum.
Here each number of the question is tied to the operands of its steps; then new numbers and names are
drawn, and every step is computed again, exactly. What cannot be tied stays as it was or is dropped.

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
from itertools import permutations
from random import Random

from train.data import Example

Number = int | Fraction
Tree = int | Fraction | tuple  # a slot's index, a constant, or (operator, left, right)

MALE = """Aaron Adam Alan Albert Andrew Andy Anthony Arthur Ben Bob Brad Brandon Brian Bruce Bryan Caleb
Calvin Carl Carlos Charles Chad Dan Daniel Danny Dave David Derek Diego Eric Fred Gary George Gerald
Greg Harry Henry Ian Ivan Jack Jackson Jacob James Jared Jason Jeff Jeremy Jerome Jerry Jim Jimmy Joe
Joel John Johnny Jorge Jose Joseph Josh Joshua Juan Justin Ken Kenneth Kevin Kyle Larry Leo Lucas Luke
Marcus Mario Martin Matt Matthew Michael Mike Nathan Neil Nick Noah Oliver Oscar Patrick Paul Peter
Phil Phillip Ralph Randy Richard Rick Rob Robert Roger Ron Ryan Sean Simon Stan Stephen Steve Steven
Ted Theo Thomas Tim Todd Tom Tommy Travis Trevor Tyler Vincent Walter William Zach""".split()
FEMALE = """Abigail Alice Allison Alyssa Amanda Amelia Amy Andrea Angela Anna Anne Annie Barbara Becky
Bella Beth Betty Brenda Brittany Carla Carmen Carol Carolyn Carrie Cheryl Christina Christine Cindy
Claire Cynthia Danielle Diana Diane Donna Dorothy Elizabeth Ella Emily Emma Erica Erin Gina Gretchen
Hannah Helen Jane Janet Janice Jenna Jennifer Jenny Jessica Jill Joan Julia Julie Karen Kate Katie
Kendra Laura Leila Linda Lisa Lucy Lydia Maggie Mandy Maria Martha Mary Megan Melanie Melissa Mia
Michelle Molly Monica Nancy Natalie Nicole Nina Nora Olivia Patricia Paula Rachel Rebecca Rita Ruth
Sally Samantha Sandra Sara Sarah Sheila Sophie Stephanie Stella Sue Susan Tammy Tanya Tiffany Tina
Veronica Wendy Zoe""".split()

ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen""".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORDS = {word: value for value, word in enumerate(ONES)}
WORDS |= {word: 10 * value for value, word in enumerate(TENS, 2)}

# Words that bring numbers of their own into the steps. An operand may come from them.
FACTS = {
    r"half|halve|twice|doubl|both|couple|pair|average|round.?trip|each way|perimeter|two|twin": "2 0.5",
    r"thrice|tripl|third|three|yard|triang|tricycle": "3",
    r"quarter|fourth|quadrupl|season": "4 0.25 3 0.75 25",
    r"fifth|nickel|weekday": "5 0.2 0.05",
    r"sixth": "6",
    r"eighth": "8",
    r"tenth|dime|decade": "10 0.1",
    r"week|\bday|daily": "7 24",
    r"hour|minute|second": "60 3600",
    r"year|annual": "12 52 365",
    r"month": "12 30 4",
    r"dozen|foot|feet|inch": "12",
    r"pound|ounce": "16",
    r"%|percent|cent|\$|dollar|meter|cm\b|penn": "100",
    r"kilo|kg|km\b|liter|ton\b|thousand": "1000",
    r"leg|wheel|tire|car\b|dog|cat|square|feet": "4",
    r"leg|chicken|bike|bicycle|wheel": "2",
}
EVERYDAY = [(re.compile(pattern, re.I), values.split()) for pattern, values in FACTS.items()]

NAME = r"one|two|three|four|five|six|seven|eight|nine"
WORD = (
    rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{NAME}))?|{'|'.join(sorted(ONES, key=len, reverse=True))})"
)
DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
PARTS = r"(?:hal(?:f|ves)|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)"
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
    r"(?:\b(?:grade|day|week|level|chapter|route|size|number|no\.|year|room|step|round|phase|in|since"
    r"|these|those|other|all|between|from)|#) $",
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
# Questions that compare or count up to a limit: all their numbers keep their order.
COMPARED = re.compile(
    r"(?:fast|slow|cheap|old|young|tall|short|long|high|low|larg|small|bigg|heav|light|great|earli|lat)"
    r"(?:er|est|iest)\b|\b(?:most|least|max|min|best|better|worst|win|won|over|exceed|first|limit|up to"
    r"|overtime|only|enough|above|below|whichever|discount|every|if|between|differen|must|can)",
    re.I,
)


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
    return slots[tree] if isinstance(tree, int) else _whole(tree)


def _render(tree: Tree, leaves: Iterator[str], level: int = 0) -> str:
    """Write an expression with its leaves in order and no bracket more than it needs."""
    if not isinstance(tree, tuple):
        return next(leaves)
    own = 1 if tree[0] in "+-" else 2
    left = _render(tree[1], leaves, own)
    right = _render(tree[2], leaves, own + (tree[0] in "-/"))
    text = f"{left}{tree[0]}{right}"
    return f"({text})" if own < level else text


def _leaves(tree: Tree) -> list[int | Fraction]:
    return _leaves(tree[1]) + _leaves(tree[2]) if isinstance(tree, tuple) else [tree]


def clean(row: dict) -> Example | None:
    """The problem with its steps in canonical form, or None if they do not compute to the answer."""
    steps = []
    try:
        answer = number(str(row["answer"]))
        for step in row.get("steps") or ():
            text = re.sub(r"<<|>>|[\s$,]|[A-Za-wyzA-WYZ°]", "", step)
            text = re.sub(r"[xX×]", "*", text).replace("÷", "/").replace("–", "-").replace("−", "-")
            text = re.sub(r"([\d.]+)%", r"(\1/100)", text)
            left, *middle, result = text.split("=")
            tree = parse(left)
            if any(value(parse(part)) != value(tree) for part in (*middle, result)):
                return None
            if _places(value(tree)) is None:
                return None
            leaves = (write(_whole(Fraction(leaf))) for leaf in _leaves(tree))
            steps.append(f"{_render(tree, leaves)}={write(value(tree))}")
    except (ValueError, ZeroDivisionError):
        return None
    if not steps or value(tree) != answer:
        return None
    return Example(row["question"].strip(), tuple(steps), write(answer), str(row.get("id", "")))


def binary(steps: Iterable[str]) -> tuple[str, ...]:
    """Split steps with several operators into steps with one.

    `16-3-4=9` becomes `16-3=13`, `13-4=9`. A division that leaves no whole number, and a subtraction
    that falls below zero, wait until the rest of their chain is done: `3/8*200` becomes `3*200=600`,
    `600/8=75`. A step that would need a repeating decimal stays as it is.
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
    for position, (operator, term) in enumerate(terms + waiting):
        result = compute(operator, total, term)
        if position < len(terms) and (result < 0 or (operator == "/" and result.denominator > 1)):
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
    """One place in the question: a slot's number, in the manner of its author, or a person's name."""

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
    value: Number
    kind: str  # "plain", "percent" or "cents"
    free: bool
    high: int | None = None


def build(examples: Iterable[Example]) -> tuple[list[Template], dict[str, int]]:
    """Make a template of every problem that allows it; the report counts the rest by reason."""
    templates, report = [], Counter(kept=0)
    for example in examples:
        try:
            templates.append(_template(example))
            report["kept"] += 1
        except Dropped as reason:
            report[str(reason)] += 1
    return templates, dict(report)


def _mentions(question: str) -> tuple[list[Mention], set[Fraction]]:
    """The numbers of a question, and those that its fixed phrases bring along (1/3: 1, 3, 2/3)."""
    found: list[Mention] = []
    fixed: set[Fraction] = {Fraction(1)}
    listed = LISTED.search(question) is not None
    for pattern, values in EVERYDAY:
        if pattern.search(question):
            fixed |= {Fraction(text) for text in values}
    for match in MENTION.finditer(question):
        if match["fixed"]:
            fixed |= _phrase(match["fixed"].lower())
            continue
        text = match["number"].lower()
        word = text[0].isalpha()
        size = number(text) if not word else sum(WORDS[part] for part in re.split("[- ]", text))
        kind = "percent" if match["percent"] else "cents" if match["cents"] else "plain"
        before, after = question[: match.start()], question[match.end() :]
        if match["article"]:
            before += match["article"]
        unit = re.match(r"[- ]?([A-Za-z]*)", after)
        noun = unit[1].lower() if unit else ""
        free = size > 1 and not LABEL.search(before) and not WORLD.match(after)
        free = free and not (size <= 6 and size == int(size) and listed and not match["money"])
        free = free and not (kind == "percent" and not 1 < size < 99)
        free = free and not (1900 <= size <= 2100 and not match["money"] and "," not in text)
        free = free and not re.match(r"\w|[-/:.]\d|\^", after)
        free = free and not (size <= 5 and re.match(r"[^.?]{0,40}(?:,| and) [A-Z]", after))
        high = None
        for singular, limits in (
            ("hour", (12, 24)),
            ("day", (7, 31)),
            ("month", (12,)),
            ("week", (4, 52)),
        ):
            if noun.startswith(singular):
                high = next((limit for limit in limits if size <= limit), None)
        if noun.startswith("minute") and size < 60:
            high = 59
        if re.match(r"[- ]years?[- ]old", after):
            high = 95
        found.append(Mention(match, size, kind, bool(free), high))
    return found, fixed


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
        digits += [share, 1 - share, 1 + share, bottom - top, bottom + top]
        if len(digits) == 8:
            digits += [digits[0] + share, digits[0] * bottom + top]
    if len(digits) == 2 and ":" in text:
        digits += [sum(digits, Fraction(0))]
    return set(digits)


def _forms(kind: str, slot: int) -> list[Tree]:
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
    if not example.steps:
        raise Dropped("no steps")
    mentions, fixed = _mentions(example.question)
    keys = sorted({(m.value, m.kind) for m in mentions})
    values = [size for size, _ in keys]
    frozen = {keys.index((m.value, m.kind)) for m in mentions if not m.free}
    forms = [form for slot, (_, kind) in enumerate(keys) for form in _forms(kind, slot)]

    known: list[Tree] = []  # results so far, as expressions of slots and constants
    written: list[Tree] = []
    for step in example.steps:
        left, _, result = step.rpartition("=")
        try:
            tree = parse(left)
            if value(tree) != number(result):
                raise Dropped("a step does not compute")
        except (ValueError, ZeroDivisionError):
            raise Dropped("a step is not an equation") from None

        def tie(leaf: Tree) -> Tree:
            if isinstance(leaf, tuple):
                return leaf[0], tie(leaf[1]), tie(leaf[2])
            sources = {source for source in (*forms, *known) if value(source, values) == leaf}
            support = set().union(*(_support(source) for source in sources))
            if leaf in fixed or len(sources) > 1:
                frozen.update(support)
                return leaf
            if not sources:
                if leaf not in (2, 3, 4) or _combines(
                    leaf, values + [value(k, values) for k in known]
                ):
                    raise Dropped("an operand comes from nowhere")
                return leaf
            return sources.pop()

        tied = tie(tree)
        known.append(tied)
        written.append(tied)
    if value(known[-1], values) != number(example.answer):
        raise Dropped("the last result is not the answer")

    used = set().union(*(_support(tree) for tree in known))
    for slot, size in enumerate(
        values
    ):  # a number that no step uses, yet says what others add up to
        if slot not in used:
            frozen.add(slot)
            near = [tree for tree in known if value(tree, values) == size]
            near += [(op, a, b) for a, b in permutations(used, 2) for op in "+-*/"]
            near = [tree for tree in near if value(tree, values) == size] if size > 1 else []
            frozen.update(*(_support(tree) for tree in near))
    if not used - frozen:
        raise Dropped("nothing is free to change")
    return _assemble(example, mentions, keys, frozen, written)


def _support(tree: Tree) -> set[int]:
    return {leaf for leaf in _leaves(tree) if isinstance(leaf, int)}


def _combines(leaf: Fraction, values: list[Number]) -> bool:
    """Whether two of the numbers give this one: then it may be a sum done in the head."""
    pairs = permutations([size for size in values if size], 2)
    return any(leaf in (a + b, a - b, a * b, Fraction(a) / b) for a, b in pairs)


def _assemble(
    example: Example,
    mentions: list[Mention],
    keys: list[tuple[Number, str]],
    frozen: set[int],
    written: list[Tree],
) -> Template:
    """Lay the tied problem out as a table of numbers and a text with blanks."""
    used = set().union(*(_support(tree) for tree in written))
    live = [slot for slot in range(len(keys)) if slot in used and slot not in frozen]
    values = [size for size, _ in keys]
    table: dict[Tree, int] = {slot: row for row, slot in enumerate(live)}
    constants: list[Number] = []
    nodes: list[Node] = []

    def settle(tree: Tree) -> Tree:  # a frozen slot is a constant
        if isinstance(tree, tuple):
            return tree[0], settle(tree[1]), settle(tree[2])
        return Fraction(values[tree]) if isinstance(tree, int) and tree in frozen else tree

    trees = [settle(tree) for tree in written]
    for leaf in (leaf for tree in trees for leaf in _leaves(tree)):
        if leaf not in table and isinstance(leaf, Fraction):
            constants.append(_whole(leaf))

    return Template()
