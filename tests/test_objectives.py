from __future__ import annotations

import copy

import pytest
import torch
from conftest import make
from test_batch import EXAMPLES

from codi.model import CodiModel
from codi.rollout import Context
from train.batch import IGNORE, Batch, collate, tokenise
from train.objectives import LOSSES, Objective, distill_loss, token_loss
from train.views import codi_view


def batch_of(model: CodiModel, examples: list = EXAMPLES) -> Batch:
    return collate(model, [tokenise(model, codi_view(example)) for example in examples])


@pytest.mark.parametrize("family", ["gpt2", "llama"])
def test_padding_and_company_change_no_loss(family: str) -> None:
    """All but distillation, whose standard deviation is taken over the batch (as in the paper)."""
    model = make(family)
    names = ("teacher", "student", "supervision")
    together = Objective(model)(batch_of(model), names)
    alone = [Objective(model)(batch_of(model, [example]), names) for example in EXAMPLES]
    for name in names:
        assert together[name].tolist() == pytest.approx(
            [float(a[name]) for a in alone], rel=1e-4, abs=1e-4
        )


@pytest.mark.parametrize("family", ["gpt2", "llama"])
def test_the_shared_reading_equals_reading_everything(family: str) -> None:
    """The teacher's loss through the question's cache equals one plain pass over the whole text."""
    model = make(family)
    example = EXAMPLES[1]
    row = tokenise(model, codi_view(example))
    shared = Objective(model)(batch_of(model, [example]), LOSSES)["teacher"]
    ids = torch.tensor([[*row.question, *row.teacher]])
    labels = torch.tensor([[*[IGNORE] * len(row.question), *row.teacher]])
    states = Context(model, 1).read_ids(ids).last[:, :-1]
    assert float(shared) == pytest.approx(float(token_loss(model, states, labels[:, 1:])), rel=1e-4)


def test_what_is_not_wanted_is_not_computed_and_changes_nothing() -> None:
    model = make()
    batch = batch_of(model)
    whole = Objective(model)(batch, LOSSES)
    assert set(whole) == set(LOSSES)
    for name in LOSSES:
        alone = Objective(model)(batch, (name,))
        assert set(alone) == {name}
        assert alone[name].tolist() == pytest.approx(whole[name].tolist(), rel=1e-4)


def test_states_at_no_distance_have_no_loss() -> None:
    states = torch.randn(3, 4, 8)
    assert distill_loss(states, states).tolist() == [0] * 4


def test_distillation_is_normalised_and_does_not_teach_the_teacher() -> None:
    teacher = torch.randn(3, 4, 8, requires_grad=True)
    student = torch.randn(3, 4, 8, requires_grad=True)
    distill_loss(student, teacher).sum().backward()
    assert teacher.grad is None
    assert student.grad is not None
    # Far apart, smooth L1 is linear, so a common scale of one layer cancels out.
    scale = torch.tensor([1.0, 10.0, 100.0])[:, None, None]
    far = distill_loss(student * 1000, teacher.detach() * 1000).sum()
    scaled = distill_loss(student * 1000 * scale, teacher.detach() * 1000 * scale).sum()
    assert float(scaled) == pytest.approx(float(far), rel=1e-2)


def test_a_batch_without_labels_loses_zero_and_not_nan() -> None:
    model = make()
    states = torch.randn(2, 3, model.width, requires_grad=True)
    loss = token_loss(model, states, torch.full((2, 3), IGNORE))
    loss.sum().backward()
    assert loss.tolist() == [0, 0]
    assert torch.isfinite(states.grad).all()


def test_distillation_reaches_the_thoughts_only_through_the_student() -> None:
    model = make()
    loss = Objective(model)(batch_of(model), ("distill",))["distill"]
    loss.sum().backward()
    assert all(
        p.grad is not None and p.grad.abs().sum() > 0 for p in model.projection[0].parameters()
    )


def test_sums_over_a_window_equal_one_batch() -> None:
    """Gradients of 4 x 1 and 1 x 4 agree when divided by the window's counts (float64 decides)."""
    names = ("teacher", "student", "supervision")
    grads = []
    for size in (1, 4):
        model = copy.deepcopy(make("gpt2")).double()
        groups = [EXAMPLES[i : i + size] for i in range(0, 4, size)]
        batches = [batch_of(model, group) for group in groups]
        counts = {name: sum(batch.counts()[name] for batch in batches) for name in names}
        for batch in batches:
            losses = Objective(model)(batch, names)
            sum(losses[name].sum() / counts[name] for name in names).backward()
        grads.append(
            torch.cat([p.grad.flatten() for p in model.parameters() if p.grad is not None])
        )
    assert float((grads[0] - grads[1]).abs().max()) < 1e-11
