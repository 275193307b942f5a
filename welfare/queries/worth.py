"""What a benefit is worth a year where a dated figure says it, in words with what it rests on."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.web.wording import in_its_language
from welfare.enums import BenefitPublisher
from welfare.models import BenefitSource
from welfare.queries.benefit_rules import PROGRAMME_OF
from welfare.queries.money import round_words
from welfare.queries.rule_versions import paid_amounts
from welfare.rules.programmes.amounts import MONTHLY, ONCE, Amount, amount_on


@dataclass(frozen=True, slots=True)
class Worth:
    """The sum, how it comes about, where it is written, and whether anybody vouches for it."""

    sentence: str
    basis: str
    source: Any
    verified: bool


def worth_by_benefit(amounts: Sequence[Amount], on: datetime.date) -> Mapping[str, Amount]:
    """Answer what benefits are worth that day; what nobody knows of is left out."""
    rows = BenefitSource.objects.filter(
        source__in=(BenefitPublisher.CENTRAL, BenefitPublisher.LOCAL), source_key__in=PROGRAMME_OF
    )
    told = rows.order_by("source", "source_key").values_list("benefit", "source_key")
    found = ((benefit, amount_on(amounts, PROGRAMME_OF[key], on)) for benefit, key in told)
    return {benefit: amount for benefit, amount in found if amount is not None}


def worth_of(keys: Iterable[str], on: datetime.date) -> Amount | None:
    """Answer what the benefit with these numbers at its publishers is worth that day."""
    programmes = [PROGRAMME_OF[key] for key in keys if key in PROGRAMME_OF]
    amounts = paid_amounts() if programmes else ()
    found = (amount_on(amounts, key, on) for key in programmes)
    return next((one for one in found if one is not None), None)


def worth_in_words(amount: Amount) -> Worth:
    sum_a_year = {"won": round_words(amount.won_a_year)}
    return Worth(
        sentence=(_("1년에 많으면 %(won)s") if amount.is_most else _("1년에 약 %(won)s"))
        % sum_a_year,
        basis=_basis(amount),
        source=in_its_language(amount.source),
        verified=amount.verified,
    )


def worth_as_json(amount: Amount | None) -> dict[str, Any] | None:
    if amount is None:
        return None
    told = worth_in_words(amount)
    return {
        "won": amount.won_a_year,
        "is_most": amount.is_most,
        "text": told.sentence,
        "basis": told.basis,
        "source": amount.source,
        "verified": amount.verified,
    }


def _basis(amount: Amount) -> str:
    told = {"won": round_words(amount.won), "times": amount.times}
    if amount.times == ONCE:
        return _("한 해에 한 번 %(won)s") % told
    if amount.times == MONTHLY:
        return _("달마다 %(won)s") % told
    return _("달마다 %(won)s씩 %(times)s달") % told
