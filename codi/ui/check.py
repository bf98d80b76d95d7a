"""Whether a question can be given to the model; the only gate, for the page and the API alike.

Every refusal is a sentence that says what to do. Nothing is repaired silently: what the model reads is
what the visitor typed, except that white space is collapsed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from codi.answers import NUMBER_WORDS
from codi.config import MAX_LATENTS
from codi.ui.text import Message

MAX_CHARACTERS = 400
MAX_TOKENS = 160
MAX_DIGITS = 12
MAX_SEED = 2**31 - 1

_TAG = re.compile(r"<\s*[/!?]?\s*[a-zA-Z]|&#|\$\{|\{\{|javascript:", re.IGNORECASE)
_DIGITS = re.compile(r"\d[\d,]*")
_NUMBER_WORD = re.compile(rf"\b({'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE)
_ENGLISH_WORD = re.compile(
    r"\b(a|an|the|is|are|was|were|has|have|had|how|many|much|what|which|who|does|do|did|and|or|of|to|"
    r"in|on|at|for|with|from|each|every|per|there|then|if|than|he|she|it|they|his|her|their|him|them|"
    r"left|total|all|buys|gives|makes|sells|costs|more|less|find|calculate|plus|minus|times)\b",
    re.IGNORECASE,
)


class Refused(Exception):
    """A run that will not happen, with the sentence that says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.say())
        self.message = message


def checked(question: object, count_tokens: Callable[[str], int]) -> str:
    """The question as the model reads it, white space collapsed.

    Raises:
        Refused: something is wrong with it.
    """
    if problem := check(question, count_tokens):
        raise Refused(problem)
    return " ".join(str(question).split())


def check(question: object, count_tokens: Callable[[str], int] | None = None) -> Message | None:
    """What is wrong with `question`, or None.

    Args:
        question: anything; a raw API call can send anything.
        count_tokens: the model's count; None skips that one test.
    """
    if not isinstance(question, str):
        return Message("bad_type")
    text = " ".join(question.split())
    if not text:
        return Message("empty")
    if len(text) > MAX_CHARACTERS:
        values = {"count": len(text), "limit": MAX_CHARACTERS, "over": len(text) - MAX_CHARACTERS}
        return Message("too_long", values)
    if any(unicodedata.category(c).startswith("C") for c in text):
        return Message("hidden_characters")
    if _TAG.search(text):
        return Message("markup")
    if not _reads_like_english(text):
        return Message("not_english")
    if not re.search(r"[0-9]", text) and not _NUMBER_WORD.search(text):
        return Message("no_number")
    if any(len(run.replace(",", "")) > MAX_DIGITS for run in _DIGITS.findall(text)):
        return Message("huge_number", {"limit": MAX_DIGITS})
    if count_tokens is not None and (count := count_tokens(text)) > MAX_TOKENS:
        return Message("too_many_tokens", {"count": count, "limit": MAX_TOKENS})
    return None


def check_options(num_latents: object, seed: object) -> Message | None:
    """What is wrong with the other inputs of the API, or None."""
    if num_latents is not None and not _whole(num_latents, MAX_LATENTS):
        return Message("bad_latents", {"limit": MAX_LATENTS})
    if not _whole(seed, MAX_SEED):
        return Message("bad_seed", {"limit": MAX_SEED})
    return None


def _whole(value: object, limit: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= limit


def _reads_like_english(text: str) -> bool:
    """No letter or digit of another script; and from six words on, two very common English words."""
    for character in text:
        kind = unicodedata.category(character)
        if kind[0] in "LN" and not character.isascii():
            name = unicodedata.name(character, "")
            if not name.startswith("LATIN ") and kind != "No":  # é in a name is fine, ½ too
                return False
    words = re.findall(r"[^\W\d_]+", text)
    return len(words) < 6 or len({w.lower() for w in _ENGLISH_WORD.findall(text)}) > 1
