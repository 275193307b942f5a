"""Korean words on an English page say that they are Korean; on a Korean page nothing is marked."""

import pytest
from django.utils import translation
from django.utils.safestring import SafeString

from core.web.wording import in_its_language, korean_marked

MARK = '<span lang="ko">'


class TestInItsLanguage:
    def test_marks_the_whole_of_what_a_source_says(self):
        with translation.override("en"):
            assert in_its_language("시험로 1 (A동)") == f"{MARK}시험로 1 (A동)</span>"
            assert in_its_language("Free") == "Free"

    def test_marks_nothing_on_a_korean_page(self):
        assert in_its_language("무료") == "무료"


class TestKoreanMarked:
    @pytest.mark.parametrize(
        ("said", "shown"),
        [
            ("No results for ‘없는 말’", f"No results for ‘{MARK}없는 말</span>’"),
            (
                "초성 only: ㄴㅇㅂ, or a<b",
                f"{MARK}초성</span> only: {MARK}ㄴㅇㅂ</span>, or a&lt;b",
            ),
            ("시험로 1 2층", f"{MARK}시험로 1 2층</span>"),
            (SafeString("Kinds &amp; 종류"), f"Kinds &amp; {MARK}종류</span>"),
            (SafeString("<b>종류</b>"), "<b>종류</b>"),
            ("A < B", "A < B"),
        ],
    )
    def test_marks_the_korean_words_of_an_english_sentence(self, said, shown):
        with translation.override("en"):
            assert korean_marked(said) == shown

    def test_marks_nothing_on_a_korean_page(self):
        assert korean_marked("‘<없는 말>’") == "‘<없는 말>’"
