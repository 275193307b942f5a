"""A file of signs: what is taken, what is refused and why, and that each sign comes in once."""

import datetime
import io
import tracemalloc
import unicodedata

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.desk.tables import TableRefused
from core.offices.enums import OfficeKind
from tests.accounts.factories import SAJIK, make_manager, make_office
from tests.welfare.hardship import people
from tests.welfare.hardship.people import HEADER, TODAY, bring, file_of, household_of, look, row
from welfare.enums import HardshipKind, HardshipState
from welfare.models import HardshipHousehold, HardshipImport, HardshipSign
from welfare.services import sign_lines
from welfare.services.sign_imports import (
    CHANGED,
    KNOWN,
    NEW,
    SignsChanged,
    SignsRefused,
    bring_in_signs,
    look_at_signs,
)

pytestmark = pytest.mark.django_db


def told(outlook):
    return (outlook.added, outlook.changed, outlook.known, outlook.wrong)


def fault(actor, **cells):
    """Answer the one thing that is wrong with a row: where, and the sentences about it."""
    (found,) = look(actor, row() | cells).faults
    return found


def _parted(text):
    return unicodedata.normalize("NFD", str(text))


class TestLooking:
    def test_says_line_by_line_what_is_new_known_changed_and_wrong(self, manager):
        bring(manager, row(months=2), row(kind="GAS", months=1))
        again = (row(months=2), row(kind="GAS", months=3), row(kind="WATER"), row(kind="HUNGER"))

        outlook = look(manager, *again)

        assert told(outlook) == (1, 1, 1, 1)
        assert [(one.line, one.verdict) for one in outlook.shown] == [
            (2, KNOWN),
            (3, CHANGED),
            (4, NEW),
        ]
        assert outlook.shown[1].before == 1
        assert (outlook.faults[0].line, outlook.faults[0].title) == (5, "신호")
        assert "ELECTRICITY" in outlook.faults[0].right

    def test_writes_nothing(self, manager):
        look(manager, row())

        assert not HardshipHousehold.objects.exists()
        assert not HardshipSign.objects.exists()
        assert not HardshipImport.objects.exists()

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
    def test_reads_what_offices_write(self, manager, encoding):
        assert told(look(manager, row(), encoding=encoding)) == (1, 0, 0, 0)

    def test_reads_what_is_written_letter_by_letter(self, manager):
        """It looks alike: the same person and the same columns, on a machine that parts letters."""
        bring(manager, row(name="홍길동"))
        parted = {_parted(title): _parted(cell) for title, cell in row(name="홍길동").items()}

        assert told(look(manager, parted, header=tuple(parted))) == (0, 0, 1, 0)

    def test_reads_past_letters_that_nobody_sees(self, manager):
        """A second mark of UTF-8 before the first title, and what was copied along with a name."""
        bring(manager, row(name="홍길동"))
        file = b"\xef\xbb\xbf" + file_of(row(name="홍\u200b길동")).getvalue()

        assert told(look_at_signs(file=io.BytesIO(file), actor=manager, on=people.TODAY)) == (
            0, 0, 1, 0,
        )  # fmt: skip

    def test_finds_columns_by_their_english_names(self, manager):
        english = ("name", "birth_date", "address", "dong", "kind", "month")
        said = ("홍길동", "1956.3.2", "종로구", SAJIK, "gas", people.month(1))
        cells = dict(zip(english, said, strict=True))

        assert told(look(manager, cells, header=english)) == (1, 0, 0, 0)

    def test_names_columns_that_are_missing(self, manager):
        outlook = look(manager, row(), header=("이름", "주소", "신호"))

        assert [one.title for one in outlook.faults] == ["생년월일", "신고월"]
        assert all("첫 줄에" in one.right for one in outlook.faults)
        assert outlook.to_write == 0

    @pytest.mark.parametrize(
        ("cells", "title", "wrong"),
        [
            ({"이름": ""}, "이름", "비어 있습니다"),
            ({"이름": "홍*동"}, "이름", "가려진 이름"),
            ({"이름": "가" * 61}, "이름", "너무 깁니다"),
            ({"생년월일": "1956-13-02"}, "생년월일", "날짜가 아닙니다"),
            ({"생년월일": "1856-03-02"}, "생년월일", "1900년보다 앞"),
            ({"생년월일": "2999-03-02"}, "생년월일", "앞으로 올 날"),
            ({"주소": "가" * 201}, "주소", "너무 깁니다"),
            ({"행정동": "없는동"}, "행정동", "서울의 행정동이 아닙니다"),
            ({"행정동": "신사동"}, "행정동", "여럿"),
            ({"행정동": "종로구 청운효자동"}, "행정동", "동주민센터가 없는 동"),
            ({"행정동": "노원구 상계1동"}, "행정동", "맡고 있는 동이 아닙니다"),
            ({"신고월": "지난달"}, "신고월", "달이 아닙니다"),
            ({"신고월": people.month(-1)}, "신고월", "앞으로 올 달"),
            ({"신고월": people.month(12)}, "신고월", "한 해가 지났습니다"),
            ({"체납 개월": "많이"}, "체납 개월", "개월 수가 아닙니다"),
            ({"체납 개월": "0"}, "체납 개월", "개월 수가 아닙니다"),
            ({"체납 개월": "121"}, "체납 개월", "개월 수가 아닙니다"),
            ({"체납 개월": "9" * 5_000}, "체납 개월", "개월 수가 아닙니다"),
            ({"체납 개월": "00121"}, "체납 개월", "개월 수가 아닙니다"),
            ({"체납 개월": "0012999999"}, "체납 개월", "개월 수가 아닙니다"),
            ({"신호": "JOB_LOSS", "체납 개월": "3"}, "체납 개월", "체납 개월 수가 없습니다"),
            ({"성별": "사람"}, "성별", "성별이 아닙니다"),
        ],
    )
    def test_says_where_what_is_wrong_and_what_would_be_right(self, manager, cells, title, wrong):
        found = fault(manager, **cells)

        assert (found.line, found.title) == (2, title)
        assert wrong in found.wrong
        assert found.right

    @pytest.mark.parametrize("title", ["이름", "주소", "생년월일"])
    def test_takes_no_resident_number_and_repeats_none(self, manager, title):
        found = fault(manager, **{title: "560302-1234567"})

        assert "주민등록번호" in found.wrong
        assert "1234567" not in repr(found)

    def test_takes_a_formula_for_the_text_that_it_is(self, manager):
        bring(manager, row(주소='=HYPERLINK(""http://x"",""y"")', 이름="'=cmd|' /C calc'!A0"))

        (held,) = HardshipHousehold.objects.all()
        assert held.name == "=cmd|' /C calc'!A0"
        assert held.address.startswith("=HYPERLINK")

    @pytest.mark.parametrize("bad", [b"\x00", b"\x1b[31m", b"\xff\xfe"])
    def test_refuses_a_file_that_is_no_text(self, manager, bad):
        content = file_of(row(), encoding="utf-8").read() + bad

        with pytest.raises(TableRefused):
            look_at_signs(file=io.BytesIO(content), actor=manager, on=TODAY)

    def test_tells_of_a_line_that_says_what_another_has_said(self, manager):
        outlook = look(manager, row(months=2), row(kind="GAS"), row(months=4))

        assert told(outlook) == (2, 0, 0, 1)
        assert "2번째 줄과 같은" in outlook.faults[0].wrong

    def test_shows_a_part_of_many_and_counts_all(self, manager):
        rows = [row(f"사람{number}") for number in range(300)]
        bad = [row(f"사람{number}", kind="?") for number in range(300)]

        outlook = look(manager, *rows, *bad)

        assert told(outlook) == (300, 0, 0, 300)
        assert (len(outlook.shown), len(outlook.faults), outlook.fault_count) == (200, 200, 300)


