"""Resident registration numbers are found however they are written, and refused."""

import pytest
from django import forms

from core.records.resident_numbers import holds_resident_number
from core.web.long_text import LongTextField


@pytest.mark.parametrize(
    "text",
    [
        "560302-1234567",
        "5603021234567",
        "홍길동 560302 - 2234567",
        "５６０３０２－１２３４５６７",
        "５６０３０２１２３４５６７입니다",
        "5 6 0 3 0 2 - 1 2 3 4 5 6 7",
        "560302\u20131234567",
        "560302\u00a0\u00a01234567",
        "560302\u200b-\u200b1234567",
        "번호:010101/4234567.",
        "외국인 900101.5234567",
        "주민번호\n560302\n1234567",
        "560302_1234567",
        "560302__1234567",
        "56.03.02-1234567",
        "56-03-02 2234567",
    ],
)
def test_is_found(text):
    assert holds_resident_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "1956-03-02",
        "19560302",
        "02-2116-0000",
        "1168010100",
        "010-1234-5678, 010-2345-6789",
        "010 1234 5678 010 2345 6789",
        "계좌 110-123-456789",
        "561302-1234567",
        "2026-11-29 10:00",
        "2026-11-29 1234567",
        "26-11-29 1588-1234",
        "56.03.02생, 02-2116-0000",
        "000000465790",
    ],
)
def test_is_not_found_in_days_telephones_and_accounts(text):
    assert not holds_resident_number(text)


def test_is_refused_in_a_form_and_what_was_typed_stays():
    class Form(forms.Form):
        words = LongTextField(most=100)

    form = Form({"words": "제 번호는 ９００１０１－１２３４５６７ 입니다"})

    assert not form.is_valid()
    assert "주민등록번호" in form.errors["words"][0]
    assert "９００１０１" in form["words"].value()
