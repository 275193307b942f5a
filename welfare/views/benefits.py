"""The catalogue of benefits, and one of them: what, for whom, until when, where and how."""

import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.addresses import changed, plain, spelt, tidied
from core.web.pagination import Pager
from core.web.public import public
from core.web.wording import in_its_language
from welfare.enums import BenefitStatus
from welfare.forms import BenefitFilterForm
from welfare.models import Benefit
from welfare.queries import FiltersRefused, benefit_cards, one_value
from welfare.queries.benefit_filters import read_benefit_filters
from welfare.queries.benefit_rules import (
    PROGRAMME_OF,
    condition_lines,
    outcomes_of,
    plain_text,
    plain_words,
)
from welfare.queries.benefits import (
    KIND,
    BenefitPage,
    benefit_page,
    public_benefit,
    sources_of,
)
from welfare.queries.worth import worth_in_words, worth_of
from welfare.views import benefit_words as words


@public(max_age=60)
def benefit_list(request: HttpRequest) -> HttpResponse:
    given = {name: one_value(name, request.GET.getlist(name)) for name in request.GET}
    query = tidied(given)
    if query != request.GET:
        return HttpResponseRedirect(spelt(plain(query)))
    try:
        page = benefit_page(read_benefit_filters(query))
    except FiltersRefused as refused:
        context = _frame(query, refused.errors) | {"page": None, "heading": _("복지 급여 찾기")}
        return render(request, "welfare/benefit_list.html", context, status=400)
    pager = Pager(
        number=page.filters.page,
        count=page.count,
        size=page.filters.page_size,
        count_capped=page.count_capped,
    )
    context = _frame(query, {}) | _found(query, page, pager)
    status = 200 if pager.is_in_range else 404
    return render(request, "welfare/benefit_list.html", context, status=status)


@public(max_age=60)
def benefit_detail(request: HttpRequest, code: str) -> HttpResponse:
    benefit = public_benefit(code)
    if benefit is None:
        raise Http404(_("이 번호의 복지 급여가 없습니다."))
    if benefit.same_as_id:
        # Not for ever: staff may say that it is another programme after all.
        url = reverse("welfare:benefit-detail", kwargs={"code": benefit.same_as_id})
        return HttpResponseRedirect(url)
    response = render(request, "welfare/benefit_detail.html", _told(benefit))
    # Read by the page cache, which counts how often the page is opened.
    response.thing = (KIND, benefit.code)  # type: ignore[attr-defined]
    return response


def _frame(query: QueryDict, errors: dict[str, str]) -> dict[str, Any]:
    """Answer what is there whether or not the address could be read."""
    shown = words.shown(plain(query))
    form = BenefitFilterForm(shown, errors=errors)
    filters = {"form": form, "q": shown.get("q", "")}
    return {
        "q": shown.get("q", ""),
        "form": form if errors else None,
        "filters_side": render_to_string("welfare/benefit_filters.html", filters),
        "is_filtered": bool(query),
    }


def _found(query: QueryDict, page: BenefitPage, pager: Pager) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "page": page,
        "pager": pager,
        "heading": words.heading(page),
        "cards": [benefit_cards.card(benefit, today) for benefit in page.rows],
        "active": words.active_filters(page.filters, query),
        "asked": changed(query, page_size="").removeprefix("."),
        "first_page": "" if page.rows else changed(query),
    }


def _told(benefit: Benefit) -> dict[str, Any]:
    today = timezone.localdate()
    address = settings.SITE_URL + benefit.get_absolute_url()
    return {
        "benefit": benefit,
        "title": benefit.name,
        "shown_title": benefit_cards.named(benefit, _programme(benefit)),
        "is_retired": benefit.status != BenefitStatus.LISTED,
        "standing": benefit_cards.standing(benefit, today),
        "provider": benefit_cards.provider(benefit),
        "facts": words.facts(benefit, today),
        "texts": words.long_texts(benefit),
        "sources": words.sources(benefit),
        **_kept_by_staff(benefit, today),
        "address": address,
        "apply_link": words.web_address(benefit.apply_link),
        "source_link": words.web_address(benefit.link),
    }


def _programme(benefit: Benefit) -> str:
    keys = (source.source_key for source in sources_of(benefit))
    return next((PROGRAMME_OF[key] for key in keys if key in PROGRAMME_OF), "")


def _kept_by_staff(benefit: Benefit, today: datetime.date) -> dict[str, Any]:
    keys = [source.source_key for source in sources_of(benefit)]
    plain_version = plain_text(benefit)
    outcomes = outcomes_of(benefit, keys)
    lines = condition_lines(benefit, keys, on=today)
    amount = worth_of(keys, today)
    return {
        "worth": worth_in_words(amount) if amount else None,
        "plain": plain_version,
        "is_plain_overdue": plain_version is not None and plain_version.review_by <= today,
        "plain_lines": plain_words(plain_version) if plain_version else [],
        "conditions": [(line.words, in_its_language(line.law), line) for line in lines],
        "outcomes": outcomes,
        "outcome_facts": words.outcomes(outcomes) if outcomes else [],
    }
