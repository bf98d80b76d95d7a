"""The page: which components there are, and which field of an `Update` each one shows.

Parts drawn by hand are `gr.HTML` with an empty template: `web/page.js` draws their values with
`textContent`. Values never go through a template, because in Gradio 6 both `${}` and, after it,
`{{}}` end in a JavaScript template string that would execute a visitor's `${...}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import gradio as gr

from codi.ui.handlers import Handlers, Refused, Update
from codi.ui.text import LANGS, WORDS, Lang
from codi.ui.theme import PLOTLY

Parts = dict[str, gr.HTML]

TABS = {
    "thoughts": ("thoughts",),
    "attention": ("attention",),
    "lens": ("lens",),
    "experiment": ("experiment", "effects"),
    "votes": ("votes",),
}
"""The parts in each tab; a part shows the field of an `Update` that has its name."""
SHOWN = ("race", "thoughts", "attention", "lens")
"""Parts that a race fills."""
ASKING = ("experiment", "effects", "votes")
"""Parts with a form; each triggers the event of its own name."""


@dataclass
class Page:
    """What is built so far: components with words of their own, and drawn parts by name."""

    handlers: Handlers
    first: Update
    worded: list[tuple[gr.blocks.Block, dict[str, str]]] = field(default_factory=list)
    """(component, {property: key of WORDS}): what changes with the language."""
    parts: Parts = field(default_factory=dict)

    def word(self, make: Callable[..., Any], keys: dict[str, str], **settings: Any) -> Any:
        """A component whose visible words come from `text.py` and follow the language."""
        component = make(**{name: WORDS["en"][key] for name, key in keys.items()}, **settings)
        self.worded.append((component, keys))
        return component

    def part(self, name: str, value: Any = None, events: tuple[str, ...] = ()) -> gr.HTML:
        """A part that `web/*.js` draws; `name` is its function there, `events` what it triggers."""
        self.parts[name] = gr.HTML(
            value=value,
            html_template="<div></div>",
            js_on_load=f"codi.mount('{name}', element, props, watch, trigger, {[*events]})",
            apply_default_css=False,
            elem_id=f"codi-{name}",
        )
        return self.parts[name]


def build(handlers: Handlers) -> gr.Blocks:
    """The whole page, ready to launch."""
    if handlers.runner is not None:
        handlers.record(handlers.runner)
    page = Page(handlers, handlers.first)
    gr.set_static_paths([PLOTLY])
    with gr.Blocks(
        title=WORDS["en"]["title"], analytics_enabled=False, delete_cache=(3600, 3600)
    ) as demo:
        page.part("header", events=("language",))
        picker = _picker(page)
        question, start, stop = _question(page)
        page.part("notice", page.first.notice)
        page.part("race", page.first.race)
        with gr.Tabs(
            elem_id="codi-tabs", overflow_behavior="wrap"
        ):  # what is in a tab is mounted when it is first opened
            for tab, names in TABS.items():
                with page.word(gr.Tab, {"label": f"tab_{tab}"}, id=tab):
                    for name in names:
                        asks = (name,) if name in ASKING else ()
                        page.part(name, getattr(page.first, name), asks)
        _about(page)
        _wire(page, question, start, stop)
        if picker:
            _wire_picker(page, picker, demo)
        _api(handlers)
    demo.queue(max_size=24, default_concurrency_limit=12, api_open=False, status_update_rate=2)
    return demo


def _picker(page: Page) -> gr.Dropdown | None:
    """The operator's models, if there is a choice."""
    models = page.handlers.models
    if len(models.names) == 1:
        return None
    return page.word(
        gr.Dropdown,
        {"label": "model_label"},
        choices=models.names,
        value=models.chosen,
        filterable=False,
        elem_id="codi-model",
    )


def _question(page: Page) -> tuple[gr.Textbox, gr.Button, gr.Button]:
    with gr.Row(elem_id="codi-ask"):
        question = page.word(
            gr.Textbox,
            {"label": "question_label", "placeholder": "question_placeholder"},
            value=page.handlers.examples[0]["question"],
            lines=2,
            max_lines=5,
            elem_id="codi-question",
            scale=8,
        )
        with gr.Column(scale=1, min_width=120, elem_id="codi-buttons"):
            start = page.word(gr.Button, {"value": "race"}, variant="primary", elem_id="codi-start")
            stop = page.word(gr.Button, {"value": "stop"}, elem_id="codi-stop")
    page.part("examples", page.handlers.examples)
    return question, start, stop


