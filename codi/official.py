"""Checkpoints of the official CODI and SIM-CoT code, read into ours and written from ours.

An official file is the state dict of a wrapper: the base language model (usually bfloat16), a LoRA
update beside most of its matrices (float32), and the projection.

    codi.base_model.model.<name>.base_layer.weight       W        merged:  W + alpha/r * B A
    codi.base_model.model.<name>.lora_A.default.weight   A [r, in]         (transposed for GPT-2, whose
    codi.base_model.model.<name>.lora_B.default.weight   B [out, r]         Conv1D stores W as [in, out])
    prj.1, prj.3, prj.ln                                 Linear, Linear, LayerNorm

Family and sizes are read from the tensors. What the file does not hold (`Assumed`) is known from the
authors' scripts. The conversion is strict: every tensor is used, or dropped by a name listed here, or
refused (the official code loads with `strict=False`, which keeps random weights without a word).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import AutoModelForCausalLM, PretrainedConfig
from transformers.pytorch_utils import Conv1D

from codi.bases import BASES, EMBEDDING, Assumed, Base, backbone_of
from codi.config import CodiConfig
from codi.model import CodiModel
from codi.tensors import CheckpointError, Tensors, first_line

PREFIXES = ("codi.base_model.model.", "coconut.base_model.model.")
"""Today's name and the older one."""
LORA_RANK = 128
_EXTRA = ("decoder.", "pj_in.", "pj_out.")
"""SIM-CoT's second decoder: it taught the thoughts in training and takes no part in answering."""
_BUFFERS = re.compile(
    r"transformer\.h\.\d+\.attn\.(masked_)?bias|model\.layers\.\d+\.self_attn\.rotary_emb\.inv_freq"
)
"""Tables that older libraries stored and newer ones compute."""
_PROJECTION = {"prj.1": "projection.0", "prj.3": "projection.2", "prj.ln": "projection.3"}
_HEAD = "lm_head.weight"


@dataclass(frozen=True)
class Conversion:
    """A checked plan: nothing has been read yet but names and shapes.

    Attributes:
        backbone, config: what the model is built from.
        tokenizer_id: the hub id of the tokenizer that belongs to the weights.
        weights: our name of every tensor -> its official name.
        updates: our name of a matrix -> names of its A and B, and whether it is stored transposed.
        head: official name of a second copy of the embedding, or None.
        dropped: official names that are not used.
        rank: r; 0 without LoRA.
    """

    source: Tensors
    assumed: Assumed
    backbone: PretrainedConfig
    config: CodiConfig
    tokenizer_id: str
    weights: dict[str, str]
    updates: dict[str, tuple[str, str, bool]]
    head: str | None
    dropped: list[str]
    rank: int

    @property
    def scale(self) -> float:
        """Factor of the LoRA update."""
        return self.assumed.lora_alpha / self.rank if self.rank else 0.0

    def read(self) -> dict[str, Tensor]:
        """Our state dict in float32, tied tensors once.

        Raises:
            CheckpointError: NaN, infinity, or two different copies of a tied embedding.
        """
        state = {}
        for name, official in self.weights.items():
            state[name] = self.source.read(official)
            if name in self.updates:
                a, b, transposed = self.updates[name]
                up, down = self.source.read(b), self.source.read(a)
                if bool(up.any()):  # adding nothing would still turn -0.0 into 0.0
                    update = self.scale * (up @ down)
                    state[name] += update.T if transposed else update
        embedding = self.weights[EMBEDDING[self.backbone.model_type]]
        if self.head is not None and not self.source.equal(embedding, self.head):
            raise CheckpointError(
                f"{self.source.path}: tensor {self.head!r} should repeat the input embedding and does "
                "not; if this model has an output embedding of its own, say so (tied=False, --no-tied)"
            )
        return state

    def report(self) -> str:
        """What was found and what was assumed, for people."""
        embedding = self.weights[EMBEDDING[self.backbone.model_type]]
        rows, width = self.source.shapes[embedding]
        config, lora = self.config, "none"
        if self.rank:
            lora = (
                f"{len(self.updates)} matrices of rank {self.rank}, merged at "
                f"{self.assumed.lora_alpha:g}/{self.rank} = {self.scale:g} (assumed)"
            )
        tied = "no"
        if self.backbone.tie_word_embeddings:
            tied = "yes, stored once" if self.head is None else "yes, stored twice"
        numbers = sum(math.prod(shape) for shape in self.source.shapes.values())
        return "\n".join(
            [
                f"tensors     {len(self.source.shapes)} ({numbers:,} numbers), of which "
                f"{len(self.dropped)} not needed",
                f"backbone    {self.backbone.model_type}, {self.backbone.num_hidden_layers} layers of "
                f"width {width}, {self.backbone.num_attention_heads} heads (assumed)",
                f"embedding   {rows} rows = {config.pad_id} + {rows - config.pad_id}, tied: {tied}",
                f"markers     pad {config.pad_id}, bot {config.bot_id}, eot {config.eot_id}, "
                f"eos {config.eos_id}",
                f"LoRA        {lora}",
                f"projection  width {config.projection_width}",
                f"thoughts    {config.num_latents} (assumed)",
            ]
        )


