"""A model as a folder: `config.json`, `model.safetensors`, tokenizer files. Never pickle.

    {"format": "codi", "version": 1, "codi": {CodiConfig}, "backbone": {Hugging Face config}}

Loading is strict: the numbers are checked before anything is allocated, and every tensor must be
there, known, of the right shape and finite, or a one-sentence error names it.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor
from transformers import CONFIG_MAPPING, AutoTokenizer, PretrainedConfig

from codi.config import CodiConfig
from codi.model import CodiModel

BUNDLED = Path(__file__).resolve().parent.parent / "assets" / "checkpoint"
_LIMITS = {
    "num_hidden_layers": 64,
    "n_layer": 64,
    "hidden_size": 8192,
    "n_embd": 8192,
    "intermediate_size": 32768,
    "n_inner": 32768,
    "vocab_size": 300_000,
    "num_attention_heads": 256,
    "n_head": 256,
    "max_position_embeddings": 1_000_000,
    "n_positions": 1_000_000,
}


class CheckpointError(ValueError):
    """A checkpoint that cannot be trusted, said in one sentence."""


def save(
    model: CodiModel,
    folder: str | Path,
    *,
    dtype: torch.dtype | None = None,
    extra: dict[str, Tensor] | None = None,
) -> Path:
    """Write `model` to `folder`, atomically: an existing folder is replaced only when all is written.

    Args:
        dtype: store in this type (`torch.bfloat16` halves the file); None keeps the weights' own.
        extra: replaces tensors of the state dict by name, e.g. averaged weights.

    Other files that stand in `folder` (a model card, scores) are kept.
    """
    folder = Path(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        if folder.exists():
            shutil.copytree(folder, work, dirs_exist_ok=True)
        tensors = {**_stored(model), **(extra or {})}
        save_file(
            {
                name: t.detach().to(dtype or t.dtype).contiguous().cpu()
                for name, t in tensors.items()
            },
            work / "model.safetensors",
            metadata={"format": "pt"},
        )
        config = {
            "format": "codi",
            "version": 1,
            "codi": model.config.to_dict(),
            "backbone": model.backbone.config.to_dict(),
        }
        (work / "config.json").write_text(json.dumps(config, indent=1, default=str) + "\n")
        model.prompt.tokenizer.save_pretrained(work)
        _replace(work, folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return folder


def load(source: str | Path | None = None, *, device: str = "cpu") -> CodiModel:
    """Read a checkpoint folder (None: the bundled one), in float32 and evaluation mode.

    Raises:
        FileNotFoundError: the folder or one of its files is missing.
        CheckpointError: something in it is wrong; the message names it.
    """
    folder = Path(source) if source is not None else BUNDLED
    if not folder.is_dir():
        raise FileNotFoundError(
            f"no checkpoint folder at {folder}; train one with "
            "`python -m train fit --preset tiny --output runs/tiny`"
        )
    config, backbone = _read_config(folder)
    tokenizer = _read_tokenizer(folder)
    with torch.device("meta"):
        model = CodiModel.from_config(backbone, config, tokenizer)
    expected = _stored(model)
    tensors = _read_tensors(folder / "model.safetensors", expected)
    if model.backbone.config.tie_word_embeddings:
        head = model.backbone.get_output_embeddings().weight
        names = [name for name, p in model.named_parameters(remove_duplicate=False) if p is head]
        stored = next(name for name in names if name in tensors)
        tensors |= {name: tensors[stored] for name in names}
    # Buffers that are no weights (rotary frequencies) come from the config, on a real device.
    model = CodiModel.from_config(backbone, config, tokenizer)
    model.load_state_dict(tensors, strict=True)
    model.model_id = folder.name
    return model.to(device).eval()


def _stored(model: CodiModel) -> dict[str, Tensor]:
    """The state dict with tied tensors once, under their first name."""
    kept: dict[str, Tensor] = {}
    seen: set[int] = set()
    parameters = dict(model.named_parameters(remove_duplicate=False))
    for name, tensor in model.state_dict().items():
        key = id(parameters.get(name, tensor))
        if key not in seen:
            kept[name] = tensor
        seen.add(key)
    return kept


def _read_config(folder: Path) -> tuple[CodiConfig, PretrainedConfig]:
    path = folder / "config.json"
    try:
        values: dict[str, Any] = json.loads(path.read_text())
    except FileNotFoundError:
        raise FileNotFoundError(f"{path} is missing; the checkpoint is incomplete") from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise CheckpointError(f"{path} is not valid JSON ({error})") from None
    if not isinstance(values, dict) or values.get("format") != "codi":
        raise CheckpointError(f'{path} is not a CODI config: it lacks "format": "codi"')
    if values.get("version") != 1:
        raise CheckpointError(f"{path} has version {values.get('version')!r}; this code reads 1")
    backbone = dict(values.get("backbone") or {})
    for name, limit in _LIMITS.items():
        value = backbone.get(name)
        if value is not None and not (isinstance(value, int) and 1 <= value <= limit):
            raise CheckpointError(f"{path} asks for {name}={value!r}; allowed are 1..{limit}")
    kind = backbone.pop("model_type", None)
    if kind not in CONFIG_MAPPING:
        raise CheckpointError(f"{path} names an unknown backbone {kind!r}; try llama or gpt2")
    try:
        return CodiConfig.from_dict(values.get("codi") or {}), CONFIG_MAPPING[kind](**backbone)
    except (TypeError, ValueError) as error:
        raise CheckpointError(f"{path}: {error}") from None


def _read_tokenizer(folder: Path) -> Any:
    if not (folder / "tokenizer.json").is_file():
        raise FileNotFoundError(
            f"{folder / 'tokenizer.json'} is missing; the checkpoint is incomplete"
        )
    try:
        return AutoTokenizer.from_pretrained(folder, local_files_only=True, use_fast=True)
    except Exception as error:  # the tokenizers library raises bare Exceptions on broken files
        raise CheckpointError(f"the tokenizer in {folder} cannot be read ({error})") from None


def _read_tensors(path: Path, expected: dict[str, Tensor]) -> dict[str, Tensor]:
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing; the checkpoint is incomplete")
    try:
        with safe_open(path, framework="pt") as file:
            names = set(file.keys())
            if missing := sorted(set(expected) - names):
                raise CheckpointError(
                    f"{path} lacks tensor {missing[0]!r} ({len(missing)} missing)"
                )
            if unknown := sorted(names - set(expected)):
                raise CheckpointError(
                    f"{path} has unknown tensor {unknown[0]!r} ({len(unknown)} unknown)"
                )
            tensors = {}
            for name, wanted in expected.items():
                shape = tuple(file.get_slice(name).get_shape())
                if shape != tuple(wanted.shape):
                    raise CheckpointError(
                        f"{path}: tensor {name!r} has shape {shape}, the config says "
                        f"{tuple(wanted.shape)}"
                    )
                tensor = file.get_tensor(name).float()
                if not bool(torch.isfinite(tensor).all()):
                    raise CheckpointError(f"{path}: tensor {name!r} holds NaN or infinity")
                tensors[name] = tensor
            return tensors
    except SafetensorError as error:
        raise CheckpointError(f"{path} is not a readable safetensors file ({error})") from None


def _replace(work: Path, folder: Path) -> None:
    """Put `work` in the place of `folder` with two renames; the old one goes last."""
    if folder.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
        os.rename(folder, old / "folder")
        os.rename(work, folder)
        shutil.rmtree(old)
    else:
        os.rename(work, folder)
