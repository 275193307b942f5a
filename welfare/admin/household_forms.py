"""What is asked on a household's page: each form answers what its service wants to be told."""

import uuid
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import User
from core.cases.errors import CaseRefused
from core.cases.files import prepare_sent
from core.web.days import TypedDay
from welfare.admin.household_found import (
    account_of,
    benefit_for_sure,
    benefit_named,
    centre_named,
)
from welfare.enums import (
    CareBenefitState,
    CareConsentTopic,
    CareContactKind,
    CareRelation,
    CounterConsent,
)
from welfare.queries.care_page import CarePage
from welfare.queries.care_words import NEEDS
from welfare.services.care_log import LONGEST_WORDS
from welfare.services.care_records import LONGEST_BENEFIT
from welfare.services.home_visits import HOME_VISIT
from welfare.services.households import LONGEST_ADDRESS, LONGEST_NAME

# Version 1 of what is read to whoever agrees (`CONSENT_VERSION`); docs/households.md keeps it.
CONSENT = (
    "동주민센터가 〈무엇〉에 동의하십니까? 언제든 거두실 수 있고, 거두시면 그때부터 하지 않습니다. "
    "동의하지 않으셔도 상담과 신청은 하실 수 있습니다."
)
NO_NUMBERS = "계정이 있는 분은 ‘내 정보’에서 읽습니다. 주민등록번호는 적지 않습니다."
# What a field of the page is called by the services.
PARAMETERS = {
    "member": "member_id",
    "case": "case_id",
    "visit": "case_id",
    "responsible": "responsible_id",
}


def day(label: str, **told: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **told)


def words(
    label: str, *, rows: int = 3, help_text: str = NO_NUMBERS, **told: Any
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=LONGEST_WORDS, help_text=help_text, widget=widget, **told
    )


def one_of(label: str, among: Any = None, **told: Any) -> forms.TypedChoiceField:
    """Ask for one of an enumeration or, without one, for the number of a row of the page."""
    if among is None:
        return forms.TypedChoiceField(label=label, coerce=int, empty_value=None, **told)
    return forms.TypedChoiceField(label=label, coerce=among, choices=among.choices, **told)


def called_by_services(cleaned: dict[str, Any], *, but: Collection[str] = ()) -> dict[str, Any]:
    return {PARAMETERS.get(name, name): value for name, value in cleaned.items() if name not in but}


