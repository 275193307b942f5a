"""What the programmes are worth in money, as the dated tables of what is paid say it."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from welfare.rules.figures import PAID, StoredFigure
from welfare.rules.programmes.figures import LONG_AGO
from welfare.rules.programmes.payments import MONTHLY, ONCE, PAYMENTS

__all__ = ["AMOUNTS", "MONTHLY", "ONCE", "Amount", "amount_on", "amounts_of", "amounts_since"]


@dataclass(frozen=True, slots=True)
class Amount:
    """`won` are paid so many `times` within a year; `is_most` where many are paid less.

    A figure that nobody has compared with its source is unverified, and is told as such.
    """

    programme: str
    won: int
    times: int
    source: str
    since: datetime.date = LONG_AGO
    is_most: bool = False
    verified: bool = False
    until: datetime.date | None = None

    @property
    def won_a_year(self) -> int:
        return self.won * self.times

    def counts_on(self, day: datetime.date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


def amounts_of(figures: Iterable[StoredFigure]) -> tuple[Amount, ...]:
    """Answer what is paid by the tables that say it."""
    return tuple(
        Amount(
            one.name.removeprefix(PAID),
            one.amounts[0],
            one.payments,
            ", ".join(filter(None, (one.law, one.notice))),
            one.since,
            one.is_most,
            one.verified,
            one.until,
        )
        for one in figures
        if one.payments is not None and one.name.startswith(PAID) and one.amounts
    )


AMOUNTS = amounts_of(PAYMENTS)


def amount_on(amounts: Sequence[Amount], programme: str, day: datetime.date) -> Amount | None:
    """Answer the newest figure of a programme that counts on a day; None where nobody knows one."""
    known = [one for one in amounts if one.programme == programme and one.counts_on(day)]
    return max(known, key=lambda one: one.since, default=None)


def amounts_since(amounts: Sequence[Amount], day: datetime.date) -> datetime.date:
    """Answer since when the figures have been as they are on a day."""
    turned = {one.since for one in amounts} | {one.until for one in amounts if one.until}
    return max((one for one in turned if one <= day), default=LONG_AGO)
