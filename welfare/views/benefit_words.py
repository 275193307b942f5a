"""How benefits are said: heading, filters in force, the lines of cards and of one page."""

import datetime
from collections.abc import Iterable, Mapping

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.kpi.rules.small_figures import suppressed
from core.places.facts import get_district
from core.web.addresses import changed
from core.web.filters import ActiveFilter
from core.web.opening import full_date
from core.web.templatetags.components import phone
from core.web.wording import in_its_language, korean_marked
from welfare.enums import (
    BenefitPublisher,
    BenefitTarget,
    BenefitTheme,
    BenefitUser,
    LifeStage,
    OutcomeAnswer,
    ProviderLevel,
)
from welfare.forms import PROVIDER_WORDS
from welfare.models import Benefit
from welfare.queries.benefit_cards import standing
from welfare.queries.benefit_filters import WORDS, BenefitFilters, class_of
from welfare.queries.benefit_rules import Outcomes
from welfare.queries.benefits import BenefitPage, received_at, sources_of
from welfare.queries.decision_days import takes_sentence
from welfare.queries.source_texts import PHONE
from welfare.rules.condition_codes import OLDEST

# 02-000-0000, 1599-0001, 129; what has more than that is no number to call.
# Of these the office that takes applications is told.
TAKEN_IN = "gov24-"
LABELS: Mapping[str, type[TextChoices]] = {
    "life_stage": LifeStage,
    "theme": BenefitTheme,
    "target": BenefitTarget,
}


def heading(page: BenefitPage) -> str:
    """Say how many there are for whom: 노원구에 살면 볼 수 있는 복지 급여 1,204가지."""
    what = _("서울에 사는 사람을 위한 복지 급여")
    if page.filters.district:
        what = _("%(district)s에 사는 사람을 위한 복지 급여") % {"district": _region(page.filters)}
    if not page.count:
        return _("%(what)s: 찾은 것이 없습니다") % {"what": what}
    told = {"what": what, "count": f"{page.count:,}"}
    if page.count_capped:
        return _("%(what)s %(count)s가지 이상") % told
    return _("%(what)s %(count)s가지") % told


def active_filters(filters: BenefitFilters, query: QueryDict) -> list[ActiveFilter]:
    """Tell the filters in force, each with the address of the list without it."""
    told: dict[str, str | Promise] = {"q": filters.q and f"‘{filters.q}’"}
    told |= {
        name: labels(value).label
        for name, labels in LABELS.items()
        if (value := getattr(filters, name))
    }
    told["district"] = _region(filters) if filters.district else ""
    told["provider"] = PROVIDER_WORDS[filters.provider] if filters.provider else ""
    return [
        ActiveFilter(str(label), changed(query, **{name: ""}))
        for name, label in told.items()
        if label
    ]


def shown(given: Mapping[str, str]) -> dict[str, str]:
    """Answer the values as the form's choices spell them: SENIOR is 노년 there."""
    told = dict(given)
    for name, words in WORDS.items():
        found = class_of(name, given.get(name, ""))
        if found:
            told[name] = next(word for word, one in words.items() if one == found)
    district = get_district(given.get("district", ""))
    return told | ({"district": district.name} if district else {})


def facts(benefit: Benefit, today: datetime.date) -> list[tuple[str, object]]:
    """Tell in one list what a citizen asks; what is not known is left out."""
    told: list[tuple[str, object]] = [
        (_("무엇"), in_its_language(benefit.summary or benefit.name)),
        (_("누가"), _joined(benefit.users, BenefitUser)),
        (_("나이"), _ages(benefit)),
        (_("생애주기"), _joined(benefit.life_stages, LifeStage)),
        (_("상황"), _joined(benefit.targets, BenefitTarget)),
        (_("주제"), _joined(benefit.themes, BenefitTheme)),
        (_("언제까지"), standing(benefit, today).sentence),
        (_("신청 기한 (쓰인 대로)"), _korean(benefit.deadline)),
        (_("주는 곳"), korean_marked(f"{benefit.provider} ({_level(benefit)})")),
        (_("받는 방식"), _korean(", ".join(benefit.support_kinds))),
        (_office_label(benefit), _korean(benefit.receiver)),
        (_("걸리는 기간"), takes_sentence(benefit.code, today) or _("아직 알 수 없습니다.")),
        (_("가져갈 것"), "" if benefit.documents else _("담당 기관에 확인")),
        (_("시행 기간"), _in_force(benefit)),
    ]
    return [(name, value) for name, value in told if value]


