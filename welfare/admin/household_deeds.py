"""What the forms of a household's page do: each calls a service, and answers a sentence."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from core.cases.files import prepare_sent
from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.records.reading import system_reading
from welfare.admin import household_forms as asked
from welfare.admin.facility_actions import officer
from welfare.enums import (
    CareBenefitState,
    CareConsentTopic,
    CareContactKind,
    CareRelation,
    CounterConsent,
)
from welfare.models import Benefit, CareHousehold, CareMember
from welfare.services import care_cases, care_handing, care_records, households
from welfare.services.care_log import Click, HouseholdRefused

MOST_NAMED = 10
Told = dict[str, Any]
Do = Callable[[CareHousehold, Told, Click], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One form of the page: what it is called, what it asks, and the key that opens it."""

    title: str
    button: str
    form: type[asked.PageForm]
    do: Do
    access_key: str = ""
    warns: bool = False


def click_of(request: HttpRequest, key: uuid.UUID) -> Click:
    return Click(actor=officer(request), now=timezone.now(), key=key)


def _contact(household: CareHousehold, told: Told, click: Click) -> str:
    care_records.note_contact(
        household=household,
        member_id=int(told["member"]),
        kind=CareContactKind(told["kind"]),
        on=told["on"],
        words=told["words"],
        case_id=int(told["visit"]) if told.get("visit") else None,
        click=click,
    )
    return "만남을 적었습니다."


def _plan(household: CareHousehold, told: Told, click: Click) -> str:
    care_records.plan_step(
        household=household,
        member_id=int(told["member"]),
        words=told["words"],
        due=told["due"],
        responsible_id=int(told["responsible"]) if told["responsible"] else None,
        click=click,
    )
    return "계획을 세웠습니다."


def _need(household: CareHousehold, told: Told, click: Click) -> str:
    care_records.tell_need(
        household=household,
        member_id=int(told["member"]),
        need=told["need"],
        words=told["words"],
        click=click,
    )
    return "필요한 것을 적었습니다."


def _consent(household: CareHousehold, told: Told, click: Click) -> str:
    care_records.take_consent(
        household=household,
        member_id=int(told["member"]),
        topic=CareConsentTopic(told["topic"]),
        way=CounterConsent(told["way"]),
        on=told["on"],
        click=click,
    )
    return "동의를 적었습니다."


def _benefit(household: CareHousehold, told: Told, click: Click) -> str:
    care_records.note_benefit(
        household=household,
        member_id=int(told["member"]),
        benefit=benefit_named(told["name"]),
        name=told["name"],
        state=CareBenefitState(told["state"]),
        on=told["on"],
        case_id=told["case"],
        click=click,
    )
    return "급여를 적었습니다."


def _apply(household: CareHousehold, told: Told, click: Click) -> str:
    line = care_cases.apply_for_member(
        household=household,
        member_id=int(told["member"]),
        benefit=_surely(told["name"]),
        words=told["words"],
        click=click,
    )
    return f"급여 신청 #{line.case_id}을 시작했습니다."


def _visit(household: CareHousehold, told: Told, click: Click) -> str:
    line = care_cases.plan_home_visit(
        household=household, member_id=int(told["member"]), words=told["words"], click=click
    )
    return f"가정 방문 #{line.case_id}을 잡았습니다."


def _refer(household: CareHousehold, told: Told, click: Click) -> str:
    line = care_cases.refer_member(
        household=household, member_id=int(told["member"]), words=told["words"], click=click
    )
    return f"시설 연계 #{line.case_id}를 시작했습니다."


def _link(household: CareHousehold, told: Told, click: Click) -> str:
    care_cases.link_case(
        household=household, member_id=int(told["member"]), case_id=told["case"], click=click
    )
    return "신청을 이었습니다."


