"""Our own folders: what is saved comes back, what is wrong is named, what fails leaves no half."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from conftest import make
from safetensors.torch import load_file, save_file
from torch import Tensor

import codi
from codi import checkpoint
from codi.model import CodiModel

QUESTION = "Tom has 3 bags of apples."


@pytest.fixture
def folder(tiny: CodiModel, tmp_path: Path) -> Path:
    return codi.save(tiny, tmp_path / "model")


def timeless(trace: codi.Trace) -> dict[str, Any]:
    """A Trace without its clock and its model's name."""
    record = trace.to_dict(arrays=True)
    for step in record["steps"]:
        del step["seconds"]
    return {k: v for k, v in record.items() if k not in ("seconds", "phases", "model_id")}


def tensors(folder: Path, change: Callable[[dict[str, Tensor]], object]) -> None:
    """Change the stored tensors in place."""
    state = load_file(folder / "model.safetensors")
    change(state)
    save_file(state, folder / "model.safetensors")


def config(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the stored config in place."""
    values = json.loads((folder / "config.json").read_text())
    change(values)
    (folder / "config.json").write_text(json.dumps(values))


@pytest.mark.parametrize("mode", ["student", "teacher"])
def test_a_loaded_model_gives_the_same_trace(
    tiny: CodiModel, folder: Path, mode: codi.trace.Mode
) -> None:
    loaded = codi.load(folder)
    assert loaded.model_id == "model"
    assert not loaded.training
    assert loaded.config == tiny.config
    options = codi.Options(max_new_tokens=8, capture=codi.Capture.everything())
    one, other = (timeless(codi.decode(m, QUESTION, mode, options)) for m in (tiny, loaded))
    assert one == other


def test_a_loaded_model_can_be_trained(folder: Path) -> None:
    loaded = codi.load(folder)
    head, table = loaded.backbone.get_output_embeddings(), loaded.backbone.get_input_embeddings()
    assert head.weight is table.weight
    assert all(
        p.requires_grad and p.is_leaf and p.device.type == "cpu" for p in loaded.parameters()
    )


def test_without_projection_and_without_tying(tmp_path: Path) -> None:
    model = make("llama", projection_width=None)
    model.backbone.config.tie_word_embeddings = False
    untied = CodiModel.from_config(model.backbone.config, model.config, model.prompt.tokenizer)
    loaded = codi.load(codi.save(untied, tmp_path / "model"))
    for name, tensor in untied.state_dict().items():
        assert torch.equal(tensor, loaded.state_dict()[name]), name


def test_half_precision(tiny: CodiModel, tmp_path: Path) -> None:
    loaded = codi.load(codi.save(tiny, tmp_path / "m", dtype=torch.bfloat16)).state_dict()
    for name, tensor in tiny.state_dict().items():
        assert torch.equal(loaded[name], tensor.bfloat16().float()), name
        assert loaded[name].dtype == torch.float32


def test_others_on_this_machine_may_read_it(tiny: CodiModel, tmp_path: Path) -> None:
    folder = codi.save(tiny, tmp_path / "m")
    assert all(path.stat().st_mode & 0o044 == 0o044 for path in (folder, *folder.iterdir()))


def test_a_failing_write_leaves_the_old_folder(
    tiny: CodiModel, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "README.md").write_text("card")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def full(*args: object, **more: object) -> None:
        Path(args[1]).write_bytes(b"half")  # type: ignore[arg-type]
        raise OSError("no space left on device")

    monkeypatch.setattr(checkpoint, "write_tensors", full)
    with pytest.raises(OSError, match="no space"):
        codi.save(make("llama", seed=5), folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    monkeypatch.undo()
    codi.save(make("llama", seed=5), folder)
    assert (folder / "README.md").read_text() == "card"
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


NAME = "projection.2.bias"
WRONG_TENSORS: dict[str, tuple[Callable[[dict[str, Tensor]], object], str]] = {
    "missing": (lambda s: s.pop(NAME), "lacks tensor 'projection.2.bias'"),
    "unknown": (lambda s: s.update(extra=torch.ones(1)), "unknown tensor 'extra'"),
    "renamed": (lambda s: s.update({"Projection.2.bias": s.pop(NAME)}), NAME),
    "mis-shaped": (lambda s: s.update({NAME: torch.ones(7)}), r"'projection.2.bias' has shape \(7,\)"),
    "NaN": (lambda s: s[NAME].fill_(float("nan")), "'projection.2.bias' holds NaN"),
    "infinity": (lambda s: s[NAME].fill_(float("inf")), "'projection.2.bias' holds NaN or inf"),
    "half overflow": (lambda s: s.update({NAME: torch.full((32,), 1e300, dtype=torch.float64)}), "holds NaN"),
    "integers": (lambda s: s.update({NAME: torch.ones(32, dtype=torch.int64)}), "'projection.2.bias' is torch.int64"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_TENSORS)
def test_a_wrong_tensor_is_named(folder: Path, name: str) -> None:
    change, message = WRONG_TENSORS[name]
    tensors(folder, change)
    with pytest.raises(codi.CheckpointError, match=message):
        codi.load(folder)


WRONG_CONFIGS: dict[str, Callable[[dict[str, Any]], object]] = {
    "no format": lambda c: c.pop("format"),
    "another format": lambda c: c.update(format="other"),
    "another version": lambda c: c.update(version=2),
    "no backbone": lambda c: c.pop("backbone"),
    "backbone a list": lambda c: c.update(backbone=[]),
    "codi a text": lambda c: c.update(codi="yes"),
    "unknown setting": lambda c: c["codi"].update(num_latent=6),
    "missing setting": lambda c: c["codi"].pop("bot_id"),
    "too many thoughts": lambda c: c["codi"].update(num_latents=17),
    "thoughts in words": lambda c: c["codi"].update(num_latents="six"),
    "half a thought": lambda c: c["codi"].update(num_latents=2.5),
    "an end that is never written": lambda c: c["codi"].update(eos_id=c["codi"]["pad_id"]),
    "an end beyond the table": lambda c: c["codi"].update(eos_id=10**9),
    "marker beyond the table": lambda c: c["codi"].update(bot_id=10**9),
    "markers alike": lambda c: c["codi"].update(bot_id=c["codi"]["eot_id"]),
    "projection as wide as the sea": lambda c: c["codi"].update(projection_width=10**9),
    "300k vocabulary": lambda c: c["backbone"].update(vocab_size=300_001),
    "10**12 wide": lambda c: c["backbone"].update(hidden_size=10**12, n_embd=10**12),
    "65 layers": lambda c: c["backbone"].update(num_hidden_layers=65, n_layer=65),
    "no layers": lambda c: c["backbone"].update(num_hidden_layers=0, n_layer=0),
    "three heads": lambda c: c["backbone"].update(num_attention_heads=3, n_head=3),
    "heads in words": lambda c: c["backbone"].update(num_attention_heads="4", n_head="4"),
    "another width": lambda c: c["backbone"].update(hidden_size=64, n_embd=64),
    "fewer layers": lambda c: c["backbone"].update(num_hidden_layers=1, n_layer=1),
    "unknown family": lambda c: c["backbone"].update(model_type="mystery"),
    "a family that runs code": lambda c: c["backbone"].update(model_type="timm_wrapper"),
    "unknown activation": lambda c: c["backbone"].update(hidden_act="x", activation_function="x"),
}


@pytest.mark.parametrize("name", WRONG_CONFIGS)
def test_a_wrong_config_is_refused_in_one_sentence(folder: Path, name: str) -> None:
    config(folder, WRONG_CONFIGS[name])
    with pytest.raises(codi.CheckpointError) as caught:
        codi.load(folder)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("name", ["config.json", "model.safetensors", "tokenizer.json"])
def test_missing_and_broken_files_are_named(tiny: CodiModel, folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / name).read_bytes()[:50])
    with pytest.raises(codi.CheckpointError):
        codi.load(folder)
    (folder / name).unlink()
    with pytest.raises((FileNotFoundError, codi.CheckpointError), match=r"model"):
        codi.load(folder)


def test_a_pickle_beside_the_config_is_not_opened(tiny: CodiModel, folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    torch.save(copy.deepcopy(tiny.state_dict()), folder / "pytorch_model.bin")
    with pytest.raises(FileNotFoundError, match=r"model\.safetensors is missing"):
        codi.load(folder, trust_bin=True)


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="python -m train fit"):
        codi.load(tmp_path / "nothing")
    with pytest.raises(FileNotFoundError, match="python -m train fit"):
        codi.load("tests/nothing")  # a folder of this name is near: no hub id


def test_code_named_by_a_tokenizer_is_not_run(folder: Path) -> None:
    path = folder / "tokenizer_config.json"
    values = json.loads(path.read_text())
    values |= {"auto_map": {"AutoTokenizer": ["evil.Tokenizer", None]}, "tokenizer_class": "Evil"}
    path.write_text(json.dumps(values))
    (folder / "evil.py").write_text("raise SystemExit('run')")
    assert codi.load(folder).prompt.question(QUESTION)[0]
