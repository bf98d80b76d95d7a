"""A model as a folder: `config.json`, `model.safetensors`, tokenizer files. Never pickle.

    {"format": "codi", "version": 1, "codi": {CodiConfig}, "backbone": {Hugging Face config}}

Loading is strict: the numbers are checked before anything is allocated, and every tensor must be
there, known, of the right shape and finite, or a one-sentence error names it. Nothing of a checkpoint is
run, and no model exists before all of it is read. The same `load` reads the official checkpoints
(`codi/official.py`) and fetches both kinds from the hub (`codi/hub.py`).
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import (
    CONFIG_MAPPING,
    PretrainedConfig,
    PreTrainedTokenizerBase,
    PreTrainedTokenizerFast,
)
from transformers.initialization import no_init_weights

from codi import hub
from codi.bases import Assumed
from codi.config import CodiConfig
from codi.model import CodiModel
from codi.official import Conversion, looks_official, plan
from codi.tensors import (
    CheckpointError,
    Tensors,
    check_sizes,
    first_line,
    open_tensors,
    write_tensors,
)

__all__ = ["BUNDLED", "Assumed", "CheckpointError", "load", "plan_official", "push", "save"]

BUNDLED = Path(__file__).resolve().parent.parent / "assets" / "checkpoint"
BACKBONES = ("gpt2", "llama", "mistral", "qwen2", "qwen3")
"""Families whose names `CodiModel` knows."""


def save(
    model: CodiModel,
    folder: str | Path,
    *,
    dtype: torch.dtype | None = None,
) -> Path:
    """Write `model` to `folder`, atomically: an existing folder is replaced only when all is written.

    Args:
        dtype: store in this type (`torch.bfloat16` halves the file); None keeps the weights' own.

    Other files that stand in `folder` (a model card, scores) are kept.
    """
    folder = Path(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        if folder.exists():
            shutil.copytree(folder, work, dirs_exist_ok=True)
        tensors = {
            name: t.detach().to(dtype or t.dtype).contiguous().cpu()
            for name, t in _stored(model).items()
        }
        write_tensors(tensors, work / "model.safetensors")
        config = {
            "format": "codi",
            "version": 1,
            "codi": model.config.to_dict(),
            "backbone": model.backbone.config.to_dict(),
        }
        (work / "config.json").write_text(json.dumps(config, indent=1, default=str) + "\n")
        model.prompt.tokenizer.save_pretrained(work)
        work.chmod(0o755)  # made for their owner alone; the page may run as another user
        (work / "model.safetensors").chmod(0o644)
        _replace(work, folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return folder


def load(
    source: str | Path | None = None,
    *,
    revision: str | None = None,
    tokenizer: str | Path | None = None,
    assumed: Assumed | None = None,
    trust_bin: bool = False,
    device: str = "cpu",
) -> CodiModel:
    """Read a checkpoint, ours or official, in float32 and evaluation mode.

    Args:
        source: a folder; a weight file of the official layout; a hub id (`owner/name`, or
            `owner/name@revision`); None: the bundled checkpoint.
        revision: of a hub id: a commit, tag or branch.
        tokenizer: for official checkpoints, a folder or hub id; None: beside the weights, or else the
            one that the authors used, from the hub.
        assumed: for official checkpoints, what their files do not say.
        trust_bin: also read `.bin` files, restricted to tensors. Only for a source that you named.

    Raises:
        FileNotFoundError: the folder or one of its files is missing, or cannot be fetched.
        CheckpointError: something in it is wrong; the message names it.
    """
    path, model_id = _locate(source, revision, trust_bin)
    if _is_ours(path):
        config, backbone = _read_config(path)
        words = _read_tokenizer(path)
        expected = _expected(backbone, config, words)
        state = _read_tensors(open_tensors(path / "model.safetensors"), expected)
    else:
        conversion = _plan(path, assumed, trust_bin)
        config, backbone = conversion.config, conversion.backbone
        words = _official_tokenizer(path, tokenizer, conversion)
        state = conversion.read()
    model = _build(backbone, config, words, state)
    model.model_id = model_id
    return model.to(device).eval()


def plan_official(
    source: str | Path,
    *,
    revision: str | None = None,
    assumed: Assumed | None = None,
    trust_bin: bool = False,
) -> Conversion:
    """What `load` would do with an official checkpoint; its `report()` is for people."""
    path, _ = _locate(source, revision, trust_bin)
    if _is_ours(path):
        raise CheckpointError(f"{path} is in our format already; there is nothing to convert")
    return _plan(path, assumed, trust_bin)


def push(
    model: CodiModel | str | Path, repo_id: str, *, token: str | None = None, private: bool = False
) -> str:
    """Upload a model, or a saved folder as it stands, to the hub; returns the commit's address.

    The same as `model.push_to_hub(repo_id)`. A model, or a folder without `README.md`, gets a minimal
    model card.

    Raises:
        FileNotFoundError, CheckpointError: a folder that `load` would not read is not uploaded.
        OSError: the hub cannot be reached, or refuses.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "model"
        if isinstance(model, CodiModel):
            save(model, folder)
        else:
            load(model)
            shutil.copytree(model, folder)
        config, _ = _read_config(folder)
        if not (folder / "README.md").exists():
            text = hub.card(repo_id, config.num_latents, config.objective)
            (folder / "README.md").write_text(text, encoding="utf-8")
        return hub.upload(folder, repo_id, token=token, private=private)


