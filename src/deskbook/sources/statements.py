"""A query proved to only read, by sqlglot's grammar of the database it is meant for.

It is the first of two proofs: the database itself is then asked for a read-only transaction
(deskbook.sources.database).
A word of which the grammar knows nothing is refused, too, where it calls what is known to write or to reach out.
"""

from __future__ import annotations

import logging
from itertools import pairwise
from typing import Final

from sqlglot import Dialect, TokenType, exp, parse
from sqlglot.errors import SqlglotError

from deskbook.errors import ConfigError

logging.getLogger("sqlglot").setLevel(logging.ERROR)  # it would log the query

DIALECTS: Final = {
    "postgresql": "postgres",
    "mysql": "mysql",
    "mariadb": "mysql",
    "sqlite": "sqlite",
    "mssql": "tsql",
    "snowflake": "snowflake",
    "oracle": "oracle",
}
WRITES: Final = (
    *(exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Create, exp.Drop, exp.Alter, exp.Command, exp.Copy),
    *(exp.TruncateTable, exp.Set, exp.Pragma, exp.Attach, exp.Detach, exp.Use, exp.Transaction, exp.Grant),
)
REFUSED: Final[dict[str, tuple[str, ...]]] = {
    "reads or writes files of the server": (
        *("pg_read_file", "pg_read_binary_file", "pg_ls_dir", "pg_stat_file", "pg_ls_logdir", "pg_ls_waldir"),
        *("pg_file_write", "pg_file_unlink", "pg_file_rename", "pg_logdir_ls", "lo_import", "lo_export"),
        *("load_file", "readfile", "writefile", "edit", "fts3_tokenizer", "openrowset", "opendatasource"),
    ),
    "reaches another database or host": (
        *("dblink", "dblink_exec", "dblink_connect", "dblink_connect_u", "dblink_send_query", "dblink_open"),
        *("openquery", "http_get", "http_post", "http", "utl_http", "pg_notify"),
    ),
    "runs or loads code": (
        *("load_extension", "sys_exec", "sys_eval", "xp_cmdshell", "query_to_xml", "query_to_xmlschema", "eval"),
        *("query_to_xml_and_xmlschema", "cursor_to_xml", "table_to_xml", "schema_to_xml", "database_to_xml", "ts_stat"),
    ),
    "changes a sequence, a setting or a large object": (
        *(
            "nextval",
            "setval",
            "set_config",
            "lo_create",
            "lo_creat",
            "lo_unlink",
            "lo_put",
            "lowrite",
            "lo_from_bytea",
        ),
        *("last_insert_id", "pg_reload_conf", "pg_rotate_logfile", "pg_switch_wal", "pg_create_restore_point"),
        *("pg_logical_emit_message", "pg_replication_slot_advance", "pg_create_logical_replication_slot"),
        *("pg_create_physical_replication_slot", "pg_drop_replication_slot", "pg_logical_slot_get_changes"),
        *("pg_replication_origin_create", "pg_promote", "pg_stat_reset", "pg_stat_statements_reset", "uuid_short"),
    ),
    "stops, locks or delays other sessions": (
        *("pg_terminate_backend", "pg_cancel_backend", "pg_sleep", "pg_sleep_for", "pg_sleep_until", "sleep"),
        *("benchmark", "get_lock", "release_lock", "release_all_locks", "pg_advisory_lock", "pg_try_advisory_lock"),
        *("pg_advisory_xact_lock", "pg_try_advisory_xact_lock", "pg_advisory_lock_shared", "pg_advisory_unlock"),
        *("master_pos_wait", "source_pos_wait", "wait_for_executed_gtid_set"),
    ),
}
WHY: Final = {name: why for why, names in REFUSED.items() for name in names}


def read_only(query: str, entry: str, backend: str = "postgresql", *, option: str = "query") -> str:
    """The query without its closing semicolon.

    Args:
        backend: SQLAlchemy's name of the database.
        option: of the entry that holds it, for messages.

    Raises:
        ConfigError: it is not exactly one SELECT or WITH statement that only reads.
    """
    place = f"Entry '{entry}': {option}:"
    dialect = Dialect.get_or_raise(DIALECTS.get(backend, ""))
    try:
        statements = [one for one in parse(query, read=dialect) if one is not None and not _is_empty(one)]
    except SqlglotError as error:
        said = str(error).strip().splitlines()[0].rstrip(".")
        raise ConfigError(f"{place} cannot be read as {backend}: {said}. Wanted one SELECT or WITH.") from None
    if len(statements) != 1:
        count = f"{len(statements)} statements" if statements else "nothing"
        raise ConfigError(f"{place} holds {count}; wanted one SELECT or WITH that only reads.")
    statement = statements[0]
    if not isinstance(statement, exp.Select | exp.SetOperation | exp.Subquery):
        begins = query.split(None, 1)[0].upper()
        raise ConfigError(f"{place} begins with {begins}; wanted one SELECT or WITH that only reads.")
    for node in statement.walk():
        if said := _fault(node):
            raise ConfigError(f"{place} {said}; Deskbook only reads from databases. Take it out.")
    _check_words(query, dialect, place)
    return _without_end(query, dialect)


def _is_empty(statement: exp.Expr) -> bool:
    return isinstance(statement, exp.Semicolon)


def _fault(node: exp.Expr) -> str:
    """What is wrong with one part of a query; nothing if it only reads."""
    if isinstance(node, WRITES):
        return f"holds {node.key.upper()}, which writes"
    if isinstance(node, exp.Into) or node.args.get("into"):
        return "holds INTO, which writes what it selects"
    if isinstance(node, exp.Lock) or node.args.get("locks"):
        return "locks rows (FOR UPDATE, FOR SHARE)"
    name = _called(node)
    if name in WHY:
        return f"calls {name}(), which {WHY[name]}"
    return ""


def _called(node: exp.Expr) -> str:
    """The name of the function that a part calls, without its schema."""
    if isinstance(node, exp.Anonymous):
        return str(node.name).lower()
    if isinstance(node, exp.Func):
        return node.sql_name().lower()
    return ""


def _check_words(query: str, dialect: Dialect, place: str) -> None:
    """Look at the words alone as well: what a grammar takes for a column may be a call to the database."""
    tokens = dialect.tokenize(query)
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        name = token.text.lower()
        if after is not None and after.token_type == TokenType.L_PAREN and name in WHY:
            raise ConfigError(f"{place} calls {name}(), which {WHY[name]}; Deskbook only reads from databases.")
    words = [token.text.lower() for token in tokens if token.token_type != TokenType.STRING]
    for first, second in pairwise(words):
        if first == "into" and second in ("outfile", "dumpfile"):
            raise ConfigError(f"{place} holds INTO {second.upper()}, which writes a file; Deskbook only reads.")
    if "/*!" in query or "/*M!" in query:  # MySQL runs what stands in such a comment
        raise ConfigError(f"{place} holds a comment that MySQL would run (/*!). Take it out.")


def _without_end(query: str, dialect: Dialect) -> str:
    """The query up to its semicolon; a comment behind it goes, too, as it may not end."""
    text = query.strip()
    tokens = dialect.tokenize(text)
    while tokens and tokens[-1].token_type == TokenType.SEMICOLON:
        text = text[: tokens[-1].start].rstrip()
        tokens = tokens[:-1]
    return f"{text}\n" if "--" in text or "#" in text else text
