"""What an app declares about the personal data that it keeps: the whole of a person's rights
follows from this (what the portal tells, hands out, erases, and for how long it keeps)."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from django.utils.functional import Promise


class Erasure(Enum):
    """What happens to a row when its person asks to be forgotten, or its time is up."""

    DELETE = "delete"
    ANONYMISE = "anonymise"  # the row stays as a figure; the declared fields are emptied
    KEEP = "keep"  # a law says so, and the holding names it


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What is still going on among the rows of a holding, and ends before its person is erased.

    `rows` are the lookups by which it is found, `title` is what the receipt calls it, `by` the
    dotted name of a function (rows=QuerySet, now=…) -> how many, called before any row goes.
    """

    rows: Mapping[str, object]
    title: str | Promise
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One model with personal data of one person; another holding of it may name another person.

    `person` is the lookup from the model to the user whose data it is (`"person"`,
    `"case__person"`, and `"pk"` for the user itself). `fields` are those that are personal, each
    with what it is called in plain words; every other column of the model says nothing of anybody.
    """

    model: str  # "app_label.Model"
    person: str
    title: str | Promise
    purpose: str | Promise
    legal_basis: str | Promise
    fields: Mapping[str, str | Promise]
    # The dotted name of a function (person id) -> QuerySet, where rows know their person by an
    # address and by no key; `person` is then the field with the address. They are erased first,
    # while it is known whose the address is.
    rows_by: str = ""
    # What says a field in words that the model cannot say itself: the dotted name of a function
    # (row) -> text, by field.
    said_by: Mapping[str, str] = field(default_factory=dict)
    # Which rows are told and handed out, where not all are (notes among colleagues); every row is
    # erased, and every row's reading is told.
    told: Mapping[str, object] = field(default_factory=dict)
    keep: datetime.timedelta | None = None  # after `kept_from`; None: as long as the account
    # The lookup of the field that says since when, where `keep` is given, and what that is called.
    kept_from: str = ""
    kept_since: str | Promise = ""
    erasure: Erasure = Erasure.DELETE
    # Why a row stays, or stays without its fields: statute and article. Required unless deleted.
    law: str | Promise = ""
    # What an anonymised row holds instead, where empty would not do: values or expressions.
    emptied: Mapping[str, object] = field(default_factory=dict)
    # The dotted name of a function (rows=QuerySet, now=…) -> how many, where deleting rows is not
    # all there is to do: those with files, say.
    erased_by: str = ""
    ending: Ending | None = None
    # The field that is a file of the person's, and the field that says what it was called.
    file: tuple[str, str] | None = None
    # The dotted name of who else keeps to `keep`, where it is not the nightly task of this room.
    forgotten_by: str = ""
    # Whether a person is told who read these rows (`/my/access/`). Not so for the traces of staff's
    # own work, which everybody reads who works on the same thing; the reason is required.
    is_watched: bool = True
    # The name of the address where its person changes or ends something of it themselves.
    changed_at: str = ""
    unwatched_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """One thing for which a person may let the portal use one group of facts about them.

    Apps declare theirs in `purposes.py` (`PURPOSES`). Whoever uses the facts asks `has_consent`
    each time, so that a withdrawal ends the use at once. Changed words need a new `version`;
    consents given to a version before `oldest_valid` no longer count.
    """

    slug: str
    facts: str  # the group of facts that it uses, by the name that the owning app gives it
    title: str | Promise
    text: str | Promise  # what the person agrees to, whole
    stops: str | Promise  # what ends when they withdraw, in a sentence
    version: int = 1
    oldest_valid: int = 1
    # The dotted name of a function (person=id, now=…), called in the transaction of the withdrawal
    # where more than the facts was kept for it.
    ended_by: str = ""
