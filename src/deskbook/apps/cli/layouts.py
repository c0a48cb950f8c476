"""Commands on layouts: list, export and import, as YAML that a dashboard's file can hold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from deskbook.apps.cli.options import Json, Workspace, print_json, print_table

layout = typer.Typer(help="Saved layouts of pages: list, export, import.", no_args_is_help=True, rich_markup_mode=None)
Page = Annotated[str, typer.Option(help="Page, by the name of its notebook; all of them if absent.")]


@layout.command("list")
def list_layouts(page: Page = "", workspace: Workspace = "", json: Json = False) -> None:
    """Every layout you may see: yours, those shared with you, and those in dashboards/*.yaml."""
    rows = [
        {
            "page": one.layout.page,
            "name": one.name,
            "owner": one.owner,
            "version": one.version or None,
            "widgets": len(one.layout.widgets),
            "shared": ", ".join(one.shared),
            "changed_at": one.changed_at,
        }
        for one in _layouts(workspace).seen(page)
    ]
    if json:
        print_json(rows)
    else:
        print_table("", rows, ("page", "name", "owner", "version", "widgets", "shared", "changed_at"))


@layout.command("export")
def export_layout(
    name: Annotated[str, typer.Argument(help="Name of a layout, or owner/name.")],
    page: Page = "",
    workspace: Workspace = "",
) -> None:
    """Print a layout as YAML, to keep in a file or under `layouts:` in dashboards/*.yaml."""
    from deskbook.errors import BadValue, UnknownName
    from deskbook.views.layout import text_of

    held = _layouts(workspace)
    seen = held.seen(page)
    pages = dict.fromkeys(one.layout.page for one in seen if name in (one.name, one.address))
    if not pages:
        raise UnknownName("layout", name, {one.name for one in seen})
    if len(pages) > 1:
        raise BadValue(f"'{name}' is a layout of {' and of '.join(pages)}. Say which: --page {next(iter(pages))}")
    found = held.one(next(iter(pages)), name)
    typer.echo(text_of({found.name: found.layout}), nl=False)


@layout.command("import")
def import_layouts(
    file: Annotated[Path, typer.Argument(help="YAML with layouts:, as `deskbook layout export` prints it.")],
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """Save the layouts of a file as yours; one of the same name gets them as its next version."""
    from deskbook.apps.dashboards import check_pages
    from deskbook.errors import ConfigError
    from deskbook.views.kept import layouts_of, read_yaml

    held = _layouts(workspace)
    found = layouts_of(file, read_yaml(file))
    if not found:
        raise ConfigError(f"{file} holds no layouts. Write them under layouts:, as deskbook layout export prints them.")
    check_pages(file.name, found, held.folder.parent)
    made = []
    for name, one in found.items():
        old = [kept for kept in held.seen(one.page) if kept.is_own and kept.name == name]
        if not old or old[0].layout != one:
            old = [held.keep(name, one, seen=old[0].version if old else 0)]
        made.append({"page": one.page, "name": name, "version": old[0].version})
    if json:
        print_json(made)
    else:
        for row in made:
            typer.echo(f"{row['name']} of {row['page']}, version {row['version']}")


def _layouts(workspace: str) -> Any:
    import deskbook
    from deskbook.views.kept import layouts_for

    book: Any = deskbook.open(workspace or None)  # its methods take more than a page asks of them
    return layouts_for(book)
