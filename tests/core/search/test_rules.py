"""Text is cut, spelt and read as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.search.rules.documents import dong_stems, level_of, roads, vector_text
from core.search.rules.hangul import (
    MAX_INPUT,
    clean,
    is_initials,
    split_initials,
    squeeze,
    to_initials,
    to_jamo,
)
from core.search.rules.lexemes import lexemes, with_parts
from core.search.rules.lexicon import make_lexicon
from core.search.rules.plans import make_plan
from core.search.rules.questions import read_question
from core.search.rules.spelling import (
    MIN_JAMO,
    correct_word,
    neighbour_hashes,
    one_apart,
    question_hashes,
)

GANGNAM = "1168000000"
LEXICON = make_lexicon(
    [["경로당", "노인정", "senior clubhouse"], ["노인복지관", "어르신복지관"]],
    [("강남구", "Gangnam-gu", GANGNAM), ("중구", "Jung-gu", "1114000000")],
    ["역삼1동", "성수동2가"],
)


class TestHangul:
    def test_is_cleaned_to_one_form(self):
        decomposed = "\u1102\u1169\u110b\u1175\u11ab"
        assert clean(f"  {decomposed}\t ＡＢＣ\x00 ") == "노인 abc"

    def test_is_cut_off_where_it_is_too_long(self):
        assert len(clean("가" * 5000)) == MAX_INPUT

    def test_is_the_keys_that_type_it(self):
        assert to_jamo("복지관") == "ㅂㅗㄱㅈㅣㄱㅗㅏㄴ"
        assert to_jamo("값") == to_jamo("갑ㅅ") == "ㄱㅏㅂㅅ"

    def test_begins_with_what_is_half_typed(self):
        for typed in ("노인복ㅈ", "노인보", "노인복지고", "노인복직"):
            assert to_jamo("노인복지관").startswith(to_jamo(typed)), typed

    def test_has_initial_consonants(self):
        assert to_initials("노인복지관 A1") == "ㄴㅇㅂㅈㄱ A1"
        assert split_initials("ㄴㅇ ㅄ") == "ㄴㅇㅂㅅ"

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("ㄴㅇㅂㅈㄱ", True),
            ("ㄴㅇ ㅂㅈ", True),
            ("ㄴ", False),
            ("노ㅇ", False),
            ("ㅏㅏ", False),
        ],
    )
    def test_tells_a_query_of_initials(self, text, told):
        assert is_initials(text) is told

    @given(st.text())
    def test_is_cleaned_whatever_it_is(self, text):
        assert clean(clean(text)) == clean(text)
        to_jamo(squeeze(text))


class TestLexemes:
    def test_keep_known_compounds_wherever_they_stand(self):
        assert lexemes("사랑방요양원") == ("사랑방", "요양원")
        assert lexemes("재가노인복지시설") == ("재가", "노인", "복지시설")

    def test_leave_out_particles_and_endings(self):
        assert lexemes("강남구에 있는") == ("강남구",)

    def test_are_found_by_their_parts(self):
        assert {"요양원", "요양", "노인"} <= with_parts("신내노인요양원")


class TestDocuments:
    @pytest.mark.parametrize(
        "text", ["(역삼동)", "역삼1동", "역삼제2동 산1", "서울 강남구 역삼동 12", "역삼3.4동"]
    )
    def test_name_their_dong_in_any_writing(self, text):
        assert dong_stems(text) == {"역삼"}

    def test_do_not_take_a_block_of_flats_for_a_dong(self):
        assert dong_stems("101동 502호") == set()

    def test_have_words_of_every_sort(self):
        words = vector_text(
            kind="welfare.facility", title="신내 요양원", labels=("노인요양시설",),
            text="중랑구 신내로 1 (신내동)", district_code=GANGNAM,
        ).split()  # fmt: skip

        assert {"=요양원", "=요양", "w노인", "x중랑구", "b내요", "cㅅㄴ", "cㅇㅇㅇ"} <= set(words)
        assert {"f노인요양시설", "p신내", f"d{GANGNAM}", "awelfare"} <= set(words)
        assert len(words) == len(set(words))

    def test_have_the_roads_named_in_an_address_as_one_word(self):
        told = roads("서울특별시 강동구 강동대로3길 12, 2층 (길동) 비봉길 76")
        assert told == {"강동대로3길", "비봉길"}

    def test_are_drawn_evenly_for_the_samples(self):
        levels = [level_of(key=f"A{number}", weight=1, factor=8, top=3) for number in range(20_000)]
        for level in (1, 2):
            assert sum(drawn >= level for drawn in levels) == pytest.approx(
                20_000 / 8**level, rel=0.15
            )

    def test_are_in_every_sample_where_they_weigh_much(self):
        assert level_of(key="A1", weight=2, factor=8, top=3) == 3


class TestSpelling:
    @pytest.mark.parametrize(
        ("left", "right", "told"),
        [
            ("복지관", "복지관", False),
            ("복지관", "복지괸", True),
            ("복지관", "복지과", True),
            ("복지관", "복짖관", True),
            ("복지관", "볻지관", True),
            ("복지관", "복지원", False),
            ("복지관", "사회관", False),
        ],
    )
    def test_tells_one_jamo_apart(self, left, right, told):
        assert one_apart(to_jamo(left), to_jamo(right)) is told
        assert one_apart(to_jamo(right), to_jamo(left)) is told

    def test_tells_two_jamo_that_changed_places(self):
        assert one_apart("ㄱㄴㄷㄹ", "ㄱㄷㄴㄹ")

    @given(st.text("가나다라각난닫", min_size=2, max_size=5), st.data())
    def test_looks_up_whatever_is_one_apart(self, word, data):
        jamo = to_jamo(word)
        at = data.draw(st.integers(0, len(jamo) - 1))
        for wrong in (jamo[:at] + "ㅎ" + jamo[at + 1 :], jamo[:at] + jamo[at + 1 :]):
            if len(wrong) >= MIN_JAMO <= len(jamo):
                assert set(neighbour_hashes(wrong)) & set(neighbour_hashes(word))

    def test_corrects_a_part_of_a_longer_word(self):
        known = {"노인": 50, "복지관": 40, "강남": 9}
        assert correct_word("강남노인복직관", known, 100) == "강남노인복지관"

    def test_prefers_the_more_frequent(self):
        assert correct_word("요앙원", {"요양원": 9, "요망원": 1}, 100) == "요양원"

    def test_leaves_alone_what_is_known_or_unlike_anything(self):
        assert correct_word("복지관", {"복지관": 3}, 100) is None
        assert correct_word("우주정거장", {"복지관": 3}, 100) is None

    def test_prefers_one_slip_in_a_frequent_word_to_pieces_that_are_rare_together(self):
        known = {"지역": 700, "이동": 2, "센터": 1600, "지역아동센터": 450}
        assert correct_word("지역이동센터", known, 3000) == "지역아동센터"

    def test_prefers_what_is_known_to_one_slip_in_what_is_as_frequent(self):
        known = {"이동": 300, "센터": 1600, "아동센터": 300}
        assert correct_word("이동센터", known, 3000) is None

    @pytest.mark.parametrize(
        ("mistyped", "meant"),
        [("장외인복지관", "장애인복지관"), ("종합사혜복지관", "종합사회복지관")],
    )
    def test_takes_a_compound_vowel_for_one_jamo(self, mistyped, meant):
        assert set(neighbour_hashes(mistyped)) & set(neighbour_hashes(meant))
        known = {meant: 50, "복지관": 300, "장위": 3, "인": 2, "사례": 9, "종합": 90}
        assert correct_word(mistyped, known, 3000) == meant

    def test_changes_no_number(self):
        assert correct_word("강동대로3길", {"강동대로2길": 9}, 100) is None

    def test_leaves_two_syllables_alone_where_little_speaks_for_another_word(self):
        assert correct_word("혼저", {"환저": 1}, 3000) is None

    def test_asks_for_a_bounded_number_of_hashes(self):
        assert len(question_hashes(["가" * 100])) < 20_000


class TestQuestions:
    @pytest.mark.parametrize(
        "text",
        ["강남 요양원", "강남구 요양원", "강남구에 있는 요양원", "강남요양원", "강남구립 요양원",
         "Gangnam 요양원", "gangnam-gu 요양원", "요양원 Gangnam gu"],
    )  # fmt: skip
    def test_read_the_name_of_a_district(self, text):
        question = read_question(text, LEXICON)

        assert question.districts == (GANGNAM,)
        assert [term.surface for term in question.terms] == ["요양원"]

    @pytest.mark.parametrize("text", ["역삼동 요양원", "역삼2동 요양원", "역삼제1동요양원"])
    def test_read_the_name_of_a_dong(self, text):
        question = read_question(text, LEXICON)

        assert question.dongs == ("역삼",)
        assert [term.surface for term in question.terms] == ["요양원"]

    @pytest.mark.parametrize(
        "text", ["성수동 요양원", "성수2가1동 요양원", "성수동2가 요양원", "성수2·3가동 요양원"]
    )
    def test_read_a_dong_of_several_parts(self, text):
        assert read_question(text, LEXICON).dongs == ("성수",)

    @pytest.mark.parametrize("text", ["강남동 요양원", "강남1동요양원"])
    def test_take_a_dong_that_begins_like_a_district_for_a_dong(self, text):
        lexicon = make_lexicon([], [("강남구", "Gangnam-gu", GANGNAM)], ["강남1동"])
        question = read_question(text, lexicon)

        assert (question.districts, question.dongs) == ((), ("강남",))
        assert [term.surface for term in question.terms] == ["요양원"]

    @pytest.mark.parametrize("text", ["아동", "활동", "지역아동센터", "운동 치료"])
    def test_do_not_take_any_dong_for_a_place(self, text):
        assert read_question(text, LEXICON).dongs == ()

    def test_know_a_short_name_only_where_people_use_it(self):
        assert read_question("중 요양원", LEXICON).districts == ()

    @pytest.mark.parametrize("text", ["혼자 사는", "거동이", "없어요", "맡길 곳이"])
    def test_doubt_no_plain_words_of_the_language(self, text):
        assert read_question(text, LEXICON).words == ()

    @pytest.mark.parametrize("text", ["요양윈", "농ㄴ복지관", "경로당센타"])
    def test_doubt_what_is_not_put_together_of_known_phrases(self, text):
        assert read_question(text, LEXICON).doubtful == (text,)
        assert read_question("경로당노인정", LEXICON).doubtful == ()

    def test_read_synonyms_written_apart_or_together(self):
        for text in ("노인복지관", "노인 복지관", "노인복지관을"):
            (term, *_) = read_question(text, LEXICON).terms
            assert term.others == ("노인복지관", "어르신복지관"), text
        (term,) = read_question("senior clubhouse", LEXICON).terms
        assert "경로당" in term.others

    def test_leave_out_words_around_it(self):
        for text in ("근처 요양원 어디 있나요", "요양원 알려 주세요", "요양원 좀 찾아 줘"):
            question = read_question(text, LEXICON)
            assert [term.surface for term in question.terms] == ["요양원"], text

    def test_keep_words_around_it_where_there_is_nothing_else(self):
        assert read_question("어디", LEXICON).terms

    @given(st.text())
    def test_become_a_plan_whatever_is_typed(self, text):
        plan = make_plan(read_question(text, LEXICON))
        for query in (*plan.main, *plan.extra, *plan.last):
            assert query.count("(") == query.count(")")
            assert query.count("'") % 2 == 0
