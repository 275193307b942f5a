"""Sums of won as people say them."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _


def won_words(won: int) -> str:
    return _("%(count)s원") % {"count": f"{won:,}"}


def about_words(won: int) -> str:
    """Say a sum as people do, to ten thousand won: 약 325만 원."""
    rounded = round(won, -4)
    said = f"{rounded // 10_000:,}만" if get_language() == "ko" else f"{rounded:,}"
    return _("약 %(sum)s 원") % {"sum": said}


def round_words(won: int) -> str:
    """Say a round sum as people do, where no noughts need be counted: 1억 5,000만 원."""
    if get_language() != "ko" or won % 10_000:
        return won_words(won)
    hundred_millions, rest = divmod(won // 10_000, 10_000)
    parts = [f"{hundred_millions:,}억"] if hundred_millions else []
    parts += [f"{rest:,}만"] if rest else []
    return f"{' '.join(parts) or 0} 원"
