"""Official checkpoints: converted means equal, and anything odd is refused in one sentence."""

from __future__ import annotations

import argparse
import copy
import json
import os
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import huggingface_hub
import official_files as official
import pytest
import torch
from official_files import ASSUMED, TOKENIZER, Unmerged, V
from torch import Tensor
from transformers import AutoModelForCausalLM, GPT2Config

import codi
from codi.bases import Assumed
from codi.checkpoint import plan_official
from codi.decode import left_pad
from codi.model import CodiModel
from codi.official import to_official
from codi.rollout import Context, think
from train import convert, export, fullsize

QUESTIONS = [
    "Tom has 3 bags of apples.",
    "She buys two books for $5 each and pays with a 20 dollar bill. What is her change?",
    "What is 3?",
]
State = dict[str, Tensor]
CODI = "codi.base_model.model."
BODY = {"gpt2": "transformer.h.0.", "llama": "model.layers.0."}
MATRIX = {"gpt2": "mlp.c_fc", "llama": "mlp.up_proj"}


@pytest.fixture(scope="module", params=["gpt2", "llama"])
def family(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def wrapper(family: str) -> Unmerged:
    return official.unmerged(family)


@pytest.fixture(scope="module")
def state(wrapper: Unmerged) -> State:
    return official.official_state(wrapper)


@pytest.fixture(scope="module")
def folder(state: State, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return official.write(state, tmp_path_factory.mktemp("official") / "model")


@pytest.fixture(scope="module")
def model(folder: Path) -> CodiModel:
    return codi.load(folder, assumed=ASSUMED)


def prompt(model: CodiModel, question: str) -> list[int]:
    return [*model.prompt.question(question)[0], model.config.bot_id]


def states(model: CodiModel, rows: list[list[int]], *, paper: bool = False) -> list[Tensor]:
    context = Context(model, len(rows), paper=paper)
    ids, mask = left_pad(rows, model.config.pad_id, model.device)
    with torch.no_grad():
        state = context.read_ids(ids, mask).last[:, -1]
        return [state, *(out.last[:, -1] for _, _, out in think(context, state, 3))]


def written(trace: codi.Trace) -> list[int]:
    return [step.token for step in trace.steps if step.token is not None]


def same(one: CodiModel, other: CodiModel) -> bool:
    """Bit for bit: -0.0 is not 0.0."""
    a, b = one.state_dict(), other.state_dict()
    return set(a) == set(b) and all(
        torch.equal(a[n].view(torch.int32), b[n].view(torch.int32)) for n in a
    )


@pytest.mark.parametrize(("dtype", "gap"), [(torch.float32, 1e-5), (torch.float64, 1e-6)])
def test_equals_the_unmerged_model(
    wrapper: Unmerged, model: CodiModel, dtype: torch.dtype, gap: float
) -> None:
    reference, ours = copy.deepcopy(wrapper).to(dtype), copy.deepcopy(model).to(dtype)
    for question in QUESTIONS[:2]:
        ids = prompt(model, question)
        wanted, tokens = reference.answer([ids])
        for theirs, mine in zip(wanted, states(ours, [ids]), strict=True):
            assert torch.allclose(mine, theirs, atol=gap, rtol=0)
            head = reference.codi.base_model.model.lm_head
            assert torch.allclose(ours.unembed(mine), head(theirs), atol=2 * gap, rtol=0)
        found = written(codi.decode(ours, question, options=codi.Options(max_new_tokens=6)))
        assert found == tokens[0][: len(found)]
        assert len(found) == 6 or found[-1] == official.EOS


def test_company_and_padding_change_no_answer(model: CodiModel) -> None:
    options = codi.Options(max_new_tokens=5)
    together = codi.decode_many(model, QUESTIONS, options=options)
    assert [written(t) for t in together] == [
        written(codi.decode(model, q, options=options)) for q in QUESTIONS
    ]
    rows = [prompt(model, question) for question in QUESTIONS]
    for row, *padded in zip(rows, *states(model, rows), strict=True):
        for in_company, alone in zip(padded, states(model, [row]), strict=True):
            assert torch.allclose(in_company, alone[0], atol=1e-5, rtol=0)


def test_paper_switch_is_the_official_batch(wrapper: Unmerged, model: CodiModel) -> None:
    # float32 on purpose: Llama's softmax is float32, and float64's mask becomes -inf and NaN in it.
    reference, ours = copy.deepcopy(wrapper).float(), model
    rows = [prompt(model, question) for question in QUESTIONS]
    wanted, tokens = reference.answer(rows, tokens=4)
    together = states(ours, rows, paper=True)
    for theirs, mine in zip(wanted, together, strict=True):
        assert torch.allclose(mine, theirs, atol=1e-5, rtol=0)
    padded, full = 0, 1  # the longest row has no padding, so for it nothing changes
    alone = [states(ours, [row]) for row in rows]
    assert torch.allclose(together[-1][full], alone[full][-1][0], atol=1e-5)
    assert not torch.allclose(together[-1][padded], alone[padded][-1][0], atol=1e-3)
    options = codi.Options(max_new_tokens=4, paper=True)
    for trace, wrote in zip(
        codi.decode_many(ours, QUESTIONS, options=options), tokens, strict=True
    ):
        assert written(trace) == wrote[: len(written(trace))]


def test_tied_embeddings_stay_one(model: CodiModel) -> None:
    assert (
        model.backbone.get_output_embeddings().weight
        is model.backbone.get_input_embeddings().weight
    )


def renamed(state: State, old: str, new: str) -> State:
    return {name.replace(old, new): t for name, t in state.items()}


def rows_five(state: State) -> State:
    wide = {n: t for n, t in state.items() if t.shape[:1] == (V + 3,)}
    return state | {n: torch.cat([t, t[:2]]) for n, t in wide.items()}


VARIANTS: dict[str, Callable[[State], State]] = {
    "older prefix": lambda s: renamed(s, "codi.", "coconut."),
    "head left out": lambda s: {n: t for n, t in s.items() if "lm_head" not in n},
    "SIM-CoT": lambda s: s | {"decoder.model.x": torch.ones(2), "pj_in.weight": torch.ones(2), "pj_out.bias": torch.ones(2)},
}  # fmt: skip


@pytest.mark.parametrize("variant", VARIANTS)
def test_variants_give_the_same_model(
    state: State, model: CodiModel, tmp_path: Path, variant: str
) -> None:
    place = official.write(VARIANTS[variant](state), tmp_path / "m")
    assert same(codi.load(place, assumed=ASSUMED), model)


def test_old_tables_and_five_rows(family: str, state: State, tmp_path: Path) -> None:
    table = {
        "gpt2": "transformer.h.0.attn.masked_bias",
        "llama": "model.layers.0.self_attn.rotary_emb.inv_freq",
    }
    place = official.write(rows_five(state) | {CODI + table[family]: torch.ones(4)}, tmp_path / "m")
    loaded = codi.load(place, assumed=ASSUMED)
    assert loaded.backbone.config.vocab_size == V + 5
    assert (loaded.config.pad_id, loaded.config.bot_id, loaded.config.eot_id) == (V, V + 1, V + 2)
    assert loaded.prompt.text([V + 4, 5]) == loaded.prompt.text([5])


def shards(state: State, place: Path) -> Path:
    names = sorted(state)
    halves = {"model-00001-of-00002.safetensors": names[::2], "model-00002-of-00002.safetensors": names[1::2]}  # fmt: skip
    for file, part in halves.items():
        official.write({n: state[n] for n in part}, place, file)
    index = {"weight_map": {n: file for file, part in halves.items() for n in part}}
    (place / "model.safetensors.index.json").write_text(json.dumps(index))
    return place


def test_shards_and_single_files(state: State, model: CodiModel, tmp_path: Path) -> None:
    place = shards(state, tmp_path / "m")
    assert same(codi.load(place, assumed=ASSUMED), model)
    (place / "model.safetensors.index.json").unlink()
    assert same(codi.load(place, assumed=ASSUMED), model)
    file = official.write(state, tmp_path / "one") / "model.safetensors"
    assert same(codi.load(file, assumed=ASSUMED), model)


def test_pickles_only_on_request(state: State, model: CodiModel, tmp_path: Path) -> None:
    TOKENIZER.save_pretrained(tmp_path)
    torch.save(state, tmp_path / "pytorch_model.bin")
    with pytest.raises(codi.CheckpointError, match="only on request"):
        codi.load(tmp_path, assumed=ASSUMED)
    assert same(codi.load(tmp_path, assumed=ASSUMED, trust_bin=True), model)


def test_the_scale_is_assumed_and_can_be_overruled(folder: Path, model: CodiModel) -> None:
    other = codi.load(folder, assumed=Assumed(**{**vars(ASSUMED), "lora_alpha": 16.0}))
    assert not same(other, model)
    assert "merged at 32/4 = 8 (assumed)" in plan_official(folder, assumed=ASSUMED).report()


def test_there_and_back_is_bit_identical(model: CodiModel, state: State, tmp_path: Path) -> None:
    exported = to_official(model, rank=4)
    assert {n: t.shape for n, t in exported.items()} == {n: t.shape for n, t in state.items()}
    again = codi.load(official.write(exported, tmp_path / "m"), assumed=ASSUMED)
    assert same(again, model)
    codi.save(again, tmp_path / "ours")
    assert same(codi.load(tmp_path / "ours"), model)


def test_only_fitting_models_go_into_the_official_layout(tiny: CodiModel) -> None:
    with pytest.raises(ValueError, match="neighbouring ids"):
        to_official(tiny)


def run(command: Any, *words: object) -> str:
    """What a command of `python -m train` would print."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return str(command.main(parser.parse_args(list(map(str, words)))))


def test_commands_there_and_back(
    family: str, folder: Path, model: CodiModel, tmp_path: Path
) -> None:
    rest = ["--vocab-size", V, "--eos-id", 1, "--heads", 4, "--latents", 3]
    ours, theirs, plain = tmp_path / "ours", tmp_path / "theirs", tmp_path / "plain"
    report = run(convert, folder, ours, *rest)
    for line in (
        f"{family}, 2 layers of width 32, 4 heads (assumed)",
        f"{V + 3} rows = {V} + 3, tied: yes, stored twice",
        "of rank 4, merged at 32/4 = 8 (assumed)",
    ):
        assert line in report
    assert same(codi.load(ours), model)
    with pytest.raises(codi.CheckpointError, match="in our format already"):
        run(convert, ours, tmp_path / "again")

    run(export, "--checkpoint", ours, "--to", "official", "--output", theirs)
    run(convert, theirs, tmp_path / "again", *rest)
    assert same(codi.load(tmp_path / "again"), model)

    run(export, "--checkpoint", ours, "--to", "backbone", "--output", plain)
    backbone = AutoModelForCausalLM.from_pretrained(plain, attn_implementation="eager").eval()
    ids = torch.tensor([prompt(model, QUESTIONS[0])])
    with torch.no_grad():
        assert torch.equal(backbone(ids).logits, model.backbone(ids).logits)

    run(export, "--checkpoint", ours, "--output", tmp_path / "copy")
    assert same(codi.load(tmp_path / "copy"), model)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--checkpoint x --to official", "--output is needed"),
        ("--checkpoint x", "--output is needed"),
        ("--checkpoint x --output y --to backbone --push me/mine", "--push uploads our format"),
        ("--run nowhere --output y", "manifest.json is missing"),
    ],
)
def test_export_says_what_does_not_go_together(words: str, said: str) -> None:
    with pytest.raises((ValueError, FileNotFoundError), match=said):
        run(export, *words.split())


def test_the_size_benchmark_reads_what_it_writes(tmp_path: Path) -> None:
    small = GPT2Config(vocab_size=50260, n_embd=64, n_layer=1, n_head=1)
    fullsize.write_checkpoint(tmp_path, small, rank=2)
    found = fullsize.measure(tmp_path, time.time())
    assert found["peak_bytes"] > 50260 * 64 * 4
    assert found["answer_passes"] <= 1 + 6 + 8
    text = fullsize.table(
        found | {"tensors": 31, "bytes": 1e6},
        tmp_path / "x.json",
        {"cpu": "c", "cores": 2, "load": 0},
    )
    assert "x.json" in text


# --- the hub, as its client's cache folder ---


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


def store(cache: Path, repo_id: str, folder: Path, commit: str = "a" * 40) -> None:
    """What a download of this folder leaves in the cache."""
    repo = cache / f"models--{repo_id.replace('/', '--')}"
    snapshot = repo / "snapshots" / commit
    for path in (repo / "refs", repo / "blobs", snapshot):
        path.mkdir(parents=True, exist_ok=True)
    (repo / "refs" / "main").write_text(commit)
    for number, path in enumerate(sorted(folder.iterdir())):
        shutil.copy(path, repo / "blobs" / f"{commit[0]}{number}")
        (snapshot / path.name).symlink_to(f"../../blobs/{commit[0]}{number}")


def test_hub_ids_offline(
    cache: Path, folder: Path, family: str, model: CodiModel, tmp_path: Path
) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(folder, bare)
    (bare / "tokenizer.json").unlink()
    store(cache, "zen-E/CODI-gpt2", bare)
    with pytest.raises(FileNotFoundError, match="offline mode"):  # the tokenizer is missing
        codi.load("zen-E/CODI-gpt2", assumed=ASSUMED)
    TOKENIZER.save_pretrained(tmp_path / "words")
    store(cache, plan_official(folder, assumed=ASSUMED).tokenizer_id, tmp_path / "words")
    loaded = codi.load("zen-E/CODI-gpt2", assumed=ASSUMED)
    assert same(loaded, model)
    assert loaded.model_id == "zen-E/CODI-gpt2@" + "a" * 12
    pinned = codi.load("zen-E/CODI-gpt2", revision="a" * 40, assumed=ASSUMED)
    assert same(pinned, model)
    named = codi.load("zen-E/CODI-gpt2@" + "a" * 40, assumed=ASSUMED)
    assert same(named, model)
    assert named.model_id == pinned.model_id == loaded.model_id
    with pytest.raises(ValueError, match="names a revision already"):
        codi.load("zen-E/CODI-gpt2@main", revision="main", assumed=ASSUMED)
    with pytest.raises(FileNotFoundError, match=f"revision {'b' * 40}"):
        codi.load("zen-E/CODI-gpt2", revision="b" * 40, assumed=ASSUMED)
    with pytest.raises(FileNotFoundError, match="no folder is called nobody/nothing"):
        codi.load("nobody/nothing")
    with pytest.raises(ValueError, match="needs a hub id"):
        codi.load(folder, revision="main")


def test_without_a_network(
    cache: Path, folder: Path, model: CodiModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not offline by choice: nobody answers. What the cache holds is used, the rest is one sentence."""
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", "http://127.0.0.1:9")
    store(cache, "me/mine", folder)
    for source in ("me/mine", "me/mine@" + "a" * 40):
        assert same(codi.load(source, assumed=ASSUMED), model)
    for source in ("me/other", "me/mine@" + "b" * 40):
        with pytest.raises(FileNotFoundError, match="no network"):
            codi.load(source)
    with pytest.raises(ConnectionError, match="me/mine cannot be uploaded: no network"):
        codi.checkpoint.push(model, "me/mine")


def test_offline_mode_does_not_even_try(
    cache: Path, model: CodiModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    with pytest.raises(ConnectionError, match="offline mode"):
        codi.checkpoint.push(model, "me/mine")


def test_hub_pickles_only_on_request(
    cache: Path, state: State, model: CodiModel, tmp_path: Path
) -> None:
    TOKENIZER.save_pretrained(tmp_path / "m")
    torch.save(state, tmp_path / "m" / "pytorch_model.bin")
    store(cache, "me/old", tmp_path / "m")
    with pytest.raises(codi.CheckpointError, match="only on request"):
        codi.load("me/old", assumed=ASSUMED)
    assert same(codi.load("me/old", assumed=ASSUMED, trust_bin=True), model)


def test_push_then_load(
    cache: Path, model: CodiModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: dict[str, bool] = {}

    def create_repo(self: object, repo_id: str, *, private: bool, exist_ok: bool) -> None:
        made[repo_id] = private

    def upload_folder(self: object, *, repo_id: str, folder_path: Path, commit_message: str) -> str:
        store(cache, repo_id, folder_path, "c" * 40)
        return f"https://hub/{repo_id}/commit"

    monkeypatch.setattr(huggingface_hub.HfApi, "create_repo", create_repo)
    monkeypatch.setattr(huggingface_hub.HfApi, "upload_folder", upload_folder)
    assert model.push_to_hub("me/mine", private=True) == "https://hub/me/mine/commit"
    assert made == {"me/mine": True}
    assert same(codi.load("me/mine"), model)
    card = next(cache.glob("models--me--mine/snapshots/*/README.md")).read_text()
    assert card.startswith("---\nlibrary_name: codi")
    assert 'codi.load("me/mine")' in card
    with pytest.raises(FileNotFoundError):
        codi.checkpoint.push(tmp_path / "nothing", "me/mine")
    codi.save(model, tmp_path / "run" / "checkpoint")
    (tmp_path / "run" / "manifest.json").write_text('{"status": "success"}')
    words = ["--run", tmp_path / "run", "--output", tmp_path / "out", "--push", "me/run"]
    assert "uploaded to https://hub/me/run/commit" in run(export, *words)
    pushed = codi.load("me/run")
    assert pushed.model_id == "me/run@" + "c" * 12
    assert same(pushed, codi.load(tmp_path / "out"))


# --- what is refused ---

MARK = Path("/tmp/codi-test-code-ran")


class Bomb:
    """Pickled code: unpickling it the ordinary way would touch a file."""

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str, str]]:
        return open, (str(MARK), "w")


def drop(*parts: str) -> Callable[[State], State]:
    return lambda s: {n: t for n, t in s.items() if not any(part in n for part in parts)}


def change(part: str, to: Callable[[Tensor], Tensor]) -> Callable[[State], State]:
    """Change every tensor whose name holds `part`; there must be one."""

    def mutate(state: State) -> State:
        hit = {n: to(t) for n, t in state.items() if part in n}
        assert hit, part
        return state | hit

    return mutate


def spoiled(value: float) -> Callable[[Tensor], Tensor]:
    def spoil(tensor: Tensor) -> Tensor:
        tensor = tensor.clone()
        tensor.view(-1)[-1] = value
        return tensor

    return spoil


def cut(tensor: Tensor) -> Tensor:
    return tensor[:-1].clone()


def big_rows(state: State) -> State:
    # 300,001 rows of one number each: large in count, small on disk.
    return change(
        "wte" if any("wte" in n for n in state) else "embed_tokens",
        lambda t: torch.zeros(300_001, 1),
    )(state)


def in_layer_0(mutate: Callable[[str], Callable[[State], State]]) -> Callable[[State], State]:
    """A mutation of the first layer's feed-forward matrix, whatever the family calls it."""

    def apply(state: State) -> State:
        family = "gpt2" if any("wte" in n for n in state) else "llama"
        return mutate(f"{CODI}{BODY[family]}{MATRIX[family]}")(state)

    return apply


def rename(old: str, new: str) -> Callable[[State], State]:
    def mutate(state: State) -> State:
        assert any(old in name for name in state), old
        return renamed(state, old, new)

    return mutate


MUTATIONS: dict[str, Callable[[State], State]] = {
    "wrong prefix": rename("codi.base", "codee.base"),
    "wrong wrapper": rename("codi.base_model", "codi.model"),
    "no prefix": rename(CODI, ""),
    "nothing": lambda s: {},
    "one stranger only": lambda s: {"codi.base_model.model.x": torch.ones(1)},
    "another tensor": lambda s: s | {"extra.weight": torch.ones(1)},
    "another inside": lambda s: s | {CODI + "extra.weight": torch.ones(1)},
    "another projection": lambda s: s | {"prj.2.weight": torch.ones(1)},
    "two prefixes at once": lambda s: s | renamed({n: t for n, t in s.items() if "lm_head" in n or "norm" in n or "ln_f" in n}, "codi.", "coconut."),
    "no embedding": drop("wte", "embed_tokens"),
    "no final norm": drop("ln_f", "model.norm"),
    "no layer 0": drop("h.0.", "layers.0."),
    "no layer 1 norms": drop("h.1.ln_1", "layers.1.input_layernorm"),
    "a layer too far": lambda s: s | {n.replace("h.1.", "h.9.").replace("layers.1.", "layers.9."): t for n, t in s.items()},
    "layer 999999": lambda s: s | {n.replace("h.1.", "h.999999.").replace("layers.1.", "layers.999999."): t for n, t in s.items()},
    "no base matrix": in_layer_0(lambda m: drop(f"{m}.base_layer.weight")),
    "no A": in_layer_0(lambda m: drop(f"{m}.lora_A")),
    "no B": in_layer_0(lambda m: drop(f"{m}.lora_B")),
    "no A and B": in_layer_0(lambda m: drop(f"{m}.lora")),
    "A renamed": in_layer_0(lambda m: rename(f"{m}.lora_A", f"{m}.lora_C")),
    "adapter renamed": rename(".default.", ".other."),
    "base renamed": rename("base_layer", "base"),
    "B too short": in_layer_0(lambda m: change(f"{m}.lora_B", cut)),
    "A of another rank": in_layer_0(lambda m: change(f"{m}.lora_A", cut)),
    "A transposed": in_layer_0(lambda m: change(f"{m}.lora_A", lambda t: t.T.clone())),
    "base transposed": in_layer_0(lambda m: change(f"{m}.base_layer.weight", lambda t: t.T.clone())),
    "A and B swapped": in_layer_0(lambda m: lambda s: s | {f"{m}.lora_A.default.weight": s[f"{m}.lora_B.default.weight"], f"{m}.lora_B.default.weight": s[f"{m}.lora_A.default.weight"]}),
    "words and positions swapped": lambda s: renamed(renamed(renamed(s, "wte", "w_e"), "wpe", "wte"), "w_e", "wpe"),
    "query and key swapped": lambda s: renamed(renamed(renamed(s, "q_proj", "x_proj"), "k_proj", "q_proj"), "x_proj", "k_proj"),
    "projection's layers swapped": lambda s: renamed(renamed(renamed(s, "prj.1", "prj.x"), "prj.3", "prj.1"), "prj.x", "prj.3"),
    "embedding of one dimension": change("embed_tokens", lambda t: t[:, 0].clone()),
    "embedding without a row": change("wte", lambda t: t[:0].clone()),
    "base flat": in_layer_0(lambda m: change(f"{m}.base_layer.weight", lambda t: t.reshape(-1).clone())),
    "A a single number": in_layer_0(lambda m: change(f"{m}.lora_A", lambda t: t[0, 0].clone())),
    "update of a norm": lambda s: s | {CODI + "model.norm.lora_A.default.weight": torch.ones(4, 4)},
    "update with a bias": in_layer_0(lambda m: lambda s: s | {f"{m}.lora_B.default.bias": torch.ones(4)}),
    "embedding cut": change("lm_head", cut),
    "embedding narrow": change("embed_tokens", lambda t: t[:, :-1].clone()),
    "too many rows": big_rows,
    "no marker rows": lambda s: {n: t[:V].clone() if t.shape[:1] == (V + 3,) else t for n, t in s.items()},
    "nine marker rows": lambda s: {n: torch.cat([t, t[:6]]) if t.shape[:1] == (V + 3,) else t for n, t in s.items()},
    "head of its own": change("lm_head", lambda t: t + 1),
    "NaN in a base matrix": in_layer_0(lambda m: change(f"{m}.base_layer.weight", spoiled(float("nan")))),
    "NaN in an update": in_layer_0(lambda m: change(f"{m}.lora_A", spoiled(float("nan")))),
    "infinity in the projection": change("prj.1.weight", spoiled(float("inf"))),
    "NaN in the head only": change("lm_head", spoiled(float("nan"))),
    "whole numbers": change("prj.3.bias", lambda t: t.long()),
    "truth values": change("prj.3.bias", lambda t: t > 0),
    "projection cut": change("prj.3.weight", cut),
    "projection without LayerNorm": drop("prj.ln"),
    "projection without its first layer": drop("prj.1"),
    "projection too wide": change("prj.1.weight", lambda t: torch.zeros(70_000, 1)),
}  # fmt: skip
ONLY = {
    "update of a norm": "llama",
    "embedding narrow": "llama",
    "embedding of one dimension": "llama",
    "query and key swapped": "llama",
    "embedding without a row": "gpt2",
    "words and positions swapped": "gpt2",
}


def refused(source: Path, assumed: Assumed = ASSUMED, *, trust_bin: bool = False) -> str:
    """One sentence, of our own errors, and nothing run."""
    MARK.unlink(missing_ok=True)
    with pytest.raises((codi.CheckpointError, FileNotFoundError)) as caught:
        codi.load(source, assumed=assumed, trust_bin=trust_bin)
    assert not MARK.exists(), "code of the checkpoint was run"
    text = str(caught.value)
    assert text
    assert "\n" not in text
    assert len(text) < 500
    return text


@pytest.mark.parametrize("name", MUTATIONS)
def test_mutated_tensors_are_refused(family: str, state: State, tmp_path: Path, name: str) -> None:
    if ONLY.get(name, family) == family:
        refused(official.write(MUTATIONS[name](state), tmp_path / "m"))


def damaged_files(state: State, place: Path) -> Iterator[tuple[str, Path, bool]]:
    """Name, source, whether pickles are trusted: files broken below the level of tensors."""
    whole = official.write(state, place / "whole")
    data = (whole / "model.safetensors").read_bytes()
    raw = {
        "empty file": b"",
        "truncated": data[: len(data) // 2],
        "header cut": data[:100],
        "absurd header length": (2**62).to_bytes(8, "little") + data[8:],
        "no table": b"\x10" + bytes(7) + b'["not a table"] ',
        "bytes swapped": data[::-1],
    }
    huge = b'{"codi.base_model.model.x":{"dtype":"F32","shape":[1000000,1000000],"data_offsets":[0,4000000000000]}}'
    raw["terabytes promised"] = len(huge).to_bytes(8, "little") + huge
    for name, content in raw.items():
        (place / name).mkdir()
        (place / name / "model.safetensors").write_bytes(content)
        yield name, place / name, False
    broken = shards(state, place / "shard missing")
    (broken / "model-00002-of-00002.safetensors").unlink()
    yield "shard missing", broken, False
    bare = shards(state, place / "shard missing, no index")
    (bare / "model-00002-of-00002.safetensors").unlink()
    (bare / "model.safetensors.index.json").unlink()
    yield "shard missing, no index", bare, False
    for name, index in {
        "index astray": {"weight_map": dict.fromkeys(state, "../whole/model.safetensors")},
        "index of nothing": {"weight_map": 3},
        "index of a file that is not there": {"weight_map": dict.fromkeys(state, "model-00009-of-00009.safetensors")},
        "index of a pickle": {"weight_map": dict.fromkeys(state, "pytorch_model.bin")},
        "index disagrees": {"weight_map": {"codi.base_model.model.x": "model-00001-of-00002.safetensors"}},
    }.items():  # fmt: skip
        other = shards(state, place / name)
        (other / "model.safetensors.index.json").write_text(json.dumps(index))
        yield name, other, False
    for name, file, content in [
        ("config not JSON", "config.json", b"{codi"),
        ("config of another version", "config.json", b'{"format": "codi", "version": 9}'),
        ("config of 300k words", "config.json", b'{"format": "codi", "version": 1, "codi": {}, "backbone": {"model_type": "llama", "vocab_size": 300001}}'),
        ("tokenizer cut", "tokenizer.json", (whole / "tokenizer.json").read_bytes()[:1000]),
    ]:  # fmt: skip
        shutil.copytree(whole, place / name)
        (place / name / file).write_bytes(content)
        yield name, place / name, False
    torch.save(state, place / "whole.bin")
    (place / "cut.bin").write_bytes((place / "whole.bin").read_bytes()[:-100])
    yield "pickle cut", place / "cut.bin", True
    yield "pickle not trusted", place / "whole.bin", False
    for name, value in {
        "pickle with code": {"codi.base_model.model.x": Bomb()},
        "pickle with code behind good tensors": state | {"z": Bomb()},
        "pickle of a list": [torch.ones(1)],
        "pickle of numbers": {"codi.base_model.model.x": 3},
        "pickle of few numbers seen as many": state | {CODI + "lm_head.weight": torch.ones(1).expand(10**6, 10**6)},
        "pickle of no numbers": {"codi.base_model.model.x": torch.ones(3, device="meta")},
    }.items():  # fmt: skip
        torch.save(value, place / f"{name}.bin")
        yield name, place / f"{name}.bin", True
    old = place / "old.bin"
    torch.save({"codi.base_model.model.x": Bomb()}, old, _use_new_zipfile_serialization=False)
    yield "old pickle with code", old, True
    with zipfile.ZipFile(place / "bomb.bin", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", bytes(10**7))
    yield "zip bomb", place / "bomb.bin", True
    (place / "model.pt").write_bytes(data)
    yield "unknown ending", place / "model.pt", True


def test_damaged_files_are_refused(tmp_path: Path) -> None:
    state = official.official_state(official.unmerged("llama"))
    names = []
    for name, source, trust in damaged_files(state, tmp_path):
        assert refused(source, trust_bin=trust), name
        names.append(name)
    assert len({*MUTATIONS, *names}) == len(MUTATIONS) + len(names) >= 60


@pytest.mark.parametrize(
    "wrong",
    [{"vocab_size": None}, {"heads": None}, {"heads": 5}, {"heads": 10**6}, {"num_latents": 99}, {"eos_id": -1}],
)  # fmt: skip
def test_wrong_assumptions_are_refused(folder: Path, family: str, wrong: dict[str, int]) -> None:
    if (family, wrong) == ("gpt2", {"heads": None}):
        return  # one head of 32: a legal default
    refused(folder, Assumed(**{**vars(ASSUMED), **wrong}))


def test_a_foreign_tokenizer_is_refused(folder: Path, tmp_path: Path) -> None:
    official.build(["other words"], 1330).save_pretrained(tmp_path)
    with pytest.raises(codi.CheckpointError, match="do not belong together"):
        codi.load(folder, tokenizer=tmp_path, assumed=ASSUMED)
