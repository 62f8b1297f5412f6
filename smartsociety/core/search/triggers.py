"""Triggers that note which rows changed, whoever changed them: a page, the admin or SQL by hand.

They are installed after every migration from what the kinds declare, so that none is forgotten or goes stale.
"""

from django.db import connection

from smartsociety.core.search.kinds import Kind, Watch, all_kinds

PREFIX = "search_notes_"

_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO search_pending (kind, object_id) SELECT {kind}, number FROM ({new}) AS rows(number);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO search_pending (kind, object_id) SELECT {kind}, number FROM ({old}) AS rows(number)
         WHERE TG_OP = 'DELETE' OR number NOT IN (SELECT number FROM ({new}) AS rows(number));
    END IF;
    RETURN NULL;
END $$
"""
_TRIGGER = """
CREATE OR REPLACE TRIGGER {name} AFTER INSERT OR DELETE OR UPDATE {columns} ON {table}
   FOR EACH ROW EXECUTE FUNCTION {name}()
"""


def install(**_signal) -> None:
    """Give every watched table its trigger, and take away those that nothing declares any more."""
    tables = set(connection.introspection.table_names())
    if "search_pending" not in tables:  # on the way back to an empty database
        return
    wanted = {
        _name(kind, watch): (kind, watch)
        for kind in all_kinds()
        for watch in kind.watched()
        if watch.model._meta.db_table in tables
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE starts_with(tgname, %s)", [PREFIX]
        )
        for name, table in cursor.fetchall():
            if name not in wanted:
                cursor.execute(f'DROP TRIGGER "{name}" ON {table}')
        for name, (kind, watch) in wanted.items():
            cursor.execute(_FUNCTION.format(name=name, kind=kind.number, **_rows(watch)))
            columns = f"OF {', '.join(watch.columns)}" if watch.columns else ""
            cursor.execute(_TRIGGER.format(name=name, table=watch.model._meta.db_table, columns=columns))


def missing() -> list[str]:
    """Declared triggers that the database does not have."""
    wanted = {_name(kind, watch) for kind in all_kinds() for watch in kind.watched()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE starts_with(tgname, %s)", [PREFIX])
        return sorted(wanted - {name for (name,) in cursor.fetchall()})


def _name(kind: Kind, watch: Watch) -> str:
    return f"{PREFIX}{kind.number}_{watch.model._meta.db_table}"[:63]


def _rows(watch: Watch) -> dict[str, str]:
    return {row.lower(): watch.rows.replace("ROW.", f"{row}.") for row in ("NEW", "OLD")}
