"""The page without a browser: checks, races, views, words, figures, and that it builds."""

from __future__ import annotations

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
from conftest import make

from codi import CodiModel, Options, Trace
from codi.attention import AttentionMap, Column
from codi.trace import Candidate, Step, Token
from codi.ui import layout, race, views
from codi.ui.check import check, check_options
from codi.ui.handlers import Handlers, Refused, Update
from codi.ui.limits import RateLimit
from codi.ui.plots import attention_figure
from codi.ui.race import Full, Line, Race, Runner
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
    return Handlers(model)


@pytest.fixture(scope="module")
def demo() -> gr.Blocks:
    """The page without a model: quick to build, and the same components."""
    return layout.build(Handlers(None, "model.safetensors is missing"))


def fake_trace(mode: str, pieces: list[tuple[str, str]], *, attention: bool = False) -> list[Trace]:
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
            None, 0.01, attention=read if attention else None,
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
        yield from fake_trace(mode, [*thoughts, *CUE], attention=options.capture.attention)


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
    assert last.silent is not None, "what was finished is kept"


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
        handlers.limit.wait({"session s": 10})
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
    handlers = Handlers(None, "models/x/model.safetensors is missing; the checkpoint is incomplete")
    first = handlers.first_view()
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
    cards = views.thoughts_view(state)["cards"]
    assert [card["label"] for card in cards] == ["bot", "z1", "z2"]
    assert [c["text"] for c in cards[0]["top"]] == ["12", "⏎"], "equal texts are merged"
    assert cards[0]["top"][0]["probability"] == pytest.approx(0.9)
    assert cards[0]["top"][0]["step"] == "3*4"
    assert cards[0]["readable"]
    assert cards[0]["looked_at"]


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
    assert views.attention_view(state) is None


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


def test_steps_match_by_exact_whole_numbers() -> None:
    results = views.step_results("<<16-3=13>> <<13/2=6.5>> <<1300/100=13.0>>")
    assert results == {Decimal(13): "16-3"}


@pytest.mark.parametrize(
    ("text", "shown", "kind"),
    [(" 9", "9", "number"), ("\n", "⏎", "other"), (" ", "␣", "other"), ("", "∅", "other"),
     (" eggs", "eggs", "word"), (">>", ">>", "operator"), ("\x07", "�", "other"), ("2.5", "2.5", "number")],
)  # fmt: skip
def test_tokens_as_shown(text: str, shown: str, kind: str) -> None:
    assert views.glyphs(text) == shown
    assert views.token_class(views.glyphs(text)) == kind


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
    assert meta["sink_share"] == 0.5
    assert [shape["x0"] for shape in figure["layout"]["shapes"]] == [1.5]


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
    quoted = set(re.findall(r'["`](\w+)["`]', text))
    built = ("status_", "class_", "no_number_")  # keys put together from two parts
    unused = {k for k in WORDS["en"] if k not in quoted and not k.startswith(built)}
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
    first = handlers.first_view()
    assert isinstance(first, Update)
    assert first.race is not None
    assert first.race["status"]["key"] == "status_recorded"
    assert first.attention
    for lang in LANGS:
        assert Message("status_recorded").say(lang)


def _scripts() -> str:
    return "\n".join(path.read_text() for path in WEB.glob("*.js"))