def looks_official(source: Tensors) -> bool:
    """Whether any tensor carries one of the official prefixes."""
    return any(name.startswith(PREFIXES) for name in source.shapes)


def plan(source: Tensors, assumed: Assumed | None = None) -> Conversion:
    """Check names and shapes of an official state dict; nothing is read or allocated.

    Raises:
        CheckpointError: a tensor is missing, unknown or mis-shaped, or a size is out of range.
    """
    assumed = assumed or Assumed()
    weights, lora, dropped = _sorted_names(source)
    family, backbone, base = backbone_of(source, weights, assumed)
    config = _codi_config(source, weights, base, assumed)
    try:
        with torch.device("meta"):
            model = AutoModelForCausalLM.from_config(backbone)
    except Exception as error:  # config classes validate in their own ways
        raise CheckpointError(
            f"{source.path}: its sizes make no {family} model ({first_line(error)})"
        ) from None
    head = weights.pop(f"backbone.{_HEAD}", None) if backbone.tie_word_embeddings else None
    expected = {f"backbone.{name}": tuple(p.shape) for name, p in model.named_parameters()}
    expected |= _projection_shapes(backbone.hidden_size, config.projection_width)
    _check(source, weights, expected)
    if head is not None and source.shapes[head] != source.shapes[weights[EMBEDDING[family]]]:
        raise CheckpointError(f"{source.path}: tensor {head!r} is not shaped like the embedding")
    updates, rank = _updates(source, weights, lora, model)
    return Conversion(
        source, assumed, backbone, config, base.tokenizer_id, weights, updates, head, dropped, rank
    )


def to_official(model: CodiModel, *, rank: int = LORA_RANK) -> dict[str, Tensor]:
    """The model as an official state dict, so that the authors' scripts can read it.

    Everything is in the base weights; the LoRA matrices that the layout asks for are zero, so reading the
    file back gives the same bits. What the layout cannot hold (K, the cue, head counts) is lost.

    Raises:
        ValueError: the model has no place in the layout: another family, no projection, or markers that
            are not three neighbouring ids.
    """
    config, kind = model.config, model.backbone.config.model_type
    if kind not in BASES:
        raise ValueError(f"the official layout knows gpt2 and llama, this backbone is {kind}")
    if (config.bot_id, config.eot_id) != (config.pad_id + 1, config.pad_id + 2):
        raise ValueError(
            "the official layout needs pad, bot and eot as neighbouring ids, got "
            f"{config.pad_id}, {config.bot_id}, {config.eot_id}"
        )
    if config.projection_width is None:
        raise ValueError("the official layout needs a projection, and this model has none")
    prefix = PREFIXES[0]
    state: dict[str, Tensor] = {}
    adapted = {
        name: module
        for name, module in model.backbone.named_modules()
        if isinstance(module, (nn.Linear, Conv1D)) and f"{name}.weight" != _HEAD
    }
    for name, tensor in model.backbone.state_dict().items():
        owner, _, last = name.rpartition(".")
        middle = "base_layer." if owner in adapted else ""
        # The head is cloned: two names for one tensor cannot be stored as safetensors.
        state[f"{prefix}{owner}.{middle}{last}"] = tensor.clone() if name == _HEAD else tensor
    for name, module in adapted.items():
        shape = module.weight.shape
        rows, columns = reversed(shape) if isinstance(module, Conv1D) else shape
        state[f"{prefix}{name}.lora_A.default.weight"] = torch.zeros(rank, columns)
        state[f"{prefix}{name}.lora_B.default.weight"] = torch.zeros(rows, rank)
    for official, ours in _PROJECTION.items():
        part = model.get_submodule(ours)
        state |= {f"{official}.{name}": t for name, t in part.state_dict().items()}
    return {name: tensor.detach().contiguous().cpu() for name, tensor in state.items()}


