"""Pages about oneself, helpers, and the desk's lists of people, as a browser shows them."""

import datetime
import os
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.enums import FactGroup, MessagesTo, Role
from accounts.models import EVERYTHING, Delegation, Invitation
from accounts.services import (
    accept_delegation,
    invite,
    link_token,
    name_helper,
    record_acting,
    tell_facts,
)
from core.records.enums import Channel
from tests.accounts.factories import (
    SAJIK,
    again,
    make_centre,
    make_manager,
    make_person,
    make_worker,
)
from tests.e2e.look import NARROW, WIDE, Look
from tests.e2e.test_admin_pages import serious_faults

DAY = datetime.timedelta(days=1)
# Where the pages are drawn for somebody to look at; nowhere unless it is named.
PICTURES = os.environ.get("PICTURES")


def draw(page, name):
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.fixture
def told(resident):
    """Somebody who has told of themselves, and is helped."""
    facts = {
        FactGroup.BASICS: {
            "birth_date": datetime.date(1958, 3, 2), "district_code": "1111000000",
            "dong_code": SAJIK,
        },
        FactGroup.HOUSEHOLD: {"members": [{"relation": "CHILD", "age": 7, "age_on": "2026-01-01"}]},
        FactGroup.CIRCUMSTANCES: {"income": "UP_TO_50", "household": ["VETERAN"]},
        FactGroup.CONTACT: {"channel": "PHONE", "languages": ["ko", "vi"]},
    }  # fmt: skip
    purposes = {
        FactGroup.BASICS: "accounts.centre",
        FactGroup.HOUSEHOLD: "accounts.eligibility_household",
        FactGroup.CIRCUMSTANCES: "accounts.eligibility_circumstances",
        FactGroup.CONTACT: "accounts.contact",
    }
    for group, known in facts.items():
        tell_facts(
            person=resident,
            group=group,
            facts=known,
            purposes={purposes[group]},
            channel=Channel.WEB,
            now=timezone.now(),
        )
    return resident


def name(person) -> Delegation:
    return name_helper(
        person=person,
        label="큰딸",
        purposes=[EVERYTHING],
        ends_date=timezone.localdate() + 30 * DAY,
        messages_to=MessagesTo.BOTH,
        now=timezone.now(),
    )


@pytest.fixture
def helped(told):
    helper = make_person("오도움")
    made = accept_delegation(helper=helper, delegation=name(told), now=timezone.now())
    record_acting(
        helper=helper, person_id=told.pk, purpose="welfare", what="신청함", now=timezone.now()
    )
    return made


@pytest.mark.parametrize(
    "path",
    [
        "/my/profile/",
        "/my/profile/basics/",
        "/my/profile/household/",
        "/my/profile/circumstances/",
        "/my/profile/contact/",
        "/my/profile/name/",
        "/my/profile/withdraw/accounts.centre/",
        "/en/my/profile/",
        "/my/helpers/",
        "/my/helpers/add/",
        "/my/helpers/accept/",
        "/en/my/helpers/",
    ],
)
def test_page_is_accessible_in_every_look(
    helped, signed_in, look_at, assert_accessible_in_every_look, path
):
    assert_accessible_in_every_look(path, cookies=signed_in)
    if PICTURES:
        for width in (NARROW, WIDE):
            page = look_at(path, Look(width), cookies=signed_in)
            draw(page, f"{path.strip('/').replace('/', '-')}-{width}")


def test_pages_of_one_helper_are_accessible(
    helped, signed_in, look_at, assert_accessible_in_every_look
):
    waiting = name(helped.person)
    other = name(make_person("김이웃"))
    for path in (
        f"/my/helpers/{helped.pk}/",
        f"/my/helpers/{waiting.pk}/",
        f"/my/helpers/accept/{link_token(other)}/",
    ):
        assert_accessible_in_every_look(path, cookies=signed_in)
        what = path.split("/")[3][:6]
        draw(look_at(path, Look(NARROW), cookies=signed_in), f"my-helper-{what}")


