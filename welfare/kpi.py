"""By which figures the welfare area lets itself be measured; each is read for a day."""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.areas import declared_feeds
from core.cases.queries import standings, told_open
from core.cases.registry import declared_kinds
from core.feeds.models import FeedRun
from core.kpi.declaration import DISTRICT, PERCENT, Dimension, Figure, Indicator, Text, counted
from core.kpi.enums import Better
from core.kpi.rules.small_figures import is_tellable_share, suppressed
from core.places.facts import districts, dongs
from welfare.enums import ProviderLevel
from welfare.models import Benefit
from welfare.models.application import GRANTED, REFUSED, WITHDRAWN
from welfare.queries import take_up
from welfare.queries.benefits import listed_by_provider

AREA = "welfare."
# Beside the dongs and districts: what was asked of a desk of the city.
ELSEWHERE = "elsewhere"
OWNER = _("서울시 복지실")
PORTAL = _("포털 운영 담당")
OUTCOMES: dict[str, Text] = {
    GRANTED: _("받게 됨(일부만 받은 것 포함)"),
    REFUSED: _("받지 못함"),
    WITHDRAWN: _("취하"),
}
AGES: dict[str, Text] = {
    "0": _("이번 주"),
    "1": _("지난주"),
    "2": _("2~3주 전"),
    "3": _("4주보다 전"),
}
A_DAY = datetime.timedelta(days=1)


def _district_names(keys: Collection[str]) -> dict[str, Text]:
    english = get_language() == "en"
    named: dict[str, Text] = {
        one.code[: take_up.DISTRICT_DIGITS]: one.name_en if english else one.name
        for one in districts()
    }
    return named | {ELSEWHERE: _("동주민센터에 낸 것이 아님")}


def _dong_names(keys: Collection[str]) -> dict[str, Text]:
    english = get_language() == "en"
    named: dict[str, Text] = {
        one.code: f"{one.district.name_en} {one.name_en}"
        if english
        else f"{one.district.name} {one.name}"
        for one in dongs()
    }
    return named | {ELSEWHERE: _("동주민센터에 낸 것이 아님")}


def _benefit_names(keys: Collection[str]) -> dict[str, Text]:
    return dict(Benefit.objects.filter(code__in=keys).order_by("code").values_list("code", "name"))


def _feed_titles(keys: Collection[str]) -> dict[str, Text]:
    return {name: feed.title for name, feed in declared_feeds().items() if name.startswith(AREA)}


def _state_titles(keys: Collection[str]) -> dict[str, Text]:
    return {
        f"{kind.slug}:{state.slug}": f"{kind.title}: {state.title}"
        for kind in declared_kinds().values()
        if kind.slug.startswith(AREA)
        for state in kind.states
    }


BY_DISTRICT = Dimension(slug=DISTRICT, title=_("자치구"), names=_district_names)


class OfCentres(Indicator):
    """How many of the 424 centres of the promise; buildings, so that no figure is too small."""

    unit = pgettext_lazy("지표의 단위", "곳")
    better = Better.MORE
    owner = OWNER
    is_retroactive = True
    most = take_up.PROMISED
    dimensions = (BY_DISTRICT,)

    def of(self, codes: Collection[str]) -> Iterator[Figure]:
        number = len(codes)
        yield Figure(number, numerator=number, denominator=take_up.PROMISED)
        by_district = Counter(code[: take_up.DISTRICT_DIGITS] for code in codes)
        for one in districts():
            key = one.code[: take_up.DISTRICT_DIGITS]
            yield Figure(by_district[key], DISTRICT, key)


class CentresOpen(OfCentres):
    slug = "centres-open"
    title = _("문 연 동주민센터")
    definition = _("그날 열려 있는 동주민센터의 수입니다. 사업은 424곳을 약속했습니다.")
    source = _("포털의 기관 목록 (행정안전부 행정동 코드)")

    def read(self, *, day: datetime.date, at: datetime.datetime) -> Iterable[Figure]:
        return self.of(take_up.open_centres_on(day).values())


