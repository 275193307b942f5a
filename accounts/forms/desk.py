"""What staff type of who works where, and of a centre."""

import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from unfold.widgets import (
    UnfoldAdminEmailInputWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from accounts.models import CommunityCentre, Invitation, Membership, User
from accounts.services.invitations import (
    own_addresses,
    why_no_invitation,
    works_here_already,
)
from accounts.services.memberships import leaves_nobody_in_charge
from core.offices.models import Office
from core.places.rules import (
    hours_as_text,
    hours_from_text,
    normalise_phone,
    normalise_postcode,
    parse_address,
)

if TYPE_CHECKING:
    MembershipForm = forms.ModelForm[Membership]
    PlainCentreForm = forms.ModelForm[CommunityCentre]
    PlainInvitationForm = forms.ModelForm[Invitation]
else:
    MembershipForm = PlainCentreForm = PlainInvitationForm = forms.ModelForm


class InvitingForm(PlainInvitationForm):
    """An address is asked; whose it is, and whether it is anybody's here, is told to nobody."""

    email = forms.EmailField(
        label="전자우편",
        max_length=254,
        help_text="이 주소로 초대 편지를 보냅니다. 그 사람이 로그인해서 받아들이면 소속이 됩니다.",
        widget=UnfoldAdminEmailInputWidget,
    )

    class Meta:
        model = Invitation
        fields = ("email", "office", "role", "starts_date", "ends_date")

    actor: User  # given by the admin

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_date"].initial = timezone.localdate
        self.fields["ends_date"].help_text = "정해지지 않았으면 비워 둡니다."

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"].strip().lower())

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        email, office, role = (told.get(name) for name in ("email", "office", "role"))
        if not (email and isinstance(office, Office) and role):
            return told
        own = own_addresses(self.actor)
        if why := why_no_invitation(self.actor, own=own, email=email, office=office, role=role):
            raise ValidationError(why)
        today = timezone.localdate()
        if works_here_already(email=email, office=office, role=role, on=today):
            raise ValidationError("이미 이 기관에서 이 역할을 맡고 있는 사람입니다.")
        same = Invitation.objects.open_on(today).filter(email=email, office=office, role=role)
        if same.exists():
            raise ValidationError("이 주소를 같은 역할로 이미 초대했습니다.")
        return told


class WithdrawingForm(PlainInvitationForm):
    """What was typed stays as it is; all that can be done is to take it back."""

    withdraw = forms.BooleanField(
        label="초대 거두기",
        help_text="거두면 그 사람은 더는 받아들일 수 없습니다.",
        widget=UnfoldBooleanWidget,
    )

    class Meta:
        model = Invitation
        fields = ()

    actor: User


class LeavingForm(MembershipForm):
    """Somebody leaves: with a last day, or at once."""

    at_once = forms.BooleanField(
        label="지금 바로 끝내기",
        required=False,
        help_text="다음 화면부터 볼 수 없게 됩니다. 마지막 날은 오늘이 됩니다.",
        widget=UnfoldBooleanWidget,
    )
    is_known = forms.BooleanField(
        label="책임자가 없어지는 것을 압니다",
        required=False,
        help_text="기관의 마지막 책임자일 때만 표시합니다. ‘책임자 없는 기관’ 목록에 오릅니다.",
        widget=UnfoldBooleanWidget,
    )

    class Meta:
        model = Membership
        fields = ("ends_date", "at_once", "is_known")

    actor: User

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        last_day, at_once = told.get("ends_date"), told.get("at_once")
        if self.errors:
            return told
        today = timezone.localdate()
        if at_once:
            last_day = today - datetime.timedelta(days=1)
        elif last_day is None:
            raise ValidationError("마지막 날을 적거나 ‘지금 바로 끝내기’를 고르세요.")
        elif last_day < today:
            self.add_error(
                "ends_date", "지난 날로는 끝낼 수 없습니다. 오늘이나 뒤의 날을 적으세요."
            )
            return told
        if not told.get("is_known") and leaves_nobody_in_charge(self.instance, last_day=last_day):
            self.add_error(
                "is_known",
                "이 기관의 마지막 책임자입니다. 먼저 다른 책임자를 정하거나, 알고 있다고 "
                "표시하세요.",
            )
        return told


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holidays")
HOURS_HINT = "09:00-18:00처럼 적습니다. 쉬는 날은 ‘휴무’, 모르면 비워 둡니다."


def _day(label: str) -> forms.CharField:
    return forms.CharField(
        label=f"운영시간 {label}",
        required=False,
        help_text=HOURS_HINT,
        widget=UnfoldAdminTextInputWidget,
    )


class CentreForm(PlainCentreForm):
    """What is true of one centre; what nobody knows stays empty."""

    address = forms.CharField(
        label="도로명주소",
        required=False,
        help_text="예: 서울특별시 종로구 자하문로 92 (궁정동)",
        widget=UnfoldAdminTextInputWidget,
    )
    address_detail = forms.CharField(
        label="상세주소", required=False, widget=UnfoldAdminTextInputWidget
    )
    postcode = forms.CharField(
        label="우편번호", required=False, max_length=5, widget=UnfoldAdminTextInputWidget
    )
    telephone = forms.CharField(
        label="전화번호", required=False, max_length=20, widget=UnfoldAdminTextInputWidget
    )
    mon = _day("월요일")
    tue = _day("화요일")
    wed = _day("수요일")
    thu = _day("목요일")
    fri = _day("금요일")
    sat = _day("토요일")
    sun = _day("일요일")
    holidays = _day("공휴일")

    class Meta:
        model = CommunityCentre
        fields = ("address", "address_detail", "postcode")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["telephone"].initial = self.instance.phone
        known = {} if self.instance.hours is None else hours_as_text(self.instance.hours)
        for name in DAYS:
            self.fields[name].initial = known.get(name, "")

    def clean_address(self) -> str:
        text = self.cleaned_data["address"]
        serves = self.instance.serves
        parsed = parse_address(text, jurisdiction_code=serves.district.code if serves else None)
        if text and parsed.district_code is None:
            raise ValidationError("서울의 주소로 읽을 수 없습니다. 자치구와 길 이름을 적으세요.")
        return str(text)

    def clean_postcode(self) -> str | None:
        text = self.cleaned_data["postcode"]
        if text and normalise_postcode(text) is None:
            raise ValidationError("우편번호는 03047처럼 숫자 다섯 자리입니다.")
        return normalise_postcode(text)

    def clean_telephone(self) -> str | None:
        text = self.cleaned_data["telephone"]
        if text and normalise_phone(text) is None:
            raise ValidationError("걸 수 있는 전화번호가 아닙니다. 02-123-4567처럼 적으세요.")
        return normalise_phone(text)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        typed = {day: told.get(day, "") for day in DAYS}
        for day, text in typed.items():
            try:
                hours_from_text(dict.fromkeys(DAYS, "") | {day: text})
            except ValueError:
                self.add_error(day, f"시간을 읽을 수 없습니다. {HOURS_HINT}")
        if not self.errors:
            try:
                told["hours"] = hours_from_text(typed) if any(typed.values()) else None
            except ValueError:
                self.add_error(None, "자정을 넘긴 시간이 다음 날의 시간과 겹칩니다.")
        return told
