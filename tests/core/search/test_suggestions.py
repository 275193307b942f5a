"""Suggestions follow what is typed, key by key."""

import pytest

from core.search.queries import suggest
from tests.core.search.conftest import document


@pytest.fixture
def facilities(index):
    index(
        *(document(f"A{n}", f"누리{n}노인복지관", "노인복지관") for n in range(3)),
        document("B1", "노인복지센터", "노인복지센터"),
        document("B2", "청운양로원", "양로시설"),
        document("B3", "종로구 치매안심센터", "치매상담센터"),
    )


def suggested(text, **told):
    return [suggestion.text for suggestion in suggest(text, **told)]


class TestSuggest:
    @pytest.mark.parametrize(
        "typed", ["노인복지", "노인복ㅈ", "노인보", "노인복지고", "노인복지과"]
    )
    def test_completes_what_is_typed_also_mid_syllable(self, facilities, typed):
        assert "노인복지관" in suggested(typed)

    def test_puts_the_more_frequent_first(self, facilities):
        found = suggested("노인복")

        assert found.index("노인복지관") < found.index("노인복지센터")

    def test_completes_initial_consonants(self, facilities):
        assert "청운양로원" in suggested("ㅊㅇㅇ")

    def test_completes_titles_whatever_the_spaces(self, facilities):
        assert suggested("종로구치매")[0] == suggested("종로구 치매")[0] == "종로구 치매안심센터"

    def test_completes_the_last_word_of_several(self, facilities):
        assert "강남 노인복지관" in suggested("강남 노인복")

    def test_knows_districts_in_english(self, facilities):
        assert "Gangnam-gu" in suggested("gangn")

    def test_answers_as_many_as_asked_for(self, facilities):
        assert len(suggested("노", limit=2)) == 2

    @pytest.mark.parametrize("typed", ["", " ", "%", "_", "\\", "'", "\x00", "🙂", "ㅏ"])
    def test_never_fails_whatever_is_typed(self, facilities, typed):
        assert len(suggested(typed)) <= 8

    def test_needs_two_queries_at_most(self, facilities, django_assert_max_num_queries):
        with django_assert_max_num_queries(2):
            suggest("강남 노인복")