class TestWhoBringsIn:
    def test_a_manager_for_the_own_centre_alone(self, manager, other_centre):
        rows = (row(), row("김노원", dong="노원구 상계1동"))

        assert told(look(manager, *rows)) == (1, 0, 0, 1)

    def test_an_official_for_every_centre(self, official):
        rows = (row(), row("김노원", dong="노원구 상계1동"))

        bring(official, *rows)

        offices = HardshipHousehold.objects.order_by("pk").values_list("office__name", flat=True)
        assert list(offices) == ["종로구 사직동주민센터", "노원구 상계1동주민센터"]

    def test_nobody_else(self, worker, resident, admin_user):
        without_right = people.make_official()
        for actor in (worker, resident, without_right):
            with pytest.raises(SignsRefused):
                look(actor, row())
            with pytest.raises(SignsRefused):
                bring_in_signs(
                    file=file_of(row()), mark="", actor=actor, on=TODAY, now=timezone.now()
                )

    def test_a_manager_of_one_centre_needs_to_name_none(self, manager, centre):
        bring(manager, row(dong=""))

        assert household_of().office_id == centre.pk

    def test_an_official_has_to_name_one(self, official):
        assert "어느 동인지 없습니다" in fault(official, 행정동="").wrong

    def test_a_centre_may_be_named_instead_of_its_dong(self, official):
        header = (*HEADER, "동주민센터")
        named = row(dong="") | {"동주민센터": "노원구 상계1동 주민센터"}
        both = row("김둘") | {"동주민센터": "노원구 상계1동주민센터"}
        unknown = row("김셋", dong="") | {"동주민센터": "달나라동주민센터"}

        outlook = look(official, named, both, unknown, header=header)

        assert told(outlook) == (1, 0, 0, 2)
        assert "맞지 않습니다" in outlook.faults[0].wrong
        assert "없습니다" in outlook.faults[1].wrong


