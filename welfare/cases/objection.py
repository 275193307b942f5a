"""What somebody who was refused, or given a part, may do about it, and until when."""

from django.utils import timezone
from django.utils.translation import gettext

from core.cases.models import Case
from core.moments import say_day
from core.places.facts import holiday_name
from welfare.models.application import OBJECTIONABLE, BenefitApplication
from welfare.rules.objections import last_day


def objection_of(case: Case) -> list[tuple[str, object]]:
    """Say it where something was decided against them; a letter that came before counts first."""
    if case.state not in OBJECTIONABLE or case.closed_at is None:
        return []
    told_on = timezone.localdate(case.closed_at)
    until = last_day(told_on, is_holiday=lambda day: holiday_name(day) is not None)
    words = gettext(
        "%(told)s에 처음 아셨다면 %(until)s까지 할 수 있습니다. 결정한 기관의 통지서를 먼저 "
        "받으셨으면 그날부터 세고, 통지서에 다른 기간이 있으면 그 기간을 따릅니다. 아래에서 "
        "바로 하거나, 동주민센터나 결정한 기관에 글로 낼 수 있습니다. 늦은 까닭이 있으면 함께 "
        "적어 주세요."
    )
    said = words % {"told": say_day(told_on), "until": say_day(until)}
    return [(gettext("이의신청"), said)]


def why_open_elsewhere(case: Case) -> str:
    """Say no where the person has asked for the same benefit anew, and that is under way."""
    told = BenefitApplication.objects.filter(case=case).first()
    if told is None or case.person_id is None:
        return ""
    others = BenefitApplication.objects.open_of(case.person_id, told.benefit_id)
    other = others.exclude(case=case).order_by("-case").first()
    if other is None:
        return ""
    words = gettext(
        "같은 급여를 새로 신청하신 것(#%(number)s)이 처리되고 있습니다. 그 신청에 적어 주시거나, "
        "그 신청을 거두신 뒤에 다시 해 주세요."
    )
    return words % {"number": other.case_id}
