"""Reports are accepted with one click, reviews show both values, kinds are protected knowingly."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission

from accounts.models import User
from core.feeds.models import Override
from tests.desk_steps import mark_on
from tests.sign_in import sign_in
from tests.welfare.factories import NOW, make_facility, publish
from welfare.enums import ReportStatus
from welfare.models import Facility, FacilityKind, FacilityReport, SeoulFacility
from welfare.services import correct_facility

pytestmark = pytest.mark.django_db
REPORTS = "/admin/welfare/facilityreport/"
REVIEWS = "/admin/welfare/facilitycorrection/"
KINDS = "/admin/welfare/facilitykind/"


@pytest.fixture(autouse=True)
def editor(officer: User, client) -> User:
    officer.user_permissions.set(
        Permission.objects.filter(
            content_type__app_label="welfare", codename__regex="^(view|change)_"
        )
    )
    sign_in(client, officer)
    return officer


@pytest.fixture
def facility(db) -> Facility:
    return make_facility()


@pytest.fixture
def report(facility) -> FacilityReport:
    return FacilityReport.objects.create(
        facility=facility, topic="PHONE", proposed="02-490-2600", created_at=NOW
    )


def rows(page) -> list[str]:
    found = BeautifulSoup(page.content, "html.parser").select("#result_list tbody tr")
    return [" ".join(row.text.split()) for row in found]


def act(client, url: str, action: str, *chosen: object, **given: str):
    told = {"_selected_action": [str(one) for one in chosen], "action": action, "index": "0"}
    return client.post(url, told | given)


class TestReports:
    def test_show_what_is_published_beside_what_is_proposed(self, client, report):
        (row,) = rows(client.get(REPORTS))

        assert "02-123-4567" in row
        assert "02-490-2600" in row

    def test_are_none_by_a_number_that_no_machine_counts_to(self, client):
        assert client.get(f"{REPORTS}{'9' * 5_000}/change/").status_code == 404

    def test_are_accepted_with_one_click(self, client, report, facility):
        page = BeautifulSoup(client.get(REPORTS).content, "html.parser")
        button = page.select_one(f"button[formaction='{REPORTS}{report.pk}/accept/']")
        assert button.find_parent("form").select_one("[name=csrfmiddlewaretoken]")

        client.post(button["formaction"])
        facility.refresh_from_db()
        assert facility.phone == "02-490-2600"
        assert rows(client.get(REPORTS)) == []
        assert len(rows(client.get(f"{REPORTS}?status=ACCEPTED"))) == 1

    def test_are_not_accepted_by_a_link(self, client, report):
        assert client.get(f"{REPORTS}{report.pk}/accept/").status_code == 405
        assert client.post(f"{REPORTS}999999/accept/").status_code == 404

    def test_that_cannot_be_taken_at_their_word_lead_to_their_page(self, client, report):
        FacilityReport.objects.update(proposed="공공일")
        answer = client.post(f"{REPORTS}{report.pk}/accept/", follow=True)

        assert "걸 수 있는 전화번호가 아닙니다" in answer.text
        assert "다듬어서 고치기" in answer.text

    @pytest.mark.parametrize(
        ("button", "status"), [("settled", ReportStatus.ACCEPTED), ("x", ReportStatus.DECLINED)]
    )
    def test_are_answered_in_words(self, client, report, button, status):
        url = f"{REPORTS}{report.pk}/change/"
        assert client.post(url, {"answer": "", button: "1"}).status_code == 200
        client.post(url, {"answer": "통화해 보니 맞습니다.", button: "1"})

        report.refresh_from_db()
        assert (report.status, report.answer) == (status, "통화해 보니 맞습니다.")
        assert client.post(url, {"answer": "다시"}).status_code == 403

    def test_show_what_citizens_wrote_as_text(self, client, facility):
        FacilityReport.objects.create(
            facility=facility, topic="NAME", proposed="<b>x</b>", created_at=NOW,
            message="<script>alert(1)</script>",
        )  # fmt: skip
        one = FacilityReport.objects.get()
        for url in (REPORTS, f"{REPORTS}{one.pk}/change/", "/admin/welfare/facility/A0001/change/"):
            assert "<script>alert(1)" not in client.get(url).text

    def test_are_accepted_together_after_a_look(self, client, report, facility):
        page = act(client, REPORTS, "accept_reports", report.pk)
        cells = [one.text for one in BeautifulSoup(page.content, "html.parser").select("tbody td")]
        assert cells == ["02-123-4567", "02-490-2600"]
        assert not Override.objects.exists()

        act(client, REPORTS, "accept_reports", report.pk, desk_step="confirm")
        assert Override.objects.get(field="phone").value == "02-490-2600"

    def test_are_declined_together_with_one_answer(self, client, report):
        act(client, REPORTS, "decline_reports", report.pk, desk_step="confirm", answer="맞습니다.")

        report.refresh_from_db()
        assert report.status == ReportStatus.DECLINED

    def test_are_not_answered_by_whoever_may_only_look(self, client, report, editor):
        editor.user_permissions.set(Permission.objects.filter(codename="view_facilityreport"))

        assert "formaction" not in client.get(REPORTS).text
        assert client.post(f"{REPORTS}{report.pk}/accept/").status_code == 403
        url = f"{REPORTS}{report.pk}/change/"
        assert client.post(url, {"answer": "아니요"}).status_code == 403
        report.refresh_from_db()
        assert report.status == ReportStatus.NEW

    def test_ask_as_often_for_many_as_for_few(self, client, facility, assert_flat):
        def add(number: int) -> None:
            make_facility(f"B{number:04}")
            FacilityReport.objects.create(
                facility_id=f"B{number:04}", topic="PHONE", proposed="02-120", created_at=NOW
            )

        assert assert_flat(lambda: client.get(REPORTS), add=add) <= 8


class TestReviews:
    @pytest.fixture
    def correction(self, facility, editor) -> Override:
        made = correct_facility(
            facility=facility, field="phone", value="02-490-2600", reason="전화함", actor=editor,
            now=NOW,
        )  # fmt: skip
        SeoulFacility.objects.update(phone="02-777-7777")
        publish("A0001")
        return made

    def test_show_the_correction_and_both_values_of_the_source(self, client, correction):
        (row,) = rows(client.get(REVIEWS))

        for value in ("02-490-2600", "02-123-4567", "02-777-7777", "전화함"):
            assert value in row

    def test_leave_out_what_needs_none(self, client, correction):
        Override.objects.update(review_since=None)

        assert rows(client.get(REVIEWS)) == []
        assert len(rows(client.get(f"{REVIEWS}?review=all"))) == 1

    def test_take_the_source_after_a_look(self, client, correction, facility):
        page = act(client, REVIEWS, "take_source_values", correction.pk)
        cells = [one.text for one in BeautifulSoup(page.content, "html.parser").select("tbody td")]
        assert cells == ["02-490-2600", "02-777-7777"]

        act(client, REVIEWS, "take_source_values", correction.pk, desk_step="confirm")
        facility.refresh_from_db()
        assert facility.phone == "02-777-7777"

    def test_keep_the_correction_after_a_look(self, client, correction, facility):
        act(client, REVIEWS, "confirm_corrections", correction.pk, desk_step="confirm")

        facility.refresh_from_db()
        assert facility.phone == "02-490-2600"
        assert rows(client.get(REVIEWS)) == []

    def test_withdraw_with_a_reason(self, client, correction, facility):
        act(client, REVIEWS, "withdraw_corrections", correction.pk, desk_step="confirm", reason="x")

        assert not Override.objects.exists()

    def test_keep_from_the_facilitys_page(self, client, correction):
        assert client.get("/admin/welfare/facility/A0001/confirm/phone/").status_code == 405
        client.post("/admin/welfare/facility/A0001/confirm/phone/")

        assert rows(client.get(REVIEWS)) == []

    def test_lead_to_the_facility(self, client, correction):
        answer = client.get(f"{REVIEWS}{correction.pk}/change/")

        assert answer.url == "/admin/welfare/facility/A0001/change/"

    def test_ask_as_often_for_many_as_for_few(self, client, editor, assert_flat):
        def add(number: int) -> None:
            one = make_facility(f"B{number:04}")
            correct_facility(
                facility=one, field="fees", value="무료", reason="조례", actor=editor, now=NOW
            )

        assert assert_flat(lambda: client.get(f"{REVIEWS}?review=all"), add=add) <= 10


class TestKinds:
    def test_are_protected_after_saying_how_many_facilities_it_hides(self, client, facility):
        kind = facility.kind
        FacilityKind.objects.filter(pk=kind.pk).update(hotline="1366")
        page = act(client, KINDS, "protect_kinds", kind.pk)
        assert f"{kind.pk} (시설 1곳)" in page.text
        facility.refresh_from_db()
        assert not facility.is_protected

        act(client, KINDS, "protect_kinds", kind.pk, desk_step="confirm")
        facility.refresh_from_db()
        assert facility.is_protected
        assert facility.address is None

    def test_are_shown_again_only_when_a_colleague_confirms_the_reason(
        self, client, facility, editor, stranger
    ):
        kind = facility.kind
        FacilityKind.objects.filter(pk=kind.pk).update(hotline="1366")
        act(client, KINDS, "protect_kinds", kind.pk, desk_step="confirm")
        assert 'name="reason"' in act(client, KINDS, "ask_to_lift", kind.pk).text
        told = {"reason": "공문 12호", "desk_step": "preview"}
        assert "공문 12호" in act(client, KINDS, "ask_to_lift", kind.pk, **told).text
        act(client, KINDS, "ask_to_lift", kind.pk, **(told | {"desk_step": "confirm"}))

        assert "공문 12호" in " ".join(rows(client.get(f"{KINDS}?lift=waiting")))
        assert "보호 풀기 요청" in client.get("/admin/").text
        act(client, KINDS, "lift_protection", kind.pk, desk_step="confirm")
        kind.refresh_from_db()
        assert kind.is_protected

        stranger.is_staff = True
        stranger.save()
        stranger.user_permissions.set(editor.user_permissions.all())
        sign_in(client, stranger)
        shown = act(client, KINDS, "lift_protection", kind.pk)
        assert "공문 12호" in shown.text
        for seen in ("", mark_on(shown)[::-1]):
            act(client, KINDS, "lift_protection", kind.pk, desk_step="confirm", desk_seen=seen)
            kind.refresh_from_db()
            assert kind.is_protected
        seen = mark_on(shown)
        act(client, KINDS, "lift_protection", kind.pk, desk_step="confirm", desk_seen=seen)
        kind.refresh_from_db()
        assert not kind.is_protected
        assert "공문 12호" in client.get(f"{KINDS}{kind.pk}/change/").text

    def test_are_edited_in_lines_not_in_pages(self, client, facility):
        page = client.get(f"{KINDS}{facility.kind_id}/change/")
        soup = BeautifulSoup(page.content, "html.parser")
        assert not soup.select("#facilitykind_form textarea")
        assert soup.select_one("input[name=hotline]")
        assert "켜면" not in page.text
        assert "보호 풀기 요청" in page.text

    def test_are_not_protected_without_a_hotline(self, client, facility):
        answer = act(client, KINDS, "protect_kinds", facility.kind_id)

        assert "먼저 상담 전화를" in client.get(answer.url).text

    def test_take_no_protection_from_their_form(self, client, facility):
        url = f"{KINDS}{facility.kind_id}/change/"
        given = {"name_en": "Centre", "hotline": "1366", "hotline_name": "", "is_protected": "on"}
        client.post(url, given | {"hotline_name_en": ""})

        kind = FacilityKind.objects.get(pk=facility.kind_id)
        assert (kind.name_en, kind.hotline, kind.is_protected) == ("Centre", "1366", False)