class TestBringingIn:
    def test_the_same_file_twice_adds_nothing(self, manager):
        rows = (row(months=2), row(kind="DISCONNECTED"), row("김서울", sex="여"))
        first = bring(manager, *rows)
        before = list(HardshipSign.objects.order_by("pk").values())

        second = bring(manager, *rows)

        assert (first.lines, first.added, first.known) == (3, 3, 0)
        assert (second.lines, second.added, second.changed, second.known) == (3, 0, 0, 3)
        assert list(HardshipSign.objects.order_by("pk").values()) == before
        assert HardshipHousehold.objects.count() == 2

    def test_right_lines_come_in_without_the_wrong_ones(self, manager):
        brought = bring(manager, row(), row("김서울", kind="?"))

        assert (brought.added, brought.wrong) == (1, 1)
        assert HardshipHousehold.objects.count() == 1

    def test_more_months_take_the_place_of_fewer(self, manager):
        bring(manager, row(months=2))
        earlier = household_of().points

        bring(manager, row(months=4))

        assert HardshipSign.objects.get().months == 4
        assert household_of().points > earlier

    def test_keeps_sealed_who_is_told_of(self, manager):
        bring(manager, row(sex="F", 주소="서울특별시 종로구 사직로 1, 101호"))

        held = household_of()
        assert (held.name, held.birth_date) == ("홍길동", "1956-03-02")
        assert (held.district_code, held.sex) == ("11110", "F")
        with connection.cursor() as cursor:
            cursor.execute("SELECT name || birth_date || address FROM welfare_hardshiphousehold")
            (kept,) = cursor.fetchone()
        assert "홍길동" not in kept
        assert "1956" not in kept
        assert "사직로" not in kept

    def test_changes_no_state_whatever_the_score(self, manager):
        bring(manager, row())
        people.do(manager, household_of(), words="살펴보았습니다.")

        bring(manager, *(row(kind=kind, ago=1) for kind in HardshipKind.values))

        held = household_of()
        assert held.state == HardshipState.LOOKED_AT
        assert held.has_news
        assert held.points > 100

    def test_is_refused_where_it_would_do_something_else_by_now(self, manager):
        shown = look(manager, row(months=2))
        bring(manager, row(months=1))

        with pytest.raises(SignsChanged):
            bring_in_signs(
                file=file_of(row(months=2)),
                mark=shown.mark,
                actor=manager,
                on=TODAY,
                now=timezone.now(),
            )

        assert HardshipSign.objects.get().months == 1
        assert HardshipImport.objects.count() == 1

    def test_matches_whom_the_centre_cares_for_and_keeps_their_name_once(self, manager, centre):
        member = people.take_into_caseload(centre)
        wife = people.take_into_caseload(centre, "이영희", household=member.household)

        bring(manager, row(), row("이영희", kind="GAS"))

        held = household_of()
        assert (held.care_id, held.member_id) == (member.household_id, member.pk)
        assert (held.name, held.birth_date, held.address) == ("", "", "")
        assert {one.member_id for one in held.signs.all()} == {member.pk, wife.pk}

    def test_says_nothing_of_other_centres_caseload(self, manager, other_centre, centre):
        people.take_into_caseload(other_centre)

        bring(manager, row())

        held = household_of()
        assert (held.office_id, held.care_id, held.name) == (centre.pk, None, "홍길동")

    def test_an_officials_file_finds_the_household_wherever_it_is_cared_for(
        self, official, other_centre
    ):
        member = people.take_into_caseload(other_centre)

        bring(official, row())

        assert (household_of().office_id, household_of().care_id) == (
            other_centre.pk,
            member.household_id,
        )

    def test_asks_and_writes_as_often_for_many_as_for_few(self, manager):
        bring(manager, row("먼저"))

        def asked(number):
            rows = [row(f"{number}명중{at}", months=2) for at in range(number)]
            with CaptureQueriesContext(
                connection,
            ) as queries:
                bring(manager, *rows)
            return len(queries)

        assert asked(500) == asked(5)