class CentresInService(OfCentres):
    slug = "centres-in-service"
    title = _("직원이 일하는 동주민센터")
    definition = _(
        "열려 있는 동주민센터 가운데 이 포털로 일하는 직원이 한 명이라도 있는 곳의 수입니다. "
        "사업은 424곳을 약속했습니다."
    )
    source = _("포털의 기관 목록과 직원의 소속 기간")

    def read(self, *, day: datetime.date, at: datetime.datetime) -> Iterable[Figure]:
        centres = take_up.open_centres_on(day)
        return self.of([centres[pk] for pk in take_up.staffed_on(centres, on=day)])


class CentresServing(OfCentres):
    slug = "centres-serving"
    title = _("최근 90일에 시민을 도운 동주민센터")
    definition = _(
        "열려 있는 동주민센터 가운데 90일 안에 신청을 받거나 끝냈거나 창구에서 상담한 곳의 "
        "수입니다. 사업은 424곳을 약속했습니다."
    )
    source = _("포털의 신청 기록과 창구 상담 기록")

    def read(self, *, day: datetime.date, at: datetime.datetime) -> Iterable[Figure]:
        centres = take_up.open_centres_on(day)
        return self.of([centres[pk] for pk in take_up.served_lately(centres, now=at)])


class OpenCases(Indicator):
    slug = "open-cases"
    title = _("처리하고 있는 복지 신청과 민원")
    definition = _(
        "접수했고 아직 끝나지 않은 복지 신청과 민원의 수입니다. 상태와 나이로 나눕니다. "
        "10건 단위로 어림한 수라서, 나눈 수를 더하면 전체와 다를 수 있습니다."
    )
    unit = pgettext_lazy("지표의 단위", "건")
    better = Better.LESS
    owner = OWNER
    source = _("포털의 신청 기록")
    is_public = False
    dimensions = (
        Dimension(slug="state", title=_("상태"), names=_state_titles),
        Dimension(slug="age", title=_("접수한 때"), names=lambda keys: AGES),
    )

    def read(self, *, day: datetime.date, at: datetime.datetime) -> Iterable[Figure]:
        found = [one for one in standings(None, on=day) if one.key.startswith(AREA)]
        states = {one.key: one.number for one in found}
        ages = {key: sum(one.ages[int(key)] for one in found) for key in AGES}
        yield counted(told_open(sum(states.values()), AREA))
        for dimension, parts in (("state", states), ("age", ages)):
            for key, number in parts.items():
                yield counted(told_open(number, dimension, key), dimension, key)


class DaysToDecision(Indicator):
    slug = "days-to-decision"
    title = _("급여 신청을 결정하기까지 걸린 날")
    definition = _(
        "지난 1년에 결정한 급여 신청의 절반은 접수한 때부터 이만큼 안에 결정했습니다(중앙값)."
    )
    unit = pgettext_lazy("지표의 단위", "일")
    better = Better.LESS
    owner = OWNER
    source = _("포털의 신청 기록")
    is_retroactive = True
    decimals = 1

    def read(self, *, day: datetime.date, at: datetime.datetime) -> Iterable[Figure]:
        found = take_up.decisions(now=at)
        # Not of how many: beside the outcomes, that number would tell what is hidden there.
        yield Figure(found.half_within, is_hidden=found.number is None)


class RequestsGranted(Indicator):
    slug = "requests-granted"
    title = _("신청한 급여를 받게 된 비율")
    definition = _(
        "지난 1년에 끝난 급여 신청 가운데 받게 된 것의 비율입니다. 받지 못한 것과 취하한 것도 "
        "함께 셉니다. 높다고 꼭 좋은 것은 아닙니다: 받을 만한 사람만 신청했다는 뜻일 수 있습니다."
    )
    unit = PERCENT
    better = Better.NEITHER
    owner = OWNER
    source = _("포털의 신청 기록")
    is_retroactive = True
    dimensions = (Dimension(slug="outcome", title=_("결과"), names=lambda keys: OUTCOMES),)

    def read(self, *, day: datetime.date, at: datetime.datetime) -> Iterable[Figure]:
        ended = take_up.outcomes(now=at)
        every = ended.total()
        is_told = is_tellable_share(ended[GRANTED], every)
        yield _share(ended[GRANTED] if is_told else None, every)
        # How many were granted is told elsewhere as well, so that the others hide each other.
        told: dict[str, int | None] = {GRANTED: ended[GRANTED]}
        told |= suppressed({state: ended[state] for state in (REFUSED, WITHDRAWN)})
        for state in OUTCOMES:
            yield _share(told[state] if is_told else None, every, "outcome", state)


