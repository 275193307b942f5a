"""What takes a second person: two households that are one, and those that come from elsewhere."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from core.desk.lists import number_of
from core.records.reading import because
from welfare import permissions
from welfare.admin.household_deeds import click_of
from welfare.admin.household_page import to_household
from welfare.enums import CareAnswer
from welfare.models import CareHandOver, CareHousehold, CareMerge
from welfare.queries.care_duplicates import outlook_of, possible_duplicates
from welfare.services.care_handing import decline_household, take_household
from welfare.services.care_log import LONGEST_WORDS, HouseholdRefused
from welfare.services.care_merging import agree_to_merge, decline_merge, propose_merge

MERGES = "admin:welfare_carehousehold_merges"
PROPOSE = "admin:welfare_carehousehold_propose"
TAKE = "admin:welfare_carehousehold_coming"
CHANGE = "admin:welfare_carehousehold_change"
FOLDER = "admin/welfare/carehousehold"


class AnswerForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label="까닭",
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PairForm(forms.Form):
    """Two households by their numbers, where no list says that they are one."""

    gone = forms.IntegerField(label="합쳐질 가구의 번호", min_value=1)
    kept = forms.IntegerField(label="남을 가구의 번호", min_value=1)


def merges_page(desk: Any, request: HttpRequest) -> HttpResponse:
    """List what waits for a second person, and pairs that may be one household."""
    if not permissions.can_see_households(request.user):
        raise PermissionDenied
    asked = PairForm(request.GET or None)
    if asked.is_valid():
        told = asked.cleaned_data
        return redirect(PROPOSE, gone=told["gone"], kept=told["kept"])
    waiting = CareMerge.objects.waiting().visible_to(request.user).oldest_first()
    context = {
        **desk.admin_site.each_context(request),
        "title": "한 가구일 수 있는 가구",
        "opts": CareHousehold._meta,
        "waiting": list(waiting.select_related("asked_by")),
        "pairs": possible_duplicates(request.user),
        "form": asked,
    }
    return TemplateResponse(request, f"{FOLDER}/merges.html", context)


def propose_page(desk: Any, request: HttpRequest, kept: int, gone: int) -> HttpResponse:
    """Show what a merge of two would do, and let one propose it."""
    seen = {
        one.pk: one
        for one in CareHousehold.objects.visible_to(request.user).filter(pk__in=[kept, gone])
    }
    if kept == gone or len(seen) < len((kept, gone)):
        raise Http404
    to, source = seen[kept], seen[gone]
    works = all(permissions.can_work_on_household(request.user, one) for one in (to, source))
    if request.method == "POST":
        if not works:
            raise PermissionDenied
        form = AnswerForm(request.POST)
        if form.is_valid():
            try:
                merge = propose_merge(
                    kept=to,
                    gone=source,
                    reason=form.cleaned_data["words"],
                    click=click_of(request, form.cleaned_data["key"]),
                )
            except HouseholdRefused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "합치자고 했습니다. 동료가 동의하면 합쳐집니다.")
                return redirect("admin:welfare_carehousehold_merge", merge.pk)
    else:
        form = AnswerForm(initial={"key": uuid.uuid4()})
    return _merge_page(desk, request, to, source, form=form if works else None)


def merge_page(desk: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was proposed, and let a second person agree, or anybody of the centre say no."""
    rows = CareMerge.objects.visible_to(request.user)
    rows = rows.select_related("kept", "gone", "asked_by")
    merge = rows.filter(pk=pk).first()
    if merge is None:
        raise Http404
    works = permissions.works_for_household(request.user, merge.kept)
    form = AnswerForm(request.POST or None, initial={"key": uuid.uuid4()})
    form.fields["words"].label = "합치지 않는다면 그 까닭"
    if request.method == "POST":
        if not works:
            raise PermissionDenied
        if form.is_valid() and (done := _answer(request, merge, form)) is not None:
            return done
    return _merge_page(
        desk,
        request,
        merge.kept,
        merge.gone,
        form=form if works and merge.is_waiting else None,
        merge=merge,
    )


