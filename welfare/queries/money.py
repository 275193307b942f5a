"""Sums of won as people say them."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _


def won_words(won: int) -> str:
    return _("%(count)s원") % {"count": f"{won:,}"}


def round_words(won: int) -> str:
    """Say a round sum as people do, where no noughts need be counted: 1억 5,000만 원."""
    if get_language() != "ko" or won % 10_000:
        return won_words(won)
    hundred_millions, rest = divmod(won // 10_000, 10_000)
    parts = [f"{hundred_millions:,}억"] if hundred_millions else []
    parts += [f"{rest:,}만"] if rest else []
    return f"{' '.join(parts) or 0} 원"