def _office_label(benefit: Benefit) -> str:
    """Say what the office is: Bokjiro names the division in charge, where nobody can apply."""
    return _("신청하는 곳") if benefit.code.startswith(TAKEN_IN) else _("담당 부서")


def long_texts(benefit: Benefit) -> list[tuple[str, list[SafeString | str]]]:
    """Answer the official texts by heading, each as its lines."""
    told = {
        _("지원 대상"): benefit.target,
        _("선정 기준"): benefit.criteria,
        _("지원 내용"): benefit.content,
        _("신청 방법"): benefit.how_to_apply,
        _("가져갈 것"): benefit.documents,
        _("문의"): benefit.contact,
        _("근거"): benefit.laws,
    }
    asking = told[_("문의")]
    return [
        (title, [_line(line, has_phone=text == asking) for line in text.splitlines() if line])
        for title, text in told.items()
        if text
    ]


def _line(line: str, *, has_phone: bool) -> SafeString | str:
    """Answer a line; of gov24's `office/number` the number is a link that calls it."""
    name, _slash, number = line.rpartition("/")
    if has_phone and PHONE.fullmatch(number):
        return format_html("{} {}", in_its_language(name), phone(number))
    return in_its_language(line)


def sources(benefit: Benefit) -> list[tuple[str, object]]:
    """Tell who says so, under which number, and when it was last received."""
    received = received_at()
    lines: list[tuple[str, object]] = []
    for source in sources_of(benefit):
        told = source.source_key
        if at := received.get(source.source):
            told = _("%(key)s, %(day)s에 확인") % {
                "key": source.source_key,
                "day": full_date(localtime(at).date()),
            }
        lines.append((str(BenefitPublisher(source.source).label), told))
    if benefit.modified_date:
        lines.append((_("제공 기관이 고친 날"), full_date(benefit.modified_date)))
    return lines


def web_address(told: str) -> str:
    """Answer an address on the web; nothing else becomes a link."""
    return told if told.startswith(("https://", "http://")) else ""


def _region(filters: BenefitFilters) -> str:
    district = filters.district
    if district is None:
        return ""
    return district.name_en if get_language() == "en" else district.name


def _labels(values: Iterable[str], labels: type[TextChoices]) -> list[str]:
    return [str(labels(value).label) for value in values]


def _joined(values: Iterable[str], labels: type[TextChoices]) -> str:
    return ", ".join(_labels(values, labels))


def _korean(text: str) -> SafeString | str:
    return in_its_language(text) if text else ""


def _level(benefit: Benefit) -> str:
    return str(ProviderLevel(benefit.provider_level).label)


def _ages(benefit: Benefit) -> str:
    """Say the ages of the tick-boxes; 0 to 120 is everybody, and not worth a word."""
    first, last = benefit.age_from or 0, benefit.age_to
    if last is None or last >= OLDEST:
        return _("만 %(first)s세부터") % {"first": first} if first else ""
    return _("만 %(first)s세부터 %(last)s세까지") % {"first": first, "last": last}


def _in_force(benefit: Benefit) -> str:
    first, last = benefit.in_force_from, benefit.in_force_until
    if not last:
        return ""
    return f"{full_date(first) if first else ''} ~ {full_date(last)}".strip()


def outcomes(told: Outcomes) -> list[tuple[str, object]]:
    """Tell how it went for those who answered, by the words that they chose from."""
    counts = {
        OutcomeAnswer.RECEIVED: told.received,
        OutcomeAnswer.REFUSED: told.refused,
        OutcomeAnswer.NOT_APPLIED: told.not_applied,
        OutcomeAnswer.WAITING: told.waiting,
    }
    parts = suppressed(counts)
    return [(str(one.label), "–" if part is None else str(part)) for one, part in parts.items()]