def _sorted_names(
    source: Tensors,
) -> tuple[dict[str, str], dict[str, dict[str, str]], list[str]]:
    """Our name -> official name; matrix -> {A, B, base} that announce an update; names dropped."""
    weights: dict[str, str] = {}
    lora: dict[str, dict[str, str]] = {}
    dropped = []
    for official in sorted(source.shapes):
        prefix = next((p for p in PREFIXES if official.startswith(p)), "")
        name = official.removeprefix(prefix)
        owner, _, last = official.rpartition(".")
        base = re.fullmatch(r"(.+)\.base_layer\.(weight|bias)", name)
        update = re.fullmatch(r"(.+)\.(lora_[AB])\.default\.weight", name)
        if (not prefix and official.startswith(_EXTRA)) or (prefix and _BUFFERS.fullmatch(name)):
            dropped.append(official)
            continue
        if not prefix and owner in _PROJECTION:
            ours = f"{_PROJECTION[owner]}.{last}"
        elif not prefix:
            raise CheckpointError(f"{source.path} has unknown tensor {official!r}")
        elif update:
            lora.setdefault(f"backbone.{update[1]}.weight", {})[update[2]] = official
            continue
        elif base:
            ours = f"backbone.{base[1]}.{base[2]}"
            if base[2] == "weight":
                lora.setdefault(ours, {})["base_layer"] = official
        else:
            ours = f"backbone.{name}"
        if ours in weights:
            raise CheckpointError(f"{source.path}: {official!r} repeats {weights[ours]!r}")
        weights[ours] = official
    return weights, lora, dropped


def _codi_config(
    source: Tensors, weights: dict[str, str], base: Base, assumed: Assumed
) -> CodiConfig:
    first = source.shapes.get(weights.get("projection.0.weight", ""))
    try:
        return CodiConfig(
            pad_id=base.vocab_size,
            bot_id=base.vocab_size + 1,
            eot_id=base.vocab_size + 2,
            eos_id=base.eos_id,
            num_latents=assumed.num_latents,
            projection_width=first[0] if first else None,
            objective="codi (official checkpoint)",
        )
    except ValueError as error:
        raise CheckpointError(f"{source.path}: {error}") from None


def _projection_shapes(width: int, inner: int | None) -> dict[str, tuple[int, ...]]:
    if inner is None:
        return {}
    return {
        "projection.0.weight": (inner, width),
        "projection.0.bias": (inner,),
        "projection.2.weight": (width, inner),
        "projection.2.bias": (width,),
        "projection.3.weight": (width,),
        "projection.3.bias": (width,),
    }


def _check(source: Tensors, weights: dict[str, str], expected: dict[str, tuple[int, ...]]) -> None:
    if missing := sorted(set(expected) - set(weights)):
        raise CheckpointError(
            f"{source.path} lacks the tensor for {missing[0]!r} ({len(missing)} missing)"
        )
    if unknown := sorted(weights[name] for name in set(weights) - set(expected)):
        raise CheckpointError(
            f"{source.path} has unknown tensor {unknown[0]!r} ({len(unknown)} unknown)"
        )
    for name, shape in expected.items():
        if source.shapes[weights[name]] != shape:
            raise CheckpointError(
                f"{source.path}: tensor {weights[name]!r} has shape "
                f"{source.shapes[weights[name]]}, its neighbours ask for {shape}"
            )


def _updates(
    source: Tensors, weights: dict[str, str], lora: dict[str, dict[str, str]], model: nn.Module
) -> tuple[dict[str, tuple[str, str, bool]], int]:
    """A, B and orientation of every update, and their common rank."""
    updates: dict[str, tuple[str, str, bool]] = {}
    rank = 0
    for matrix, parts in lora.items():
        if absent := sorted({"base_layer", "lora_A", "lora_B"} - set(parts)):
            raise CheckpointError(f"{source.path} lacks {absent[0]} of {matrix!r}")
        module = model.get_submodule(matrix.removeprefix("backbone.").removesuffix(".weight"))
        if matrix not in weights or not isinstance(module, (nn.Linear, Conv1D)):
            raise CheckpointError(f"{source.path} has an update of {matrix!r}, which takes none")
        rank = rank or (*source.shapes[parts["lora_A"]], 0)[0]
        transposed = isinstance(module, Conv1D)
        shape = source.shapes[weights[matrix]]
        rows, columns = reversed(shape) if transposed else shape
        a, b = parts["lora_A"], parts["lora_B"]
        for name, wanted in ((a, (rank, columns)), (b, (rows, rank))):
            if source.shapes[name] != wanted:
                raise CheckpointError(
                    f"{source.path}: tensor {name!r} has shape {source.shapes[name]}, its matrix asks "
                    f"for {wanted}"
                )
        updates[matrix] = (a, b, transposed)
    return updates, rank
