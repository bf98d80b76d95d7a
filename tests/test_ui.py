"""The page without a browser: checks, races, experiments, views, words, and that it builds."""

from __future__ import annotations

import base64
import json
import logging
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import gradio as gr
import numpy as np
import pytest
from conftest import make, served

from codi import CodiModel, Options, Trace
from codi.attention import AttentionMap, Column
from codi.trace import Candidate, Step, Token
from codi.ui import experiments, inside, layout, race, tokens, views
from codi.ui.check import Refused, check, check_options
from codi.ui.handlers import Handlers, Update
from codi.ui.limits import RateLimit
from codi.ui.plots import attention_figure
from codi.ui.race import Full, Line, Pause, Race, Runner
from codi.ui.text import LANGS, WORDS, Message

QUESTION = "Tom has 3 bags with 4 apples in each. How many apples does he have?"
WEB = Path(layout.__file__).parent / "web"


@pytest.fixture(scope="module")
def model() -> CodiModel:
    return make("llama")


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Random weights never end by themselves; a few words are enough."""
    monkeypatch.setitem(race.NEW_TOKENS, "teacher", 12)
    monkeypatch.setitem(race.NEW_TOKENS, "student", 6)


@pytest.fixture
def handlers(model: CodiModel) -> Handlers:
    return Handlers(served(model))


@pytest.fixture(scope="module")
def demo() -> gr.Blocks:
    """The page without a model: quick to build, and the same components."""
    return layout.build(Handlers(served(None, "model.safetensors is missing")))


def fake_trace(mode: str, pieces: list[tuple[str, str]], *, inside: bool = False) -> list[Trace]:
    """Growing traces that write `pieces` (kind, text); the last piece "" is the end mark."""
    prompt = [Token(w, 5, i) for i, w in enumerate(QUESTION.split())]
    trace = Trace(QUESTION, mode, tuple(prompt), model_id="fake")  # type: ignore[arg-type]
    grown = []
    for i, (kind, text) in enumerate(pieces):
        end = text == "" and kind == "answer"
        read = np.full((1, 1, len(prompt) + i), 1 / (len(prompt) + i), dtype=np.float32)
        step = Step(
            kind, i, len(prompt) + i - 1, None if kind == "latent" else i, text,  # type: ignore[arg-type]
            (Candidate(" 12", 1, 0.6), Candidate("12", 2, 0.3), Candidate("\n", 3, 0.1)),
            None, 0.01, attention=read if inside else None,
            hidden=np.full((3, 32), i + 1.0, dtype=np.float32) if inside else None,
        )  # fmt: skip
        trace = trace.grown(step, text=(trace.text + text).strip(), done=end)
        grown.append(trace)
    return grown


CUE = [("answer", "The answer is:"), ("answer", " 12"), ("answer", "")]


def fake_stream(_model: CodiModel, _question: str, mode: str, options: Options) -> Iterator[Trace]:
    if mode == "teacher":
        steps = [("cot", text) for text in ("<<", "3", "*4", "=12", ">>", " ")]
        yield from fake_trace(mode, [*steps, *CUE])
    else:
        thoughts = [("bot", ""), ("latent", ""), ("latent", ""), ("eot", "")]
        yield from fake_trace(mode, [*thoughts, *CUE], inside=options.capture.hidden)


@pytest.fixture
def faked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(race, "stream", fake_stream)


# ---- what may be asked --------------------------------------------------------------------------

REFUSED = [
    ("", "empty"),
    (" \n\t ", "empty"),
    ("Tom has 3 apples. " * 30, "too_long"),
    ("1 2 3 4 5 6 7 8 9 " * 20, "too_many_tokens"),
    ("Tom has some apples. How many are left?", "no_number"),
    ("汤姆有3个苹果，又买了4个。一共有几个？", "not_english"),
    ("У Тома 3 яблока. Сколько?", "not_english"),
    ("Paul a 3 pommes et Marie en achète 4 autres. Combien ?", "not_english"),
    ("<img src=x onerror=window.__x=1> 3 + 4?", "markup"),
    ("<script>alert(1)</script> 3", "markup"),
    ("What is ${window.__x=1} plus 3?", "markup"),
    ("What is {{7}} plus 3?", "markup"),
    ("Tom has 3\u202e4 apples", "hidden_characters"),
    ("Tom has 3\x00 apples", "hidden_characters"),
    ("Tom has 3\u200b apples", "hidden_characters"),
    ("What is 1234567890123 plus 1?", "huge_number"),
    ("What is 1,000,000,000,000 plus 1?", "huge_number"),
    (None, "bad_type"),
    (3, "bad_type"),
    (["3 + 4?"], "bad_type"),
    ({"a": 1}, "bad_type"),
]


@pytest.mark.parametrize(("question", "key"), REFUSED)
def test_bad_questions_are_refused_and_never_reach_the_model(
    handlers: Handlers, monkeypatch: pytest.MonkeyPatch, question: object, key: str
) -> None:
    def forbidden(*_: object) -> Iterator[Trace]:
        raise AssertionError("the model was called")

    monkeypatch.setattr(race, "stream", forbidden)
    updates = list(handlers.race(question, "s"))
    assert [u.notice["key"] for u in updates if u.notice] == [key]
    assert all(u.race is None for u in updates), "the last result must stay"
    with pytest.raises(Refused) as refusal:
        handlers.solve(question)
    assert "{" not in str(refusal.value)


@pytest.mark.parametrize(
    "question",
    [
        QUESTION,
        "3 + 4?",
        "Is 5 < 6 apples?",
        "José has two cafés and buys ½ of a third. How many?",
        "She says \"3\" & buys 4 of 'them' for $5 \\ `each`. How many?",
    ],
)
def test_good_questions_pass(question: str, model: CodiModel) -> None:
    assert check(question, Runner(model).count_tokens) is None


@pytest.mark.parametrize(
    ("latents", "seed", "key"),
    [("6", 0, "bad_latents"), (17, 0, "bad_latents"), (True, 0, "bad_latents"), (-1, 0, "bad_latents"),
     (6, "0", "bad_seed"), (6, -1, "bad_seed"), (6, 2**40, "bad_seed"), (6, None, "bad_seed")],
)  # fmt: skip
def test_bad_options_are_refused(latents: object, seed: object, key: str) -> None:
    problem = check_options(latents, seed)
    assert problem is not None
    assert problem.key == key


# ---- races --------------------------------------------------------------------------------------


def test_a_race_measures_each_lane_alone_and_looks_inside_last(model: CodiModel) -> None:
    runner = Runner(model)
    stages = [r.stage for r in runner.race(QUESTION)]
    assert list(dict.fromkeys(stages)) == ["silent", "aloud", "inside", "done"]
    *_, last = runner.race(QUESTION)
    assert last.silent is not None
    assert last.aloud is not None
    assert last.inside is not None
    assert all(step.attention is None for step in (*last.silent.steps, *last.aloud.steps))
    assert all(step.attention is not None for step in last.inside.steps)
    assert last.inside.text == last.silent.text
    assert last.inside_agrees


def test_stop_frees_the_model_within_one_pass(model: CodiModel) -> None:
    runner = Runner(model)
    run = runner.race(QUESTION, session="a")
    passes = 0
    for state in run:
        if state.silent and not passes:
            runner.stop("a")
        passes += bool(state.silent)
    assert state.stage == "stopped"
    assert passes == 2  # the one that was running, and the one that says so
    assert next(runner.race(QUESTION, session="b")).stage == "silent"


def test_a_closed_page_frees_the_model(model: CodiModel) -> None:
    runner = Runner(model)
    run = runner.race(QUESTION, session="a")
    next(run)
    assert next(runner.race(QUESTION, session="b")).stage == "queued"
    run.close()
    assert next(runner.race(QUESTION, session="c")).stage == "silent"


def test_deadline(model: CodiModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(race, "DEADLINE_SECONDS", -1.0)
    *_, last = Runner(model).race(QUESTION)
    assert last.stage == "timeout"


def test_the_line_is_fair_and_bounded() -> None:
    line = Line()
    tickets = [line.join() for _ in range(race.MAX_IN_LINE)]
    assert [line.ahead(t) for t in tickets] == list(range(race.MAX_IN_LINE))
    with pytest.raises(Full):
        line.join()
    line.leave(tickets[0])
    assert line.ahead(tickets[1]) == 0


def test_two_threads_never_use_the_model_together(
    model: CodiModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, most = [], []

    def counted(*arguments: Any) -> Iterator[Trace]:
        inside.append(1)
        most.append(len(inside))
        try:
            yield from fake_stream(*arguments)
        finally:
            inside.pop()

    monkeypatch.setattr(race, "stream", counted)
    runner = Runner(model)
    threads = [
        threading.Thread(target=lambda i=i: list(runner.race(QUESTION, session=str(i))))
        for i in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(most) == 12
    assert max(most) == 1


def test_what_ends_just_after_the_deadline_is_not_too_slow(
    model: CodiModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(race, "DEADLINE_SECONDS", -1.0)
    runner = Runner(model)
    assert list(runner.turn(iter(["done"]))) == ["done"]
    assert list(runner.turn(iter(["half", "done"]))) == ["half", Pause("timeout")]


def test_rate_limit_counts_a_minute_and_says_how_long() -> None:
    now = [0.0]
    limit = RateLimit(clock=lambda: now[0])
    assert [limit.wait({"a": 2}) for _ in range(3)] == [0, 0, 60]
    now[0] = 59
    assert limit.wait({"a": 2}) == 1
    now[0] = 61
    assert limit.wait({"a": 2}) == 0
    assert limit.wait({"b": 2}) == 0


def test_rate_limit_reaches_the_page(handlers: Handlers, faked: None) -> None:
    for _ in range(10):
        handlers.limit.wait({"run of session s": 10})
    (update,) = handlers.race(QUESTION, "s")
    assert update.notice is not None
    assert update.notice["key"] == "rate_limit"
    assert list(handlers.race(QUESTION, "another"))[-1].race is not None


def test_an_unexpected_error_becomes_a_sentence_with_a_code(
    handlers: Handlers, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> Iterator[Trace]:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(race, "stream", broken)
    with caplog.at_level(logging.INFO):
        updates = list(handlers.race(QUESTION, "s"))
    notice = updates[-1].notice
    assert notice is not None
    assert notice["key"] == "unexpected"
    assert "secret" not in str(notice)
    assert notice["values"]["code"] in caplog.text
    monkeypatch.setattr(race, "stream", fake_stream)
    assert list(handlers.race(QUESTION, "s"))[-1].race is not None, "the model must be free again"


def test_logs_hold_no_question(
    handlers: Handlers, faked: None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        list(handlers.race(QUESTION, "s"))
    assert "characters=" in caplog.text
    assert "bags" not in caplog.text


def test_solve_gives_both_traces(handlers: Handlers) -> None:
    answer = handlers.solve(QUESTION, 2, 7)
    assert (answer["num_latents"], answer["seed"], answer["decoding"]) == (2, 7, "greedy")
    for name in ("student", "teacher"):
        trace = Trace.from_dict(answer[name])
        assert trace.mode == name
        assert trace.seconds > 0
        assert trace.to_dict() == answer[name]


def test_without_a_model_the_page_opens_and_says_why() -> None:
    handlers = Handlers(
        served(None, "models/x/model.safetensors is missing; the checkpoint is incomplete")
    )
    first = handlers.first
    assert first.notice is not None
    assert first.notice["key"] == "no_model"
    assert "model.safetensors" in Message("no_model", first.notice["values"]).say("zh")
    assert "train fit" in first.notice["more"]["values"]["command"]
    assert [u.notice["key"] for u in handlers.race(QUESTION) if u.notice] == ["no_model"]


# ---- views --------------------------------------------------------------------------------------


def finished(model: CodiModel, **changes: Any) -> Race:
    *_, last = Runner(model).race(QUESTION, gold=Decimal(12))
    return replace(last, **changes)


def test_views_of_a_finished_race(model: CodiModel, faked: None) -> None:
    state = finished(model)
    view = views.race_view(state, model)
    assert view["stage"] == "done"
    assert [line["key"] for line in view["verdict"]] == ["both_right", "faster"]
    assert view["aloud"]["answer"] == view["silent"]["answer"] == "12"
    assert view["aloud"]["steps"] == ["3*4=12"]
    assert set(view["silent"]["phases"]) == {"reading", "thinking", "answering"}
    view = inside.thoughts_view(state, model)
    cards = view["cards"]
    assert [card["label"] for card in cards] == ["bot", "z1", "z2"]
    assert [c["text"] for c in cards[0]["top"]] == ["12", "⏎"], "equal texts are merged"
    assert cards[0]["top"][0]["probability"] == pytest.approx(0.9)
    assert cards[0]["top"][0]["step"] == "3*4=12"
    assert cards[0]["readable"]
    assert view["steps"] == [{"step": "3*4=12", "result": "12", "found": [[0, 1], [1, 1], [2, 1]]}]
    assert view["recovered"]["verified"]


@pytest.mark.parametrize(
    ("gold", "silent", "aloud", "key"),
    [
        (12, "12", "12", "both_right"),
        (12, "12", "13", "only_silent"),
        (12, "13", "12", "only_aloud"),
        (12, "13", "14", "both_wrong"),
        (None, "12", "12.0", "agree"),
        (None, "12", "13", "disagree"),
        (None, "", "13", "disagree"),
        (None, "", "", "no_number_aloud"),
    ],
)
def test_verdicts(
    model: CodiModel, faked: None, gold: int | None, silent: str, aloud: str, key: str
) -> None:
    state = finished(model, gold=None if gold is None else Decimal(gold))
    assert state.silent is not None
    assert state.aloud is not None
    state = replace(
        state,
        silent=replace(state.silent, text=f"The answer is: {silent}"),
        aloud=replace(state.aloud, text=f"The answer is: {aloud}"),
    )
    verdict = views.race_view(state, model)["verdict"]
    assert verdict[0]["key"] == key
    assert ("no_number_silent" in [line["key"] for line in verdict]) == (silent == "")
    assert (verdict[-1]["key"] == "inside_differs") == (silent != "12")


def test_a_stopped_race_keeps_what_it_has(model: CodiModel, faked: None) -> None:
    state = finished(model, stage="stopped", aloud=None, inside=None)
    view = views.race_view(state, model)
    assert view["aloud"] == {"state": "waiting"}
    assert view["silent"]["answer"] == "12"
    assert view["verdict"] == []
    assert inside.attention_view(replace(state, found=None)) == {}
    assert "words" not in inside.thoughts_view(replace(state, found=None), model)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("<<16-3=13>> <<13*2=26>>", ["16-3=13", "13*2=26"]),
        ("<<16-3=13>> <<13*", ["16-3=13", "13*"]),
        ("<<16-3=13>", ["16-3=13"]),
        ("First he has 13.", ["First he has 13."]),
        ("", []),
    ],
)
def test_written_steps(text: str, steps: list[str]) -> None:
    assert views.written_steps(text) == steps


@pytest.mark.parametrize(
    ("text", "shown", "kind"),
    [(" 9", "9", "number"), ("\n", "⏎", "other"), (" ", "␣", "other"), ("", "∅", "other"),
     (" eggs", "eggs", "word"), (">>", ">>", "operator"), ("\x07", "�", "other"), ("2.5", "2.5", "number")],
)  # fmt: skip
def test_tokens_as_shown(text: str, shown: str, kind: str) -> None:
    assert tokens.glyphs(text) == shown
    assert tokens.token_class(tokens.glyphs(text)) == kind


def test_attention_figure() -> None:
    weights = np.zeros((2, 2, 2, 3), dtype=np.float32)
    weights[..., 0, :2] = 0.5
    weights[..., 1, :] = (0.5, 0.25, 0.25)
    columns = (Column("Two", "sink", 0), Column("eggs", "word", 1), Column("bot", "state"))
    figure = attention_figure(AttentionMap(weights, ("bot", "z1"), columns)).to_dict()
    assert figure["data"][0]["z"] == [[0.5, 0.5, 0], [0.5, 0.25, 0.25]]
    meta = figure["layout"]["meta"]
    assert meta["shape"] == [2, 2, 2, 3]
    assert meta["reach"] == [2, 3]
    assert [shape["x0"] for shape in figure["layout"]["shapes"]] == [1.5]


def test_bytes_of_the_heatmap_are_close_to_the_weights(model: CodiModel) -> None:
    table = inspected(model).attention
    meta = attention_figure(table).to_dict()["layout"]["meta"]
    sent = np.frombuffer(base64.b64decode(meta["weights"]), np.uint8).reshape(meta["shape"])
    error = np.abs((sent / 255.0) ** 2 - table.weights)
    assert error.max() <= 1 / 255
    assert error[table.weights < 0.01].max() < 0.0005
    assert not sent[table.weights == 0].any()


def inspected(model: CodiModel) -> Any:
    *_, last = Runner(model).race(QUESTION, gold=Decimal(12))
    assert last.found is not None
    return last.found


def test_the_last_layer_says_what_the_cards_say(model: CodiModel) -> None:
    *_, last = Runner(model).race(QUESTION, gold=Decimal(12))
    cards = inside.thoughts_view(last, model)["cards"]
    grid = inside.lens_view(last)
    assert grid["labels"][: len(cards)] == ["bot", "z1", "z2", "z3"]
    for card, cells in zip(cards, grid["cells"], strict=False):
        assert [c["text"] for c in card["top"]] == [text for text, _ in cells[-1]]
    assert all(0 <= layer < 3 for layer in grid["lock_in"])
    assert np.array(grid["ranks"]["right"]).shape == (len(grid["labels"]), 3)


def test_words_and_thoughts_are_tied_by_attention(model: CodiModel) -> None:
    found = inspected(model)
    shares = np.array(inside.links(found.attention, 4))
    assert shares.shape == (4, len(QUESTION.split()))
    rest = found.attention.mean()[:4, [c.kind != "word" for c in found.attention.columns]]
    assert shares.sum(1) + rest.sum(1) == pytest.approx(np.ones(4), abs=0.01)


def test_a_model_without_thoughts_still_shows_bot() -> None:
    model = make("llama", num_latents=0)
    *_, last = Runner(model).race(QUESTION)
    view = inside.thoughts_view(last, model)
    assert [card["label"] for card in view["cards"]] == ["bot"]
    assert view["similarity"] is None
    assert inside.lens_view(last)["labels"][0] == "bot"
    assert inside.attention_view(last)


def test_a_tokenizer_of_digits_is_told(model: CodiModel, monkeypatch: pytest.MonkeyPatch) -> None:
    *_, last = Runner(model).race(QUESTION)
    monkeypatch.setattr(type(model.prompt), "names_whole_numbers", lambda _: False)
    assert inside.thoughts_view(last, model)["whole_numbers"] is False


def test_a_whole_inspection_is_below_400_kb(model: CodiModel) -> None:
    """160 tokens in 130 words, 12 layers of 12 heads: as large as it gets."""
    *_, last = Runner(model).race(("Tom has 3 apples and 4 pears. " * 14)[:-1])
    assert last.found is not None
    rows, words = ("bot", *(f"z{k}" for k in range(1, 7)), "1", "2", "3"), 160
    columns = tuple(Column("apples", "word", i) for i in range(words)) + tuple(
        Column(row, "state") for row in rows
    )
    weights = np.full((12, 12, len(rows), len(columns)), 1 / len(columns), dtype=np.float32)
    table = last.found.lens
    wide = {
        "labels": rows, "kinds": ("latent",) * len(rows), "lock_in": np.zeros(len(rows), int),
        "texts": (((" answer",) * 5,) * 13,) * len(rows),
        "probabilities": np.full((len(rows), 13, 5), 0.1234, np.float32),
    }  # fmt: skip
    found = replace(
        last.found,
        attention=AttentionMap(weights, rows, columns),
        lens=replace(table, **wide, ranks={"given": np.full((len(rows), 13), 9999)}),
    )
    large = replace(last, found=found)
    parts = [views.race_view(large, model), inside.attention_view(large), inside.lens_view(large)]
    parts.append(inside.thoughts_view(large, model))
    assert len(json.dumps(parts)) < 400_000


# ---- experiments --------------------------------------------------------------------------------

TWIN = QUESTION.replace("3", "5")
ASKED = {
    "question": QUESTION,
    "model": "tiny",
    "op": "zero",
    "thought": 2,
    "strength": 1,
    "donor": "",
}
ASKED_MINDS = {"question": QUESTION, "model": "tiny", "shake": "noise", "strength": 1, "n": 5}


def refused(updates: Iterator[Update], part: str) -> str:
    *_, last = updates
    return str(getattr(last, part)["notice"]["key"])


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"question": ""}, "empty"),
        ({"question": 7}, "bad_type"),
        ({"op": "explode"}, "bad_op"),
        ({"op": ["zero"]}, "bad_op"),
        ({"thought": 0}, "bad_thought"),
        ({"thought": 4}, "bad_thought"),
        ({"thought": "1"}, "bad_thought"),
        ({"thought": True}, "bad_thought"),
        ({"op": "stop", "thought": 3}, "bad_thought"),
        ({"op": "repeat", "thought": 1}, "nothing_before"),
        ({"op": "noise", "strength": 1e9}, "bad_strength"),
        ({"op": "noise", "strength": None}, "bad_strength"),
        ({"op": "swap"}, "donor_empty"),
        ({"op": "twin", "donor": None}, "donor_empty"),
        ({"op": "twin", "donor": f"  {QUESTION} "}, "donor_same"),
        ({"op": "swap", "donor": "How many apples?"}, "no_number"),
    ],
)
def test_bad_experiments_are_refused_with_a_sentence(
    handlers: Handlers, monkeypatch: pytest.MonkeyPatch, changes: dict[str, object], key: str
) -> None:
    monkeypatch.setattr(experiments, "experiment", None)  # must not be reached
    assert refused(handlers.ask("experiment", {**ASKED, **changes}), "experiment") == key


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"n": 0}, "bad_samples"), ({"n": 10**6}, "bad_samples"), ({"n": "5"}, "bad_samples"),
        ({"shake": "earthquake"}, "bad_op"), ({"strength": 77}, "bad_strength"), ({"question": None}, "bad_type"),
    ],
)  # fmt: skip
def test_bad_votes_are_refused_with_a_sentence(
    handlers: Handlers, changes: dict[str, object], key: str
) -> None:
    assert refused(handlers.ask("votes", {**ASKED_MINDS, **changes}), "votes") == key


def test_without_thoughts_only_the_temperature_can_vary() -> None:
    handlers = Handlers(served(make("llama", num_latents=0)))
    assert refused(handlers.ask("experiment", ASKED), "experiment") == "no_latents"
    assert refused(handlers.ask("effects", ASKED), "effects") == "no_latents"
    assert refused(handlers.ask("votes", ASKED_MINDS), "votes") == "no_latents"
    *_, last = handlers.ask("votes", {**ASKED_MINDS, "shake": "temperature"})
    assert last.votes is not None
    assert last.votes["state"] == "done"


@pytest.mark.parametrize("op", experiments.CHOICES["ops"])
def test_every_experiment_changes_nothing_before_it(handlers: Handlers, op: str) -> None:
    strength = experiments.CHOICES["strengths"].get(op, [1])[0]
    states = [
        u.experiment
        for u in handlers.ask(
            "experiment", {**ASKED, "op": op, "strength": strength, "donor": TWIN}
        )
    ]
    assert states[0] == {"state": "running", "model": "tiny"}
    found = states[-1]
    assert found is not None
    assert found["state"] == "done"
    assert 0 <= found["changed"] <= found["of"] == (experiments.NOISE_SEEDS if op == "noise" else 1)
    if op == "twin":
        assert [row["name"] for row in found["rows"]] == ["all", "odd", "even", "z1", "z2", "z3"]
        assert found["donor"] == TWIN
    else:
        assert found["before"][:2] == found["after"][:2], "bot and z1 come before z2"
        assert len(found["after"]) == (3 if op == "stop" else 4)
        assert all(0 <= outcome["probability"] <= 1 for outcome in found["outcomes"])
        assert (found["donor_answer"] is not None) == (op == "swap")


def test_the_effect_table_grows_to_every_change_of_every_thought(handlers: Handlers) -> None:
    tables = [
        u.effects
        for u in handlers.ask("effects", {"question": QUESTION, "model": "tiny"})
        if u.effects
    ]
    done = [table["done"] for table in tables if "done" in table]
    assert done == sorted(done)
    last = tables[-1]
    assert last["state"] == "done"
    assert last["done"] == last["total"]
    columns = [column["op"] for column in last["columns"]]
    for k, row in enumerate(last["rows"]):
        for op, cell in zip(columns, row, strict=True):
            assert (cell is None) == (op == "repeat" and k == 0)
            assert cell is None or len(cell["answers"]) <= cell["of"] - cell["kept"]


def test_stop_keeps_the_part_of_the_table_that_is_there(handlers: Handlers) -> None:
    states = []
    for update in handlers.ask("effects", {"question": QUESTION, "model": "tiny"}, "s"):
        states.append(update.effects)
        if update.effects and update.effects.get("done"):
            handlers.stop("s")
    assert states[-1] == {"state": "stopped", "ahead": 0, "model": "tiny"}
    assert states[-2] is not None
    assert 0 < states[-2]["done"] < states[-2]["total"]


def test_votes_are_counted_over_batches(
    handlers: Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(experiments, "BATCH", 4)
    views_ = [u.votes for u in handlers.ask("votes", {**ASKED_MINDS, "n": 10}) if u.votes]
    assert [view["done"] for view in views_] == [0, 4, 8, 10]
    last = views_[-1]
    assert sum(count for _, count in last["counts"]) + last["wordless"] == 10
    assert last["agreement"] == max([count for _, count in last["counts"]], default=0) / 10


def test_experiments_wait_in_the_same_line_as_races(handlers: Handlers) -> None:
    assert handlers.runner is not None
    run = handlers.runner.race(QUESTION, session="a")
    next(run)
    asked = handlers.ask("experiment", ASKED, "b")
    waiting = next(asked).experiment
    assert waiting == {"state": "queued", "ahead": 1, "model": "tiny"}
    run.close()
    assert [u.experiment for u in asked][-1]["state"] == "done"  # type: ignore[index]


def test_a_failing_experiment_shows_a_code_and_no_traceback(
    handlers: Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Iterator[Any]:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(experiments, "sweep", broken)
    *_, last = handlers.ask("experiment", ASKED)
    assert "secret" not in str(last.experiment)
    assert refused(handlers.ask("experiment", ASKED), "experiment") == "unexpected"
    monkeypatch.undo()
    *_, last = handlers.ask("experiment", ASKED)
    assert last.experiment is not None
    assert last.experiment["state"] == "done", "the model must be free again"


def test_experiments_have_a_limit_of_their_own(handlers: Handlers) -> None:
    for _ in range(30):
        handlers.limit.wait({"experiment of session s": 30})
    assert refused(handlers.ask("experiment", ASKED, "s"), "experiment") == "rate_limit"


def test_presets_are_offered_experiments() -> None:
    for preset in experiments.CHOICES["presets"]:
        assert preset["op"] in experiments.CHOICES["ops"]
        offered = experiments.CHOICES["strengths"].get(preset["op"], [])
        assert preset.get("strength") in (*offered, None)
        assert {f"preset_{preset['name']}", f"story_{preset['name']}"} <= WORDS["en"].keys()


# ---- words --------------------------------------------------------------------------------------


def test_both_languages_have_the_same_keys_and_values() -> None:
    assert WORDS["en"].keys() == WORDS["zh"].keys()
    for key, english in WORDS["en"].items():
        names = [set(re.findall(r"\{(\w+)\}", text)) for text in (english, WORDS["zh"][key])]
        assert names[0] == names[1], key
        assert english.strip(), key


def test_scripts_and_code_use_known_words_and_all_of_them() -> None:
    sources = [*WEB.glob("*.js"), *Path(layout.__file__).parent.glob("*.py")]
    text = "\n".join(p.read_text() for p in sources if p.name != "text.py")
    asked = set(re.findall(r'say\(\s*"(\w+)"', text)) | set(
        re.findall(r'Message\(\s*"(\w+)"', text)
    )
    assert asked <= WORDS["en"].keys()
    used = set(re.findall(r'["`](\w+)["`]', text))
    used |= {
        f"{name}_{kind}" for name in re.findall(r'method\("(\w+)"', text) for kind in ("how", "not")
    }
    # Keys put together from parts: `status_${state}`, f"tab_{name}".
    parts = re.findall(r'`(\w*)\$\{[^}]*\}(\w*)`|f"(\w*)\{[^}]*\}(\w*)"', text)
    built = [(a or c, b or d) for a, b, c, d in parts if a or b or c or d]
    unused = {
        key for key in WORDS["en"].keys() - used
        if not any(key.startswith(start) and key.endswith(end) for start, end in built)
    }  # fmt: skip
    assert not unused


def test_no_visible_word_is_a_literal(demo: gr.Blocks) -> None:
    english = set(WORDS["en"].values())
    blocks = [b for b in demo.blocks.values() if type(b).__name__ != "Api"]
    for block in blocks:
        for name in ("label", "placeholder", "info"):
            shown = getattr(block, name, None)
            assert shown is None or shown in english, (block, name, shown)
    buttons = [b for b in blocks if type(b).__name__ == "Button"]
    assert {b.value for b in buttons} == {WORDS["en"]["race"], WORDS["en"]["stop"]}


def test_values_never_go_through_a_template(demo: gr.Blocks) -> None:
    """Gradio ends every template in a JavaScript template string: `${...}` in a value would run."""
    for block in demo.blocks.values():
        template = getattr(block, "html_template", "")
        assert "{{" not in template
        assert "${" not in template
    assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write", _scripts())


def test_only_one_endpoint_is_public(demo: gr.Blocks) -> None:
    config = demo.config["dependencies"]
    public = [d["api_name"] for d in config if d["api_visibility"] == "public"]
    assert public == ["solve"]


def test_first_view_is_a_finished_run(
    handlers: Handlers, faked: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Runner, "warm_up", lambda *_: None)
    assert handlers.runner is not None
    handlers.record(handlers.runner)
    first = handlers.first
    assert first.race is not None
    assert first.race["status"]["key"] == "status_recorded"
    assert first.attention
    for lang in LANGS:
        assert Message("status_recorded").say(lang)


def _scripts() -> str:
    return "\n".join(path.read_text() for path in WEB.glob("*.js"))
