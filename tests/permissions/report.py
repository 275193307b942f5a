"""Writes docs/permissions.md: the table of the walk, as a person reads it."""

from django.apps import apps

from tests.permissions.roles import ROLES
from tests.permissions.table import DESKS, NOBODY, PAGES, Desk, Row

HEAD = """# Who may open what

Made from `tests/permissions/table.py` (`WRITE_DOCS=1 pytest tests/permissions`); the same table is
what `tests/permissions/test_walk.py` checks: it asks every address of the portal as every role, and
fails on one that the table does not speak of. An address that anybody may open is in
`tests/architecture/public_addresses.txt` instead.

●: let in. Empty: refused (403, or 404 where even the existence is nobody's business), or sent to
sign in. Staff are asked as they come in: with two factors.
"""


def as_markdown() -> str:
    roles = "\n".join(f"| {name} | {told} |" for name, told in ROLES.items())
    desks = [row for desk in DESKS for row in _rows_of(desk)]
    return (
        f"{HEAD}\n## Roles\n\n| column | who |\n|---|---|\n{roles}\n"
        f"\n## Pages\n\n{_grid([_line(row) for row in PAGES])}"
        f"\n## The desk\n\n{_grid(desks)}"
    )


def _grid(lines: list[tuple[str, frozenset[str]]]) -> str:
    head = f"| | {' | '.join(ROLES)} |\n|---|{'|'.join(':-:' for _ in ROLES)}|\n"
    return head + "".join(
        f"| {what} | {' | '.join('●' if role in open_to else '' for role in ROLES)} |\n"
        for what, open_to in lines
    )


def _line(row: Row) -> tuple[str, frozenset[str]]:
    addresses = "<br>".join(f"`/{route}`" for route in row.routes)
    return f"{row.what}<br>{addresses}", row.open_to


def _rows_of(desk: Desk) -> list[tuple[str, frozenset[str]]]:
    name = apps.get_model(desk.model)._meta.verbose_name
    deeds = {
        "list": desk.lists or NOBODY,
        "take the list along": (desk.lists or desk.look) if desk.exports else NOBODY,
        "look": desk.look,
        "history": desk.history or NOBODY,
        "change": desk.change,
        "add": desk.add,
        "delete": desk.delete,
    }
    told = [(f"{name} (`{desk.model}`): {deed}", who) for deed, who in deeds.items() if who]
    return [*told, *(_line(row) for row in desk.extra)]
