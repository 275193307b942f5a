"""A list of who works where comes in by the same rules as one by one."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Invitation, Membership
from accounts.services import membership_list
from accounts.services.memberships import KIND, LeavesNobodyInCharge
from core.feeds.models import FieldChange
from tests.accounts.factories import (
    LONG_AGO,
    SANGGYE,
    again,
    join,
    make_centre,
    make_manager,
    make_person,
    make_worker,
)
from tests.sign_in import sign_in

URL = "/admin/accounts/membership/"
HEADER = "전자우편,기관,역할,시작일,마지막 날\n"
DAY = datetime.timedelta(days=1)
# An address by all rules but one: it has 255 letters.
LONG_ADDRESS = f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 4}.kr"


@pytest.fixture
def office(db):
    return make_centre().office


@pytest.fixture
def manager(office, client):
    person = make_manager(office)
    sign_in(client, person)
    return person


def bring(client, *lines):
    content = (HEADER + "".join(f"{line}\n" for line in lines)).encode()
    return client.post(f"{URL}import/", {"file": SimpleUploadedFile("list.csv", content)})


def confirm(client, preview):
    rows = BeautifulSoup(preview.content, "html.parser").select_one("input[name=rows]")["value"]
    return client.post(f"{URL}import/", {"rows": rows})


class TestMembershipList:
    def test_lets_people_join_and_leave(self, client, manager, office, resident):
        leaving = join(make_person(), office)
        last = timezone.localdate() + 30 * DAY
        preview = bring(
            client,
            f"{resident.email.upper()},{office.name},담당자,2026.1.5.,",
            f"{leaving.person.email},{office.name},WORKER,{LONG_AGO},{last}",
            f"{manager.email.replace('person', 'nobody')},{office.name},담당자,2026-01-05,",
        )
        checked = preview.context["checked"]
        assert (len(checked.steps), len(checked.faults)) == (3, 0)
        confirm(client, preview)

        # Whoever is not there yet is asked, with an account or without one.
        asked = set(Invitation.objects.values_list("email", flat=True))
        assert asked == {resident.email, manager.email.replace("person", "nobody")}
        assert not again(resident).office_ids
        leaving.refresh_from_db()
        assert leaving.ends_date == last
        told = FieldChange.objects.filter(kind=KIND, changed_by=manager)
        assert {one.field for one in told} == {"ends_date"}

    def test_says_the_same_of_every_address(self, client, manager, office, resident):
        resident.name = "김숨은이름"
        resident.save()
        elsewhere = join(make_person("박숨은이름"), make_centre(SANGGYE).office).person
        emails = [resident.email, elsewhere.email, "nobody@example.com"]

        preview = bring(client, *(f"{email},{office.name},담당자,2026-01-05," for email in emails))

        steps = preview.context["checked"].steps
        told = [
            (one.subject.replace(emails[n], "X"), one.before, one.after)
            for n, one in enumerate(steps)
        ]
        assert len(told) == 3
        assert len(set(told)) == 1
        assert "숨은이름" not in preview.content.decode()

    def test_asks_nobody_twice(self, client, manager, office):
        line = f"nobody@example.com,{office.name},담당자,2030-01-05,"
        confirm(client, bring(client, line))

        again_shown = bring(client, line).context["checked"]
        other = bring(client, line.replace("-05,", "-06,")).context["checked"]

        assert (again_shown.unchanged, again_shown.faults) == (1, ())
        assert "이미 초대했습니다" in other.faults[0].wrong

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("nobody.example.com,{office},담당자,2026-01-05,", "전자우편 주소가 아닙니다"),
            ("{other},없는 기관,담당자,2026-01-05,", "이런 이름의 기관이 없습니다"),
            ("{other},{office},대장,2026-01-05,", "이런 역할은 없습니다"),
            ("{other},{office},시 공무원,2026-01-05,", "역할이 없습니다"),
            ("{other},{office},담당자,언젠가,", "날짜가 아닙니다"),
            ("{other},{office},담당자,2026-01-05,2026-01-04", "시작일보다 앞"),
            ("{other},{elsewhere},담당자,2026-01-05,", "책임자로 있는 기관"),
            ("{me},{office},담당자,2026-01-05,", "자기 자신"),
            (f"{LONG_ADDRESS},{{office}},담당자,2026-01-05,", "너무 깁니다"),
        ],
    )
    def test_tells_what_is_wrong(self, client, manager, office, line, said):
        names = {
            "office": office.name, "other": make_person().email, "me": manager.email,
            "elsewhere": make_centre(SANGGYE).office.name,
        }  # fmt: skip

        preview = bring(client, line.format(**names))

        (fault,) = preview.context["checked"].faults
        assert said in fault.wrong
        assert said in preview.content.decode()

    def test_keeps_the_last_manager(self, client, manager, office, admin_user, say_why):
        sign_in(client, admin_user)
        say_why(client)
        last = timezone.localdate() + DAY

        preview = bring(client, f"{manager.email},{office.name},책임자,{LONG_AGO},{last}")

        assert "마지막 책임자" in preview.context["checked"].faults[0].wrong

    def test_keeps_one_of_two_managers(self, client, manager, office, admin_user, say_why):
        sign_in(client, admin_user)
        say_why(client)
        second, today = make_manager(office), timezone.localdate()
        first_to_go = f"{manager.email},{office.name},책임자,{LONG_AGO},{today + DAY}"
        last_to_go = f"{second.email},{office.name},책임자,{LONG_AGO},{today + 9 * DAY}"

        (fault,) = bring(client, last_to_go, first_to_go).context["checked"].faults
        assert (fault.line, "마지막 책임자" in fault.wrong) == (2, True)
        assert confirm(client, bring(client, first_to_go)).status_code == 302

    def test_says_why_nothing_was_written(self, client, manager, office, monkeypatch):
        leaving = join(make_person(), office)
        last = timezone.localdate() + DAY
        line = f"{leaving.person.email},{office.name},담당자,{LONG_AGO},{last}"
        preview = bring(client, line)

        def refuse(**told):
            raise LeavesNobodyInCharge("마지막 책임자입니다.")

        monkeypatch.setattr(membership_list, "end_membership", refuse)
        answer = confirm(client, preview)

        assert answer.status_code == 200
        assert "아무것도 반영하지 않았습니다. 마지막 책임자입니다." in answer.content.decode()
        leaving.refresh_from_db()
        assert leaving.ends_date is None

    def test_asks_as_often_for_many(self, client, manager, office, assert_flat):
        people = []

        def add(number):
            people.append(f"{make_person().email},{office.name},담당자,2026-01-05,")

        assert assert_flat(lambda: bring(client, *people), add=add) <= 10

    def test_comes_in_again_as_it_went_out(self, client, manager, office, admin_user, say_why):
        make_worker(office)
        sign_in(client, admin_user)
        say_why(client)
        answer = client.get(f"{URL}export/csv/")
        rows = b"".join(answer).decode("utf-8-sig").splitlines()

        content = "\n".join(rows).encode("cp949")
        preview = client.post(f"{URL}import/", {"file": SimpleUploadedFile("list.csv", content)})

        assert preview.context["checked"].unchanged == 2
        assert preview.context["checked"].faults == ()

    def test_goes_out_with_ones_own_office_alone(self, client, manager, office):
        outsider = join(make_person(), make_centre(SANGGYE).office).person

        text = b"".join(client.get(f"{URL}export/csv/")).decode("utf-8-sig")

        assert manager.email in text
        assert outsider.email not in text

    @pytest.mark.parametrize("role", [Role.WORKER, Role.VOLUNTEER, None])
    def test_is_closed_to_who_manages_nothing(self, client, office, role, stranger, resident):
        sign_in(client, make_worker(office, role) if role else stranger)

        answer = bring(client, f"{resident.email},{office.name},담당자,2026-01-05,")

        assert answer.status_code in (302, 403)
        assert not Membership.objects.filter(person=resident).exists()
        assert not Invitation.objects.exists()
        if role != Role.WORKER:
            assert client.get(f"{URL}export/csv/").status_code in (302, 403)
