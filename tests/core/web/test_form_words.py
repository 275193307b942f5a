"""What is wrong in a form, in words that help and repeat nothing that was sent."""

import re

import pytest
from django import forms
from django.utils import translation


class Form(forms.Form):
    kind = forms.ChoiceField(choices=[("a", "가")])
    words = forms.CharField(max_length=10, min_length=2)
    email = forms.EmailField()
    day = forms.DateField()


def said(**data):
    return [str(messages[0]) for messages in Form(data).errors.values()]


class TestErrors:
    def test_are_plain_korean(self):
        assert said(kind="EVIL", words="가" * 11, email="x", day="x") == [
            "고를 수 없는 값입니다. 보이는 것 가운데에서 골라 주세요.",
            "10자까지 적을 수 있습니다. 지금은 11자입니다.",
            "이메일 주소의 모양이 아닙니다. 예: name@example.com",
            "날짜를 알아볼 수 없습니다. 예: 2026-03-02",
        ]
        assert set(said()) == {"빈칸으로 둘 수 없습니다. 채워 주세요."}

    @pytest.mark.parametrize("language", ["ko", "en"])
    def test_repeat_nothing_that_was_sent(self, language):
        with translation.override(language):
            assert not re.search("EVIL|이/가|은/는", "".join(said(kind="EVIL", words="a")))

    def test_are_plain_english(self):
        with translation.override("en"):
            assert said(kind="EVIL", words="a")[:2] == [
                "Please choose one of the options shown.",
                "Use at least 2 characters (now 1).",
            ]
