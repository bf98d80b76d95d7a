"""A deeper model says, bit by bit, what the shallower one said; and its new layers learn."""

from __future__ import annotations

import pytest
import torch
from conftest import make

from codi.decode import Options, decode_many
from codi.rollout import Context
from train.batch import collate, tokenise
from train.deepen import deepen
from train.objectives import LOSSES, Objective
from train.synthetic import generate
from train.views import codi_view

QUESTIONS = ["Tom has 3 bags of 4 apples. How many apples does he have?", "What is her change?"]


@pytest.mark.parametrize("layers", [3, 4, 5])
def test_new_layers_change_nothing(layers: int) -> None:
    model = make("llama")
    deeper = deepen(model, layers).eval()
    for mode in ("teacher", "student"):
        before, after = (
            decode_many(m, QUESTIONS, mode, Options(max_new_tokens=12)) for m in (model, deeper)
        )
        assert [trace.text for trace in before] == [trace.text for trace in after]
    ids = torch.tensor([[5, 6, 7, 8], [9, 5, 5, 6]])
    states = [Context(m, 2).read_ids(ids, hidden=True) for m in (model, deeper)]
    assert torch.equal(states[0].last, states[1].last)
    assert len(states[1].hidden or ()) == layers + 1


def test_new_layers_learn() -> None:
    model = deepen(make("llama"), 4)
    rows = [tokenise(model, codi_view(generate(11, i))) for i in range(4)]
    sum(Objective(model)(collate(model, rows), LOSSES).values()).backward()
    still = [
        name
        for name, p in model.named_parameters()
        if name.endswith(("o_proj.weight", "down_proj.weight")) and not p.grad.abs().sum() > 0
    ]
    assert not still


def test_refuses_what_it_cannot_do() -> None:
    with pytest.raises(ValueError, match="from 2 to 1 layers"):
        deepen(make("llama"), 1)
    with pytest.raises(ValueError, match="gpt2"):
        deepen(make("gpt2"), 3)
