"""What a weight file does not say about its base language model, and how the rest is read from shapes.

The official checkpoints hold tensors and nothing else: no head count, no rotary settings, no LoRA scale.
Their base models are few and known, so a small table fills the gaps, and everything in it can be
overruled by `Assumed`. Nothing is downloaded but the tokenizer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from transformers import GPT2Config, LlamaConfig, PretrainedConfig

from codi.tensors import CheckpointError, Tensors, check_sizes, first_line

EMBEDDING = {
    "gpt2": "backbone.transformer.wte.weight",
    "llama": "backbone.model.embed_tokens.weight",
}
"""Family -> our name of the input embedding."""


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """What an official file does not say. None: what the base models of the authors' scripts have."""

    lora_alpha: float = 32.0
    """The update's scale is alpha / r; all official scripts: 32 / 128 (r is read from the file)."""
    num_latents: int = 6
    """K of all official scripts."""
    vocab_size: int | None = None
    """V, the tokenizer's: pad = V, bot = V+1, eot = V+2. GPT-2: 50257; Llama 3: 128256."""
    eos_id: int | None = None
    """GPT-2: 50256; Llama 3 Instruct: 128009 (not the base model's 128001)."""
    heads: int | None = None
    """GPT-2: width / 64; Llama: 32 of 2048 and 4096, 24 of 3072. Key heads follow from the shapes."""
    tied: bool | None = None
    """Whether output and input embedding are one; all but Llama 8B."""
    rope: dict[str, Any] | None = None
    """Rotary settings; Llama 3.2 for the widths 2048 and 3072, Llama 3.1 for 4096."""


@dataclass(frozen=True)
class Base:
    """What a family's files have in common: V, eos, and where the tokenizer is."""

    vocab_size: int
    eos_id: int
    tokenizer_id: str


BASES = {
    "gpt2": Base(50257, 50256, "openai-community/gpt2"),
    "llama": Base(128256, 128009, "meta-llama/Llama-3.2-1B-Instruct"),
}
# Width -> heads, factor of the stretched rotary positions, tied embeddings.
_LLAMAS = {2048: (32, 32.0, True), 3072: (24, 32.0, True), 4096: (32, 8.0, False)}


def backbone_of(
    source: Tensors, weights: dict[str, str], assumed: Assumed
) -> tuple[str, PretrainedConfig, Base]:
    """Family, Hugging Face config and base, from the shapes.

    Args:
        weights: our name -> official name of what `source` holds.

    Raises:
        CheckpointError: no known family, a vocabulary or width that nobody described, absurd sizes.
    """
    family = next((f for f in EMBEDDING if EMBEDDING[f] in weights), None)
    if family is None:
        raise CheckpointError(f"{source.path} holds no input embedding of {' or '.join(EMBEDDING)}")
    base = BASES[family]
    rows, width = _matrix(source, weights, EMBEDDING[family])
    if assumed.vocab_size is not None and assumed.eos_id is not None:
        base = Base(assumed.vocab_size, assumed.eos_id, base.tokenizer_id)
    # Three markers; SIM-CoT's files have two more rows that nothing uses.
    if not base.vocab_size + 3 <= rows <= base.vocab_size + 5:
        raise CheckpointError(
            f"{source.path} has {rows} embedding rows, not {base.vocab_size} and 3 to 5 markers; for "
            "another vocabulary say both vocab_size and eos_id"
        )
    pattern = re.compile(r"backbone\.(?:transformer\.h|model\.layers)\.(\d{1,6})\.")
    numbers = [int(found[1]) for name in weights if (found := pattern.match(name))]
    sizes: dict[str, Any] = {
        "vocab_size": rows,
        "bos_token_id": None,
        "eos_token_id": base.eos_id,
    }
    sizes |= (_gpt2 if family == "gpt2" else _llama)(
        source, weights, assumed, width, max(numbers, default=0) + 1
    )
    check_sizes(sizes, source.path)
    try:
        return family, (GPT2Config if family == "gpt2" else LlamaConfig)(**sizes), base
    except Exception as error:  # config classes validate in their own ways
        raise CheckpointError(
            f"{source.path}: its sizes make no {family} model ({first_line(error)})"
        ) from None


def _gpt2(
    source: Tensors, weights: dict[str, str], assumed: Assumed, width: int, layers: int
) -> dict[str, Any]:
    return {
        "n_embd": width,
        "n_layer": layers,
        "n_head": assumed.heads or max(1, width // 64),
        "n_positions": _matrix(source, weights, "backbone.transformer.wpe.weight")[0],
        "n_inner": _matrix(source, weights, "backbone.transformer.h.0.mlp.c_fc.weight")[1],
        "tie_word_embeddings": assumed.tied is not False,
    }


def _llama(
    source: Tensors, weights: dict[str, str], assumed: Assumed, width: int, layers: int
) -> dict[str, Any]:
    heads, factor, tied = _LLAMAS.get(width, (None, 32.0, True))
    heads = assumed.heads or heads
    if heads is None:
        raise CheckpointError(
            f"{source.path} is a Llama of width {width}, whose number of heads is not known; "
            f"known are {', '.join(map(str, _LLAMAS))}; for another one say heads"
        )
    layer = "backbone.model.layers.0."
    head_dim = max(1, _matrix(source, weights, f"{layer}self_attn.q_proj.weight")[0] // heads)
    keys = _matrix(source, weights, f"{layer}self_attn.k_proj.weight")[0]
    return {
        "hidden_size": width,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "num_key_value_heads": max(1, keys // head_dim),
        "head_dim": head_dim,
        "intermediate_size": _matrix(source, weights, f"{layer}mlp.gate_proj.weight")[0],
        "max_position_embeddings": 131072,
        "rms_norm_eps": 1e-5,
        "rope_parameters": assumed.rope
        or {
            "rope_type": "llama3",
            "rope_theta": 500000.0,
            "factor": factor,
            "low_freq_factor": 1.0,
            "high_freq_factor": 4.0,
            "original_max_position_embeddings": 8192,
        },
        "tie_word_embeddings": tied if assumed.tied is None else assumed.tied,
    }


def _matrix(source: Tensors, weights: dict[str, str], name: str) -> tuple[int, int]:
    """Shape of a tensor of ours that must be there and have two dimensions."""
    shape = source.shapes.get(weights.get(name, ""), ())
    if len(shape) != 2:
        raise CheckpointError(f"{source.path} has no matrix for {name!r}")
    return shape[0], shape[1]