# Attached here because a model knows no checkpoints: imports point down.
CodiModel.push_to_hub = push  # type: ignore[attr-defined]


def _locate(source: str | Path | None, revision: str | None, trust_bin: bool) -> tuple[Path, str]:
    """A local path, and the name by which records call the model."""
    if isinstance(source, str) and hub.is_id(source):
        folder = hub.fetch(source, revision, hub.WEIGHTS)
        if trust_bin and not any(folder.glob("*.safetensors")):
            folder = hub.fetch(source, revision, [*hub.WEIGHTS, *hub.PICKLES])
        return folder, f"{source.partition('@')[0]}@{folder.name[:12]}"
    if revision is not None:
        raise ValueError(f"revision {revision!r} needs a hub id (owner/name), got {str(source)!r}")
    path = Path(source) if source is not None else BUNDLED
    if not path.exists():
        raise FileNotFoundError(
            f"no checkpoint folder at {path}; train one with "
            "`python -m train fit --preset tiny --output runs/tiny`"
        )
    return path, path.name


def _is_ours(path: Path) -> bool:
    config = path / "config.json"
    if not config.is_file():
        return False
    # Official folders hold another config, an empty one or none.
    values = _read_json(config) if config.read_bytes().strip() else None
    return isinstance(values, dict) and ("codi" in values or "format" in values)


def _plan(path: Path, assumed: Assumed | None, trust_bin: bool) -> Conversion:
    source = open_tensors(path, trust_bin=trust_bin)
    if not looks_official(source):
        raise CheckpointError(
            f'{path} holds neither a CODI config ("format": "codi" in config.json) nor tensors of the '
            "official layout (codi.base_model.model...)"
        )
    return plan(source, assumed)


def _official_tokenizer(
    path: Path, named: str | Path | None, conversion: Conversion
) -> PreTrainedTokenizerBase:
    beside = path if path.is_dir() else path.parent
    if named is None:
        named = beside if (beside / "tokenizer.json").is_file() else conversion.tokenizer_id
    if isinstance(named, str) and hub.is_id(named):
        named = hub.fetch(named, None, hub.TOKENIZER)
    tokenizer = _read_tokenizer(Path(named))
    rows, base = conversion.backbone.vocab_size, conversion.config.pad_id
    if not base <= len(tokenizer) <= rows:
        raise CheckpointError(
            f"the tokenizer in {named} has {len(tokenizer)} entries, the checkpoint {base} and "
            "markers; they do not belong together"
        )
    return tokenizer


def _expected(
    backbone: PretrainedConfig, config: CodiConfig, tokenizer: PreTrainedTokenizerBase
) -> dict[str, Tensor]:
    """Tensors without numbers, to compare names and shapes with."""
    try:
        with torch.device("meta"):
            return _stored(CodiModel.from_config(backbone, config, tokenizer))
    except Exception as error:  # each family validates its config in its own ways
        raise CheckpointError(f"the config describes no model ({first_line(error)})") from None


