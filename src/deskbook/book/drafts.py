"""Adding a source by a form: described, tried, mapped, and only then written into a catalog, its secrets elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from deskbook.access import Actor
from deskbook.book.described import Described, describe, nearer, resolved
from deskbook.book.sampling import Samples, mapped_column, nameless, quiet
from deskbook.catalog import vault
from deskbook.catalog.writing import add_entry, free_name
from deskbook.errors import BadValue, ConfigError, DeskbookError, EmbeddingFailed, UnknownName, about
from deskbook.schema import standard_table
from deskbook.sources import Clock, Entry, Page, source
from deskbook.sources.documents import flatten
from deskbook.sources.editing import HOWS, Line, beyond, lines_of, mapping_of
from deskbook.sources.forms import Form, form
from deskbook.sources.proposals import Proposal, propose
from deskbook.sources.rules import table_rules
from deskbook.sources.trying import Seen, Shown, Word, first_page, raw_rows, seen, shown, words

if TYPE_CHECKING:
    from deskbook.book.book import Book

MAY: Final = ("admin",)
ROWS: Final = 20
"""Rows shown."""
LOOKED_AT: Final = 200
"""Rows a proposal is made from, and words are counted in."""
NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
FILE: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A source as it is described so far.

    Attributes:
        kind: of `forms()`.
        name: of its entry.
        source: what its rows are kept under; its name where empty.
        table: the standard table its rows become; found from them where empty.
        file: the catalog file it is written into, without its ending.
        values: field of the form -> text. They may hold secrets.
        lines: its mapping; proposed where None.
        custom: name of a custom field -> where it comes from.
    """

    kind: str
    name: str = ""
    source: str = ""
    table: str = ""
    file: str = "sources"
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    lines: Sequence[Line] | None = None
    custom: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Look:
    """The first rows of a source, as they are and as they would be kept.

    Attributes:
        heads, rows: as the source holds them.
        fields: what a mapping can name.
        lines: where each standard column comes from.
        confidence: standard column -> how sure the proposal is, from 0 to 1; empty for a mapping of somebody's own.
        unmapped: fields that nothing is made of.
        looked_at: rows that proposal and counts are made from.
        shown: what becomes of the rows, a table each.
        words: column -> the source's words in it.
        problem: why the mapping makes nothing of them, and `field` where it is wrong; empty if it does.
        fixed: why the mapping is not edited here; empty if it can be.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    fields: Sequence[Seen]
    table: str
    shape: str
    lines: Sequence[Line]
    custom: Mapping[str, Any]
    confidence: Mapping[str, float]
    unmapped: Sequence[str]
    looked_at: int
    shown: Sequence[Shown] = ()
    words: Mapping[str, Sequence[Word]] = field(default_factory=dict)
    problem: str = ""
    field: str = ""
    fixed: str = ""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """An entry that was written.

    Attributes:
        file: the catalog file.
        keyring: names under which its secrets stand in the system's keyring.
        to_set: environment variables that are to hold its secrets and are not set yet.
        encoded: whether such a variable stands in an address, where signs of its own are encoded.
    """

    name: str
    file: str
    keyring: tuple[str, ...] = ()
    to_set: tuple[str, ...] = ()
    encoded: bool = False


class Drafts:
    """Sources that somebody adds to a workspace, or maps anew. Only an admin may.

    Raises:
        AccessDenied: from every method, for anybody else.
    """

    def __init__(self, book: Book, actor: Actor, samples: Samples) -> None:
        self._book, self._actor, self._samples = book, actor, samples

    @property
    def may(self) -> bool:
        """Whether whoever asks may add sources."""
        return bool(self._actor.roles & set(MAY))

    @staticmethod
    def read(plain: Mapping[str, Any]) -> Draft:
        """A draft from what a page sends; only its types are seen to here."""
        texts = {one: str(plain[one]).strip() for one in ("kind", "name", "source", "table", "file") if plain.get(one)}
        values = {str(name): str(text) for name, text in (plain.get("values") or {}).items()}
        lines = None if plain.get("lines") is None else [_line(one) for one in plain["lines"]]
        return Draft(**{"kind": "", **texts}, values=values, lines=lines, custom=dict(plain.get("custom") or {}))

    @property
    def catalogs(self) -> Sequence[str]:
        """The catalog files there are, without their endings."""
        self._check()
        return sorted(file.stem for file in self._folder.glob("*.yaml"))

    def forms(self) -> dict[str, Form]:
        """The kinds of source that can be added here, each with what is to be filled in."""
        self._check()
        return dict(form)

    def names(self) -> Sequence[str]:
        """The entries there are."""
        self._check()
        return self._book.catalog.names

    @property
    def has_keyring(self) -> bool:
        """Whether secrets go into the system's keyring; else they are to be set in the environment."""
        return vault.has_keyring()

    def look(self, draft: Draft, *, again: bool = False) -> Look:
        """The first rows of a source, and what its mapping makes of them. Nothing is kept.

        Args:
            again: whether to ask the source, also where its rows are still held.

        Raises:
            ConfigError: a field of the form is wrong.
            SourceError: the source cannot be read, or not in time; carries the field to blame and no secret.
        """
        self._check()
        asked, described = self._described(draft)
        with quiet(described.secrets, asked.blamed), nearer(draft.values, self._folder):
            entry = self._entry(draft, resolved(described, self._folder))
            page = self._page(entry, again)
        found = propose(draft.table or None, flatten(page.rows)) if draft.lines is None else None
        return self._look(entry, page, found, draft.lines, draft.custom)

    def look_at(self, name: str, *, table: str = "", lines: Sequence[Line] | None = None, custom: Any = None) -> Look:
        """The same for an entry that is there, under its own mapping or another one.

        Raises:
            UnknownName: no such entry.
            SourceError: it cannot be read.
        """
        self._check()
        entry = self._book.catalog.entry(name)
        with quiet({}, lambda _: "entry"):
            page = self._page(replace(entry, mapping={}, shape=entry.shape), False)
        if lines is None and not table and (fixed := beyond(entry.mapping, entry.shape)):
            return replace(self._look(entry, page, None, None, {}), fixed=fixed)
        proposed = (
            propose(table or None, flatten(page.rows)) if lines is None and (table or not entry.mapping) else None
        )
        if lines is None and proposed is None:
            fields = [one.text for one in seen(page)]
            lines, custom = lines_of(standard_table(entry.table), entry.mapping, fields)
        chosen = replace(entry, table=table or entry.table, mapping={})
        return self._look(chosen, page, proposed, lines, custom or {})

    def seen(self, name: str) -> str:
        """A sign of the mapping an entry has now, for `remap` to tell whether it is still that."""
        self._check()
        return self._book.catalog.mapping_sign(name)

    def save(self, draft: Draft) -> Kept:
        """Write the entry into its catalog file, and its secrets into the keyring if there is one.

        Raises:
            ConfigError: a name that is taken or cannot be, a mapping that makes nothing.
        """
        self._check()
        name, file = self._named(draft), self._file(draft)
        asked, described = self._described(draft)
        with quiet(described.secrets, asked.blamed):
            tested = self._entry(draft, resolved(described, self._folder))
            source[tested.kind](tested, self._book.clock)
        mapping = self._mapping(tested, draft.lines, draft.custom)
        kept: list[str] = []
        try:
            references = {
                label: self._keep(f"{name}_{label}", value, kept) for label, value in described.secrets.items()
            }
            entry = replace(tested, options=described.written(references), mapping=mapping)
            with about("name"):
                add_entry(file, entry, "Added from the page")
        except DeskbookError:
            for one in kept:
                vault.forget(one)
            raise
        variables = tuple(one[5:-2] for one in references.values() if one.startswith("{env("))
        return Kept(
            name=name, file=f"catalogs/{file.name}", keyring=tuple(kept), to_set=variables, encoded=described.in_address
        )

    def remap(self, name: str, *, table: str, lines: Sequence[Line], custom: Mapping[str, Any], sign: str) -> Kept:
        """Write another mapping of an entry. Rows that were synced before stay as they are until they come again.

        Args:
            sign: of the mapping that was changed, from `seen`.

        Raises:
            Overtaken: somebody changed it first.
        """
        self._check()
        catalog = self._book.catalog
        entry = replace(catalog.entry(name), table=table)
        if fixed := beyond(entry.mapping, entry.shape):
            raise ConfigError(f"Entry '{name}' is mapped in {catalog.file_of(name).name}: {fixed}")
        catalog.write_mapping(name, self._mapping(entry, lines, custom), table=table, sign=sign)
        return Kept(name=name, file=f"catalogs/{catalog.file_of(name).name}")

    def sync(self, name: str) -> dict[str, Any]:
        """Bring an entry up to date now; what it read and what it had to set aside."""
        self._check()
        if name not in self._book.catalog.names:
            raise UnknownName("catalog entry", name, self._book.catalog.names)
        (report,) = self._book.sync(name)
        with suppress(EmbeddingFailed):  # its server is away: the next round of the worker indexes
            self._book.index()
        return report.as_dict()

    @property
    def _folder(self) -> Any:
        return self._book.settings.workspace / "catalogs"

    def _check(self) -> None:
        self._actor.needs(MAY, "Adding a source")

    def _described(self, draft: Draft) -> tuple[Form, Described]:
        with about("kind"):
            held = form[draft.kind]
        return held, describe(held, draft.values)

    def _entry(self, draft: Draft, options: Mapping[str, Any]) -> Entry:
        name = draft.name.strip() or "new"
        return Entry(
            name=name,
            kind=draft.kind,
            source=draft.source.strip() or name,
            table=draft.table,
            options=options,
            folder=self._folder,
        )

    def _page(self, entry: Entry, again: bool) -> Page:
        key = (entry.kind, entry.folder, sorted(entry.options.items(), key=lambda one: one[0]), entry.table)
        clock: Clock = self._book.clock
        return self._samples.page(key, lambda: first_page(source[entry.kind](entry, clock), LOOKED_AT), again=again)

    def _look(
        self, entry: Entry, page: Page, found: Proposal | None, lines: Sequence[Line] | None, custom: Mapping[str, Any]
    ) -> Look:
        fields = seen(page)
        heads, rows = raw_rows(page, ROWS)
        shape = found.shape if found else entry.shape
        table = "" if shape else (found.table if found else entry.table) or "tickets"
        if found and not shape:
            lines, _ = lines_of(standard_table(table), found.mapping, [one.text for one in fields])
        held = Look(
            heads=heads,
            rows=rows,
            fields=fields,
            table=table,
            shape=shape,
            lines=lines or (),
            custom=custom,
            confidence=found.confidence if found else {},
            unmapped=() if shape else _unmapped(fields, lines or (), custom),
            looked_at=page.rows.num_rows + len(page.rejects),
        )
        mapping = entry.mapping if lines is None else {}
        return self._tried(replace(entry, table=table, shape=shape, mapping=mapping), page, held)

    def _tried(self, entry: Entry, page: Page, held: Look) -> Look:
        """The look with what the mapping makes of the rows, or with what is wrong with it."""
        try:
            if held.lines:
                entry = replace(entry, mapping=mapping_of(standard_table(held.table), held.lines, held.custom))
            if not entry.mapping and not entry.shape:
                return replace(held, problem="Nothing is mapped yet. Choose where the columns come from.")
            made = shown(source[entry.kind](entry, self._book.clock), page, ROWS)
            return replace(held, shown=made, words=words(entry, page))
        except DeskbookError as error:
            column = mapped_column(str(error))
            return replace(held, problem=nameless(str(error)), field=error.field or (f"map-{column}" if column else ""))

    def _mapping(self, entry: Entry, lines: Sequence[Line] | None, custom: Mapping[str, Any]) -> dict[str, Any]:
        """What lines make, complete: without what a row needs, every row would be set aside."""
        if entry.shape:
            return {}
        table = standard_table(entry.table)
        made = mapping_of(table, lines or (), custom)
        for column in table.columns:
            if column.required and column.name not in made:
                with about(f"map-{column.name}"):
                    raise BadValue(
                        f"{column.name} comes from nothing, and a row of {table.name} needs it. Choose a field."
                    )
        table_rules(replace(entry, mapping=made))
        return made

    def _named(self, draft: Draft) -> str:
        name = draft.name.strip()
        with about("name"):
            if not NAME.fullmatch(name):
                wanted = "small letters, digits and _, with a letter first"
                raise ConfigError(
                    f"A source's name wants {wanted}, got '{name}'." if name else "The source has no name."
                )
            taken = dict.fromkeys(self._book.catalog.names)
            if name in taken:
                raise ConfigError(f"'{name}' is taken. Free is: {free_name(name, taken)}.")
        return name

    def _file(self, draft: Draft) -> Any:
        if not FILE.fullmatch(draft.file):
            with about("file"):
                raise ConfigError(f"A catalog file is called by small letters, digits, - and _, got '{draft.file}'.")
        return self._folder / f"{draft.file}.yaml"

    def _keep(self, label: str, value: str, kept: list[str]) -> str:
        if not self.has_keyring:
            return f"{{env({label.upper()})}}"
        kept.append(vault.keep(label, value))
        return f"{{keyring({kept[-1]})}}"


def _line(plain: Mapping[str, Any]) -> Line:
    how = plain.get("how", "")
    if how not in HOWS:
        raise UnknownName("way to fill a column", str(how), HOWS)
    told = {one: str(plain.get(one) or "") for one in ("column", "text", "format", "zone")}
    words = {str(word): str(to or "") for word, to in (plain.get("words") or {}).items()}
    return Line(how=how, words=words, **told)


def _unmapped(fields: Sequence[Seen], lines: Sequence[Line], custom: Mapping[str, Any]) -> list[str]:
    used = {line.text for line in lines if line.how == "field"} | {str(one) for one in custom.values()}
    return [one.text for one in fields if one.text not in used]
