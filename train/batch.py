"""Text to padded tensors.

    question   . . . Q Q Q Q Q      left padded: every row is ready to go on at the same column
    steps                      <<16-3=13>> The answer is: 26 <eos> . .    right padded (teacher)
    answer                     The answer is: 26 <eos> . . . . . . . .    right padded (student)
    results    13 - - - - - -       what the states bot, z1 .. zK should name; -100: nothing

The teacher goes on from the question's last token, the student from bot, thoughts and eot. `cue` is the
column of the last token before the number: its state is the one that distillation aligns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import torch
from torch import Tensor

from codi.decode import left_pad
from codi.model import CodiModel
from train.views import View

IGNORE = -100
"""Label of positions that carry no loss."""


@dataclass(frozen=True)
class Batch:
    """B examples. Ids are padded with `pad_id`, labels with -100.

    Attributes:
        question, question_mask: [B, Q].
        teacher, teacher_labels: [B, T] steps, cue, answer, eos; the labels are the same tokens.
        student, student_labels: [B, A] cue, answer, eos.
        teacher_cue, student_cue: [B] columns of the last cue token in them.
        results: [B, K + 1] label of each state.
    """

    question: Tensor
    question_mask: Tensor
    teacher: Tensor
    teacher_labels: Tensor
    teacher_cue: Tensor
    student: Tensor
    student_labels: Tensor
    student_cue: Tensor
    results: Tensor

    def counts(self) -> dict[str, int]:
        """How many terms each loss sums: tokens, tokens, rows, supervised states."""
        return {
            "teacher": int((self.teacher_labels != IGNORE).sum()),
            "student": int((self.student_labels != IGNORE).sum()),
            "distill": len(self.question),
            "supervision": int((self.results != IGNORE).sum()),
        }

    def to(self, device: torch.device) -> Batch:
        """The same batch elsewhere."""
        return Batch(**{f.name: getattr(self, f.name).to(device) for f in fields(self)})


@dataclass(frozen=True)
class Row:
    """One example as ids, before padding."""

    question: list[int]
    teacher: list[int]
    teacher_cue: int
    student: list[int]
    student_cue: int
    results: list[int]


def tokenise(model: CodiModel, view: View) -> Row:
    """Ids of one view. Result k is asked of state 2(k - 1), counting bot as state 0 (method.md 2.6).

    Results that are no single token (1234, 2.5) are not asked for: a state names one token.
    """
    prompt = model.prompt
    answer, cue = prompt.answer(view.answer)
    steps = prompt.steps(view.steps)
    results = [IGNORE] * (model.config.num_latents + 1)
    for state, result in zip(range(0, len(results), 2), view.results, strict=False):
        ids, before = prompt.answer(result)
        if len(ids) == before + 3:  # cue, one token, eos
            results[state] = ids[before + 1]
    return Row(
        question=prompt.question(view.question)[0],
        teacher=steps + answer,
        teacher_cue=len(steps) + cue,
        student=answer,
        student_cue=cue,
        results=results,
    )


def collate(model: CodiModel, rows: Sequence[Row]) -> Batch:
    """Pad rows to one batch."""
    pad = model.config.pad_id
    question, mask = left_pad([row.question for row in rows], pad, torch.device("cpu"))
    teacher, teacher_labels = _right_pad([row.teacher for row in rows], pad)
    student, student_labels = _right_pad([row.student for row in rows], pad)
    return Batch(
        question=question,
        question_mask=mask,
        teacher=teacher,
        teacher_labels=teacher_labels,
        teacher_cue=torch.tensor([row.teacher_cue for row in rows]),
        student=student,
        student_labels=student_labels,
        student_cue=torch.tensor([row.student_cue for row in rows]),
        results=torch.tensor([row.results for row in rows]),
    )


def _right_pad(rows: Sequence[Sequence[int]], pad: int) -> tuple[Tensor, Tensor]:
    width = max(map(len, rows))
    ids = torch.tensor([[*row, *[pad] * (width - len(row))] for row in rows])
    labels = torch.tensor([[*row, *[IGNORE] * (width - len(row))] for row in rows])
    return ids, labels
