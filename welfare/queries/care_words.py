"""What a household's records are called: the words of the catalogue, and of its log."""

from collections.abc import Mapping

from django.utils.functional import Promise

from welfare.enums import BenefitTheme
from welfare.models import CareNeed
from welfare.queries.life_events import LIFE_EVENTS

# Needs are told in the words by which benefits are found: a theme, or what happens in a life.
NEEDS: Mapping[str, str | Promise] = {
    **{f"theme:{one.value}": one.label for one in BenefitTheme},
    **{f"event:{slug}": event.title for slug, event in LIFE_EVENTS.items()},
}


def need_in_words(row: CareNeed) -> str:
    """Say what somebody needs; a word we no longer know, as it stands."""
    return str(NEEDS.get(row.need, row.need))
