"""What training and evaluation read: annotated word problems.

An `Example` is a question in words, the steps that solve it as bare equations (`16-3-4=9`), and the
answer as a canonical number. Where it comes from (our generator, a file, the hub) makes no difference
to anything downstream.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """One annotated problem.

    Attributes:
        question: the problem in words.
        steps: equations in order, without `<<` `>>`, spaces, units or thousands separators; the result
            of the last one is the answer. May be empty where a source has none.
        answer: canonical number: `18`, `-3`, `2.5`; no unit, no thousands separator.
        id: where it came from, e.g. `synthetic/train/7/123` or `gsm8k_train/42`.
    """

    question: str
    steps: tuple[str, ...]
    answer: str
    id: str = ""

    @property
    def intermediates(self) -> tuple[str, ...]:
        """Results of all steps but the last: what the thoughts may be expected to hold."""
        return tuple(step.rpartition("=")[2] for step in self.steps[:-1])
