"""The losses of CODI, row by row.

    teacher      cross-entropy of steps and answer, read aloud                     (Equation 2)
    student      cross-entropy of the answer after K thoughts                      (Equation 3)
    distill      distance of the student's states from the teacher's at the cue,
                 all layers, each divided by the teacher's standard deviation      (Equation 5)
    supervision  cross-entropy of the intermediate results, read from the thoughts; not in the paper

A row's losses are sums, and their counts are the batch's (`Batch.counts`); the loop divides over the
accumulation window and over processes, so that batch 1 x 8 equals 8 x 1. The question is read once: the
teacher continues from its cache with the steps, the student with bot and thoughts. The official code
reads it three times; the gradient is the same.
"""

from __future__ import annotations

from collections.abc import Collection

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from codi.model import CodiModel, Output
from codi.rollout import Context, think
from train.batch import IGNORE, Batch

LOSSES = ("teacher", "student", "distill", "supervision")


def token_loss(model: CodiModel, states: Tensor, labels: Tensor) -> Tensor:
    """[B] cross-entropy of labels [B, T] read from states [B, T, D], summed over the tokens of a row."""
    wanted = labels != IGNORE
    logits = model.unembed(states[wanted]).float()
    losses = F.cross_entropy(logits, labels[wanted], reduction="none")
    return losses.new_zeros(labels.shape).masked_scatter(wanted, losses).sum(1)


def distill_loss(student: Tensor, teacher: Tensor) -> Tensor:
    """[B] smooth L1 between states [L + 1, B, D], mean over layers and width.

    The teacher is detached. Each layer is divided by the teacher's standard deviation over this
    batch: one number a layer, so that no layer outweighs the others.
    """
    teacher = teacher.detach()
    distance = F.smooth_l1_loss(student, teacher, reduction="none").mean(-1)  # [L + 1, B]
    scale = teacher.flatten(1).std(1, keepdim=True).clamp(min=1e-6)
    return (distance / scale).mean(0)


class Objective(nn.Module):
    """`forward(batch, wanted)` gives the losses by name; what is not wanted is not computed."""

    def __init__(self, model: CodiModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, batch: Batch, wanted: Collection[str]) -> dict[str, Tensor]:
        """Losses by name, each [B]."""
        losses: dict[str, Tensor] = {}
        context = Context(self.model, len(batch.question))
        asked = context.read_ids(batch.question, batch.question_mask)
        aligns = "distill" in wanted
        target = None
        if "teacher" in wanted or aligns:
            written = _continue(context.fork(), batch.teacher, self.model.config.pad_id, aligns)
            # The question's last state predicts the first token, the last token predicts nothing.
            states = torch.cat([asked.last[:, -1:], written.last], dim=1)
            losses["teacher"] = token_loss(self.model, states, batch.teacher_labels)
            target = written
        if {"student", "distill", "supervision"} & set(wanted):
            losses |= self._student(batch, context, target, wanted)
        return {name: losses[name] for name in LOSSES if name in wanted}

    def _student(
        self, batch: Batch, context: Context, target: Output | None, wanted: Collection[str]
    ) -> dict[str, Tensor]:
        model, config = self.model, self.model.config
        column = torch.ones_like(batch.question[:, :1])
        states = [context.read_ids(column * config.bot_id).last[:, -1]]
        for _, _, output in think(context, states[0], config.num_latents):
            states.append(output.last[:, -1])
        losses = {}
        if "supervision" in wanted:
            losses["supervision"] = token_loss(model, torch.stack(states, dim=1), batch.results)
        if not {"student", "distill"} & set(wanted):
            return losses
        answer = torch.cat([column * config.eot_id, batch.student], dim=1)
        output = _continue(context, answer, config.pad_id, target is not None)
        losses["student"] = token_loss(model, output.last, batch.student_labels)
        if target is not None and "distill" in wanted:
            losses["distill"] = distill_loss(
                _at(output, batch.student_cue + 1), _at(target, batch.teacher_cue)
            )
        return losses


def _continue(context: Context, ids: Tensor, pad: int, hidden: bool) -> Output:
    """Read all but the last of right-padded ids."""
    ids = ids[:, :-1]
    return context.read_ids(ids, (ids != pad).long(), hidden=hidden)


def _at(output: Output, columns: Tensor) -> Tensor:
    """States of every layer at one column a row: [L + 1, B, D]."""
    assert output.hidden is not None
    rows = torch.arange(len(columns), device=columns.device)
    return torch.stack([layer[rows, columns].float() for layer in output.hidden])