def _answer(request: HttpRequest, merge: CareMerge, form: AnswerForm) -> HttpResponse | None:
    click = click_of(request, form.cleaned_data["key"])
    try:
        if request.POST.get("answer") == "agree":
            agree_to_merge(merge=merge, click=click)
            messages.success(request, f"가구를 합쳤습니다: #{merge.gone_id} → #{merge.kept_id}")
            return redirect(CHANGE, merge.kept_id)
        decline_merge(merge=merge, reason=form.cleaned_data["words"], click=click)
        messages.success(request, "합치지 않기로 했습니다.")
        return redirect(MERGES)
    except HouseholdRefused as refused:
        # Where another has answered meanwhile, the page has no form any more to say it in.
        messages.error(request, str(refused))
        return None


def _merge_page(
    desk: Any,
    request: HttpRequest,
    kept: CareHousehold,
    gone: CareHousehold,
    *,
    form: AnswerForm | None,
    merge: CareMerge | None = None,
) -> HttpResponse:
    because(f"돌보는 가구 #{kept.pk}, #{gone.pk}", office_id=kept.centre_id)
    context = {
        **desk.admin_site.each_context(request),
        "title": f"가구 합치기: #{gone.pk} → #{kept.pk}",
        "opts": CareHousehold._meta,
        "kept": kept,
        "gone": gone,
        "merge": merge,
        "outlook": outlook_of(kept, gone),
        "form": form,
        "may_agree": merge is not None
        and merge.is_waiting
        and permissions.can_agree_to_merge(request.user, merge),
    }
    return TemplateResponse(request, f"{FOLDER}/merge.html", context)


def coming_page(desk: Any, request: HttpRequest) -> HttpResponse:
    """List households that other centres give to those that somebody runs; take one, or do not."""
    if not permissions.runs_a_centre(request.user):
        raise PermissionDenied
    rows = CareHandOver.objects.waiting_for(request.user)
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        number = number_of(request.POST.get("row", ""))
        given = rows.filter(pk=number).first()
        if given is None:
            return _answered(request, number)
        if form.is_valid() and (done := _take(request, given, form)) is not None:
            return done
    living = Count("household__members", filter=Q(household__members__until=None))
    told = rows.select_related("from_centre", "to_centre", "asked_by").annotate(people=living)
    shown = list(told.oldest_first())
    context = {
        **desk.admin_site.each_context(request),
        "title": "넘어오는 가구",
        "opts": CareHousehold._meta,
        "rows": [(one, uuid.uuid4()) for one in shown],
    }
    return TemplateResponse(request, f"{FOLDER}/coming.html", context)


def _answered(request: HttpRequest, number: int) -> HttpResponse:
    """Say that there is an answer; whoever pressed twice goes where the first press led."""
    mine = CareHandOver.objects.filter(pk=number, answered_by=getattr(request.user, "pk", None))
    done = mine.filter(answer=CareAnswer.AGREED).first()
    if done is None:
        messages.warning(request, "이미 답이 나왔습니다.")
        return redirect(TAKE)
    messages.info(request, "이미 받은 가구입니다.")
    return to_household(request, done.household_id)


def _take(request: HttpRequest, given: CareHandOver, form: AnswerForm) -> HttpResponse | None:
    click = click_of(request, form.cleaned_data["key"])
    try:
        if request.POST.get("answer") == "take":
            take_household(hand_over=given, click=click)
            messages.success(request, "가구를 받았습니다.")
            return redirect(CHANGE, given.household_id)
        decline_household(hand_over=given, reason=form.cleaned_data["words"], click=click)
        messages.success(request, "받지 않는다고 알렸습니다.")
        return redirect(TAKE)
    except HouseholdRefused as refused:
        messages.error(request, str(refused))
        return None