class TestLargeFiles:
    def test_grow_by_no_more_than_their_lines(self, manager, monkeypatch):
        """Nothing is held of a line but a few bytes, beside the batch that is being read."""

        def most_held(lines):
            file = io.BytesIO()
            file.write((",".join(HEADER) + "\n").encode())
            for at in range(lines):
                cells = (f"사람{at}", "1956-03-02", "사직로 1", "1111053000", "RENT")
                file.write(",".join([*cells, people.month(), "3", "여"]).encode() + b"\n")
            tracemalloc.start()
            outlook = look_at_signs(file=file, actor=manager, on=TODAY)
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            assert told(outlook) == (lines, 0, 0, 0)
            return most

        monkeypatch.setattr(sign_lines, "BATCH", 200)
        few, many = 1_000, 4_000

        assert most_held(many) - most_held(few) < 600 * (many - few)

    def test_refuse_more_lines_than_may_be(self, manager, monkeypatch):
        monkeypatch.setattr("welfare.services.sign_imports.MOST_LINES", 2)

        with pytest.raises(TableRefused, match="2줄까지"):
            look(manager, row("가나"), row("다라"), row("마바"))


def test_birthdays_decide_the_band_of_age(manager):
    born = datetime.date(TODAY.year - 20, TODAY.month, TODAY.day)
    bring(manager, row(born=born), row("어제", born=born + datetime.timedelta(days=1)))

    bands = HardshipHousehold.objects.order_by("pk").values_list("age_band", flat=True)
    assert list(bands) == ["TO_39", "UP_TO_19"]


def test_neither_a_partner_nor_who_runs_another_kind_of_office_brings_signs_in(centre):
    for kind in (OfficeKind.PARTNER, OfficeKind.DEPARTMENT):
        with pytest.raises(SignsRefused):
            look(make_manager(make_office(kind)), row())
