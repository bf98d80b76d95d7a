"""Cosines, the path, and when the alarm rings."""

from __future__ import annotations

import json

import numpy as np
import pytest
from conftest import make

from codi import Capture, CodiModel, Options, Trace, decode
from codi.similarity import collapse, similarity
from codi.trace import Step

OPTIONS = Options(capture=Capture.everything(), max_new_tokens=2)


def thinking(latents: np.ndarray) -> Trace:
    """A trace with the given thoughts [K, D]."""
    steps = [
        Step("latent", k, k, None, "", (), None, 0.0, latent=row.astype(np.float32))
        for k, row in enumerate(latents, start=1)
    ]
    return Trace("q", "student", (), tuple(steps))


def test_map_is_a_cosine_map(tiny: CodiModel) -> None:
    trace = decode(tiny, "Tom has 3 bags.", options=OPTIONS)
    for what, labels in (("states", ("bot", "z1", "z2", "z3")), ("thoughts", ("z1", "z2", "z3"))):
        table = similarity(trace, what)
        assert table.labels == labels
        assert np.allclose(np.diag(table.cosine), 1, atol=1e-5)
        assert np.allclose(table.cosine, table.cosine.T)
        assert (np.abs(table.cosine) <= 1).all()
        assert 0 < table.kept.sum() <= 1 + 1e-6
        json.dumps(table.to_dict())


def test_path_of_points_in_a_plane_keeps_all_distances() -> None:
    random = np.random.default_rng(0)
    points = random.normal(size=(6, 2)) @ np.linalg.qr(random.normal(size=(8, 2)))[0].T + 3
    table = similarity(thinking(points), "thoughts")
    assert table.kept.sum() == pytest.approx(1)
    for a in range(6):
        for b in range(6):
            drawn = np.linalg.norm(table.path[a] - table.path[b])
            assert drawn == pytest.approx(np.linalg.norm(points[a] - points[b]), abs=1e-4)


def test_length_does_not_matter_and_zero_is_legal() -> None:
    points = np.eye(3, 5)
    scaled = points * np.array([[1], [7], [0]])
    assert np.allclose(similarity(thinking(scaled), "thoughts").cosine, np.diag([1, 1, 0]))
    alone = similarity(thinking(points[:1]), "thoughts")
    assert alone.path.tolist() == [[0, 0]]


def test_alarm() -> None:
    random = np.random.default_rng(1)

    def traces(shape: str) -> list[Trace]:
        made = []
        shared = random.normal(size=(2, 64))
        for _ in range(4):
            a, b = shared if shape == "template" else random.normal(size=(2, 64))
            pair = {"one": [a, a], "two": [a, b], "template": [a, b]}.get(shape)
            rows = [pair[k % 2] for k in range(6)] if pair else list(random.normal(size=(6, 64)))
            made.append(thinking(np.stack(rows) + 0.01 * random.normal(size=(6, 64))))
        return made

    assert collapse(traces("healthy")).alarms == ()
    assert "nearly one vector" in collapse(traces("one")).alarms[0]
    [two] = collapse(traces("two")).alarms
    assert "alternate" in two
    assert "every question" in collapse(traces("template")).alarms[-1]
    found = collapse(traces("two"))
    assert found.odd > 0.95
    assert found.even > 0.95
    assert found.across < 0.5
    json.dumps(found.to_dict())
    single = collapse([thinking(random.normal(size=(1, 8)))])
    assert single.alarms == ()
    json.dumps(single.to_dict())


def test_bad_input(tiny: CodiModel) -> None:
    plain = decode(tiny, "Tom has 3 bags.", options=Options(max_new_tokens=1))
    for what in ("states", "thoughts"):
        with pytest.raises(ValueError, match="capture"):
            similarity(plain, what)
    with pytest.raises(ValueError, match="K = 0"):
        similarity(decode(make(num_latents=0), "Tom has 3 bags.", options=OPTIONS))
    with pytest.raises(ValueError, match="what"):
        similarity(plain, "words")
    with pytest.raises(ValueError, match="at least one"):
        collapse([])
