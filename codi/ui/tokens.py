"""How a token is shown: white space made visible, equal texts merged, a class for its mark."""

from __future__ import annotations

from collections.abc import Iterable

from codi.trace import Candidate

READABLE = 0.2
"""A top candidate below this probability is called unreadable."""
_GLYPHS = {" ": "␣", "\n": "⏎", "\t": "⇥", "\r": "⏎"}


def glyphs(text: str) -> str:
    """Text of a token with its white space made visible, one space at either end dropped."""
    if text.strip():
        text = text.strip(" ")
    return "".join(_GLYPHS.get(c, c if c.isprintable() else "�") for c in text) or "∅"


def merged(top: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """Texts that read the same (" 9" and "9") with their probabilities added up, largest first."""
    together: dict[str, float] = {}
    for text, probability in top:
        shown = glyphs(text)
        together[shown] = together.get(shown, 0.0) + probability
    return sorted(together.items(), key=lambda item: -item[1])


def candidates(top: Iterable[Candidate]) -> list[tuple[str, float]]:
    """The candidates of a state, merged."""
    return merged((candidate.text, candidate.probability) for candidate in top)


def token_class(text: str) -> str:
    """`number`, `operator`, `word` or `other`."""
    if text.replace(".", "", 1).isdigit():
        return "number"
    if all(c in "+-*/=<>()%$×÷" for c in text):
        return "operator"
    return "word" if text.replace("'", "").isalpha() else "other"


def readable(text: str, probability: float) -> bool:
    """Whether a state's best candidate says something."""
    return probability >= READABLE and token_class(text) != "other"