def _build(
    backbone: PretrainedConfig,
    config: CodiConfig,
    tokenizer: PreTrainedTokenizerBase,
    state: dict[str, Tensor],
) -> CodiModel:
    """The model around tensors already in memory: they are adopted, not copied."""
    with no_init_weights():
        model = CodiModel.from_config(backbone, config, tokenizer)
    model.backbone.tie_weights()  # skipped with the initialisation
    parameters = {name: nn.Parameter(tensor) for name, tensor in state.items()}
    first: dict[int, str] = {}
    for name, parameter in model.named_parameters(remove_duplicate=False):
        first.setdefault(id(parameter), name)
        parameters[name] = parameters[first[id(parameter)]]  # tied ones share
    model.load_state_dict(parameters, strict=True, assign=True)
    return model


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


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileNotFoundError(f"{path} is missing; the checkpoint is incomplete") from None
    except (ValueError, RecursionError) as error:
        raise CheckpointError(f"{path} is not valid JSON ({first_line(error)})") from None


def _read_config(folder: Path) -> tuple[CodiConfig, PretrainedConfig]:
    path = folder / "config.json"
    values = _read_json(path)
    if not isinstance(values, dict) or values.get("format") != "codi":
        raise CheckpointError(f'{path} is not a CODI config: it lacks "format": "codi"')
    if values.get("version") != 1:
        raise CheckpointError(f"{path} has version {values.get('version')!r}; this code reads 1")
    backbone, own = values.get("backbone"), values.get("codi")
    if not isinstance(backbone, dict) or not isinstance(own, dict):
        raise CheckpointError(f"{path} needs two tables, codi and backbone")
    check_sizes(backbone, path)
    kind = backbone.get("model_type")
    if kind not in BACKBONES:
        raise CheckpointError(f"{path} names backbone {kind!r}; known: {', '.join(BACKBONES)}")
    rest = {name: value for name, value in backbone.items() if name != "model_type"}
    try:
        return CodiConfig.from_dict(own), CONFIG_MAPPING[kind](**rest)
    except Exception as error:  # config classes validate in their own ways
        raise CheckpointError(f"{path}: {first_line(error)}") from None


def _read_tokenizer(folder: Path) -> PreTrainedTokenizerBase:
    if not (folder / "tokenizer.json").is_file():
        raise FileNotFoundError(
            f"{folder / 'tokenizer.json'} is missing; the checkpoint is incomplete"
        )
    try:
        # Not AutoTokenizer: the file decides how text is cut, and no class that it names.
        return PreTrainedTokenizerFast.from_pretrained(folder, local_files_only=True)
    except Exception as error:  # the tokenizers library raises bare Exceptions on broken files
        raise CheckpointError(
            f"the tokenizer in {folder} cannot be read ({first_line(error)})"
        ) from None


def _read_tensors(source: Tensors, expected: dict[str, Tensor]) -> dict[str, Tensor]:
    if missing := sorted(set(expected) - set(source.shapes)):
        raise CheckpointError(f"{source.path} lacks tensor {missing[0]!r} ({len(missing)} missing)")
    if unknown := sorted(set(source.shapes) - set(expected)):
        raise CheckpointError(
            f"{source.path} has unknown tensor {unknown[0]!r} ({len(unknown)} unknown)"
        )
    for name, wanted in expected.items():
        if source.shapes[name] != tuple(wanted.shape):
            raise CheckpointError(
                f"{source.path}: tensor {name!r} has shape {source.shapes[name]}, the config says "
                f"{tuple(wanted.shape)}"
            )
    return {name: source.read(name) for name in expected}


def _replace(work: Path, folder: Path) -> None:
    """Put `work` in the place of `folder` with two renames; the old one goes last."""
    if folder.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
        os.rename(folder, old / "folder")
        os.rename(work, folder)
        shutil.rmtree(old)
    else:
        os.rename(work, folder)
