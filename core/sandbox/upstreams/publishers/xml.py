"""Writes rows as XML elements, as both publishers do."""

from collections.abc import Iterable

from core.sandbox.upstreams.serving.tables import Row

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
NOT_IN_XML = {code: None for code in range(32) if chr(code) not in "\t\n\r"}


def escaped(value: str) -> str:
    if "&" in value or "<" in value or ">" in value:
        value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return value if value.isprintable() else value.translate(NOT_IN_XML)


def elements(name: str, rows: Iterable[Row]) -> str:
    return "".join(f"<{name}>{_fields(row)}</{name}>" for row in rows)


def _fields(row: Row) -> str:
    return "".join(
        f"<{field}>{escaped(str(value))}</{field}>" if value is not None else f"<{field}/>"
        for field, value in row.items()
    )
