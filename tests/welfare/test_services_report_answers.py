"""A citizen's report becomes a correction with one click, or is declined with an answer."""

import pytest

from core.feeds.models import Override
from tests.welfare.factories import NOW, make_facility
from welfare.enums import ReportStatus, ReportTopic
from welfare.models import Facility, FacilityReport
from welfare.services import (
    CorrectionRefused,
    accept_report,
    accept_reports,
    decline_report,
    decline_reports,
    settle_report,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def facility(db) -> Facility:
    return make_facility()


def report(topic: ReportTopic, proposed: str = "", **more: object) -> FacilityReport:
    given = {"facility_id": "A0001", "message": "가 보았어요", "created_at": NOW} | more
    return FacilityReport.objects.create(topic=topic, proposed=proposed, **given)


class TestAcceptance:
    @pytest.mark.parametrize(
        ("topic", "proposed", "made"),
        [
            (ReportTopic.PHONE, "02 490 2600", ("phone", "02-490-2600")),
            (
                ReportTopic.ADDRESS,
                "종로구 비봉길 76 (구기동)",
                ("address", "서울특별시 종로구 비봉길 76 (구기동)"),
            ),
            (ReportTopic.NAME, "새 이름", ("name", "새 이름")),
            (ReportTopic.CLOSED, "", ("status", "RETIRED")),
        ],
    )
    def test_makes_the_correction_and_answers(self, facility, officer, topic, proposed, made):
        field, value = made
        told = report(topic, proposed)
        accept_report(report=told, actor=officer, now=NOW)

        facility.refresh_from_db()
        told.refresh_from_db()
        assert getattr(facility, field) == value
        override = Override.objects.get(field=field)
        assert (override.made_by, f"#{told.pk}" in override.reason) == (officer, True)
        assert (told.status, told.answered_by) == (ReportStatus.ACCEPTED, officer)
        assert told.answer

    @pytest.mark.parametrize(
        ("topic", "proposed", "why"),
        [
            (ReportTopic.NAME, "<script>alert(1)</script>", "괄호"),
            (ReportTopic.NAME, "가온 <b>센터</b>", "괄호"),
            (ReportTopic.NAME, "가나**", "가린 글자"),
            (ReportTopic.NAME, "서울○○센터", "가린 글자"),
            (ReportTopic.NAME, "가온\n센터", "줄바꿈"),
            (ReportTopic.ADDRESS, "종로구 비봉길 76 <i>", "괄호"),
        ],
    )
    def test_publishes_nothing_that_is_no_name(self, facility, officer, topic, proposed, why):
        told = report(topic, proposed)
        with pytest.raises(CorrectionRefused, match=why):
            accept_report(report=told, actor=officer, now=NOW)

        assert not Override.objects.exists()
        told.refresh_from_db()
        assert told.status == ReportStatus.NEW

    @pytest.mark.parametrize(
        ("topic", "proposed"),
        [
            (ReportTopic.HOURS, "평일 9시부터"),
            (ReportTopic.ACCESS, "경사로가 생김"),
            (ReportTopic.OTHER, "이름이"),
            (ReportTopic.PHONE, ""),
        ],
    )
    def test_asks_for_a_hand_where_words_are_not_a_value(self, facility, officer, topic, proposed):
        told = report(topic, proposed)
        with pytest.raises(CorrectionRefused, match="직접 고친"):
            accept_report(report=told, actor=officer, now=NOW)

        settle_report(report=told, answer="시간을 고쳤습니다.", actor=officer, now=NOW)
        told.refresh_from_db()
        assert told.status == ReportStatus.ACCEPTED
        assert not Override.objects.exists()

    def test_refuses_a_value_that_cannot_be(self, facility, officer):
        told = report(ReportTopic.PHONE, "공공일")
        with pytest.raises(CorrectionRefused, match="전화번호"):
            accept_report(report=told, actor=officer, now=NOW)

        told.refresh_from_db()
        assert told.status == ReportStatus.NEW

    def test_happens_once(self, facility, officer):
        told = report(ReportTopic.PHONE, "02-490-2600")
        accept_report(report=told, actor=officer, now=NOW)
        with pytest.raises(CorrectionRefused, match="이미"):
            accept_report(report=told, actor=officer, now=NOW)

    def test_of_many_is_all_or_none(self, facility, officer):
        make_facility("A0002")
        good = report(ReportTopic.PHONE, "02-490-2600")
        other = report(ReportTopic.PHONE, "02-490-2700", facility_id="A0002")
        twice = report(ReportTopic.PHONE, "02-490-2800")
        with pytest.raises(CorrectionRefused, match="두 번"):
            accept_reports(reports=[good.pk, other.pk, twice.pk], actor=officer, now=NOW)
        assert not Override.objects.exists()

        assert accept_reports(reports=[good.pk, other.pk], actor=officer, now=NOW) == 2
        phones = Facility.objects.order_by("code").values_list("phone", flat=True)
        assert list(phones) == ["02-490-2600", "02-490-2700"]


class TestDecline:
    def test_says_why_and_changes_nothing(self, facility, officer):
        told = report(ReportTopic.PHONE, "02-490-2600")
        decline_report(report=told, answer="통화해 보니 맞습니다.", actor=officer, now=NOW)

        told.refresh_from_db()
        assert (told.status, told.answer) == (ReportStatus.DECLINED, "통화해 보니 맞습니다.")
        assert not Override.objects.exists()

    def test_asks_for_an_answer(self, facility, officer):
        told = report(ReportTopic.PHONE, "02-490-2600")
        with pytest.raises(CorrectionRefused, match="답을"):
            decline_reports(reports=[told.pk], answer=" ", actor=officer, now=NOW)
