"""What a model says of a table that only grows: the application's role may not take it back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Rows go in and stay as they were written.

    Triggers of the owner's say so to everybody; the application's role has no right to try. What
    is left open here, a trigger holds to its one lawful case (`docs/records.md` lists them).
    """

    # Foreign keys that are emptied when what they point at goes.
    emptied: tuple[str, ...] = ()
    # Whether rows go with what they are about; checked at the end of the transaction.
    removed: bool = False