def invited(email, office, manager):
    return invite(
        actor=manager, email=email, office=office, role=Role.WORKER,
        starts_date=timezone.localdate(), now=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def asked(resident):
    """An office asks somebody, at their confirmed address, to work there."""
    resident.emailaddress_set.create(email=resident.email, verified=True, primary=True)
    office = make_centre().office
    return invited(resident.email, office, make_manager(office))


@pytest.mark.parametrize("path", ["/my/invitations/", "/en/my/invitations/"])
def test_invitations_are_accessible_in_every_look(
    asked, signed_in, look_at, assert_accessible_in_every_look, path
):
    assert_accessible_in_every_look(path, cookies=signed_in)
    for width in (NARROW, WIDE):
        page = look_at(path, Look(width), cookies=signed_in)
        draw(page, f"{path.strip('/').replace('/', '-')}-{width}")


def test_an_invitation_is_accepted_without_a_script(asked, signed_in_as, resident, look_at):
    look = Look(NARROW, script=False)
    page = look_at("/my/", look, cookies=dict(signed_in_as(resident)))
    page.get_by_role("link", name="초대").click()
    page.get_by_role("button", name=f"받아들이기: {asked.office.name}").click()

    assert "2단계 인증" in page.locator("main").inner_text()
    assert again(resident).office_ids == {asked.office_id}


def test_errors_take_the_focus_and_lose_nothing_without_a_script(told, signed_in, look_at):
    page = look_at("/my/profile/basics/", Look(NARROW, script=False), cookies=signed_in)
    page.locator("#id_birth_date").fill("1850-01-01")
    page.locator("button[type=submit]", has_text="저장하기").click()

    assert page.locator(".errors a[href='#id_birth_date']").is_visible()
    assert page.locator("#id_birth_date").input_value() == "1850-01-01"
    assert page.locator("#id_home").input_value() == SAJIK
    draw(page, "profile-errors")


def test_withdrawing_needs_no_script(told, signed_in, look_at):
    page = look_at("/my/profile/", Look(NARROW, script=False), cookies=signed_in)
    page.get_by_role("link", name="동의 거두기: 사는 동의 주민센터 찾기").click()
    page.get_by_role("button", name="동의 거두기").click()

    assert "다시 여쭙니다" in page.locator(".said").inner_text()
    assert "적은 것이 없습니다" in page.locator("#basics").inner_text()


def test_helper_is_named_accepts_and_is_sent_away_without_a_script(signed_in_as, resident, look_at):
    helper = make_person("오도움")
    mine, theirs = dict(signed_in_as(resident)), None
    look = Look(NARROW, script=False)
    page = look_at("/my/helpers/add/", look, cookies=mine)
    page.locator("#id_label").fill("옆집 이웃")
    page.get_by_label("모든 신청과 상담").check()
    page.get_by_role("button", name="번호 받기").click()
    code = page.locator(".paper-code").inner_text()

    theirs = dict(signed_in_as(helper))
    page = look_at("/my/helpers/accept/", look, cookies=theirs)
    page.locator("#id_code").fill(code)
    page.get_by_role("button", name="다음").click()
    page.get_by_role("button", name="받아들이기").click()
    assert again(helper).represented_ids("welfare") == {resident.pk}

    page = look_at("/my/helpers/", look, cookies=dict(signed_in_as(resident)))
    page.get_by_role("button", name="바로 끝내기: 옆집 이웃").click()
    assert again(helper).represented_ids("welfare") == frozenset()


def test_desk_has_no_serious_fault(signed_in_as, look_at):
    centre = make_centre()
    manager = make_manager(centre.office)
    membership = make_worker(centre.office, Role.WORKER).memberships.get()
    asked = invited("who@example.com", centre.office, manager)
    cookies = signed_in_as(manager)
    for path in (
        "/admin/accounts/membership/",
        f"/admin/accounts/membership/{membership.pk}/history/",
        "/admin/accounts/invitation/",
        "/admin/accounts/invitation/add/",
        f"/admin/accounts/invitation/{asked.pk}/change/",
        f"/admin/accounts/invitation/{asked.pk}/history/",
        f"/admin/accounts/membership/{membership.pk}/change/",
        "/admin/accounts/membership/import/",
        "/admin/accounts/communitycentre/",
        f"/admin/accounts/communitycentre/{centre.pk}/change/",
    ):
        for look in (Look(NARROW), Look(WIDE)):
            page = look_at(path, look, cookies=cookies)
            page.wait_for_load_state("networkidle")
            assert not serious_faults(page), (path, look)
            draw(page, f"{path.strip('/').replace('/', '-')}-{look.width}")


def test_preview_tells_what_is_wrong_before_anything_is_written(signed_in_as, look_at):
    office = make_centre().office
    page = look_at("/admin/accounts/membership/import/", cookies=signed_in_as(make_manager(office)))
    person = make_person()
    text = (
        "전자우편,기관,역할,시작일,마지막 날\n"
        f"{person.email},{office.name},담당자,2026-01-05,\n"
        f"nobody@example.com,{office.name},대장,언젠가,\n"
    )
    page.locator("input[type=file]").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": text.encode("cp949")}
    )
    page.get_by_role("button", name="미리 보기").click()

    assert "이런 역할은 없습니다" in page.locator("main, #content").first.inner_text()
    assert not serious_faults(page)
    draw(page, "import-preview")
    page.get_by_role("button", name="틀린 줄은 빼고 1줄 반영하기").click()
    assert again(person).office_ids == frozenset()
    assert Invitation.objects.get().email == person.email
