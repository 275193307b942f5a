"""An answer holds what was asked for, strongest first, and says what it did to the query."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.places.rules.points import to_degrees
from core.search.models import SearchEntry, Synonym
from core.search.queries import matching, search
from core.search.queries.lexicon import load_lexicon
from core.search.services import save_synonym
from tests.core.search.conftest import document

GANGNAM, GANGDONG = "1168000000", "1174000000"


@pytest.fixture
def facilities(index):
    index(
        document("A1", "강남노인종합복지관", "노인복지관", district_code=GANGNAM),
        document("A2", "압구정노인복지센터", "노인복지관(소규모)", district_code=GANGNAM),
        document("A3", "강동노인복지관", "노인복지관", district_code=GANGDONG),
        document("A4", "행복요양원", "노인요양시설", text="서울특별시 강동구 천호대로 1 (길동)"),
        document("A5", "강남요양원", "노인요양시설", district_code=GANGDONG),
        document("A6", "사랑의집", "장애인거주시설", text="강동노인복지관 옆"),
        document("A7", "한빛데이케어센터", "재가노인복지시설", text="역삼로 3 (역삼동)"),
        document("A8", "보람쉼터", "경로당"),
    )


class TestSearch:
    def test_puts_the_exact_title_first(self, facilities):
        assert search("강동 노인복지관").keys[0] == "A3"

    def test_puts_a_title_before_a_label_and_a_label_before_the_text(self, index):
        index(
            document("text", "무지개", text="점자도서관 옆"),
            document("label", "햇살", "점자도서관"),
            document("title", "점자도서관"),
        )

        assert search("점자도서관").keys == ("title", "label", "text")

    def test_reads_the_name_of_a_district_as_a_filter(self, facilities):
        answer = search("강남 노인복지관")

        assert answer.districts == (GANGNAM,)
        assert answer.keys[:2] == ("A1", "A2")
        assert "A3" not in answer.keys

    def test_still_finds_a_name_that_contains_a_district_it_is_not_in(self, facilities):
        assert "A5" in search("강남 요양원").keys

    def test_finds_by_dong_however_it_is_written(self, facilities):
        for text in ("역삼동 데이케어", "역삼1동 데이케어", "역삼제2동데이케어센터"):
            assert search(text).keys[:1] == ("A7",), text

    def test_finds_by_initial_consonants(self, facilities):
        assert search("ㅎㅂㅇㅇㅇ").keys == ("A4",)
        assert set(search("ㄴㅇㅂㅈㄱ").keys) >= {"A2", "A3"}

    def test_finds_by_a_part_of_a_compound(self, facilities):
        assert set(search("요양").keys) == {"A4", "A5"}

    @pytest.mark.parametrize(
        "mistyped",
        ["노인복직관", "노인복지괸", "노인복지과", "노인볻지관", "노인복짇관", "노언복지관"],
    )
    def test_says_what_it_searched_for_instead_of_a_misspelt_word(self, facilities, mistyped):
        answer = search(mistyped)

        assert answer.searched_for == "노인복지관"
        assert {"A1", "A3"} <= set(answer.keys)

    @pytest.mark.parametrize("mistyped", ["요양윈", "행복요양윈"])
    def test_says_so_also_where_a_part_of_the_word_finds_something(self, index, mistyped):
        index(
            document("A1", "행복요양원", "노인요양시설"),
            document("A2", "요양보호사교육원", "교육시설"),
        )

        answer = search(mistyped)

        assert answer.searched_for == mistyped.replace("윈", "원")
        assert answer.keys[0] == "A1"

    def test_keeps_to_what_it_found_where_what_was_meant_finds_nothing(self, index):
        index(document("A1", "요양보호사교육장", "교육시설"))

        for _ in range(2):
            answer = search("요양윈")
            assert (answer.keys, answer.count) == (("A1",), 1)
            assert (answer.searched_for, answer.is_loose) == (None, False)

    def test_corrects_the_word_that_no_result_says_and_no_other(self, facilities):
        assert search("행복 요양윈").searched_for == "행복 요양원"

    def test_corrects_alike_on_every_page_of_whatever_size(self, index):
        index(*(document(f"A{n}", f"누리{n}요양원", "노인요양시설") for n in range(30)))

        for size in (1, 5, 20):
            for page in (1, 2, 30 // size):
                answer = search("요양윈", page=page, page_size=size)
                assert answer.searched_for == "요양원", (size, page)

    @pytest.mark.parametrize(
        "text",
        ["사랑의집", "압구정노인복지센터", "압구정", "노인복지관(소규모)", "천호대로", "역삼로"],
    )
    def test_does_not_correct_what_a_result_says(self, facilities, text):
        answer = search(text)
        assert answer.searched_for is None
        assert answer.count

    def test_finds_a_road_as_it_is_written(self, facilities):
        assert search("천호대로").keys == ("A4",)

    def test_puts_the_kind_that_a_word_names_before_a_title_with_the_word(self, index):
        index(
            document("A1", "솔밭실버타운", "노인요양시설"),
            document("A2", "더클래식", "노인복지주택"),
        )

        assert search("실버타운").keys == ("A2", "A1")

    def test_says_so_where_it_found_a_part_only(self, facilities):
        answer = search("행복 우주정거장")

        assert (answer.keys, answer.is_loose) == (("A4",), True)

    def test_finds_by_what_staff_say_is_the_same(self, facilities):
        assert search("한아름마당").keys == ()

        save_synonym(Synonym(words=["한아름마당", "경로당"]))

        assert search("한아름마당").keys == ("A8",)

    def test_forgets_a_synonym_taken_out_of_use(self, facilities):
        synonym = Synonym(words=["한아름마당", "경로당"])
        save_synonym(synonym)
        synonym.is_active = False
        save_synonym(synonym)

        assert search("한아름마당").keys == ()

    def test_answers_english_with_korean_entries(self, facilities):
        assert search("senior welfare center in Gangnam-gu").keys[:2] == ("A1", "A2")

    def test_answers_nothing_for_nothing(self, facilities):
        for text in ("", "   ", "!!!", "\u200b", "()&|!:*<->'\\"):
            assert search(text).count == 0, text

    def test_filters_by_area_kind_and_district(self, index):
        index(document("K1", "한마음잔치"), kind="culture.event")
        index(document("A1", "한마음의집", district_code=GANGNAM), document("A2", "한마음쉼터"))

        assert set(search("한마음").keys) == {"K1", "A1", "A2"}
        assert search("한마음", area="culture").keys == ("K1",)
        assert set(search("한마음", kind="welfare.facility").keys) == {"A1", "A2"}
        assert search("한마음", district=GANGNAM).keys == ("A1",)

    def test_answers_the_cards_as_they_are(self, facilities):
        (card,) = search("행복요양원").cards[:1]

        assert json.loads(card) == {"key": "A4", "title": "행복요양원"}

    def test_keeps_languages_apart(self, index):
        index(
            document("A1", "행복요양원"),
            document("A1", "Haengbok Nursing Home", language="en"),
        )

        assert SearchEntry.objects.count() == 2
        assert search("nursing home", language="en").count == 1
        assert search("haengbok").count == 0

    def test_needs_one_query_and_two_for_a_misspelt_word(
        self, facilities, django_assert_num_queries
    ):
        load_lexicon()
        for text, queries in (("노인복지관", 1), ("노인복직관", 2), ("없는말입니다", 1), ("", 0)):
            with django_assert_num_queries(queries):
                search(text)

    @given(st.text(max_size=150))
    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_never_fails_whatever_is_typed(self, facilities, text):
        assert search(text).count >= 0


class TestPages:
    @pytest.fixture
    def many(self, index):
        index(*(document(f"A{n}", f"누리{n}센터", "노인복지관") for n in range(57)))

    def test_hold_every_result_once(self, many):
        pages = [search("노인복지관", page=page) for page in (1, 2, 3, 4)]

        assert [len(page.keys) for page in pages] == [20, 20, 17, 0]
        assert len({key for page in pages for key in page.keys}) == 57
        assert {page.count for page in pages} == {57}

    def test_count_anew_when_the_index_has_changed(self, many, index):
        assert search("노인복지관").count == 57

        index(*(document(f"A{n}", f"누리{n}센터", "노인복지관") for n in range(30)))

        assert search("노인복지관").count == 30


class TestAnswersThatAreKept:
    def test_hold_while_nothing_changes(self, facilities, django_assert_num_queries):
        before = search("노인복직관")

        with django_assert_num_queries(1):
            assert search("노인복직관") == before

    def test_are_forgotten_when_an_entry_is_removed_by_anybody(self, facilities):
        assert "A4" in search("행복요양원").keys

        SearchEntry.objects.filter(key="A4").delete()

        assert "A4" not in search("행복요양원").keys

    def test_are_forgotten_when_an_entry_changes(self, facilities, index):
        assert search("행복요양원").keys[0] == "A4"

        index(document("A4", "새이름요양원"))

        assert search("행복요양원").searched_for is None
        assert search("새이름요양원").keys == ("A4",)


class TestMatching:
    def test_answers_keys_in_order_and_a_condition(self, facilities):
        found = matching("노인복직관", kind="welfare.facility")

        assert found.searched_for == "노인복지관"
        assert found.is_all
        assert set(found.keys) >= {"A1", "A2", "A3"}

    def test_condition_selects_the_same(self, facilities):
        for text in ("노인복지관", "노인복직관", "행복 우주정거장", "없는말입니다"):
            found = matching(text, kind="welfare.facility")
            sql, params = found.condition
            chosen = SearchEntry.objects.extra(where=[sql.format(key="key")], params=params)
            assert set(chosen.values_list("key", flat=True)) == set(found.keys), text

    def test_tells_that_there_are_more(self, index):
        index(*(document(f"A{n}", f"누리{n}센터", "노인복지관") for n in range(30)))

        found = matching("노인복지관", kind="welfare.facility", limit=10)

        assert (len(found.keys), found.is_all, found.count) == (10, False, 30)


class TestNear:
    def test_puts_the_nearest_first_and_leaves_out_what_has_no_place(self, index):
        index(
            document("far", "행복요양원", point=(210_000, 550_000)),
            document("near", "누리요양원", point=(200_300, 550_000)),
            document("nowhere", "보람요양원"),
            document("other", "한마음쉼터", point=(200_000, 550_000)),
        )

        answer = search("요양원", near=to_degrees(200_000, 550_000))

        assert answer.keys == ("near", "far")
        assert answer.distances == pytest.approx((300, 10_000), abs=1)
