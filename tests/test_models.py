"""The model picker: only what the operator named, one model in memory, a failure leaves a usable page."""

from __future__ import annotations

import re
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gradio as gr
import official_files as official
import pytest
from conftest import make
from test_app import Visit, chromium, free_port  # noqa: F401  # chromium is a fixture

import app
from codi import CodiModel, save
from codi.ui import layout, race
from codi.ui.check import Refused
from codi.ui.handlers import Handlers, Update
from codi.ui.models import Models, named
from codi.ui.text import Message

QUESTION = "Tom has 3 bags with 4 apples in each. How many apples does he have?"


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Random weights never end by themselves; a few words are enough."""
    monkeypatch.setitem(race.NEW_TOKENS, "teacher", 4)
    monkeypatch.setitem(race.NEW_TOKENS, "student", 4)


class Shelf:
    """Makes models on demand, and remembers which of them are still in memory when it does."""

    def __init__(self) -> None:
        self.made: list[weakref.ref[CodiModel]] = []
        self.alive_before: list[int] = []
        self.before: Callable[[], object] = lambda: None

    def read(self, source: str) -> CodiModel:
        self.alive_before.append(sum(ref() is not None for ref in self.made))
        self.before()
        if source == "broken":
            raise ValueError("broken: tensor 'x' holds NaN or infinity")
        if source == "strange":
            raise RuntimeError("secret detail")
        model = make("gpt2" if source == "b" else "llama", num_latents=2 if source == "b" else 3)
        model.model_id = source
        self.made.append(weakref.ref(model))
        return model


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def handlers(shelf: Shelf) -> Handlers:
    models = Models(["a", "b", "broken", "strange"], shelf.read)
    models.switch("a")
    return Handlers(models)


def keys(updates: Iterator[Update]) -> list[str]:
    return [u.notice.get("key", "") for u in updates if u.notice is not None]


def test_a_switch_frees_the_old_model_first(handlers: Handlers, shelf: Shelf) -> None:
    assert handlers.runner is not None
    handlers.record(handlers.runner)
    assert handlers.first.about["model"] == "a"  # type: ignore[index]
    loading, shown = handlers.choose("b")
    assert loading.notice is not None
    assert loading.notice["key"] == "model_loading"
    assert loading.race is None
    assert shown.notice == {}
    assert shown.about is not None
    assert (shown.about["model"], shown.about["count"]) == ("b", 2)
    assert shown.race is not None
    assert handlers.first.about == shown.about, "the next visitor sees it too"
    assert shelf.alive_before == [0, 0]
    assert handlers.solve(QUESTION)["model"] == "b"
    assert [*handlers.choose("b")] == [], "it is there already"


@pytest.mark.parametrize("name", ["c", "../a", "/etc", "", None, 3, ["a"], {"a": 1}, "A"])
def test_only_what_the_operator_named(handlers: Handlers, shelf: Shelf, name: object) -> None:
    assert keys(handlers.choose(name)) == ["model_unknown"]
    assert len(shelf.alive_before) == 1
    assert handlers.solve(QUESTION)["model"] == "a"


def test_a_failed_load_leaves_a_sentence_and_a_way_back(handlers: Handlers) -> None:
    assert keys(handlers.choose("broken")) == ["model_loading", "model_failed"]
    assert handlers.runner is None
    assert keys(handlers.race(QUESTION)) == ["model_failed"]
    with pytest.raises(Refused, match=r"broken could not be loaded: .*NaN"):
        handlers.solve(QUESTION)
    assert handlers.first.notice is not None
    assert handlers.first.race == {}, "a newcomer sees no run of a model that is gone"
    assert keys(handlers.choose("a")) == ["model_loading", ""]
    assert handlers.solve(QUESTION)["model"] == "a"


def test_an_unexpected_failure_shows_a_code_and_no_detail(handlers: Handlers) -> None:
    *_, last = handlers.choose("strange")
    assert last.notice is not None
    assert last.notice["key"] == "unexpected"
    assert "secret" not in str(last.notice)
    assert keys(handlers.race(QUESTION)) == ["model_failed"]
    assert keys(handlers.choose("b")) == ["model_loading", ""]


def test_while_one_loads_everybody_else_waits(handlers: Handlers, shelf: Shelf) -> None:
    heard: list[str] = []

    def meanwhile() -> None:
        heard.extend(keys(handlers.race(QUESTION)))
        heard.extend(keys(handlers.choose("a", session="other"))[1:])

    shelf.before = meanwhile
    assert keys(handlers.choose("b")) == ["model_loading", ""]
    assert heard == ["model_loading", "model_loading"]
    assert handlers.models.chosen == "b"


def test_a_run_that_has_begun_ends_on_its_own_model(handlers: Handlers, shelf: Shelf) -> None:
    assert handlers.runner is not None
    run = handlers.runner.race(QUESTION, session="early")
    next(run)
    switch = threading.Thread(target=lambda: [*handlers.choose("b", session="late")])
    switch.start()
    switch.join(0.3)
    assert switch.is_alive(), "it waits for the run"
    assert len(shelf.alive_before) == 1
    *_, last = run
    assert last.stage == "done"
    del run
    switch.join(20)
    assert not switch.is_alive()
    assert shelf.alive_before == [0, 0]


def test_nobody_asks_a_model_before_its_first_run(
    handlers: Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    warm_up = race.Runner.warm_up

    def meanwhile(runner: race.Runner, question: str) -> None:
        heard.extend(keys(handlers.race(QUESTION, session="visitor")))
        warm_up(runner, question)

    monkeypatch.setattr(race.Runner, "warm_up", meanwhile)
    assert keys(handlers.choose("b")) == ["model_loading", ""]
    assert heard == ["model_loading"]


def test_stop_reaches_a_run_that_a_switch_waits_for(handlers: Handlers) -> None:
    assert handlers.runner is not None
    run = handlers.runner.race(QUESTION, session="early")
    next(run)
    switch = threading.Thread(target=lambda: [*handlers.choose("b", session="late")])
    switch.start()
    while handlers.runner is not None:
        switch.join(0.01)
    handlers.stop("early")
    *_, last = run
    assert last.stage == "stopped"
    del run
    switch.join(20)
    assert not switch.is_alive()


def test_a_form_about_the_old_model_is_refused(handlers: Handlers) -> None:
    asked = {"question": QUESTION, "model": "a"}
    *_, last = handlers.ask("effects", asked)
    assert last.effects is not None
    assert (last.effects["state"], last.effects["model"]) == ("done", "a")
    [*_] = handlers.choose("b")
    (refused,) = handlers.ask("effects", asked)
    assert refused.effects is not None
    assert refused.effects["notice"]["key"] == "model_changed"


def test_switching_is_rationed(handlers: Handlers) -> None:
    found = [keys(handlers.choose(name, session="s"))[-1] for name in ("b", "a", "b", "a")]
    assert found == ["", "", "", "rate_limit"]


def test_names_tell_checkpoints_apart_without_their_folders(tmp_path: Path) -> None:
    for place in ("x/checkpoint", "y/checkpoint", "z/other", "deep/x/checkpoint"):
        (tmp_path / place).mkdir(parents=True)
    x, y, z = (str(tmp_path / p) for p in ("x/checkpoint", "y/checkpoint", "z/other"))
    assert Models([x, z, "zen-E/CODI-gpt2"]).names == ["checkpoint", "other", "zen-E/CODI-gpt2"]
    assert Models([x, y]).names == ["x/checkpoint", "y/checkpoint"]
    assert Models([str(tmp_path / "gone")]).names == ["gone"], "missing, its folder is no business"
    with pytest.raises(ValueError, match="two checkpoints are called"):
        Models([x, str(tmp_path / "deep/x/checkpoint")])


def test_sentences_name_the_model_and_not_its_folder(tmp_path: Path) -> None:
    state = official.official_state(official.unmerged("gpt2"))
    del state["prj.1.weight"]
    folder = official.write(state, tmp_path / "mutated")
    good = save(make("llama"), tmp_path / "good")
    models = Models([str(good), f"{folder}/"])  # as tab completion writes it
    models.switch("good")
    with pytest.raises(Refused) as caught:
        models.switch("mutated")
    assert str(tmp_path) not in str(caught.value)
    assert "mutated" in str(caught.value)
    assert models.runner is None, "no half-loaded model is served"
    models.switch("good")
    assert models.runner is not None


def test_naming_a_pickle_opens_it_restricted(tmp_path: Path, monkeypatch: Any) -> None:
    seen: dict[str, Any] = {}
    monkeypatch.setattr("codi.ui.models.load", lambda source, **more: seen.update(more))
    named("some.bin")
    assert seen == {"trust_bin": True}


def test_a_choice_is_shown_only_if_there_is_one(handlers: Handlers) -> None:
    def pickers(demo: gr.Blocks) -> list[gr.Dropdown]:
        return [block for block in demo.blocks.values() if isinstance(block, gr.Dropdown)]

    (picker,) = pickers(layout.build(handlers))
    assert [value for _, value in picker.choices] == handlers.models.names
    assert picker.value == "a"
    alone = Models(["nothing"], Shelf().read)
    assert not pickers(layout.build(Handlers(alone)))


def test_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    served: list[list[str]] = []
    monkeypatch.setattr(app, "serve", lambda sources, *_: served.append(sources))
    (tmp_path / "list").write_text("# ours\nruns/a\n\nzen-E/CODI-gpt2@main  # theirs\n")
    app.main([])
    app.main(["--checkpoint", "x", "--checkpoint", "y", "--checkpoints", str(tmp_path / "list")])
    assert served == [[], ["x", "y", "runs/a", "zen-E/CODI-gpt2@main"]]
    (tmp_path / "empty").write_text("# nothing\n")
    for name, said in (("empty", "names no checkpoint"), ("missing", "No such file")):
        with pytest.raises(SystemExit):
            app.main(["--checkpoints", str(tmp_path / name)])
        assert said in capsys.readouterr().err


def test_every_sentence_can_be_said() -> None:
    values = {"model": "m", "reason": "r"}
    for key in ("model_unknown", "model_changed", "model_loading", "model_failed"):
        assert "{" not in Message(key, values).say() + Message(key, values).say("zh")


def test_in_a_browser(chromium: Any, tmp_path: Path) -> None:  # noqa: F811
    first = save(make("llama"), tmp_path / "first")
    second = save(make("gpt2", num_latents=2), tmp_path / "second")
    broken = save(make("llama"), tmp_path / "broken")
    (broken / "model.safetensors").write_bytes(b"nothing")
    port = free_port()
    page = app.serve([str(first), str(second), str(broken)], "127.0.0.1", port, wait=False)
    try:
        visit = Visit(chromium, f"http://127.0.0.1:{port}", viewport={"width": 1280, "height": 800})

        def pick(name: str) -> None:
            visit.page.click("#codi-model input")
            visit.page.get_by_role("option", name=name).click()

        cards = "document.querySelectorAll('.codi-card').length"
        visit.page.wait_for_function(f"{cards} === 4")
        pick("second")
        visit.page.wait_for_function(f"{cards} === 3")
        pick("broken")
        visit.page.wait_for_selector(".codi-notice")
        visit.page.wait_for_function(
            "document.querySelector('.codi-notice').innerText.includes('could not be loaded')"
        )
        assert not re.search(re.escape(str(tmp_path)), visit.page.inner_text("body"))
        pick("first")
        visit.page.wait_for_function(f"{cards} === 4 && !document.querySelector('.codi-notice')")
        visit.close()
    finally:
        page.close()
