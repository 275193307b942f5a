"""A benefit in the few words of a card: what, from whom, and whether one may apply."""

import datetime
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.web.opening import full_date
from core.web.wording import in_its_language
from welfare.enums import LifeStage
from welfare.models import Benefit
from welfare.queries.fact_names import programme_name
from welfare.rules.deadlines import ALWAYS, CLOSED, OPEN, OPENS


@dataclass(frozen=True, slots=True)
class StandingWords:
    """Whether one may apply, in a word and in a sentence; `tone` is how a badge shows it."""

    word: str
    tone: str
    sentence: str

    @property
    def is_for_now(self) -> bool:
        """Whether one may apply today, as far as anybody knows."""
        return self.tone in {"success", "warning"}


@dataclass(frozen=True, slots=True)
class BenefitCard:
    """One line of the list, ready to be read."""

    url: str
    title: SafeString | str
    summary: SafeString | str
    provider: SafeString | str
    standing: StandingWords
    marks: tuple[str, ...]


def card(benefit: Benefit, today: datetime.date, *, programme: str = "") -> BenefitCard:
    return BenefitCard(
        url=benefit.get_absolute_url(),
        title=named(benefit, programme),
        summary=in_its_language(benefit.summary) if benefit.summary else "",
        provider=provider(benefit),
        standing=standing(benefit, today),
        marks=tuple(str(LifeStage(one).label) for one in benefit.life_stages),
    )


def named(benefit: Benefit, programme: str) -> SafeString | str:
    """Answer the ministry's name; on an English page behind the programme's own, where one has."""
    title = in_its_language(benefit.name)
    if get_language() == "ko" or not programme:
        return title
    return format_html("{} ({})", programme_name(programme), title)


def provider(benefit: Benefit) -> SafeString | str:
    return in_its_language(benefit.provider)


def standing(benefit: Benefit, today: datetime.date) -> StandingWords:
    """Say whether one may apply today; where that is not certain, what is written."""
    found = benefit.standing_on(today)
    opens, closes = (day and full_date(day) for day in (found.opens, found.closes))
    if found.state == ALWAYS:
        return StandingWords(_("언제나 신청"), "success", _("언제나 신청할 수 있습니다."))
    if found.state == OPEN and closes:
        return StandingWords(
            _("신청 받는 중"), "success", _("%(day)s까지 신청할 수 있습니다.") % {"day": closes}
        )
    if found.state == OPEN:
        return StandingWords(_("신청 받는 중"), "success", _("지금 신청할 수 있습니다."))
    if found.state == OPENS:
        told = {"day": opens, "last": closes}
        sentence = (
            _("%(day)s부터 %(last)s까지 신청할 수 있습니다.")
            if closes
            else _("%(day)s부터 신청할 수 있습니다.")
        )
        return StandingWords(_("신청 예정"), "info", sentence % told)
    if found.state == CLOSED:
        ended = _("%(day)s에 신청이 끝났습니다.") % {"day": closes}
        return StandingWords(_("신청 끝남"), "gray", ended)
    return StandingWords(_("기한 확인"), "warning", _("신청 기한은 주는 곳에 물어보세요."))
