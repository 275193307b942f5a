"""What an officer does with one facility: correct, withdraw, check, enter days that differ."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.models import User
from core.desk.lists import ModelAdmin
from core.places.models import HoursException
from welfare.admin.facility_page import history
from welfare.admin.forms import HoursExceptionForm, ReasonForm, correction_form
from welfare.admin.words import value_words
from welfare.models import Facility, FacilityCorrection
from welfare.services import (
    CORRECTABLE,
    PROTECTED,
    CorrectionRefused,
    add_hours_exception,
    confirm_correction,
    correct_facility,
    remove_hours_exception,
    source_values,
    verify_facility,
    withdraw_correction,
)

View = Callable[..., HttpResponse]


def officer(request: HttpRequest) -> User:
    """Answer who is signed in; the admin lets nobody else in."""
    assert isinstance(request.user, User)  # noqa: S101  (for the type checker)
    return request.user


def back_to(facility: Facility) -> HttpResponse:
    return redirect("admin:welfare_facility_change", facility.pk)


def _refused(request: HttpRequest, facility: Facility) -> HttpResponse:
    """Say before anything is typed that it cannot be kept of a protected facility."""
    messages.error(request, PROTECTED)
    return back_to(facility)


def _page(
    admin: ModelAdmin[Facility], request: HttpRequest, facility: Facility, **context: Any
) -> HttpResponse:
    told = {
        **admin.admin_site.each_context(request),
        "opts": Facility._meta,
        "facility": facility,
        **context,
    }
    return TemplateResponse(request, "admin/welfare/facility/form.html", told)


def correct(
    admin: ModelAdmin[Facility], request: HttpRequest, facility: Facility, field: str
) -> HttpResponse:
    known = CORRECTABLE.get(field)
    if known is None:
        raise Http404
    if facility.is_protected and not known.of_protected:
        return _refused(request, facility)
    proposed = {"value": request.GET["value"]} if request.GET.get("value") else None
    form = correction_form(facility, field, data=request.POST or None, initial=proposed)
    if request.method == "POST" and form.is_valid():
        try:
            correct_facility(
                facility=facility,
                field=field,
                value=form.correct_value(),
                reason=form.cleaned_data["reason"],
                actor=officer(request),
                now=timezone.now(),
            )
        except CorrectionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"‘{known.label}’ 항목을 고쳐 바로 게시했습니다.")
            return back_to(facility)
    told = source_values([facility.pk]).get(facility.pk, {})
    return _page(
        admin,
        request,
        facility,
        title=f"{facility.name}: {known.label} 고치기",
        form=form,
        button="고치고 게시",
        published=value_words(field, getattr(facility, field)),
        source=value_words(field, told.get(field)) if known.has_source else "",
        lines=[line for line in history(facility.pk) if line.change.field == field],
    )


def withdraw(
    admin: ModelAdmin[Facility], request: HttpRequest, facility: Facility, field: str
) -> HttpResponse:
    chosen = FacilityCorrection.objects.made_by_hand().filter(key=facility.pk, field=field)
    correction = chosen.select_related("made_by").first()
    if correction is None:
        messages.error(request, "이미 거둔 수정입니다.")
        return back_to(facility)
    form = ReasonForm(request.POST or None)
    form.fields["reason"].label = "거두는 이유"
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_correction(
                override=correction,
                reason=form.cleaned_data["reason"],
                actor=officer(request),
                now=timezone.now(),
            )
        except CorrectionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "수정을 거두었습니다. 원본 값이 게시됩니다.")
            return back_to(facility)
    told = source_values([facility.pk]).get(facility.pk, {})
    return _page(
        admin,
        request,
        facility,
        title=f"{facility.name}: {CORRECTABLE[field].label} 수정 거두기",
        form=form,
        button="거두기",
        published=value_words(field, correction.value),
        source=value_words(field, told.get(field)),
        lines=[line for line in history(facility.pk) if line.change.field == field],
    )


def confirm(
    admin: ModelAdmin[Facility], request: HttpRequest, facility: Facility, field: str
) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    chosen = FacilityCorrection.objects.made_by_hand().filter(key=facility.pk, field=field)
    if (correction := chosen.first()) is not None:
        confirm_correction(override=correction, actor=officer(request), now=timezone.now())
        messages.success(request, "수정을 그대로 두었습니다.")
    return back_to(facility)


def verify(admin: ModelAdmin[Facility], request: HttpRequest, facility: Facility) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        verify_facility(facility=facility, actor=officer(request), now=timezone.now())
    except CorrectionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "확인했다고 적었습니다.")
    return back_to(facility)


def add_exception(
    admin: ModelAdmin[Facility], request: HttpRequest, facility: Facility
) -> HttpResponse:
    if facility.is_protected:
        return _refused(request, facility)
    form = HoursExceptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            add_hours_exception(
                facility=facility,
                starts=told["starts"],
                ends=told["ends"],
                hours=told["hours"],
                reason=told["reason"],
                actor=officer(request),
                now=timezone.now(),
            )
        except CorrectionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "운영시간 예외를 적었습니다.")
            return back_to(facility)
    title = f"{facility.name}: 운영시간 예외"
    return _page(admin, request, facility, title=title, form=form, button="적기", lines=[])


def remove_exception(
    admin: ModelAdmin[Facility], request: HttpRequest, facility: Facility, number: int
) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    exceptions = HoursException.objects.of(Facility.place_kind, facility.pk)
    if (exception := exceptions.filter(pk=number).first()) is not None:
        remove_hours_exception(exception=exception, actor=officer(request), now=timezone.now())
        messages.success(request, "운영시간 예외를 지웠습니다.")
    return back_to(facility)


ADDRESSES: tuple[tuple[str, str, View], ...] = (
    ("correct", "correct/<str:field>/", correct),
    ("withdraw", "withdraw/<str:field>/", withdraw),
    ("confirm", "confirm/<str:field>/", confirm),
    ("verify", "verify/", verify),
    ("exception_add", "exceptions/add/", add_exception),
    ("exception_remove", "exceptions/<int:number>/remove/", remove_exception),
)
