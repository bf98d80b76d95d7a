"""The recurrence: padding changes nothing, a cache changes nothing, a no-op touch changes nothing."""

from __future__ import annotations

import copy

import torch
from torch import Tensor

from codi.decode import left_pad
from codi.model import CodiModel
from codi.rollout import Context, think

QUESTIONS = [
    "Tom has 3 bags.",
    "She buys two books for $5 each and pays with a 20 dollar bill.",
    "3",
]


def roll(model: CodiModel, questions: list[str], k: int = 3, touch: object = None) -> list[Tensor]:
    """States at bot, z1..zK of a padded batch: K + 1 tensors [B, D]."""
    rows = [[*model.prompt.question(q)[0], model.config.bot_id] for q in questions]
    context = Context(model, len(rows))
    state = context.read_ids(*left_pad(rows, model.config.pad_id, model.device)).last[:, -1]
    thoughts = think(context, state, k, touch=touch)  # type: ignore[arg-type]
    return [state, *(output.last[:, -1] for _, _, output in thoughts)]


def test_padding_and_company_change_nothing(tiny: CodiModel) -> None:
    # float64 decides: what is left at 1e-10 is no rounding. (Llama's softmax is float32 in any case.)
    exact = tiny.backbone.config.model_type == "gpt2"
    model = copy.deepcopy(tiny).double() if exact else tiny
    together = roll(model, QUESTIONS)
    for row, question in enumerate(QUESTIONS):
        for batched, alone in zip(together, roll(model, [question]), strict=True):
            assert torch.allclose(batched[row], alone[0], atol=1e-10 if exact else 1e-4, rtol=0)


def test_cached_equals_uncached(tiny: CodiModel) -> None:
    ids = torch.tensor([[*tiny.prompt.question(QUESTIONS[1])[0], tiny.config.bot_id]])
    context = Context(tiny, 1)
    vectors = [tiny.embed(ids)]
    state = context.read(vectors[0]).last[:, -1]
    for _, latent, output in think(context, state, 3):
        vectors.append(latent[:, None])
        state = output.last[:, -1]
    whole = Context(tiny, 1).read(torch.cat(vectors, dim=1)).last[:, -1]
    assert torch.allclose(state, whole, atol=1e-4, rtol=0)


def test_no_thoughts_are_legal(tiny: CodiModel) -> None:
    assert len(roll(tiny, QUESTIONS, k=0)) == 1


def test_a_touch_that_does_nothing_is_bit_identical(tiny: CodiModel) -> None:
    plain = roll(tiny, QUESTIONS)
    touched = roll(tiny, QUESTIONS, touch=lambda k, latent, previous: latent * 1.0)
    assert all(torch.equal(a, b) for a, b in zip(plain, touched, strict=True))


def test_a_touch_reaches_only_later_states(tiny: CodiModel) -> None:
    plain = roll(tiny, QUESTIONS)
    touched = roll(
        tiny,
        QUESTIONS,
        touch=lambda k, latent, previous: torch.zeros_like(latent) if k == 2 else latent,
    )
    assert torch.equal(plain[0], touched[0])
    assert torch.equal(plain[1], touched[1])
    assert not torch.allclose(plain[2], touched[2])
    assert not torch.allclose(plain[3], touched[3])


def test_gradient_reaches_the_first_thought_and_changes_no_value(tiny: CodiModel) -> None:
    with torch.no_grad():
        plain = roll(tiny, QUESTIONS)
    model = copy.deepcopy(tiny)
    states = roll(model, QUESTIONS)
    assert torch.equal(plain[-1], states[-1].detach())
    states[-1][:, 0].sum().backward()
    assert all(
        p.grad is not None and p.grad.abs().sum() > 0 for p in model.projection[0].parameters()
    )


def test_a_fork_leaves_the_trunk_alone(tiny: CodiModel) -> None:
    context = Context(tiny, 1)
    context.read_ids(torch.tensor([[5, 6, 7]]))
    trunk = context.cache.layers[0].keys.clone()
    branch = context.fork()
    branch.read_ids(torch.tensor([[8, 9]]))
    assert torch.equal(trunk, context.cache.layers[0].keys)
    assert context.mask.shape[1] == 3
    assert branch.mask.shape[1] == 5
    direct = context.read_ids(torch.tensor([[8, 9]])).last
    again = Context(tiny, 1)
    assert torch.allclose(
        direct, again.read_ids(torch.tensor([[5, 6, 7, 8, 9]])).last[:, 3:], atol=1e-5
    )


def test_a_repeated_context_goes_on_alike(tiny: CodiModel) -> None:
    context = Context(tiny, 2)
    context.read_ids(*left_pad([[5, 6, 7], [8]], tiny.config.pad_id, tiny.device))
    many = context.repeat(3)
    one = context.read_ids(torch.tensor([[9], [10]])).last
    rows = torch.tensor([[9], [9], [9], [10], [10], [10]])
    assert torch.allclose(many.read_ids(rows).last, one.repeat_interleave(3, dim=0), atol=1e-6)
