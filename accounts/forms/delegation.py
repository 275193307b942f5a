"""Whom a person names as their helper, and what the helper types to accept."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.enums import MessagesTo
from accounts.models import EVERYTHING, Delegation
from accounts.services.delegation import DIGITS, LONGEST
from core.areas import open_areas
from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.web.filters import NamesSelect

USUAL = datetime.timedelta(days=90)
SOMEBODY = ("", _("아는 사람 (가족, 이웃, 활동지원사 등)"))


def delegated_matters() -> list[tuple[str, Any]]:
    """Answer what can be left to a helper: everything, or the matters of one area."""
    return [(EVERYTHING, _("모든 신청과 상담")), *((one.slug, one.title) for one in open_areas())]


def matters_of(delegation: Delegation) -> str:
    """Answer what was left to a helper, in words."""
    known = dict(delegated_matters())
    return ", ".join(str(known.get(one, one)) for one in delegation.purposes)


def _offices() -> list[tuple[Any, Any]]:
    """Answer somebody, then the partners and the community centres by their kinds."""
    groups: dict[str, list[tuple[str, str]]] = {OfficeKind.PARTNER: [], OfficeKind.CENTRE: []}
    offices = Office.objects.open_on(timezone.localdate()).filter(kind__in=groups)
    for office in offices.by_name():
        name = (office.name_en if get_language() == "en" else "") or office.name
        groups[office.kind].append((str(office.pk), name))
    labels = {OfficeKind.PARTNER: _("단체"), OfficeKind.CENTRE: _("동주민센터")}
    return [SOMEBODY, *((labels[OfficeKind(kind)], among) for kind, among in groups.items())]


class NamingForm(forms.Form):
    office = forms.ChoiceField(
        label=_("누가 돕나요?"), required=False, choices=_offices, widget=NamesSelect
    )
    label = forms.CharField(
        label=_("나만 알아볼 이름"),
        max_length=40,
        help_text=_("예: 큰딸, 옆집 이웃. 나에게만 보입니다."),
    )
    purposes = forms.MultipleChoiceField(
        label=_("무엇을 맡기나요?"),
        choices=delegated_matters,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("도우미는 고른 일만 나를 대신해 보고, 신청하고, 답할 수 있습니다."),
    )
    ends_date = forms.DateField(
        label=_("언제까지 맡기나요?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("이 날까지 맡깁니다. 길어도 1년이고, 언제든 그만둘 수 있습니다."),
    )
    messages_to = forms.ChoiceField(
        label=_("이 일의 알림은 누가 받나요?"),
        choices=MessagesTo.choices,
        widget=forms.RadioSelect,
        initial=MessagesTo.PERSON,
        help_text=_("기관에 맡기면 알림은 나에게만 옵니다."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_date"].initial = timezone.localdate() + USUAL

    def clean_ends_date(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["ends_date"]
        today = timezone.localdate()
        if not today <= day <= today + LONGEST:
            raise ValidationError(_("오늘부터 1년 안의 날을 적어 주세요."))
        return day

    def clean_office(self) -> Office | None:
        chosen = self.cleaned_data["office"]
        return Office.objects.get(pk=chosen) if chosen else None

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("office") and told.get("messages_to") not in (None, MessagesTo.PERSON):
            self.add_error(
                "messages_to",
                _("기관에 맡기면 알림은 나에게만 올 수 있습니다. ‘나에게만’을 골라 주세요."),
            )
        return told


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("번호 8자리"),
        max_length=20,
        help_text=_("종이에 적힌 숫자입니다. 예: 1234 5678"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_code(self) -> str:
        digits = "".join(sign for sign in self.cleaned_data["code"] if sign.isdecimal())
        if len(digits) != DIGITS:
            raise ValidationError(_("숫자 8자리를 모두 적어 주세요."))
        return digits
