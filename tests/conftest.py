"""Tiny models built in code: no download, no network, a few milliseconds a pass."""

from __future__ import annotations

import gc
import os
from contextlib import suppress

os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", GRADIO_ANALYTICS_ENABLED="False")

import pytest
import torch
from hypothesis import settings
from transformers import GPT2Config, LlamaConfig, PretrainedConfig

from codi.config import CodiConfig
from codi.model import CodiModel
from codi.ui.check import Refused
from codi.ui.models import Models
from train.tokenizer import SPECIAL, build

settings.register_profile("ci", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("ci")
torch.set_num_threads(1)

TEXTS = [
    "Tom has 3 bags of apples. How many apples does he have? The answer is: 12 <<3*4=12>>",
    "She buys two books for $5 each and pays with a 20 dollar bill. What is her change?",
]


def pytest_collection_finish() -> None:
    """What is imported by now stays: the collector need not walk it again in every test."""
    gc.freeze()


def backbone(family: str, rows: int) -> PretrainedConfig:
    """A config of the given family: 32 wide, 2 layers, 4 heads."""
    if family == "gpt2":
        return GPT2Config(
            vocab_size=rows, n_embd=32, n_layer=2, n_head=4, n_positions=256,
            bos_token_id=1, eos_token_id=1, resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0,
        )  # fmt: skip
    return LlamaConfig(
        vocab_size=rows, hidden_size=32, intermediate_size=64, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=256,
        tie_word_embeddings=True,
    )  # fmt: skip


def make(family: str = "llama", *, seed: int = 0, **config: object) -> CodiModel:
    """A random tiny model in evaluation mode; larger weights than usual, so that states differ."""
    tokenizer = build(TEXTS, 1600)
    ids = tokenizer.convert_tokens_to_ids(list(SPECIAL))
    pad, eos, bot, eot = ids
    settings_ = {"num_latents": 3, "projection_width": 32, **config}
    torch.manual_seed(seed)
    model = CodiModel.from_config(
        backbone(family, len(tokenizer)),
        CodiConfig(pad_id=pad, eos_id=eos, bot_id=bot, eot_id=eot, **settings_),
        tokenizer,
    )
    for parameter in model.parameters():
        if parameter.dim() > 1:
            torch.nn.init.normal_(parameter, std=0.2)
    return model.eval()


def served(model: CodiModel | None, trouble: str = "") -> Models:
    """The page's only model, or the reason why there is none."""

    def read(_: str) -> CodiModel:
        if model is None:
            raise FileNotFoundError(trouble)
        return model

    models = Models(["tiny"], read)
    with suppress(Refused):
        models.switch("tiny")
    return models


@pytest.fixture(scope="session", params=["gpt2", "llama"])
def tiny(request: pytest.FixtureRequest) -> CodiModel:
    """Both backbone families; read-only."""
    return make(request.param)
