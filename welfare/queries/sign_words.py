"""Says in words why a household has so many points: sign by sign, with what made each so heavy."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.moments import say_day
from welfare.enums import HardshipKind
from welfare.models import HardshipHousehold, HardshipSign
from welfare.queries.hardship import score_of
from welfare.rules.hardship import Part, Score, Weight


@dataclass(frozen=True, slots=True)
class Explained:
    """One sign of a score: what it is, what it adds, and why just so much."""

    title: str
    points: int
    why: str


def explain(score: Score) -> list[Explained]:
    """Explain every sign of a score, the heaviest first; what adds nothing says why."""
    told = [
        Explained(_title(part), part.points, _why(part, score.table.weights[part.sign.kind]))
        for part in score.parts
    ]
    return sorted(told, key=lambda one: -one.points)


def summary(score: Score) -> str:
    """Say the whole in a sentence, and by which table."""
    return _("모두 %(points)s점입니다. %(day)s부터 쓰는 가중치로 셈했습니다.") % {
        "points": score.points,
        "day": say_day(score.table.starts),
    }


def points_in_words(household: HardshipHousehold) -> str:
    """Explain the points to whom the household is known by: their own signs, others' by number.

    What was told of somebody else who lives there is theirs to know.
    """
    signs = [one for one in household.signs.order_by("pk") if _counts(one, household)]
    told = score_of(household, signs)
    if told is None:
        return "–"
    own = [one.member_id == household.member_id for one in signs]
    parts = [part for part, is_own in zip(told.parts, own, strict=True) if is_own]
    lines = [f"{one.title}: {one.why}" for one in explain(replace(told, parts=tuple(parts)))]
    if others := own.count(False):
        lines.append(
            ngettext(
                "함께 사는 사람의 신호 %(number)s건도 셌습니다.",
                "함께 사는 사람의 신호 %(number)s건도 셌습니다.",
                others,
            )
            % {"number": others}
        )
    return " ".join([summary(told), *lines])


def _counts(sign: HardshipSign, household: HardshipHousehold) -> bool:
    return household.weighed_on is not None and sign.month <= household.weighed_on


def _title(part: Part) -> str:
    told = {
        "sign": str(HardshipKind(part.sign.kind).label),
        "month": f"{part.sign.on:%Y-%m}",
    }
    if not part.sign.months:
        return _("%(sign)s (%(month)s)") % told
    months = ngettext("%(months)s개월", "%(months)s개월", part.sign.months) % {
        "months": part.sign.months
    }
    return _("%(sign)s %(months)s (%(month)s)") % (told | {"months": months})


def _why(part: Part, weight: Weight) -> str:
    if part.is_old:
        return _("알려진 지 %(days)s일이 넘어 세지 않습니다.") % {"days": weight.days}
    if part.is_outweighed:
        return _("같은 종류에서 더 무거운 것만 한 번 셉니다.")
    return " ".join(_sentences(part, weight))


def _sentences(part: Part, weight: Weight) -> Iterator[str]:
    yield _("이 신호는 %(points)s점입니다.") % {"points": weight.points}
    further = max(0, (part.sign.months or 1) - 1)
    if further and weight.a_month:
        yield _("둘째 달부터 한 달에 %(each)s점씩 %(months)s달을 더합니다.") % {
            "each": weight.a_month,
            "months": further,
        }
    if weight.points + further * weight.a_month > weight.most:
        yield _("아무리 길어도 %(most)s점까지만 셉니다.") % {"most": weight.most}
