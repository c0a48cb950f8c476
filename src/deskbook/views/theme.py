"""Colours, type and space: one table of tokens for pages, figures and reports, light and dark.

A Bokeh model that wears a token carries `paint(...)` in its tags; the page recolours it in place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

FONT: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Ubuntu, sans-serif"
WISHES: Final = ("auto", "light", "dark")
"""What a person can want; auto follows the system."""
OTHER: Final = "c8"
"""The colour of everything that is 'other'."""

# Eight hues at least 22 CIELAB units apart, also as seen with protanopia, deuteranopia and tritanopia
# (Machado et al. 2009), and at least 3:1 against the paper; a test computes both.
LIGHT: Final[Mapping[str, str]] = {
    "paper": "#fbfaf8",
    "panel": "#ffffff",
    "sunk": "#f1efeb",
    "line": "#e2dfd9",
    "edge": "#85898a",
    "ink": "#1d2426",
    "muted": "#566063",
    "accent": "#0b6b66",
    "on-accent": "#ffffff",
    "accent-soft": "#e2f0ee",
    "good": "#1a7f37",
    "warn": "#8a5a00",
    "bad": "#b42318",
    "good-soft": "#e6f4ea",
    "warn-soft": "#fdf1d8",
    "bad-soft": "#fdeae8",
    "grid": "#eceae5",
    "ghost": "#7d8587",
    "c0": "#0b7a75",
    "c1": "#ad8e1a",
    "c2": "#868cc6",
    "c3": "#dd705e",
    "c4": "#2a35c8",
    "c5": "#894707",
    "c6": "#514176",
    "c7": "#49240c",
    "c8": "#8c9294",
}
DARK: Final[Mapping[str, str]] = {
    "paper": "#14191b",
    "panel": "#1b2124",
    "sunk": "#242c2f",
    "line": "#2f383b",
    "edge": "#7c888b",
    "ink": "#e6ebec",
    "muted": "#9fabae",
    "accent": "#4cc4ba",
    "on-accent": "#0c1a19",
    "accent-soft": "#1d3533",
    "good": "#5bc27a",
    "warn": "#e5b04a",
    "bad": "#ff8a7a",
    "good-soft": "#1b3324",
    "warn-soft": "#3a2f17",
    "bad-soft": "#3f2421",
    "grid": "#283033",
    "ghost": "#8c989b",
    "c0": "#2fb5ab",
    "c1": "#f48b1a",
    "c2": "#b1f3fd",
    "c3": "#9a78ba",
    "c4": "#b0d679",
    "c5": "#b0745a",
    "c6": "#7a79f4",
    "c7": "#f3dbbf",
    "c8": "#7f8a8d",
}
HEAT_STEPS: Final = 7
CATEGORIES: Final = tuple(f"c{index}" for index in range(9))
HEAT: Final = tuple(f"h{index}" for index in range(HEAT_STEPS))


def tokens(dark: bool = False) -> dict[str, str]:
    """Token -> colour of one theme, with the steps of the heat scale between panel and first hue."""
    held = dict(DARK if dark else LIGHT)
    for index, name in enumerate(HEAT):
        held[name] = _mixed(held["sunk"], held["c0"], 0.06 + 0.94 * index / (HEAT_STEPS - 1))
    return held


def _mixed(first: str, second: str, share: float) -> str:
    ends = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in (first, second)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(*ends, strict=True))


def paint(**properties: str | list[str]) -> dict[str, dict[str, str | list[str]]]:
    """The tag by which a Bokeh model says which token each of its colour properties wears."""
    return {"paint": properties}


def wear(model: Any, **properties: str | list[str]) -> Any:
    """Colour a Bokeh model in the light theme and leave the tag that lets the page recolour it."""
    colours = tokens()
    for name, token in properties.items():
        setattr(model, name, colours[token] if isinstance(token, str) else [colours[one] for one in token])
    model.tags = [*model.tags, paint(**properties)]
    return model


def css_variables(dark: bool = False) -> str:
    """The tokens as CSS custom properties."""
    return "".join(f"--{name}:{colour};" for name, colour in tokens(dark).items())


def css_tokens(scope: str = ":root") -> str:
    """CSS that sets the tokens on an element: the light ones, or with `data-theme=dark` the dark ones."""
    chosen = f"{scope}([data-theme=dark])" if scope == ":host" else f"{scope}[data-theme=dark]"
    return (
        f"{scope}{{{css_variables()}--font:{FONT};color-scheme:light}}"
        f"{chosen}{{{css_variables(dark=True)}color-scheme:dark}}"
    )
