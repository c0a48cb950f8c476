"""Commands that judge answers: evaluate ask."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from deskbook.apps.cli.options import Json, print_json, print_table
from deskbook.apps.cli.progress import bar
from deskbook.errors import BadValue

evaluate = typer.Typer(help="Judge answers by questions whose answers are known.", no_args_is_help=True)
ABOUT: Final = 280
"""Questions of a seed."""
LONG: Final = 2_000
"""Letters of a failing answer's text on the screen."""


@evaluate.callback()
def _named() -> None:
    """Judge answers by questions whose answers are known."""


@evaluate.command()
def ask(
    seeds: Annotated[str, typer.Option(help="train, held-out, or seeds such as 11,12.")] = "held-out",
    kinds: Annotated[str, typer.Option(help="Kinds of question, with commas between; all when absent.")] = "",
    limit: Annotated[int, typer.Option(min=0, help="Questions a seed, spread over the kinds; all when 0.")] = 0,
    answerer: Annotated[str, typer.Option(help="deskbook, or a baseline: numbers, passages.")] = "deskbook",
    keep: Annotated[Path | None, typer.Option(help="Also keep the scores in this JSON file.")] = None,
    failures: Annotated[bool, typer.Option("--failures", help="Also list what was not answered right.")] = False,
    show_held_out: Annotated[
        bool, typer.Option("--show-held-out", help="Allow --failures for held-out seeds, which then are so no more.")
    ] = False,
    json: Json = False,
) -> None:
    """Ask questions about desks whose truth is known, and score the answers."""
    from deskbook.apps.evaluation import evaluate, seeds_of
    from deskbook.rag.evaluate.desk import part_of
    from deskbook.rag.evaluate.keeping import answerer_version
    from deskbook.rag.evaluate.keeping import keep as keep_scores
    from deskbook.rag.evaluate.score import failure, sum_up

    chosen = seeds_of(seeds)
    hidden = [seed for seed in chosen if part_of(seed) == "held-out"]
    if failures and hidden and not show_held_out:
        raise BadValue(
            f"--failures wants train seeds, got held-out {', '.join(map(str, hidden))}: who reads those questions fits "
            "answers to them. Use --seeds train, or add --show-held-out."
        )
    wanted = [kind.strip() for kind in kinds.split(",") if kind.strip()]
    if keep and wanted:
        raise BadValue("--keep wants all kinds of question, got --kinds. Leave out one of them.")
    with bar("Asking", len(chosen) * (limit or ABOUT), quiet=json) as step:
        judged = evaluate(chosen, kinds=wanted, limit=limit, answerer=answerer, progress=step)
    scores = sum_up(judged)
    if keep:
        keep_scores(keep, answerer, chosen, limit, scores)
    wrong = [failure(one) for one in judged if not one.right] if failures else []
    if json:
        version = answerer_version() if answerer == "deskbook" else answerer
        print_json({"answerer": version, "seeds": list(chosen), **scores, **({"failures": wrong} if failures else {})})
        return
    _print(scores)
    for one in wrong:
        _print_failure(one)


def _print(scores: dict[str, Any]) -> None:
    left_out = ("by_kind", "overall_interval")
    print_table("", [{"score": name, "value": _shown(value)} for name, value in scores.items() if name not in left_out])
    if scores["overall_interval"]:
        low, high = scores["overall_interval"]
        typer.echo(f"Overall lies between {low:.3f} and {high:.3f} (95 %).")
    kinds = [
        {"kind": kind, **{name: _shown(one) for name, one in held.items()}} for kind, held in scores["by_kind"].items()
    ]
    print_table("", kinds)


def _shown(value: Any) -> Any:
    """A share with three places: two would round .985 to what is asked for."""
    return f"{value:.3f}" if isinstance(value, float) else value


def _print_failure(one: Any) -> None:
    typer.echo(f"\n{one['id']}  {one['question'][:LONG]}")
    typer.echo(f"  wanted: {one['wanted']}")
    marks = ["abstained"] * one["abstained"] + ["plan differs"] * (one["plan_fits"] is False)
    marks += [f"holds or cites what is hostile ({', '.join(one['obeyed'])})"] * bool(one["obeyed"])
    typer.echo(f"  came: {'; '.join(marks) or 'an answer'}: {one['text'][:LONG]}")
    if one["missing"]:
        typer.echo(f"  not named: {', '.join(one['missing'])}")
