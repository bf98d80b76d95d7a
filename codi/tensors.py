"""Tensors on disk: read one at a time, and believed in nothing.

A weight file comes from somebody else. A `.safetensors` file is a table of names, shapes and bytes, and
nothing in it can run. A `.bin` file is a pickle, a little program; it is opened only when the operator
says so, by PyTorch's restricted reader, and only when it is stored plainly (a packed archive can unfold
to any size). Shapes are known before bytes are read, so that a wrong file is refused and not allocated.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

_LIMITS = {
    "num_hidden_layers": 64,
    "n_layer": 64,
    "hidden_size": 8192,
    "n_embd": 8192,
    "intermediate_size": 32768,
    "n_inner": 32768,
    "vocab_size": 300_000,
    "num_attention_heads": 256,
    "num_key_value_heads": 256,
    "n_head": 256,
    "head_dim": 1024,
    "max_position_embeddings": 1_000_000,
    "n_positions": 1_000_000,
}
_SHARD = re.compile(r"model-\d{5}-of-(\d{5})\.safetensors")


class CheckpointError(ValueError):
    """A checkpoint that cannot be trusted, said in one sentence."""


@dataclass(frozen=True)
class Tensors:
    """The named tensors of one or several files.

    Attributes:
        path: where they come from, for messages.
        shapes: every name with its shape, known without reading.
    """

    path: Path
    shapes: Mapping[str, tuple[int, ...]]
    _get: Callable[[str], Tensor]

    def read(self, name: str) -> Tensor:
        """One tensor as a float32 copy.

        Raises:
            CheckpointError: it holds no floating-point numbers, or NaN or infinity.
        """
        tensor = self._get(name)
        if not tensor.is_floating_point():
            raise CheckpointError(f"{self.path}: tensor {name!r} is {tensor.dtype}, no weight")
        tensor = tensor.to(torch.float32, copy=True)
        # In pieces: the test of a whole embedding would take more memory than the embedding.
        if not all(bool(torch.isfinite(part).all()) for part in tensor.flatten().split(2**20)):
            raise CheckpointError(f"{self.path}: tensor {name!r} holds NaN or infinity")
        return tensor

    def equal(self, one: str, other: str) -> bool:
        """Whether two tensors hold the same numbers of the same type; nothing is copied."""
        a, b = self._get(one), self._get(other)
        return a.dtype == b.dtype and torch.equal(a, b)


def open_tensors(source: Path, *, trust_bin: bool = False) -> Tensors:
    """The tensors of a weight file, of a shard index, or of the folder that holds them.

    Args:
        trust_bin: also open pickles; a folder's `.safetensors` still come first.

    Raises:
        FileNotFoundError: no weights, or not all of them.
        CheckpointError: a file is broken, or no more than a pickle and not trusted.
    """
    if not source.is_dir():
        return _open(source, trust_bin)
    for name in ("model.safetensors", "model.safetensors.index.json"):
        if (source / name).is_file():
            return _open(source / name, trust_bin)
    if shards := sorted(p for p in source.glob("*.safetensors") if _SHARD.fullmatch(p.name)):
        total = int(_SHARD.fullmatch(shards[0].name)[1])  # type: ignore[index]  # they match
        if len(shards) != total:
            raise FileNotFoundError(f"{source} holds {len(shards)} of {total} shards")
        return _join(source, [_safetensors(shard) for shard in shards])
    for name in ("pytorch_model.bin", "pytorch_model.bin.index.json"):
        if (source / name).is_file():
            return _open(source / name, trust_bin)
    raise FileNotFoundError(
        f"{source / 'model.safetensors'} is missing; the checkpoint is incomplete"
    )


def check_sizes(config: Mapping[str, Any], where: object) -> None:
    """Refuse sizes that no backbone of ours has, before anything is allocated."""
    for name, limit in _LIMITS.items():
        value = config.get(name)
        if value is not None and not (isinstance(value, int) and 1 <= value <= limit):
            raise CheckpointError(f"{where} asks for {name}={value!r}; allowed are 1..{limit}")


def first_line(error: BaseException) -> str:
    """The gist of a library's message, for use inside one sentence of ours."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _open(path: Path, trust_bin: bool) -> Tensors:
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing; the checkpoint is incomplete")
    if path.name.endswith(".index.json"):
        return _indexed(path, trust_bin)
    if path.suffix == ".safetensors":
        return _safetensors(path)
    if path.suffix != ".bin":
        raise CheckpointError(f"{path} is neither .safetensors nor .bin nor an index of these")
    if not trust_bin:
        raise CheckpointError(
            f"{path} is a pickle, which is opened only on request: trust_bin=True, or its name given to "
            "`python -m train convert`"
        )
    return _bin(path)


def _indexed(path: Path, trust_bin: bool) -> Tensors:
    try:
        where: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))["weight_map"]
        files = sorted(set(where.values()))
        plain = all(name == Path(name).name for name in files)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CheckpointError(f"{path} is not an index of shards") from None
    if not plain:
        raise CheckpointError(f"{path} points outside its own folder")
    joined = _join(path, [_open(path.parent / name, trust_bin) for name in files])
    if astray := sorted(set(where) ^ set(joined.shapes)):
        raise CheckpointError(f"{path} and its shards disagree about tensor {astray[0]!r}")
    return joined


def _join(path: Path, parts: Sequence[Tensors]) -> Tensors:
    home: dict[str, Tensors] = {}
    for part in parts:
        if twice := sorted(set(home) & set(part.shapes)):
            raise CheckpointError(f"{path}: tensor {twice[0]!r} stands in two shards")
        home |= dict.fromkeys(part.shapes, part)
    shapes = {name: part.shapes[name] for name, part in home.items()}
    return Tensors(path, shapes, lambda name: home[name]._get(name))


def _safetensors(path: Path) -> Tensors:
    try:
        file = safe_open(path, framework="pt")
        shapes = {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118
    except (SafetensorError, OSError, ValueError) as error:
        raise CheckpointError(
            f"{path} is not a readable safetensors file ({first_line(error)})"
        ) from None
    return Tensors(path, shapes, file.get_tensor)


def _bin(path: Path) -> Tensors:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        raise CheckpointError(f"{path} is broken, or a pickle of the old kind") from None
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > path.stat().st_size or any(entry.compress_type for entry in entries):
        raise CheckpointError(f"{path} is packed and would unfold to {unpacked:,} bytes")
    try:
        state = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
    except Exception:  # a hostile pickle can make the reader raise anything
        raise CheckpointError(f"{path} is broken or holds more than tensors") from None
    if not isinstance(state, dict) or not all(map(_is_plain, state, state.values())):
        raise CheckpointError(f"{path} is not a table of names and plain tensors")
    return Tensors(path, {name: tuple(t.shape) for name, t in state.items()}, state.__getitem__)


def _is_plain(name: object, tensor: object) -> bool:
    """Whether the numbers are really there: strides can make many out of few."""
    return (
        isinstance(name, str)
        and isinstance(tensor, Tensor)
        and tensor.layout == torch.strided
        and tensor.device.type == "cpu"
        and tensor.numel() * tensor.element_size() <= tensor.untyped_storage().nbytes()
    )


def write_tensors(
    tensors: dict[str, Tensor], path: Path, metadata: dict[str, str] | None = None
) -> None:
    """Write a `.safetensors` file.

    Raises:
        OSError: it cannot be written (the disk is full, say); what there is of it is no checkpoint.
    """
    try:
        save_file(tensors, path, metadata=metadata or {"format": "pt"})
    except SafetensorError as error:
        raise OSError(f"{path} could not be written: {first_line(error)}") from None
