"""What can be done on a household's page: by which form, which service, and what is said of it."""

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from welfare.admin import household_forms as asked
from welfare.admin.facility_actions import officer
from welfare.enums import CareRelation
from welfare.models import CareHousehold, CareMember
from welfare.services import care_cases, care_consents, care_handing, care_records, households
from welfare.services.care_log import Click, HouseholdRefused

# A service: (household=…, click=…, what the form tells) -> what was done.
Service = Callable[..., Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One form of the page; `done` is said of what the service answers, which it knows as `it`."""

    title: str
    button: str
    form: type[asked.PageForm]
    service: Service
    done: str
    access_key: str = ""
    warns: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDeed:
    """What is done to one row of the page; `row` is what its service calls the row's number."""

    row: str = ""
    form: type[asked.RowForm] = asked.RowForm
    service: Service
    done: str
    # Whether it can be done where the care has ended.
    is_done_late: bool = False


def click_of(request: HttpRequest, key: uuid.UUID) -> Click:
    return Click(actor=officer(request), now=timezone.now(), key=key)


def _leave(
    *, household: CareHousehold, member_id: int, on: datetime.date, click: Click
) -> CareMember:
    return households.end_membership(member=_member(household, member_id), on=on, click=click)


def _move(
    *,
    household: CareHousehold,
    member_id: int,
    to_id: int,
    relation: CareRelation,
    on: datetime.date,
    click: Click,
) -> CareMember:
    to = CareHousehold.objects.visible_to(click.actor).filter(pk=to_id).first()
    if to is None:
        raise HouseholdRefused("우리 동주민센터에 그런 번호의 가구가 없습니다.")
    member = _member(household, member_id)
    return households.move_member(
        member=member, household=to, relation=relation, on=on, click=click
    )


def _member(household: CareHousehold, member_id: int) -> CareMember:
    member = CareMember.objects.filter(household=household, pk=member_id).first()
    if member is None:  # merged or moved since the page was made
        raise HouseholdRefused("이 사람은 이미 이 가구에서 나갔습니다.")
    return member


DEEDS: dict[str, Deed] = {
    "contact": Deed(
        title="만남이나 연락 적기",
        button="적기",
        form=asked.ContactForm,
        service=care_records.note_contact,
        done="만남을 적었습니다.",
        access_key="c",
    ),
    "plan": Deed(
        title="계획 세우기",
        button="세우기",
        form=asked.PlanForm,
        service=care_records.plan_step,
        done="계획을 세웠습니다.",
        access_key="p",
    ),
    "need": Deed(
        title="필요한 것 적기",
        button="적기",
        form=asked.NeedForm,
        service=care_records.tell_need,
        done="필요한 것을 적었습니다.",
        access_key="n",
    ),
    "consent": Deed(
        title="동의 받기",
        button="적기",
        form=asked.ConsentForm,
        service=care_consents.take_consent,
        done="동의를 적었습니다.",
        access_key="g",
    ),
    "benefit": Deed(
        title="급여 적기",
        button="적기",
        form=asked.BenefitForm,
        service=care_records.note_benefit,
        done="급여를 적었습니다.",
        access_key="b",
    ),
    "apply": Deed(
        title="급여 신청 시작하기",
        button="신청하기",
        form=asked.ApplyForm,
        service=care_cases.apply_for_member,
        done="급여 신청을 시작했습니다: #{it.case_id}",
    ),
    "visit": Deed(
        title="가정 방문 잡기",
        button="잡기",
        form=asked.VisitForm,
        service=care_cases.plan_home_visit,
        done="가정 방문을 잡았습니다: #{it.case_id}",
        access_key="v",
    ),
    "file": Deed(
        title="서류 붙이기",
        button="붙이기",
        form=asked.FileForm,
        service=care_cases.keep_file,
        done="서류를 붙였습니다.",
    ),
    "come": Deed(
        title="가구원 더하기",
        button="더하기",
        form=asked.ComingForm,
        service=households.add_member,
        done="가구원을 더했습니다.",
        access_key="m",
    ),
    "link": Deed(
        title="이미 있는 신청 잇기",
        button="잇기",
        form=asked.LinkForm,
        service=care_cases.link_case,
        done="신청을 이었습니다.",
    ),
    "leave": Deed(
        title="나간 사람 적기",
        button="적기",
        form=asked.LeavingForm,
        service=_leave,
        done="나간 날을 적었습니다.",
    ),
    "move": Deed(
        title="다른 가구로 옮기기",
        button="옮기기",
        form=asked.MovingForm,
        service=_move,
        done="다른 가구로 옮겼습니다: 가구 #{it.household_id}",
    ),
    "address": Deed(
        title="주소 고치기",
        button="고치기",
        form=asked.AddressForm,
        service=households.change_address,
        done="주소를 고쳤습니다.",
    ),
    "offer": Deed(
        title="다른 동주민센터에 넘기기",
        button="넘기겠다고 하기",
        form=asked.OfferForm,
        service=care_handing.offer_household,
        done="넘기겠다고 했습니다. 받을 때까지 우리 가구입니다.",
        warns=True,
    ),
    "close": Deed(
        title="돌보기 마치기",
        button="마치기",
        form=asked.WordsForm,
        service=households.close_household,
        done="돌보기를 마쳤습니다.",
        warns=True,
    ),
}

ROW_DEEDS: dict[str, RowDeed] = {
    "end-need": RowDeed(row="need_id", service=care_records.end_need, done="풀렸다고 적었습니다."),
    "end-consent": RowDeed(
        row="consent_id",
        service=care_consents.end_consent,
        done="동의를 거두었습니다.",
        is_done_late=True,
    ),
    "finish": RowDeed(row="step_id", service=care_records.finish_step, done="했다고 적었습니다."),
    "drop": RowDeed(row="step_id", service=care_records.drop_step, done="계획을 거두었습니다."),
    "give": RowDeed(
        row="step_id",
        form=asked.GivenForm,
        service=care_records.give_step,
        done="담당을 정했습니다.",
    ),
    "change-benefit": RowDeed(
        row="row_id",
        form=asked.StateForm,
        service=care_records.change_benefit,
        done="급여를 고쳤습니다.",
    ),
    "last-day": RowDeed(
        row="row_id",
        form=asked.LastDayForm,
        service=care_records.set_last_day,
        done="받는 마지막 날을 적었습니다.",
    ),
    "untie": RowDeed(
        row="case_id",
        form=asked.ReasonForm,
        service=care_cases.untie_case,
        done="이 가구에서 신청을 뗐습니다.",
    ),
    "withdraw": RowDeed(service=care_handing.withdraw_offer, done="넘기지 않기로 했습니다."),
}
