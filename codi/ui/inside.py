"""What was found inside, as plain values for the browser: a pure function of records per view.

Token texts are passed as they are; the browser writes them as text, never as HTML. Numbers are rounded
to what can be seen, which also keeps a whole inspection below 400 KB.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from codi.answers import parse_answer
from codi.attention import AttentionMap
from codi.lens import LensTable
from codi.matching import StepMatch, match_steps, split_steps
from codi.model import CodiModel
from codi.trace import Step
from codi.ui.plots import attention_figure
from codi.ui.race import Race
from codi.ui.tokens import candidates, merged, readable, token_class

View = dict[str, Any]


def thoughts_view(race: Race, model: CodiModel) -> View:
    """A card per state of the student (bot, z1..zK), what ties them to the words and to Aloud's steps.

    While the race runs there are cards only; words, the rebuilt sum and the similarity come at its end.
    """
    silent = race.silent
    if silent is None:
        return {"cards": []}
    written = "" if race.aloud is None else race.aloud.steps_text
    matches = match_steps(silent, split_steps(written))
    view: View = {
        "cards": [_card(step, row, matches) for row, step in enumerate(silent.thoughts)],
        "steps": [match.to_dict() for match in matches],
    }
    found = race.found
    if found is not None:
        labels = [step.label for step in silent.thoughts]
        view |= {
            "words": race.question.split(),
            "links": links(found.attention, len(labels)),
            "whole_numbers": model.prompt.names_whole_numbers(),
            "sink": found.attention.columns[0].word,
            "recovered": found.recovered.to_dict(),
            "similarity": found.similarity and found.similarity.to_dict(),
        }
    return view


def attention_view(race: Race) -> View:
    """The heatmap as plain values; empty before the end of a race."""
    return {} if race.found is None else attention_figure(race.found.attention).to_plotly_json()


def lens_view(race: Race) -> View:
    """The grid of states and layers; empty before the end of a race."""
    return {} if race.found is None else grid(race.found.lens)


def links(table: AttentionMap, states: int) -> list[list[float]]:
    """[states][words] share of attention on each word, mean over layers and heads, without the sink."""
    mean = table.mean()[:states]
    columns = [i for i, column in enumerate(table.columns) if column.kind == "word"]
    count = 1 + max((column.word for column in table.columns), default=-1)
    shares = np.zeros((states, count))
    for i in columns:
        shares[:, table.columns[i].word] += mean[:, i]
    return np.round(shares, 4).tolist()


def grid(table: LensTable) -> View:
    """The lens as plain values: for every state and layer its candidates, equal texts merged."""
    return {
        "labels": list(table.labels),
        "kinds": list(table.kinds),
        "cells": [
            [
                [[text, round(p, 4)] for text, p in merged(zip(texts, p, strict=True))]
                for texts, p in zip(state, probabilities.tolist(), strict=True)
            ]
            for state, probabilities in zip(table.texts, table.probabilities, strict=True)
        ],
        "lock_in": table.lock_in.tolist(),
        "ranks": {name: ranks.tolist() for name, ranks in table.ranks.items()},
        "answers": dict(table.answers),
    }


def _card(step: Step, row: int, matches: tuple[StepMatch, ...]) -> View:
    named = {
        parse_answer(match.result): match.step
        for match in reversed(matches)  # of two steps with one result the first one is shown
        if any(state == row for state, _ in match.found)
    }
    top = candidates(step.top)
    shown = []
    for text, probability in top:
        kind = token_class(text)
        value = parse_answer(text) if kind == "number" else None
        shown.append(
            {
                "text": text,
                "class": kind,
                "probability": round(probability, 4),
                "step": None if value is None else named.get(value),
            }
        )
    return {
        "label": step.label,
        "n": step.index if step.kind == "latent" else 0,
        "readable": readable(*top[0]),
        "top": shown,
    }