class PageForm(forms.Form):
    """A form that knows its household; the same page sent twice does it once."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, page: CarePage, **told: Any) -> None:
        told.setdefault("initial", {"key": uuid.uuid4(), "on": timezone.localdate()})
        super().__init__(*args, **told)
        self.page = page
        self.prepare(page)

    def prepare(self, page: CarePage) -> None:
        """Offer what this household has to choose from."""

    def choose(self, name: str, among: list[tuple[Any, str]]) -> None:
        self.fields[name].choices = among  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """Answer what the service is told, besides the household and who does it."""
        return called_by_services(self.cleaned_data, but={"key"})


class MemberForm(PageForm):
    member = one_of("누구")
    field_order = ("member",)

    def prepare(self, page: CarePage) -> None:
        self.choose("member", [(one.pk, one.name) for one in page.current])


class ContactForm(MemberForm):
    kind = one_of("어떻게", CareContactKind)
    on = day("언제")
    words = words("이야기한 것과 하기로 한 것")
    visit = one_of("어느 가정 방문", required=False)

    def prepare(self, page: CarePage) -> None:
        super().prepare(page)
        visits = [one.row.case for one in page.cases if one.row.case.kind == HOME_VISIT]
        if visits:
            self.choose(
                "visit",
                [
                    ("", "신청 없이"),
                    *((one.pk, f"#{one.pk} {one.get_state_display()}") for one in visits),
                ],
            )
        else:
            del self.fields["visit"]


class PlanForm(MemberForm):
    words = words("할 일", rows=2)
    due = day("언제까지")
    responsible = one_of("담당", required=False)

    def prepare(self, page: CarePage) -> None:
        super().prepare(page)
        self.choose("responsible", [("", "아직 없음"), *page.colleagues])


class NeedForm(MemberForm):
    need = forms.ChoiceField(label="필요한 것")
    words = words("말씀하신 것", rows=2, required=False)

    def prepare(self, page: CarePage) -> None:
        super().prepare(page)
        self.choose("need", [(code, str(title)) for code, title in NEEDS.items()])


class ConsentForm(MemberForm):
    topic = one_of("무엇에", CareConsentTopic, help_text=f"읽어 드리는 말: {CONSENT}")
    way = one_of("어떻게", CounterConsent)
    on = day("동의한 날")


class BenefitForm(MemberForm):
    name = forms.CharField(
        label="급여 이름이나 번호",
        max_length=LONGEST_BENEFIT,
        required=False,
        help_text="목록에 있는 이름이면 그 급여와 잇고, 아니면 들은 대로 적습니다.",
    )
    state = one_of("상태", CareBenefitState)
    on = day("언제부터")
    lasts_until = day("받는 마지막 날", required=False, help_text="정해져 있을 때만 적습니다.")
    case = forms.IntegerField(
        label="급여 신청 번호", required=False, min_value=1, help_text="우리 기관에 낸 신청이면"
    )

    def told(self) -> dict[str, Any]:
        return {**super().told(), "benefit": benefit_named(self.cleaned_data["name"])}


class ApplyForm(MemberForm):
    name = forms.CharField(
        label="급여 이름이나 번호",
        max_length=LONGEST_BENEFIT,
        help_text="목록에 있는 급여. 대신 신청하는 데 동의하신 분만.",
    )
    words = words("덧붙일 말", rows=2, required=False, help_text="시민도 읽습니다.")

    def clean_name(self) -> Any:
        return benefit_for_sure(self.cleaned_data["name"])

    def told(self) -> dict[str, Any]:
        told = super().told()
        return {"benefit": told.pop("name"), **told}


class VisitForm(MemberForm):
    words = words("찾아가는 까닭", rows=2)


class ReferForm(MemberForm):
    """On a page of its own, beside the facility; of those who agreed that others are told."""

    words = words("무엇을 부탁하는지", rows=3, help_text="시민도 읽습니다.")

    def prepare(self, page: CarePage) -> None:
        agreed = {
            one.row.member_id for one in page.consents if one.row.topic == CareConsentTopic.SHARE
        }
        self.choose("member", [(one.pk, one.name) for one in page.current if one.pk in agreed])


class LinkForm(MemberForm):
    case = forms.IntegerField(label="신청 번호", min_value=1)


class FileForm(PageForm):
    case = one_of("어느 신청에")
    file = forms.FileField(
        label="파일",
        help_text="PDF나 사진(JPEG, PNG, WebP), 10MB까지. 파일에 든 작성자와 위치는 지우고 둡니다.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp"}),
    )
    is_told = forms.BooleanField(label="시민도 보게 하기", required=False)
    field_order = ("case", "file", "is_told")

    def prepare(self, page: CarePage) -> None:
        open_ones = [one.row.case for one in page.cases if one.may_open and one.row.case.is_open]
        self.choose("case", [(one.pk, f"{one.title} #{one.pk}") for one in open_ones])

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        try:
            return prepare_sent(sent), sent.name or ""
        except CaseRefused as refused:
            raise forms.ValidationError(str(refused)) from refused

    def told(self) -> dict[str, Any]:
        told = super().told()
        told["file"], told["filename"] = told["file"]
        return told


class AccountFields(forms.Form):
    """Asks whose account it is, if they have one: the page never says what of both is wrong."""

    person: User | None = None
    email = forms.EmailField(
        label="계정의 전자우편",
        required=False,
        help_text="포털에 계정이 있고, 이름이 같을 때만 잇습니다.",
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("name"):
            try:
                self.person = account_of(told.get("email", ""), told["name"])
            except forms.ValidationError as wrong:
                self.add_error("email", wrong)
        return told


class ComingForm(AccountFields, PageForm):
    name = forms.CharField(label="이름", max_length=LONGEST_NAME)
    birth_date = TypedDay(label="생년월일")
    relation = one_of("관계", CareRelation)
    on = day("들어온 날")
    field_order = ("name", "birth_date", "relation", "on", "email")

    def told(self) -> dict[str, Any]:
        told = called_by_services(self.cleaned_data, but={"key", "email"})
        return {**told, "person": self.person}


class LeavingForm(MemberForm):
    on = day("나간 날")


class MovingForm(MemberForm):
    household = forms.IntegerField(label="옮겨 갈 가구 번호", min_value=1)
    relation = one_of("그 가구에서의 관계", CareRelation)
    on = day("옮긴 날")

    def told(self) -> dict[str, Any]:
        told = super().told()
        return {"to_id": told.pop("household"), **told}


class AddressForm(PageForm):
    address = forms.CharField(label="주소", max_length=LONGEST_ADDRESS, required=False)

    def prepare(self, page: CarePage) -> None:
        self.fields["address"].initial = page.household.address


class OfferForm(PageForm):
    centre = forms.CharField(label="받을 동주민센터", max_length=80, help_text="예: 노원구 상계1동")
    words = words("넘기는 까닭", rows=2)
    field_order = ("centre", "words")

    def clean_centre(self) -> Any:
        return centre_named(self.cleaned_data["centre"])

    def told(self) -> dict[str, Any]:
        return {"to": self.cleaned_data["centre"], "reason": self.cleaned_data["words"]}


class WordsForm(PageForm):
    words = words("까닭", rows=2)
    field_order = ("words",)


class RowForm(forms.Form):
    """One row of the page: what is done to it needs no more than its number."""

    row = forms.IntegerField(min_value=1)
    key = forms.UUIDField()

    def told(self) -> dict[str, Any]:
        return called_by_services(self.cleaned_data, but={"key", "row"})


class StateForm(RowForm):
    state = forms.TypedChoiceField(coerce=CareBenefitState, choices=CareBenefitState.choices)
    on = forms.DateField()


class LastDayForm(RowForm):
    lasts_until = forms.DateField(required=False)


class GivenForm(RowForm):
    responsible = forms.IntegerField(min_value=1, required=False)


class ReasonForm(RowForm):
    words = forms.CharField(max_length=LONGEST_WORDS)

    def told(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["words"]}


class OpeningForm(AccountFields):
    """A new household: its head, and where they live."""

    centre = forms.ChoiceField(label="동주민센터")
    name = forms.CharField(label="이름", max_length=LONGEST_NAME, help_text="가구를 대표하는 사람")
    birth_date = TypedDay(label="생년월일")
    address = forms.CharField(label="주소", max_length=LONGEST_ADDRESS, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("centre", "name", "birth_date", "address", "email")

    def __init__(self, *args: Any, centres: list[tuple[int, str]], **told: Any) -> None:
        super().__init__(*args, **told)
        self.fields["centre"].choices = centres  # type: ignore[attr-defined]