class BenefitsTakenUp(Indicator):
    slug = "benefits-taken-up"
    title = _("받게 된 급여")
    definition = _(
        "지난 1년에 이 포털로 신청해 받게 된 급여의 수입니다. 시민이 처음 신청한 동주민센터로 "
        "세며, 사는 곳과 다를 수 있습니다. 누구인지 짐작할 수 없도록 10건 단위로 어림한 수라서, "
        "나눈 수를 더하면 전체와 다를 수 있습니다."
    )
    unit = pgettext_lazy("지표의 단위", "건")
    better = Better.MORE
    owner = OWNER
    source = _("포털의 신청 기록")
    is_retroactive = True
    dimensions = (
        BY_DISTRICT,
        Dimension(slug="programme", title=_("급여"), names=_benefit_names, is_ordered=False),
        Dimension(slug="dong", title=_("행정동"), names=_dong_names, is_public=False),
    )

    def read(self, *, day: datetime.date, at: datetime.datetime) -> Iterable[Figure]:
        found = take_up.granted(now=at)
        yield counted(found.number)
        told = (("programme", found.programmes), (DISTRICT, found.districts), ("dong", found.dongs))
        for dimension, parts in told:
            for key, number in parts.items():
                yield counted(number, dimension, key or ELSEWHERE)


class BenefitsListed(Indicator):
    slug = "benefits-listed"
    title = _("찾아볼 수 있는 복지 급여")
    definition = _("서울에 사는 사람이 이 포털에서 찾아볼 수 있는 급여의 수입니다.")
    unit = pgettext_lazy("지표의 단위", "개")
    better = Better.NEITHER
    owner = PORTAL
    source = _("보조금24와 복지로")
    dimensions = (
        Dimension(
            slug="provider",
            title=_("주는 곳의 단계"),
            names=lambda keys: {one.value: one.label for one in ProviderLevel},
        ),
    )

    def read(self, *, day: datetime.date, at: datetime.datetime) -> Iterable[Figure]:
        levels = listed_by_provider()
        yield Figure(sum(levels.values()))
        for level in ProviderLevel.values:
            yield Figure(levels.get(level, 0), "provider", level)


class FeedAge(Indicator):
    slug = "feed-age"
    title = _("가장 오래된 복지 자료의 나이")
    definition = _(
        "다른 기관에서 받는 복지 자료 가운데 마지막으로 잘 받은 지 가장 오래된 것이 며칠 "
        "지났는지입니다. 한 번도 받지 못한 자료가 있으면 값이 없습니다."
    )
    unit = pgettext_lazy("지표의 단위", "일")
    better = Better.LESS
    owner = PORTAL
    source = _("포털의 자료 수신 기록")
    decimals = 1
    dimensions = (Dimension(slug="feed", title=_("자료"), names=_feed_titles),)

    def read(self, *, day: datetime.date, at: datetime.datetime) -> Iterable[Figure]:
        names = [name for name in declared_feeds() if name.startswith(AREA)]
        done = FeedRun.objects.completed().filter(finished_at__lte=at)
        newest = done.latest_of_each(names)
        ages = {run.feed: (at - run.finished_at) / A_DAY for run in newest if run.finished_at}
        yield Figure(max(ages.values()) if ages and len(ages) == len(names) else None)
        for name in names:
            yield Figure(ages.get(name), "feed", name)


def _share(part: int | None, whole: int, dimension: str = "", key: str = "") -> Figure:
    """Answer a share of requests in whole per cent; None is too small to be told, or too large.

    Of how many, it does not say: beside figures in tens, that would be an exact one.
    """
    if not whole:
        return Figure(None, dimension, key)
    if part is None:
        return Figure(None, dimension, key, is_hidden=True)
    return Figure(round(100 * part / whole), dimension, key)


INDICATORS: tuple[type[Indicator], ...] = (
    CentresInService,
    CentresServing,
    CentresOpen,
    BenefitsTakenUp,
    DaysToDecision,
    RequestsGranted,
    OpenCases,
    BenefitsListed,
    FeedAge,
)
