"""The program as a visitor meets it: launched on a tiny random checkpoint, in a real browser."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import make

import app
from codi import save
from codi.ui.race import NEW_TOKENS
from codi.ui.text import WORDS

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
QUESTION = 'Ann\'s box holds 3 rows of "4" eggs & 5 more. How many eggs are in the box?'
HOSTILE = [
    "<img src=x onerror=window.__x=1> 3 + 4?",
    "What is ${window.__x=1} plus 3?",
    "What is {{constructor}} plus 3?",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = save(make("llama"), tmp_path_factory.mktemp("checkpoint") / "tiny")
    port = free_port()
    with pytest.MonkeyPatch.context() as patch:
        # Random weights never end by themselves; a few words are enough.
        patch.setitem(NEW_TOKENS, "teacher", 24)
        patch.setitem(NEW_TOKENS, "student", 12)
        page = app.serve([str(folder)], "127.0.0.1", port, wait=False)
        yield f"http://127.0.0.1:{port}"
        page.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing; install the chromium package to run the browser tests")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


class Visit:
    """A browser page that remembers what must not happen."""

    def __init__(self, browser: Any, url: str, **settings: Any) -> None:
        self.page = browser.new_page(**settings)
        self.page.set_default_timeout(60_000)
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.calls: list[str] = []
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._note)
        self.page.goto(url)
        for part in (".codi-lane", "#codi-start", "#codi-question textarea"):  # each loads alone
            self.page.wait_for_selector(part)

    def _note(self, request: Any) -> None:
        self.requests.append(request.url)
        if request.method == "POST":
            self.calls.append(request.url)

    def ask(self, question: str) -> None:
        self.page.fill("#codi-question textarea", question)
        self.page.keyboard.press("Control+Enter")

    def open(self, tab: str) -> None:
        """Go to a tab, which mounts it."""
        names = {words[f"tab_{tab}"] for words in WORDS.values()}
        self.page.get_by_role("tab", name=re.compile("|".join(names))).click()
        self.page.wait_for_selector(f"#codi-{tab} h2")

    def check_accessibility(self) -> None:
        """Nothing that axe calls serious or critical."""
        found = Axe().run(self.page).response["violations"]
        serious = [v for v in found if v["impact"] in ("serious", "critical")]
        assert not serious, [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in serious]

    def all_texts(self, selector: str) -> list[str]:
        return list(self.page.locator(selector).all_inner_texts())

    def close(self) -> None:
        """Nothing broke, nothing was fetched from elsewhere, nothing hostile ran."""
        assert self.page.evaluate("window.__x") is None
        assert self.errors == []
        away = [u for u in self.requests if not re.match(r"(http://127\.0\.0\.1:|data:|blob:)", u)]
        assert away == []
        self.page.close()


@pytest.fixture
def visit(chromium: Any, url: str) -> Iterator[Visit]:
    visit = Visit(chromium, url, viewport={"width": 1280, "height": 800})
    yield visit
    visit.close()


def test_a_visitor_asks_and_sees_everything(visit: Visit) -> None:
    page = visit.page
    assert page.locator("h1").count() == 1
    assert "Recorded run" in page.inner_text(".codi-status")
    assert page.locator(".codi-card").count() == 4, "bot and three thoughts"

    visit.ask(QUESTION)
    page.wait_for_function("document.querySelector('.codi-status').innerText === 'Finished.'")
    assert len(visit.all_texts(".codi-answer")) == 2
    clocks = visit.all_texts(".codi-clock")
    assert all(re.fullmatch(r"\d+\.\d+ s", clock) for clock in clocks), clocks
    assert all("model steps" in lane for lane in visit.all_texts(".codi-lane"))
    assert visit.all_texts(".codi-card h3")[1].startswith("z1")
    assert page.locator(".codi-top li").count() >= 4 * 2

    visit.open("attention")
    page.wait_for_selector(".codi-graph .svg-container")
    formula = page.inner_text(".codi-formula")
    asked = len(visit.calls)
    page.select_option(".codi-select select >> nth=0", label="2")
    page.select_option(".codi-select select >> nth=1", label="3")
    assert page.inner_text(".codi-formula") != formula
    assert "layer 2, head 3" in page.inner_text(".codi-formula")
    columns = page.locator(".codi-table thead th").count()
    page.check(".codi-check input")
    assert page.locator(".codi-table thead th").count() == columns + 1
    assert len(visit.calls) == asked, "switching must not ask the server"
    for row in page.locator(".codi-table tbody tr").all():
        shares = [float(cell or 0) for cell in row.locator("td").all_text_contents()]
        assert sum(shares) == pytest.approx(100, abs=0.1 * len(shares))

    page.get_by_role("button", name="中文").click()
    page.wait_for_function("document.querySelector('#codi-start').innerText === '开赛'")
    for selector, word in ((".codi-status", "已完成"), ("#codi-attention h2", "看向哪里")):
        page.locator(selector, has_text=word).wait_for()
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


@pytest.fixture(params=["1280x800 light", "390x844 dark"])
def either(request: pytest.FixtureRequest, chromium: Any, url: str) -> Iterator[Visit]:
    """A visit at a desk by day, and one on a phone at night."""
    size, theme = request.param.split()
    width, height = map(int, size.split("x"))
    viewport = {"width": width, "height": height}
    visit = Visit(chromium, f"{url}/?__theme={theme}", viewport=viewport, has_touch=width < 640)
    yield visit
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.close()


def test_answers_to_another_question_say_so(either: Visit) -> None:
    page = either.page
    stale = page.locator(".codi-stale")
    recorded = page.input_value("#codi-question textarea")
    assert not stale.is_visible()
    page.click(".codi-chip >> nth=3")
    assert stale.is_visible()
    assert recorded in stale.inner_text()
    page.locator(".codi-method >> nth=-1").scroll_into_view_if_needed()
    height = page.evaluate("document.documentElement.scrollHeight")
    page.evaluate("window.lowest = Infinity; new ResizeObserver(() => { window.lowest = Math.min("
                  "window.lowest, document.documentElement.scrollHeight); }).observe(document.body)")  # fmt: skip
    page.click("#codi-start")
    page.wait_for_function("document.querySelector('.codi-status').innerText === 'Finished.'")
    assert not stale.is_visible()
    assert page.evaluate("window.lowest") > 0.7 * height, "the page kept its height"
    box = page.locator("#codi-race").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] > 0, "the answers are in sight"
    assert "null" not in page.inner_text("#codi-race")
    page.fill("#codi-question textarea", "hello")
    page.click("#codi-start")
    page.wait_for_selector(".codi-notice")
    box = page.locator(".codi-notice").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < page.evaluate("innerHeight"), "and so is what was wrong"


def test_thoughts_and_words_point_at_each_other(either: Visit) -> None:
    page = either.page
    said = page.locator("#codi-thoughts .codi-readout")
    page.hover(".codi-card >> nth=1")
    assert "z1 looked most at" in said.inner_text()
    page.hover(".codi-card >> nth=2")
    assert "z2 looked most at" in said.inner_text()
    page.click(".codi-card >> nth=2")
    page.hover(".codi-card >> nth=1")
    assert "z2 looked most at" in said.inner_text(), "locked"
    assert page.get_attribute(".codi-card button >> nth=2", "aria-pressed") == "true"
    page.keyboard.press("Escape")
    assert page.locator(".codi-card button[aria-pressed=true]").count() == 0
    assert page.inner_text(".codi-status") == WORDS["en"]["status_recorded"], "Esc did not stop"

    page.focus(".codi-word >> nth=0")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    word = page.inner_text(".codi-word >> nth=1")
    assert f"“{word}” was looked at most by" in said.inner_text()
    assert all("%" in share for share in either.all_texts(".codi-share"))
    page.keyboard.press("Escape")
    page.focus(".codi-card button >> nth=0")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert "z1 looked most at" in said.inner_text()
    assert page.locator(".codi-alike tbody tr").count() == 4
    assert page.locator(".codi-path circle").count() == 4
    either.check_accessibility()


def test_layers_are_read_by_mouse_and_by_keys(either: Visit) -> None:
    page = either.page
    either.open("lens")
    said = page.locator("#codi-lens .codi-readout")
    page.hover(".codi-lens tbody td >> nth=0")
    assert "bot · input" in said.inner_text()
    page.focus(".codi-lens tbody td >> nth=0")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert "z1 · layer 1" in said.inner_text()
    assert page.locator("#codi-lens .codi-readout ol li").count() >= 3
    states = page.locator(".codi-lens thead th").count()
    assert page.locator(".codi-lens td.locked").count() == states, "every state locks in once"
    page.select_option("#codi-lens select", index=1)
    assert all(
        text.replace(",", "").isdigit()
        for text in either.all_texts(".codi-lens td > span:first-child")
    )
    either.check_accessibility()


def test_a_thought_is_erased_and_swapped(either: Visit) -> None:
    page = either.page
    either.open("experiment")
    page.click("[data-preset=erase]")
    page.check(".codi-segments input[value='2']", force=True)
    page.click("[data-guess=stays]")
    page.wait_for_selector(".codi-said")
    assert page.inner_text("#codi-experiment h3").startswith("z2: erase")
    assert "You said “It will stay”" in page.inner_text(".codi-said")
    assert page.locator(".codi-later td.fixed").count() == 4, "bot and z1, before and after"

    page.select_option("#codi-experiment [name=op]", "swap")
    page.fill("#codi-experiment textarea", "")
    page.click("[data-guess=show]")
    page.wait_for_selector("#codi-experiment .codi-notice")
    assert page.inner_text("#codi-experiment .codi-notice") == WORDS["en"]["donor_empty"]
    page.get_by_role("button", name="Twin: change one number").click()
    page.click("[data-guess=show]")
    page.wait_for_selector("#codi-experiment .codi-box.donor")
    assert page.inner_text("#codi-experiment h3").startswith("z2: swap")

    page.click("[data-preset=twin]")
    page.click("[data-guess=changes]")
    page.wait_for_selector("#codi-experiment .codi-box.own")
    assert page.locator("#codi-experiment tbody tr").count() == 6
    either.check_accessibility()


def test_every_change_of_every_thought_in_one_click(either: Visit) -> None:
    page = either.page
    either.open("experiment")
    page.click("[data-run=effects]")
    page.wait_for_selector("#codi-effects table")
    page.wait_for_selector("#codi-effects .codi-progress", state="detached")
    assert page.locator("#codi-effects tbody tr").count() == 3
    assert page.locator("#codi-effects td.empty").count() == 1, "z1 has nothing to repeat"
    either.check_accessibility()


def test_many_minds_are_counted(either: Visit) -> None:
    page = either.page
    either.ask(QUESTION)
    page.wait_for_function("document.querySelector('.codi-status').innerText === 'Finished.'")
    either.open("votes")
    assert page.inner_text("#codi-votes q") == QUESTION
    page.select_option("#codi-votes [name=n]", "40")
    page.click("[data-run=votes]")
    page.wait_for_selector(".codi-votes")
    page.wait_for_selector("#codi-votes .codi-progress", state="detached")
    counts = [int(text.split(" ")[0]) for text in either.all_texts(".codi-votes .codi-tally b")]
    assert 0 < sum(counts) <= 40
    either.check_accessibility()


def test_attention_on_either_screen(either: Visit) -> None:
    either.open("attention")
    either.page.wait_for_selector(".codi-graph .svg-container")
    either.page.select_option("#codi-attention select >> nth=0", label="1")
    either.page.locator("#codi-attention summary").click()
    assert either.page.locator("#codi-attention tbody tr").count() >= 4
    either.check_accessibility()


@pytest.mark.parametrize("question", HOSTILE)
def test_hostile_text_is_refused_and_stays_in_the_box(visit: Visit, question: str) -> None:
    visit.ask(question)
    visit.page.wait_for_selector(".codi-notice")
    assert "plain words" in visit.page.inner_text(".codi-notice")
    assert visit.page.input_value("#codi-question textarea") == question
    assert visit.page.locator(".codi-answer").count() == 2, "the last result stays"


def test_a_lost_translation_is_asked_for_again(chromium: Any, url: str) -> None:
    page = chromium.new_page()
    asked: list[str] = []

    def lose_first(route: Any) -> None:
        asked.append(route.request.url)
        answer = route.fetch()
        found = answer.json()
        if len(asked) == 1:
            found["data"] = [{"__type__": "update"} for _ in found["data"]]
        route.fulfill(response=answer, json=found)

    page.route("**/run/**", lose_first)
    page.goto(f"{url}/?lang=zh")
    page.get_by_role("tab", name=WORDS["zh"]["tab_votes"]).wait_for()
    assert len(asked) == 2
    page.close()


def test_phone_in_chinese_has_lanes_side_by_side(chromium: Any, url: str) -> None:
    phone = {"width": 390, "height": 844}
    visit = Visit(chromium, f"{url}/?lang=zh&__theme=dark", viewport=phone, has_touch=True)
    visit.page.wait_for_function("document.querySelector('#codi-start').innerText === '开赛'")
    left, right = (lane.bounding_box() for lane in visit.page.locator(".codi-lane").all())
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] < right["x"]
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= phone["width"]
    question = visit.page.input_value("#codi-question textarea")  # stays English
    words = {w for w in WORDS["en"].values() if len(w) > 3 and "{" not in w and w not in question}
    english = [rf"\b{re.escape(word)}(?!\w)" for word in words]
    for tab in ("thoughts", "attention", "lens", "experiment", "votes"):
        visit.open(tab)
        small = visit.page.evaluate(
            """[...document.querySelectorAll('button, select, summary, textarea, [role=tab]')]
            .filter(e => e.checkVisibility({ visibilityProperty: true }) && e.tabIndex >= 0)
            .filter(e => e.getBoundingClientRect().height < 44)
            .map(e => e.outerHTML.slice(0, 120))"""
        )
        assert small == []
        # A slow machine translates the tabs some time after the button.
        visit.page.wait_for_function(
            "english => !english.some(e => new RegExp(e).test(document.body.innerText))",
            arg=english,
        )
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= phone["width"]
    visit.close()


def test_the_named_endpoint(url: str) -> None:
    from gradio_client import Client
    from gradio_client.exceptions import AppError

    client = Client(url, verbose=False)
    answer = client.predict(question=QUESTION, num_latents=2, seed=5, api_name="/solve")
    assert (answer["num_latents"], answer["seed"]) == (2, 5)
    assert answer["student"]["forward_passes"] == len(answer["student"]["steps"])
    assert answer["teacher"]["seconds"] > 0
    with pytest.raises(AppError, match="No number found"):
        client.predict(question="How many eggs?", api_name="/solve")
    with pytest.raises(AppError, match="not text"):
        client.predict(question=3, api_name="/solve")


def test_a_raw_call_past_the_browser_is_checked_too(url: str) -> None:
    config = httpx.get(f"{url}/config").json()
    parts = {c["id"]: c["props"].get("elem_id") for c in config["components"]}
    race = next(
        d for d in config["dependencies"]
        if any(parts[i] == "codi-start" for i, _ in d["targets"])
    )  # fmt: skip
    for data, key in (("9" * 5000, "too_long"), (None, "bad_type"), ([], "no_number")):
        body = {"data": [data], "fn_index": race["id"], "session_hash": "raw"}
        assert httpx.post(f"{url}/gradio_api/queue/join", json=body).status_code == 200
        events = httpx.get(f"{url}/gradio_api/queue/data?session_hash=raw", timeout=60).text
        assert f'"{key}"' in events, events
        assert "Traceback" not in events


def test_a_damaged_checkpoint_still_gives_a_page(tmp_path: Path) -> None:
    folder = save(make("llama"), tmp_path / "broken")
    (folder / "model.safetensors").write_bytes(b"not a tensor")
    port = free_port()
    page = app.serve([str(folder)], "127.0.0.1", port, wait=False)
    try:
        config = httpx.get(f"http://127.0.0.1:{port}/config").text
        assert "no_model" in config
        assert "model.safetensors is not a readable" in config
    finally:
        page.close()


def test_the_command_line_explains_itself() -> None:
    command = [sys.executable, str(Path(app.__file__)), "--help"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "--checkpoint" in shown
