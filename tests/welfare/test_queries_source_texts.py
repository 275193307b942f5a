"""Publishers' texts where there is one line for them."""

import pytest

from welfare.queries.source_texts import asked_at, on_one_line


class TestOnOneLine:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("○ 방문신청, 우편신청", "방문신청, 우편신청"),
            ("- 신청서\n- 신분증\n\n- 통장 사본", "신청서, 신분증, 통장 사본"),
            ("ㅇ 신청서를 냅니다.\n신분증도 냅니다.", "신청서를 냅니다. 신분증도 냅니다."),
            ("", ""),
        ],
    )
    def test_has_neither_bullets_nor_line_ends(self, text, said):
        assert on_one_line(text) == said


class TestAskedAt:
    def test_parts_an_office_from_its_number(self):
        told = "보건복지부/02-000-1234\n난방비정책과/110\n129\n읍/면 사무소"
        assert asked_at(told).splitlines() == [
            "보건복지부 02-000-1234",
            "난방비정책과 110",
            "129",
            "읍/면 사무소",
        ]
