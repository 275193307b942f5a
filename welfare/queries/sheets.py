"""What was likely for whom, as bits by the numbers of benefits; sealed by its column alone."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from django.db.models import QuerySet
from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from core.records.reading import system_reading
from welfare.enums import NewsKind
from welfare.models import Benefit, BenefitNews, BenefitSheet, ScreenedBenefit
from welfare.queries.benefit_cards import standing
from welfare.queries.fact_names import OURS, programme_name
from welfare.rules.deadlines import OPEN, OPENS

Bits = NDArray[np.bool_]
Numbers = NDArray[np.intp]


def pack(likely: Bits, numbers: Numbers, before: Sequence[str] = ()) -> list[str]:
    """Write [benefit, household] as one text a household, over the one that each had before.

    Whatever has no row keeps its bit: what a publisher leaves out for a night is no news after it.
    """
    held = [base64.b64decode(text) for text in before or [""] * likely.shape[1]]
    places = max(int(numbers.max(initial=0)) + 1, 8 * max(map(len, held), default=0))
    laid_out = np.zeros((likely.shape[1], places), dtype=np.bool_)
    for row, packed in zip(laid_out, held, strict=True):
        row[: 8 * len(packed)] = np.unpackbits(np.frombuffer(packed, dtype=np.uint8))
    laid_out[:, numbers] = likely.T
    return [base64.b64encode(row.tobytes()).decode() for row in np.packbits(laid_out, axis=1)]


def unpack(texts: Sequence[str], numbers: Numbers) -> Bits:
    """Read texts back as [benefit, household]; a benefit younger than a text is not in it."""
    places = int(numbers.max(initial=0)) + 1
    laid_out = np.zeros((len(texts), places), dtype=np.bool_)
    for row, text in zip(laid_out, texts, strict=True):
        bits = np.unpackbits(np.frombuffer(base64.b64decode(text), dtype=np.uint8))[:places]
        row[: len(bits)] = bits
    return laid_out[:, numbers].T


def names_of_benefits(keys: Iterable[str]) -> dict[str, str]:
    """Answer what benefits and programmes are called, in one query."""
    wanted = set(keys)
    told = Benefit.objects.filter(pk__in=wanted).order_by("pk").values_list("pk", "name")
    return dict(told) | {key: programme_name(key) for key in wanted & OURS.keys()}


def likely_in_words(row: BenefitSheet) -> str:
    """Say of one person's sheet which benefits it holds (asked by the person's own download)."""
    likely = _held(row, ScreenedBenefit.objects.all())
    names = names_of_benefits(likely)
    # What is told under another name is held beside it.
    return ", ".join(dict.fromkeys(names.get(key, key) for key in likely)) or _("없음")


def likely_of(row: BenefitSheet) -> list[str]:
    """Answer which benefits that are listed now one person's sheet holds: one query."""
    listed = Benefit.objects.listed().values("pk")
    return _held(row, ScreenedBenefit.objects.filter(key__in=listed))


def _held(row: BenefitSheet, screened: QuerySet[ScreenedBenefit]) -> list[str]:
    told = screened.order_by("number").values_list("key", "number")
    keys, numbers = zip(*told, strict=True) if told else ((), ())
    held = unpack([row.likely], np.array(numbers, dtype=np.intp)).ravel()
    return [key for key, is_likely in zip(keys, held, strict=True) if is_likely]


def news_in_words(row: BenefitNews) -> str:
    """Say what somebody was told: the benefit, and why."""
    told: Mapping[str, Any] = row.news
    name = names_of_benefits([told["benefit"]]).get(told["benefit"], told["benefit"])
    return f"{name}: {news_phrase(told['kind'], told.get('day', ''))}"


def told_lines(numbers: Sequence[int]) -> list[str]:
    """Say what a message tells of by its numbers, in their order; what is gone is not said."""
    with system_reading("what a message tells the person whose it is"):
        rows = {row.pk: row for row in BenefitNews.objects.filter(pk__in=numbers).order_by("pk")}
    keys = {row.news["benefit"] for row in rows.values()}
    names, when = names_of_benefits(keys), Benefit.objects.in_bulk(sorted(keys))
    told = [rows[number] for number in numbers if number in rows]
    return [
        f"{names.get(row.news['benefit'], row.news['benefit'])}: "
        f"{news_phrase(row.news['kind'], row.news['day'])}{_until(row, when)}"
        for row in told
    ]


def _until(row: BenefitNews, benefits: Mapping[str, Benefit]) -> str:
    """Say of what was gained until or from when it can be applied for, where that is known."""
    benefit = benefits.get(row.news["benefit"]) if row.is_gain else None
    if benefit is None:
        return ""
    found = benefit.standing_on(row.told_on)
    is_dated = found.state == OPENS or (found.state == OPEN and found.closes is not None)
    return f". {standing(benefit, row.told_on).sentence}" if is_dated else ""


def news_phrase(kind: str, day: str) -> str:
    """Say why somebody is told of a benefit, in the language of who reads it."""
    phrase = str(NewsKind(kind).label) if kind in NewsKind.values else ""
    told = parse_date(day) if day else None
    return f"{phrase} ({formats.date_format(told, _('Y년 n월 j일'))})" if told else phrase
