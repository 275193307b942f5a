"""Which benefits are programmes that staff keep rules of: these have a name in both languages."""

from collections.abc import Mapping

from core.web.kept import kept
from welfare.enums import BenefitPublisher
from welfare.models import BenefitSource
from welfare.queries.benefit_rules import PROGRAMME_OF
from welfare.queries.rulebook import Rulebook


def programmes_of(book: Rulebook) -> Mapping[str, str]:
    """Answer the programme of each benefit that is one: read once for each state of the data."""
    return kept.get(f"welfare.programmes:{book.version}:{book.on}", _read)


def _read() -> dict[str, str]:
    rows = BenefitSource.objects.filter(
        source__in=(BenefitPublisher.CENTRAL, BenefitPublisher.LOCAL), source_key__in=PROGRAMME_OF
    )
    told = rows.order_by("source", "source_key").values_list("benefit", "source_key")
    return {benefit: PROGRAMME_OF[key] for benefit, key in told}