def _file(household: CareHousehold, told: Told, click: Click) -> str:
    care_cases.keep_file(
        household=household,
        case_id=int(told["case"]),
        file=prepare_sent(told["file"]),
        filename=told["file"].name or "",
        is_told=told["is_told"],
        click=click,
    )
    return "서류를 붙였습니다."


def _come(household: CareHousehold, told: Told, click: Click) -> str:
    households.add_member(
        household=household,
        name=told["name"],
        birth_date=told["birth_date"],
        relation=CareRelation(told["relation"]),
        on=told["on"],
        person=account_of(told["email"], told["name"]),
        click=click,
    )
    return "가구원을 더했습니다."


def _leave(household: CareHousehold, told: Told, click: Click) -> str:
    households.end_membership(member=_member(household, told["member"]), on=told["on"], click=click)
    return "나간 날을 적었습니다."


def _move(household: CareHousehold, told: Told, click: Click) -> str:
    seen = CareHousehold.objects.visible_to(click.actor)
    to = seen.filter(pk=told["household"]).first()
    if to is None:
        raise HouseholdRefused("우리 동주민센터에 그런 번호의 가구가 없습니다.")
    households.move_member(
        member=_member(household, told["member"]),
        household=to,
        relation=CareRelation(told["relation"]),
        on=told["on"],
        click=click,
    )
    return f"가구 #{to.pk}(으)로 옮겼습니다."


def _address(household: CareHousehold, told: Told, click: Click) -> str:
    households.change_address(household=household, address=told["address"], click=click)
    return "주소를 고쳤습니다."


def _offer(household: CareHousehold, told: Told, click: Click) -> str:
    to = _centre_named(told["centre"].strip())
    care_handing.offer_household(household=household, to=to, reason=told["words"], click=click)
    return f"{to}에 넘기겠다고 했습니다. 받을 때까지 우리 가구입니다."


def _close(household: CareHousehold, told: Told, click: Click) -> str:
    households.close_household(household=household, words=told["words"], click=click)
    return "돌보기를 마쳤습니다."


DEEDS: dict[str, Deed] = {
    "contact": Deed(
        title="만남이나 연락 적기",
        button="적기",
        form=asked.ContactForm,
        do=_contact,
        access_key="c",
    ),
    "plan": Deed(
        title="계획 세우기", button="세우기", form=asked.PlanForm, do=_plan, access_key="p"
    ),
    "need": Deed(
        title="필요한 것 적기", button="적기", form=asked.NeedForm, do=_need, access_key="n"
    ),
    "consent": Deed(
        title="동의 받기", button="적기", form=asked.ConsentForm, do=_consent, access_key="g"
    ),
    "benefit": Deed(
        title="급여 적기", button="적기", form=asked.BenefitForm, do=_benefit, access_key="b"
    ),
    "apply": Deed(title="급여 신청 시작하기", button="신청하기", form=asked.ApplyForm, do=_apply),
    "visit": Deed(
        title="가정 방문 잡기", button="잡기", form=asked.VisitForm, do=_visit, access_key="v"
    ),
    "refer": Deed(title="시설에 연계하기", button="연계하기", form=asked.ReferForm, do=_refer),
    "link": Deed(title="이미 있는 신청 잇기", button="잇기", form=asked.LinkForm, do=_link),
    "file": Deed(title="서류 붙이기", button="붙이기", form=asked.FileForm, do=_file),
    "come": Deed(
        title="가구원 더하기", button="더하기", form=asked.ComingForm, do=_come, access_key="m"
    ),
    "leave": Deed(title="나간 사람 적기", button="적기", form=asked.LeavingForm, do=_leave),
    "move": Deed(title="다른 가구로 옮기기", button="옮기기", form=asked.MovingForm, do=_move),
    "address": Deed(title="주소 고치기", button="고치기", form=asked.AddressForm, do=_address),
    "offer": Deed(
        title="다른 동주민센터에 넘기기",
        button="넘기겠다고 하기",
        form=asked.OfferForm,
        do=_offer,
        warns=True,
    ),
    "close": Deed(
        title="돌보기 마치기", button="마치기", form=asked.WordsForm, do=_close, warns=True
    ),
}


