"""Wordings written by hand to get past the check, and sound ones worded freely: its worth beyond the rules."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deskbook.rag.rephrase_bind import Bound

N, X, W = r"\{n\d+\}", r"\{x\d+\}", r"\{w\d+\}"
SHAPES = {
    "A": rf"Negative messages, (?P<x>{X}): (?P<a>{N}) \(n = (?P<n>{N})\), against (?P<b>{N}) in the baseline "
    rf"\(n = (?P<m>{N})\): (?P<w>{W}) \(worse\)\.",
    "B": rf"Messages, (?P<x>{X}): (?P<a>{N}), against (?P<b>{N}) in the baseline, which is (?P<e>{W}) for a span as "
    rf"long: (?P<w>{W})\.",
    "E": rf"(?P<y>{X}) has the highest First reply, median, (?P<x>{X}): (?P<a>{N}) \(n = (?P<n>{N})\)\.",
    "F": rf"Tickets created: (?P<a>{N}) in (?P<x>{X}), against (?P<b>{N}) in (?P<y>{X}): (?P<w>{W})\.",
}
SOUND = (
    (
        "A",
        "The share of negative messages was {a} (n = {n}) over {x}; the baseline share was {b} (n = "
        "{m}), so it worsened by {w}.",
    ),
    ("A", "Over {x}, negative messages made up {a} (n = {n}), against {b} in the baseline (n = {m}) – worse by {w}."),
    (
        "A",
        "Negative messages increased from {b} in the baseline (n = {m}) to {a} (n = {n}) over {x}, which is {w} worse.",
    ),
    ("A", "In {x}, {a} of messages were negative (n = {n}), compared with {b} in the baseline (n = {m}): {w}, worse."),
    (
        "A",
        "Negative messages in {x} stood at {a} (n = {n}), up {w} from {b} in the baseline (n = {m}) and "
        "therefore worse.",
    ),
    ("A", "For {x} we saw {a} negative messages (n = {n}) versus {b} in the baseline (n = {m}), which is worse ({w})."),
    ("F", "There were {a} created in {x}, compared to {b} in {y}: {w}."),
    ("F", "Tickets created fell to {a} in {x} from {b} in {y}, a change of {w}."),
    ("F", "{a} were created in {x} and {b} in {y}, a difference of {w}."),
    ("E", "{y} recorded the highest first reply, median, during {x}, with {a} (n = {n})."),
    ("E", "During {x}, the team with the highest median first reply was {y} at {a} (n = {n})."),
    ("E", "{y}'s median first reply was the highest in {x}: {a} (n = {n})."),
)
FALSE = (
    ("A", "Negative messages, {x}: {a} (n = {n}), the best in the baseline {b} (n = {m}): {w} (worse)."),
    ("A", "Negative messages, {x}: {a} (n = {n}), far above {b} in the baseline (n = {m}): {w} (worse)."),
    ("A", "Negative messages in the baseline, {x}: {a} (n = {n}), against {b} (n = {m}): {w} (worse)."),
    ("A", "Negative messages, {x}: {a} (n = {n}), against {b} in the baseline (n = {m}): {w} (worse), a record."),
    ("A", "Negative messages, {x}: {n} (n = {a}), against {b} in the baseline (n = {m}): {w} (worse)."),
    ("A", "Negative messages fell by {w} to {a} (n = {n}) in {x}, against {b} in the baseline (n = {m}), worse."),
    ("A", "Non-negative messages, {x}: {a} (n = {n}), against {b} in the baseline (n = {m}): {w} (worse)."),
    ("A", "Negative messages, before {x}: {a} (n = {n}), against {b} in the baseline (n = {m}): {w} (worse)."),
    ("A", "Negative messages, {x}: {a} (n = {n}), against {b} in the baseline (n = {m}): {w} (hardly worse)."),
    ("A", "Negative messages, {x}: {a} (n = {n}), against {b} in the baseline (n = {m}), where they were worse: {w}."),
    ("A", "Negative messages, {x}: {a} (n = {n}), up {b} in the baseline (n = {m}): {w} (worse)."),
    (
        "A",
        "Negative messages, {x}, were expected at {a} (n = {n}), against {b} in the baseline (n = {m}): {w} (worse).",
    ),
    (
        "A",
        "It is unclear whether negative messages, {x}: {a} (n = {n}), against {b} in the baseline (n = "
        "{m}): {w} (worse).",
    ),
    ("A", "Negative messages since {x}: {a} (n = {n}), against {b} in the baseline (n = {m}): {w} (worse)."),
    ("A", "Negative messages after {x}: {a} (n = {n}), against {b} in the baseline (n = {m}): {w} (worse)."),
    ("A", "Negative messages, {x}: {a} (n = {n}), against {b} in the baseline (n = {m}): {w} (worse each day)."),
    ("A", "Negative messages per ticket, {x}: {a} (n = {n}), against {b} in the baseline (n = {m}): {w} (worse)."),
    ("A", "Negative messages, {x}: {a} (n = {n}), against {b} in the baseline (n = {m}): {w} (no worse)."),
    ("F", "Tickets created fell from {a} in {x} to {b} in {y}: {w}."),
    ("F", "Tickets created: {a} per day in {x}, against {b} in {y}: {w}."),
    ("F", "Tickets created: {a} until {x}, against {b} in {y}: {w}."),
    ("F", "Tickets created changed from {a} in {x} to {b} in {y}: {w}."),
    ("F", "Messages created: {a} in {x}, against {b} in {y}: {w}."),
    ("F", "Tickets created: {a} in {x}, equal to {b} in {y}: {w}."),
    ("F", "Tickets created: {a} in {x}, the same as {b} in {y}: {w}."),
    ("F", "Tickets created: {a} in {y}, against {b} in {x}: {w}."),
    ("E", "{y} has the highest First reply, median, {x}: {n} (n = {a})."),
    ("E", "{y} has the second highest First reply, median, {x}: {a} (n = {n})."),
    ("E", "{y} has the fastest First reply, median, {x}: {a} (n = {n})."),
    ("E", "{y} had the highest First reply, median, until {x}: {a} (n = {n})."),
    (
        "A",
        "Negative messages, {x}: {a} (n = {n}), against {b} in the baseline (n = {m}): {w} (worse than "
        "the value shown).",
    ),
    ("A", "Negative messages, within {x}: {a} (n = {n}), against {b} in the baseline (n = {m}): {w} (worse)."),
    ("A", "Negative messages, {x}: {a} (n = {n}), against the baseline's {b} (n = {m}), a better {w}."),
    (
        "A",
        "Negative messages, {x}: {a} (n = {n}), against {b} in the baseline (n = {m}), where messages "
        "got worse by {w}.",
    ),
    ("A", "Negative messages got worse in the baseline: {x}, {a} (n = {n}), {b} (n = {m}), {w}."),
    ("A", "Messages got negative and worse: {x}, {a} (n = {n}), {b} in the baseline (n = {m}), {w}."),
    ("A", "Negative messages were down in {x}: {a} (n = {n}), against {b} in the baseline (n = {m}): {w} (worse)."),
    (
        "A",
        "Negative messages were measured at {a} in the baseline (n = {n}) in {x}, up from {b} (n = {m}): {w}, worse.",
    ),
    ("A", "Negative messages, {x}: {a} (n = {n}), less than {b} in the baseline (n = {m}): {w} (worse)."),
    ("A", "Negative messages, {x}: {a} (n = {n}), lower than {b} in the baseline (n = {m}): {w} (worse)."),
    ("A", "Of {a} (n = {n}) in {x}, {b} in the baseline (n = {m}) were negative messages: {w} (worse)."),
    (
        "A",
        "Negative messages, {x}: {a} (n = {n}), against {b} in the baseline (n = {m}): {w} on the "
        "figure of {x} (worse).",
    ),
    (
        "A",
        "Negative messages came to {a} (n = {n}) in {x}, but values in the baseline, {b} (n = {m}), "
        "were just worse: {w}.",
    ),
    ("B", "Messages, {x}: {a}, against {b} expected in the baseline, which is {e} for a span as long: {w}."),
    ("B", "Messages, {x}: {a}, against {b} in the baseline, which is {e} for a long span: {w}."),
    ("B", "Messages fell in {x}: {a}, against {b} in the baseline, which is {e} for a span as long: {w}."),
    ("B", "Messages, {x}: {a}, against {b} in the baseline, which is {e} for a span as long, better by {w}."),
    ("F", "Tickets created: {a} in {x}, up on {b} in {y}, a decrease of {w}."),
    ("F", "Tickets created: {a} in {x}, {w} up from {b} in {y}, and still up."),
    ("F", "Tickets not created: {a} in {x}, against {b} in {y}: {w}."),
    ("F", "Tickets: {a} in {x} created {b} in {y}: {w}."),
    ("E", "The period {x} has the highest First reply, median, for {y}: {a} (n = {n})."),
    ("E", "{y} had the highest First reply, median, compared with {x}: {a} (n = {n})."),
    ("E", "{y} has the highest number of first replies, median, {x}: {a} (n = {n})."),
)


def filled(bounds: Sequence[Bound], wordings: Sequence[tuple[str, str]]) -> list[tuple[Bound, str]]:
    """Each wording with the placeholders of the first sentence of its shape."""
    found = {}
    for bound in reversed(bounds):
        for kind, shape in SHAPES.items():
            if hit := re.fullmatch(shape, bound.text):
                found[kind] = bound, hit.groupdict()
    return [(found[kind][0], text.format(**found[kind][1])) for kind, text in wordings]
