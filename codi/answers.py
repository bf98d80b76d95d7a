"""Text to number to equality: the only answer parser of the project.

Two readings of a model's text are reported side by side. *Strict* takes the number right after the
answer cue. *Flexible* takes the last number anywhere, as the official evaluation does (method.md 1.9).
Both compare by value, exactly: 18, 18.0 and 18.00 are one answer, and 0.1 + 0.2 never enters.
"""

from __future__ import annotations

import re
from decimal import Decimal

NUMBER_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "hundred": 100, "thousand": 1000, "half": 2, "twice": 2, "double": 2, "pair": 2, "third": 3,
    "triple": 3, "quarter": 4, "dozen": 12,
}  # fmt: skip
"""Words of a question that bring a number; of a part, what to divide by."""

# A number: thousands separators only in groups of three; the decimal point needs digits after it, so
# the full stop of "is 18." stays outside.
_NUMBER = re.compile(r"(?<![\w.])-?\s?\$?\s?(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?", re.ASCII)


def _numbers(text: str) -> list[Decimal]:
    found = []
    for match in _NUMBER.finditer(text):
        whole, fraction = match.group(1) or "", match.group(2) or ""
        if whole or fraction:
            negative = match.group(0).startswith("-")
            value = Decimal(f"{whole.replace(',', '') or '0'}{fraction}")
            found.append(-value if negative else value)
    return found


def parse_answer(text: str) -> Decimal | None:
    """The last number in `text`, or None if there is none. Never raises.

    Understands `1,234`, `$5`, `-$5`, `2.50`, `.5`; units and words around it do not matter.
    """
    numbers = _numbers(text)
    return numbers[-1] if numbers else None


def parse_after_cue(text: str, cue: str) -> Decimal | None:
    """The first number after the last `cue`, or None without a cue or number (strict reading)."""
    if cue not in text:
        return None
    numbers = _numbers(text.rpartition(cue)[2])
    return numbers[0] if numbers else None


def same(left: Decimal | None, right: Decimal | None) -> bool:
    """Equality by value; no answer equals nothing, not even another missing answer."""
    return left is not None and right is not None and left == right


def canonical(value: Decimal) -> str:
    """The one way this project writes a number: no exponent, no trailing zeros, no separators."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