def _end_need(household: CareHousehold, told: Told, click: Click) -> str:
    care_records.end_need(household=household, need_id=told["row"], click=click)
    return "풀렸다고 적었습니다."


def _end_consent(household: CareHousehold, told: Told, click: Click) -> str:
    care_records.end_consent(household=household, consent_id=told["row"], click=click)
    return "동의를 거두었습니다."


def _finish(household: CareHousehold, told: Told, click: Click) -> str:
    care_records.finish_step(household=household, step_id=told["row"], click=click)
    return "했다고 적었습니다."


def _drop(household: CareHousehold, told: Told, click: Click) -> str:
    care_records.drop_step(household=household, step_id=told["row"], click=click)
    return "계획을 거두었습니다."


def _change_benefit(household: CareHousehold, told: Told, click: Click) -> str:
    if not told["state"] or not told["on"]:
        raise HouseholdRefused("상태와 날짜를 함께 적어 주세요.")
    care_records.change_benefit(
        household=household,
        row_id=told["row"],
        state=CareBenefitState(told["state"]),
        on=told["on"],
        click=click,
    )
    return "급여를 고쳤습니다."


def _withdraw(household: CareHousehold, told: Told, click: Click) -> str:
    care_handing.withdraw_offer(household=household, click=click)
    return "넘기지 않기로 했습니다."


ROW_DEEDS: dict[str, Do] = {
    "end-need": _end_need,
    "end-consent": _end_consent,
    "finish": _finish,
    "drop": _drop,
    "change-benefit": _change_benefit,
    "withdraw": _withdraw,
}


def _member(household: CareHousehold, number: str) -> CareMember:
    return CareMember.objects.get(household=household, pk=int(number))


def benefit_named(name: str) -> Benefit | None:
    """Answer the benefit of the catalogue by its number or whole name, where there is only one."""
    told = name.strip()
    listed = Benefit.objects.listed()
    if (known := listed.filter(code=told).first()) is not None:
        return known
    same = list(listed.filter(name=told).order_by("pk")[:2])
    return same[0] if len(same) == 1 else None


def _surely(name: str) -> Benefit:
    if (known := benefit_named(name)) is not None:
        return known
    like = Benefit.objects.listed().filter(name__icontains=name.strip()).order_by("name", "pk")
    found = [f"{one.name} ({one.code})" for one in like[:MOST_NAMED]]
    raise HouseholdRefused(
        f"이런 급여가 있습니다. 번호를 적어 주세요: {', '.join(found)}"
        if found
        else "목록에 없는 급여입니다."
    )


def account_of(email: str, name: str) -> User | None:
    """Answer the account behind a confirmed address, where its name is the same; None unasked."""
    if not email:
        return None
    with system_reading("whether an account is of whom was named"):
        held = EmailAddress.objects.filter(email__iexact=email, verified=True)
        account = held.select_related("user").order_by("pk").first()
    person = account.user if account else None
    same = person is not None and "".join(person.name.split()) == "".join(name.split())
    if not isinstance(person, User) or not same or not person.is_active:
        raise HouseholdRefused("이 이름과 전자우편으로 된 계정이 없습니다.")
    return person


def _centre_named(name: str) -> Office:
    centres = Office.objects.open_on(timezone.localdate()).of_kind(OfficeKind.CENTRE).by_name()
    if name and len(same := list(centres.filter(name=name)[:2])) == 1:
        return same[0]
    found = list(centres.filter(name__icontains=name)[: MOST_NAMED + 1]) if name else []
    if len(found) == 1:
        return found[0]
    names = ", ".join(str(one) for one in found[:MOST_NAMED])
    raise HouseholdRefused(
        f"이름을 더 적어 주세요. 이런 곳이 있습니다: {names}"
        if found
        else "그런 이름의 동주민센터가 없습니다."
    )
