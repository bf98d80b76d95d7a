"""What each method lets the model read and write, as text.

A *view* turns an Example into the texts of its streams. CODI's teacher writes all steps but the last
one and then the answer: with the last step in sight the answer could be copied from it, and the state
that distillation aligns would hold a copy instead of the reasoning (paper section 3.3; dropping it is
worth 12 points in Table 2).
"""

from __future__ import annotations

from dataclasses import dataclass

from codi.prompt import join_steps
from train.data import Example


@dataclass(frozen=True)
class View:
    """One training example as text, plus the numbers that supervision may ask of the thoughts."""

    question: str
    steps: str
    answer: str
    results: tuple[str, ...]


def codi_view(example: Example, *, keep_last_step: bool = False) -> View:
    """Question, teacher's steps (the last one dropped unless asked for), answer, intermediate results."""
    kept = example.steps if keep_last_step else example.steps[:-1]
    return View(example.question, join_steps(kept), example.answer, example.intermediates)
