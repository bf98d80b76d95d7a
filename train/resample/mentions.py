"""The numbers that a question mentions, and which of them may change.

A number stays as it is where another one would make the text false: an ordinal, a label, a fact of the
world, a group whose members are listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from train.resample.equations import Number, number
from train.resample.words import ONES, TENS, WORDS

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
# No more of these in one breath than that.
LIMITS = {"minute": [59], "hour": [12, 24, 60], "day": [7, 31], "week": [4, 52], "month": [12]}
LIMITS |= {"year": [95]}
UNIT = re.compile(rf"[- ]({'|'.join(LIMITS)})", re.I)


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


def find_mentions(question: str) -> tuple[list[Mention], set[Fraction]]:
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
        limits = LIMITS[unit[1].lower()] if (unit := UNIT.match(after)) else []
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
