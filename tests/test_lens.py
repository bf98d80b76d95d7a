"""The lens: exact at the last layer, a norm away from it below."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch
from conftest import make

from codi import Capture, CodiModel, Options, Trace, decode
from codi.lens import lens, lens_logits

QUESTION = "Tom has 3 bags of 4 apples. How many apples?"


def traced(model: CodiModel, **options: object) -> Trace:
    return decode(
        model, QUESTION, options=Options(capture=Capture.everything(), max_new_tokens=5, **options)
    )


def test_last_layer_is_the_models_own_output(tiny: CodiModel) -> None:
    trace = traced(tiny)
    ids = torch.tensor([[token.id for token in trace.prompt]])
    written = [step.token for step in trace.steps if step.token is not None]
    parts = [
        tiny.embed(ids),
        torch.tensor(trace.latents)[None],
        tiny.embed(torch.tensor([[tiny.config.eot_id, *written[:-1]]])),
    ]
    with torch.inference_mode():
        logits = tiny.backbone(inputs_embeds=torch.cat(parts, dim=1)).logits[0]
        for step in trace.steps:
            last = lens_logits(tiny, step.hidden)[-1]
            assert torch.allclose(last, logits[step.position], atol=1e-4)


def test_last_layer_names_what_the_trace_names(tiny: CodiModel) -> None:
    trace = traced(tiny)
    table = lens(tiny, trace)
    assert table.labels == tuple(step.label for step in trace.steps)
    assert table.kinds[:4] == ("bot", "latent", "latent", "latent")
    for row, step in enumerate(trace.steps):
        assert table.texts[row][-1] == tuple(candidate.text for candidate in step.top)
        probabilities = [candidate.probability for candidate in step.top]
        assert np.allclose(table.probabilities[row, -1], probabilities, atol=1e-6)


def test_lower_layers_go_through_the_final_norm(tiny: CodiModel) -> None:
    step = traced(tiny).steps[1]
    with torch.inference_mode():
        expected = tiny.unembed(tiny.norm(torch.tensor(step.hidden[:-1])))
        assert torch.equal(lens_logits(tiny, step.hidden)[:-1], expected)


def test_whole_vocabulary_is_a_distribution(tiny: CodiModel) -> None:
    table = lens(tiny, traced(tiny), top_k=10**6)
    assert np.allclose(table.probabilities.sum(-1), 1, atol=1e-5)
    logs = np.log(np.maximum(table.probabilities, 1e-30))
    assert np.allclose(table.entropy, -(table.probabilities * logs).sum(-1), atol=1e-3)
    assert (np.diff(table.probabilities, axis=-1) <= 0).all()


def test_lock_in_is_the_first_layer_of_the_final_run(tiny: CodiModel) -> None:
    table = lens(tiny, traced(tiny))
    top = table.ids[..., 0]
    for row, first in enumerate(table.lock_in):
        assert (top[row, first:] == top[row, -1]).all()
        assert first == 0 or top[row, first - 1] != top[row, -1]


def test_rank_counts_what_is_more_probable(tiny: CodiModel) -> None:
    table = lens(tiny, traced(tiny), right="12", top_k=10**6)
    ids, cue = tiny.prompt.answer("12")
    where = np.argmax(table.ids == ids[cue + 1], axis=-1)
    assert (table.ranks["right"] == where + 1).all()
    assert table.answers["right"] == "12"


def test_no_thoughts_still_shows_bot_and_answer() -> None:
    model = make(num_latents=0)
    table = lens(model, traced(model))
    assert "bot" in table.kinds
    assert "latent" not in table.kinds


def test_json(tiny: CodiModel) -> None:
    table = lens(tiny, traced(tiny), right="12")
    assert json.loads(json.dumps(table.to_dict()))["lock_in"] == table.lock_in.tolist()


def test_bad_input(tiny: CodiModel) -> None:
    with pytest.raises(ValueError, match="capture"):
        lens(tiny, decode(tiny, QUESTION, options=Options(max_new_tokens=2)))
    with pytest.raises(ValueError, match="top_k"):
        lens(tiny, traced(tiny), top_k=0)
    with pytest.raises(ValueError, match="wide"):
        lens_logits(tiny, np.zeros((3, 7), dtype=np.float32))
