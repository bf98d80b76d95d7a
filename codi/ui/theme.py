"""Looks and launch settings: what `app.py` passes on, in one place.

Two hues carry meaning: Aloud is blue, Silent is vermillion, always beside a shape and a word. They, and
everything else that is drawn by hand, are defined in `web/page.css`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import gradio as gr
import plotly

from codi.ui.check import MAX_CHARACTERS
from codi.ui.experiments import CHOICES
from codi.ui.text import WORDS

WEB = Path(__file__).resolve().parent / "web"
SCRIPTS = ("page", "race", "thoughts", "attention", "lens", "experiment", "votes")
PLOTLY = Path(plotly.__file__).resolve().parent / "package_data" / "plotly.min.js"

_SANS = ["ui-sans-serif", "system-ui", "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "sans-serif"]
_MONO = ["ui-monospace", "Cascadia Mono", "DejaVu Sans Mono", "monospace"]


def theme() -> gr.themes.Base:
    """A quiet grey theme with the fonts of the reader's own machine: nothing is downloaded."""
    base = gr.themes.Base(
        primary_hue="slate", neutral_hue="slate", font=_SANS, font_mono=_MONO, radius_size="md"
    )
    return base.set(
        button_primary_background_fill="*neutral_800",
        button_primary_background_fill_hover="*neutral_700",
        button_primary_text_color="white",
        button_primary_background_fill_dark="*neutral_100",
        button_primary_background_fill_hover_dark="*neutral_300",
        button_primary_text_color_dark="*neutral_900",
        block_label_text_color="*neutral_600",
        block_title_text_color="*neutral_700",
        block_title_text_color_dark="*neutral_200",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
    )


def launch_settings() -> dict[str, Any]:
    """Arguments of `Blocks.launch` that belong to looks and to safety."""
    return {
        "theme": theme(),
        "css_paths": [WEB / "page.css"],
        "head": _head(),
        "show_error": False,
        "share": False,
        "ssr_mode": False,
        "max_threads": 16,
        "max_file_size": "64kb",
        "allowed_paths": [],
        "state_session_capacity": 500,
        "enable_monitoring": False,
        "run_history": False,
        "footer_links": [],
        "pwa": False,
    }


def _head() -> str:
    """The page's scripts and words; `<` is escaped so that no word can end the script."""
    words = json.dumps(WORDS, ensure_ascii=False).replace("<", "\\u003c")
    scripts = [f"window.CODI_WORDS = {words};"]
    scripts += [f"window.CODI_CHOICES = {json.dumps({**CHOICES, 'characters': MAX_CHARACTERS})};"]
    scripts += [f"window.CODI_PLOTLY = {json.dumps(f'gradio_api/file={PLOTLY}')};"]
    scripts += [(WEB / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    return "".join(f"<script>{script}</script>\n" for script in scripts)
