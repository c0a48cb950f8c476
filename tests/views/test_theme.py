from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from deskbook.views import theme

Colour = np.ndarray
# Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB.
SEEN = {
    "all": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def linear(colour: str) -> Colour:
    value = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(rgb: Colour) -> Colour:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x = to_xyz @ rgb / np.array([0.9505, 1.0, 1.089])
    f = np.where(x > 0.008856, np.cbrt(x), 7.787 * x + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(first: str, second: str) -> float:
    low, high = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (first, second))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_text_stands_out_from_every_surface_it_stands_on(dark: bool) -> None:
    held = theme.tokens(dark)
    words = ("ink", "muted", "accent", "good", "warn", "bad")
    pairs = [(word, ground) for word in words for ground in ("paper", "panel")]
    pairs += [("ink", f"{tone}-soft") for tone in ("good", "warn", "bad", "accent")]
    pairs += [("warn", "warn-soft"), ("accent", "accent-soft"), ("on-accent", "accent"), ("muted", "sunk")]
    assert [pair for pair in pairs if contrast(held[pair[0]], held[pair[1]]) < 4.5] == []


@pytest.mark.parametrize("dark", [False, True])
def test_categories_stand_out_from_the_panel(dark: bool) -> None:
    held = theme.tokens(dark)
    assert [name for name in theme.CATEGORIES if contrast(held[name], held["panel"]) < 3] == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("sight", SEEN)
def test_categories_stay_apart_for_every_kind_of_sight(dark: bool, sight: str) -> None:
    held = theme.tokens(dark)
    seen = [lab(np.clip(np.array(SEEN[sight]) @ linear(held[name]), 0, 1)) for name in theme.CATEGORIES[:8]]
    assert min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2)) > 15


def test_both_themes_name_the_same_tokens() -> None:
    assert theme.LIGHT.keys() == theme.DARK.keys()


def test_a_painted_model_says_which_token_it_wears() -> None:
    from bokeh.models import Span

    span = theme.wear(Span(), line_color="grid")
    assert span.line_color == theme.LIGHT["grid"]
    assert span.tags == [{"paint": {"line_color": "grid"}}]


def test_a_surface_wears_its_tokens_in_both_themes() -> None:
    light, dark = theme.css_tokens(":host").split(":host([data-theme=dark])")
    assert f"--paper:{theme.LIGHT['paper']}" in light and f"--paper:{theme.DARK['paper']}" in dark
