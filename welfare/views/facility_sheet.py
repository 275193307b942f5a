"""One facility on a page of A4, to hand over at a counter: what stays true after today."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.places.enums import AccessFeature, Answer
from core.places.rules.access import AccessFact, facts_from_json
from core.web.opening import grouped_week
from core.web.public import BRIEFLY, public
from welfare.models import Facility
from welfare.queries.detail import public_facility
from welfare.views.facility_pages import facility_context, facts


@public(max_age=BRIEFLY)
def facility_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Never of a place that must not be found."""
    facility = public_facility(code)
    if facility is None:
        raise Http404(_("이 번호의 복지시설이 없습니다."))
    schedule = facility.schedule()
    context = facility_context(facility, timezone.now()) | {
        "is_large": request.GET.get("size") == "large",
        "hours": [(day.name, day.hours) for day in grouped_week(schedule)] if schedule else [],
        "access": list(_access_words(facility)),
    }
    if schedule:
        # "Open until six today" is no longer true when the paper is read.
        context["facts"] = facts(facility, when="")
    return render(request, "welfare/facility_sheet.html", context)


def _access_words(facility: Facility) -> Iterator[tuple[str, str]]:
    """Tell what there is and what there is not, in a line each."""
    known = facts_from_json(facility.accessibility)
    for answer, term in ((Answer.YES, _("있는 것")), (Answer.NO, _("없는 것"))):
        if told := [_feature(fact) for fact in known if fact.answer == answer]:
            yield term, ", ".join(told)


def _feature(fact: AccessFact) -> str:
    label = str(AccessFeature(fact.feature).label)
    return label if fact.centimetres is None else f"{label} {fact.centimetres} cm"
