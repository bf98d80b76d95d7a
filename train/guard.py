"""What must never be trained on: the evaluation questions, and telling pieces of them.

A score is honest only while its questions are unseen. So the stream drops every problem that has eight
words in a row in common with an evaluation question. Numbers and names are masked: a question with other
numbers or names is the same question. Eight words may be nobody's, though, as "how many apples does he
have in all". *Stock*, which anybody writes, is an 8-gram with fewer than `CONTENT` different words
besides function words, numbers and names.

The repository does not hold the evaluation sets, only short digests of their telling 8-grams
(`guard.bin`, written by `python -m train overlap`): enough to know one when it is met.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path

from train.resample.words import FEMALE, MALE, WORDS
from train.synthetic.world import PEOPLE

N = 8
CONTENT = 3
"""A piece with fewer different content words than this says nothing of its source."""
FILE = Path(__file__).with_name("guard.bin")

_FUNCTION = frozenset(
    re.findall(
        r"\S+",
        """a about after all also altogether am an and any are as at away be been before but by can could
did do does each every for from get gets gave give had has have he her him his how i if in into is it its
left less many more much now of off on one only or other others out over s she so some than that the
their them then there they this to total up was we were what when where which who will with would
you your how's it's there's don't""",
    )
)
_NAMES = frozenset(name.lower() for name in (*(p.name for p in PEOPLE), *MALE, *FEMALE))
_NUMBERS = frozenset(WORDS) - {"one"}
_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+(?:'[a-z]+)?")
_DIGEST = 8  # bytes


@cache
def _masked(token: str) -> str:
    """A number as #, a name as @."""
    if token[0].isdigit() or token in _NUMBERS:
        return "#"
    return "@" if token.removesuffix("'s") in _NAMES else token


def words_of(question: str) -> tuple[str, ...]:
    """The words of a question without case and punctuation, numbers and names masked."""
    return tuple(map(_masked, _TOKEN.findall(question.lower().replace("’", "'"))))


def pieces(words: Sequence[str]) -> Iterator[str]:
    """Its telling 8-grams; of a shorter text, all of it."""
    for i in range(max(len(words) - N, 0) + 1):
        gram = words[i : i + N]
        if len({*gram} - _FUNCTION - {"#", "@"}) >= CONTENT:
            yield " ".join(gram)


def digest(piece: str) -> int:
    """Eight bytes of it: that two pieces share them is as good as impossible."""
    return int.from_bytes(blake2b(piece.encode(), digest_size=_DIGEST).digest(), "little")


class Guard:
    """The digests of all that is protected."""

    def __init__(self, digests: Iterable[int]) -> None:
        self.digests = frozenset(digests)

    @classmethod
    def of(cls, questions: Iterable[str]) -> Guard:
        """Protect these questions."""
        return cls(digest(piece) for question in questions for piece in pieces(words_of(question)))

    @classmethod
    def load(cls, path: Path = FILE) -> Guard:
        """The guard as saved.

        Raises:
            FileNotFoundError: it is not there, and nothing would be protected.
        """
        if not path.is_file():
            raise FileNotFoundError(
                f"{path} is missing, which keeps evaluation questions out of training; make it with "
                "python -m train overlap --write"
            )
        found = array("Q")
        found.frombytes(path.read_bytes())
        return cls(found)

    def save(self, path: Path = FILE) -> None:
        """Write the digests, sorted."""
        path.write_bytes(array("Q", sorted(self.digests)).tobytes())

    def met(self, question: str) -> list[str]:
        """The protected pieces in a text, numbers and names masked; empty for an honest one."""
        return [piece for piece in pieces(words_of(question)) if digest(piece) in self.digests]