def _about(page: Page) -> None:
    with page.word(gr.Accordion, {"label": "about"}, open=False, elem_id="codi-more"):
        page.part("about", page.first.about)


def _wire(page: Page, question: gr.Textbox, start: gr.Button, stop: gr.Button) -> None:
    parts, handlers = page.parts, page.handlers
    shown = ("notice", *SHOWN)

    def race(text: Any, request: gr.Request) -> Iterator[dict[gr.HTML, Any]]:
        for update in handlers.race(text, request.session_hash or "", address(request)):
            values = {name: getattr(update, name) for name in shown}
            yield {parts[name]: value for name, value in values.items() if value is not None}

    def answer(name: str) -> Callable[..., Iterator[Any]]:
        def ask(event: gr.EventData, request: gr.Request) -> Iterator[Any]:
            asked = event._data if isinstance(event._data, dict) else {}
            for update in handlers.ask(name, asked, request.session_hash or "", address(request)):
                yield getattr(update, name)

        return ask

    def halt(request: gr.Request) -> None:
        handlers.stop(request.session_hash or "")

    def speak(event: gr.EventData) -> dict[Any, Any]:
        wanted = event._data.get("lang") if isinstance(event._data, dict) else None
        lang: Lang = next((lang for lang in LANGS if lang == wanted), "en")
        return {
            component: gr.update(**{name: WORDS[lang][key] for name, key in keys.items()})
            for component, keys in page.worded
        }

    private = {"api_visibility": "private", "show_progress": "hidden"}
    start.click(
        race,
        [question],
        [parts[name] for name in shown],
        concurrency_limit=12,
        trigger_mode="multiple",
        **private,
    )
    for name in ASKING:
        ask = getattr(parts[name], name)
        ask(
            answer(name),
            None,
            parts[name],
            concurrency_limit=12,
            trigger_mode="multiple",
            **private,
        )
    stop.click(halt, queue=False, **private)
    parts["header"].language(
        speak, None, [component for component, _ in page.worded], queue=False, **private
    )


def _wire_picker(page: Page, picker: gr.Dropdown, demo: gr.Blocks) -> None:
    parts, handlers = page.parts, page.handlers
    shown = ("notice", *SHOWN, "about")

    def values(update: Update) -> dict[Any, Any]:
        found = {name: getattr(update, name) for name in shown}
        return {parts[name]: value for name, value in found.items() if value is not None}

    def choose(name: Any, request: gr.Request) -> Iterator[dict[Any, Any]]:
        for update in handlers.choose(name, request.session_hash or "", address(request)):
            yield values(update)

    def arrive() -> dict[Any, Any]:
        first = handlers.first
        return values(first) | {parts["about"]: first.about, picker: handlers.models.chosen}

    private = {"api_visibility": "private", "show_progress": "hidden"}
    outputs = [parts[name] for name in (*shown, *ASKING)]
    picker.select(choose, [picker], outputs, concurrency_limit=2, **private)
    demo.load(arrive, None, [picker, *outputs], **private)


def _api(handlers: Handlers) -> None:
    def solve(
        question: str, num_latents: int | None = None, seed: int = 0, request: gr.Request = None
    ) -> dict:
        """Answer an arithmetic word problem twice with one small model.

        Args:
            question: the problem, in English, 1 to 400 characters, with numbers.
            num_latents: how many latent thoughts the student has; as trained if left out.
            seed: recorded with the answer; decoding is greedy and does not use it.

        Returns:
            Both answers with steps, decoded thoughts and timing: `student` and `teacher`.
        """
        session = (request.session_hash if request else "") or ""
        try:
            return handlers.solve(
                question, num_latents, seed, session=session, address=address(request)
            )
        except Refused as refusal:
            raise gr.Error(str(refusal), print_exception=False) from None

    gr.api(solve, api_name="solve", concurrency_limit=4)


def address(request: gr.Request | None) -> str:
    """The visitor's network address, only used to count runs."""
    client = getattr(request, "client", None)
    return str(client.host) if client else ""
