"""How alike two pictures of a page are, and what they were taken with.

A picture is kept small: the wide ones at half their size, all of them in the colours of the theme and a few between
them. What is compared with it is made as small in the same colours, so that the same page gives the same picture to
the last pixel.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageChops, ImageColor, ImageFilter

from deskbook.views.theme import tokens

PICTURES: Final = Path(__file__).parent / "pictures"
TAKEN: Final = PICTURES / "taken.json"
HEIGHTS: Final = {1440: 1600, 390: 1600}
"""Width of the window -> its height; what stands below is not in the picture."""
STEPS: Final = 12
"""Colours between the paper and its ink, beside those of the theme."""
PIXEL: Final = 40
"""A pixel differs by more than this in one of its colours, of 255."""
SHARE: Final = 0.0003
"""As many pixels may differ: fewer than a button has."""
BLOCK_PX: Final = 40
BLOCK: Final = 10
"""With other fonts or another Chromium: a block so wide and high has more or fewer edges than this, of 255."""
BLOCKS: Final = 0.35
"""As many blocks may differ then: a page in a serif face stays below, nearly every other page of ours above."""
PROBE: Final = (
    "() => { const pen = document.createElement('canvas').getContext('2d'); const font = "
    "getComputedStyle(document.documentElement).fontFamily; return [12, 14, 20, 28].flatMap(size => [400, 620].map("
    "weight => { pen.font = `${weight} ${size}px ${font}`; "
    "return Math.round(pen.measureText('Handgloves 0123,456 % ▲ – Wj').width * 100) / 100 })) }"
)


@dataclass(frozen=True)
class Likeness:
    """What two pictures have in common; `said` tells a person."""

    alike: bool
    said: str


def taken_with(chromium: Any, page: Any) -> dict[str, Any]:
    """What decides how a page is painted: the browser, and how wide its fonts write."""
    return {"chromium": chromium.version, "text_px": page.evaluate(PROBE)}


def was_taken_with() -> dict[str, Any]:
    """The same of the pictures that are kept; nothing where there are none."""
    return dict(json.loads(TAKEN.read_text("utf-8"))) if TAKEN.exists() else {}


def small(png: bytes) -> Image.Image:
    """A screenshot at the size it is kept in."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    return image.reduce(2) if image.width > 1000 else image


def keep(image: Image.Image, name: str) -> None:
    """Put a picture beside the others."""
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in colours(dark=name.endswith("dark")) for part in colour])
    image.quantize(palette=palette, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


def colours(*, dark: bool) -> list[tuple[int, int, int]]:
    """What a page of a theme is painted in: its tokens, and steps from its paper to its ink and to its accent."""
    held = {name: ImageColor.getrgb(colour) for name, colour in tokens(dark).items()}
    made = [tuple(held[name][:3]) for name in held]
    for ink, steps in (("ink", STEPS), ("accent", STEPS // 2)):
        for step in range(1, steps):
            ends = zip(held["panel"], held[ink], strict=True)
            made.append(tuple(round(a + (b - a) * step / steps) for a, b in ends))
    return [(red, green, blue) for red, green, blue in dict.fromkeys(made)]


def compared(image: Image.Image, held: Image.Image, *, coarsely: bool = False) -> Likeness:
    """How alike a page is to its picture; `coarsely` where what it is painted with is another."""
    if image.size != held.size:
        return Likeness(False, f"it is {image.size} px and was {held.size} px")
    if coarsely:
        share = _share(ImageChops.difference(*(_edges(one) for one in (image, held))), BLOCK)
        return Likeness(share <= BLOCKS, f"{share:.2%} of its blocks differ, {BLOCKS:.0%} may")
    same = image.quantize(palette=held, dither=Image.Dither.NONE)
    share = _share(differing(same, held), PIXEL)
    return Likeness(share <= SHARE, f"{share:.3%} of its pixels differ, {SHARE:.2%} may")


def differing(one: Image.Image, other: Image.Image) -> Image.Image:
    """By how much two pictures differ, pixel by pixel, in the colour that differs most."""
    red, green, blue = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _edges(image: Image.Image) -> Image.Image:
    """How much is drawn in each block, whatever its colours."""
    grey = image.convert("RGB").convert("L").filter(ImageFilter.FIND_EDGES)
    return ImageChops.add(grey, grey).reduce(BLOCK_PX)


def _share(difference: Image.Image, least: int) -> float:
    counts = difference.histogram()
    return sum(counts[least + 1 :]) / sum(counts)
