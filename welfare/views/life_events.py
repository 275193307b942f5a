"""Benefits by stage of life and by what happens in one: the entry, and a page an event."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.places.facts import get_district
from core.web.filters import district_choices
from core.web.pagination import PAGE_SIZE, Pager, capped, page_number
from core.web.public import public
from welfare.queries import benefit_cards
from welfare.queries.benefit_programmes import programmes_of
from welfare.queries.benefits import LONG
from welfare.queries.life_events import LIFE_EVENTS, LIFE_STAGES
from welfare.queries.rulebook import rulebook


@public(max_age=300)
def life_event_list(request: HttpRequest) -> HttpResponse:
    stages = [(stage.title, _address(slug)) for slug, stage in LIFE_STAGES.items()]
    events = [(event.title, event.about, _address(slug)) for slug, event in LIFE_EVENTS.items()]
    return render(request, "welfare/life_event_list.html", {"stages": stages, "events": events})


@public(max_age=60)
def life_event(request: HttpRequest, slug: str) -> HttpResponse:
    if (event := (LIFE_EVENTS.get(slug) or LIFE_STAGES.get(slug))) is None:
        raise Http404(_("이 이름의 쪽이 없습니다."))
    number = page_number(request.GET.get("page"))
    named = request.GET.get("district", "")
    district = get_district(named) if named else None
    is_known = district is not None or not named
    if number is None or not is_known or set(request.GET) - {"page", "district"}:
        return HttpResponseRedirect(request.path)
    benefits = event.benefits()
    if district is not None:
        benefits = benefits.for_district(district.code)
    count, is_capped = capped(benefits.order_by().count())
    pager = Pager(number=number, count=count, count_capped=is_capped)
    today = timezone.localdate()
    # Only an English page names programmes besides their Korean names.
    programmes = programmes_of(rulebook(today)) if get_language() == "en" else {}
    shown = benefits.defer(*LONG)[pager.offset : pager.offset + PAGE_SIZE]
    context = {
        "event": event,
        "district": district.name if district else "",
        "districts": district_choices(get_language() or "ko"),
        "pager": pager,
        "cards": [
            benefit_cards.card(one, today, programme=programmes.get(one.code, "")) for one in shown
        ],
    }
    status = 200 if pager.is_in_range else 404
    return render(request, "welfare/life_event.html", context, status=status)


def _address(slug: str) -> str:
    return reverse("welfare:life-event", kwargs={"slug": slug})
