"""An answer made into files of a workspace: a page, a scheduled report, a test."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from deskbook.errors import BadValue, ConfigError
from deskbook.metrics import Period
from deskbook.store import Asked

if TYPE_CHECKING:
    from deskbook.rag.history import Difference

TESTS: Final = "answers"
ASK: Final = "ask"
LONGEST_NAME: Final = 40
LONGEST_TITLE: Final = 60
NAME: Final = re.compile(r"[a-z0-9][a-z0-9_]*")
KEYS: Final = ("question", "plan", "numbers", "claims", "abstain")


def page_name(asked: Asked, name: str = "") -> str:
    """A file's name for an answer: the one given, else from the question's words.

    Raises:
        BadValue: the one given is none.
    """
    if name:
        if not NAME.fullmatch(name):
            raise BadValue(f"A name wants small letters, digits and _, such as slow_replies, got {name[:80]!r}.")
        return name
    words = re.findall(r"[a-z0-9]+", asked.question.lower())
    made = "_".join(words)[:LONGEST_NAME].rstrip("_")
    return f"asked_{made or asked.id}"


def make_page(workspace: Path, asked: Asked, name: str = "") -> Path:
    """A notebook after the Ask page, with the question as its own.

    Raises:
        ConfigError: there is a page of that name, or no Ask page.
    """
    folder = workspace / "notebooks"
    file, template = folder / f"{page_name(asked, name)}.ipynb", folder / f"{ASK}.ipynb"
    if not template.is_file():
        raise ConfigError(f"There is no notebook {template} to make the page after. Get it from: deskbook init DIR")
    if file.exists():
        raise ConfigError(f"There is a page '{file.stem}' already. Choose another name.")
    notebook = json.loads(template.read_text("utf-8"))
    (parameters,) = [cell for cell in notebook["cells"] if "parameters" in cell["metadata"].get("tags", ())]
    given = {"question": asked.question.strip(), "plan": asked.answer["plan"].get("line", "")}
    parameters["source"] = [_given(line, given) for line in "".join(parameters["source"]).splitlines(keepends=True)]
    title = _title(asked)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = ["".join(cell["source"]).replace("# Ask", f"# {title}", 1)]
    notebook["metadata"]["deskbook"] |= {"title": title, "order": 90}
    _write(file, json.dumps(notebook, ensure_ascii=False, indent=1) + "\n")
    return file


def _given(line: str, given: Mapping[str, str]) -> str:
    """A line of the parameters cell with its value in place of the template's."""
    name = line.split(":", maxsplit=1)[0].strip()
    if name not in given:
        return line
    return re.sub(r'= ".*?"', lambda _: f"= {json.dumps(given[name], ensure_ascii=False)}", line, count=1)


def make_schedule(
    workspace: Path, asked: Asked, *, at: str, send: list[dict[str, Any]], to: Iterable[str], name: str = ""
) -> Path:
    """A page, where there is none of that name yet, and a dashboard of its own with the schedule.

    Raises:
        ConfigError, UnknownName: the schedule cannot be meant, or the dashboard is there; nothing was written.
    """
    from ruamel.yaml import YAML

    from deskbook.reports.deliver import read_schedules

    made = page_name(asked, name)
    file, page = workspace / "dashboards" / f"{made}.yaml", workspace / "notebooks" / f"{made}.ipynb"
    if file.exists():
        raise ConfigError(f"There is a dashboard {file.name} already. Choose another name.")
    is_new = not page.exists()
    if is_new:
        make_page(workspace, asked, made)
    schedule = {"name": made, "page": made, "to": list(to), "at": at, "send": send}
    try:
        read_schedules([schedule], dashboard=made, workspace=workspace)
    except BaseException:  # whatever is wrong with the schedule, a page nobody delivers must not stay
        if is_new:
            page.unlink(missing_ok=True)
        raise
    text = io.StringIO()
    yaml = YAML()
    yaml.dump({"title": _title(asked), "pages": [made], "schedules": [schedule]}, text)
    _write(file, text.getvalue())
    return file


def make_test(workspace: Path, asked: Asked, name: str = "", *, period: Callable[[str], Period]) -> Path:
    """Question, plan over fixed days and the numbers it gave, as JSON.

    Raises:
        ConfigError: there is a test of that name.
        BadValue: the question got no answer.
    """
    from deskbook.rag.history import fixed

    if asked.abstained:
        raise BadValue(f"Question {asked.id} got no answer, so there is nothing to test.")
    file = workspace / TESTS / f"{page_name(asked, name)}.json"
    if file.exists():
        raise ConfigError(f"There is a test {file.name} already. Choose another name.")
    numbers = [{key: one[key] for key in ("label", "value", "unit", "shown")} for one in asked.answer["numbers"]]
    held = {"question": asked.question, "plan": fixed(asked.answer["plan"], period), "numbers": numbers, "claims": [],
            "abstain": False, "made": dict(asked.made)}  # fmt: skip
    _write(file, json.dumps(held, ensure_ascii=False, indent=1) + "\n")
    return file


def read_test(file: Path) -> tuple[str, dict[str, Any], Mapping[str, Any]]:
    """The question of a test, what it should be answered, and what that was made with.

    Raises:
        BadValue: the file is no such test.
    """
    try:
        held = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadValue(f"{file} cannot be read as a test: {error}.") from None
    missing = [key for key in KEYS if not isinstance(held, Mapping) or key not in held]
    if missing:
        raise BadValue(
            f"{file} is no test of an answer: it lacks {', '.join(missing)}. Make one: deskbook asked test ID"
        )
    return str(held["question"]), dict(held), held.get("made", {})


def numbers_alone(difference: Difference) -> Difference:
    """What a test looks at: plan and numbers; wording and passages may change."""
    return replace(difference, changes=tuple(one for one in difference.changes if one.kind in ("number", "plan")))


def _title(asked: Asked) -> str:
    words = " ".join(asked.question.split())
    return words if len(words) <= LONGEST_TITLE else f"{words[: LONGEST_TITLE - 1].rstrip()}…"


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
