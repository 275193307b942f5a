"""The lines of the directory, each drawn in one go: a template for each costs more than the query.

The markup is that of the design system's components `card`, `badge` and `phone`.
"""

from collections.abc import Iterable

from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.web.templatetags.components import badge, card, distance, phone
from core.web.wording import in_its_language, safe
from welfare.views.facility_words import FacilityCard

FEES_LENGTH = 60


def drawn_list(cards: Iterable[FacilityCard]) -> SafeString:
    return SafeString("".join(f"<li>{drawn(card)}</li>" for card in cards))


def drawn(shown: FacilityCard) -> SafeString:
    """Answer one facility as a card: what it is, where, when, how to reach it."""
    return card(
        SafeString(f'<p class="row">{_badges(shown)}</p><p>{_where(shown)}</p>{_more(shown)}'),
        title=shown.title,
        url=shown.url,
    )


def _badges(shown: FacilityCard) -> str:
    badges = badge(shown.kind, tone="primary")
    if shown.opening:
        badges += badge(shown.opening.word, tone=shown.opening.tone)
    if shown.row.is_accessible:
        badges += badge(_("휠체어 이용 가능"), tone="info")
    return badges


def _where(shown: FacilityCard) -> str:
    row = shown.row
    away = ""
    if row.distance_m is not None:
        away = f"<b>{safe(distance(row.distance_m, about=shown.is_about))}</b> · "
    address = f'<br><span class="soft" lang="ko">{safe(row.address)}</span>' if row.address else ""
    return f"{away}{safe(shown.where)}{address}"


def _more(shown: FacilityCard) -> str:
    row = shown.row
    lines: list[str] = []
    if shown.opening:
        lines.append(safe(shown.opening.sentence))
    if row.fees:
        fees = in_its_language(Truncator(row.fees).chars(FEES_LENGTH))
        lines.append(f"{safe(_('이용 요금'))}: {safe(fees)}")
    if row.phone:
        lines.append(phone(row.phone, label=shown.title))
    return "".join(f"<p>{line}</p>" for line in lines)
