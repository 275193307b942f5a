"""Among thousands of entries, answers come from even samples, and are right all the same."""

import pytest
from django.db import connection

from core.search.models import SearchEntry
from core.search.queries import index as asking
from core.search.queries import matching, search
from core.search.services import refresh_search
from tests.core.search.conftest import KIND, NOW, document, searchable

ENTRIES = 6_000  # enough that a sample of an eighth is looked at first
GANGNAM = "1168000000"


@pytest.fixture(scope="module")
def thousands(django_db_setup, django_db_blocker):
    """Six thousand things; one in three a 노인복지관, of which a few say so in their titles."""
    documents = [
        document(
            f"A{number}",
            f"{'햇살노인복지관' if number % 300 == 0 else '누리마당'} {number}호점",
            "노인복지관" if number % 3 == 0 else "지역아동센터",
            text="서울특별시 강남구 테헤란로 1 (역삼동)" if number % 2 else "",
            district_code=GANGNAM if number % 2 else "1174000000",
        )
        for number in range(ENTRIES)
    ]
    documents.append(document("only", "해오름반딧불쉼터", "노인복지관"))
    with django_db_blocker.unblock():
        refresh_search(searchable(documents), now=NOW)
    yield
    with django_db_blocker.unblock():
        refresh_search(searchable([]), now=NOW)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("thousands")]


def first_level():
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_first_level(entries) FROM search_searchstate")
        return cursor.fetchone()[0]


class TestABroadQuery:
    def test_is_looked_for_in_a_sample_first(self):
        assert first_level() == 1
        assert SearchEntry.objects.filter(level__gte=1).count() == pytest.approx(750, rel=0.2)

    def test_puts_titles_before_labels_wherever_they_are(self):
        assert {int(key[1:]) % 300 for key in search("노인복지관").keys[:20]} == {0}

    def test_is_counted_to_the_end(self):
        assert (search("노인복지관").count, search("노인복지관").count_capped) == (2001, False)

    def test_holds_every_result_once_over_its_pages(self):
        pages = [search("노인복지관", page=page, page_size=100).keys for page in range(1, 22)]

        keys = [key for page in pages for key in page]
        assert len(keys) == len(set(keys)) == 2001

    def test_is_counted_up_to_a_cap(self, monkeypatch):
        monkeypatch.setattr(asking, "COUNT_CAP", 1500)

        answer = search("노인 복지관")

        assert (answer.count, answer.count_capped) == (1500, True)

    def test_is_not_counted_where_the_sample_shows_far_more(self, monkeypatch):
        monkeypatch.setattr(asking, "COUNT_CAP", 100)

        answer = search("복지관 노인")

        assert (answer.count, answer.count_capped) == (100, True)

    def test_is_bounded_by_a_district(self):
        answer = search("강남 노인복지관", page_size=100)

        assert answer.count == 1000
        assert all(int(key[1:]) % 6 == 3 for key in answer.keys)


class TestARareQuery:
    def test_is_found_wherever_it_is(self):
        assert search("반딧불").keys == ("only",)

    def test_is_found_by_its_exact_title(self):
        assert search("햇살노인복지관 5700호점").keys[0] == "A5700"

    def test_is_answered_for_an_area_s_own_list(self):
        found = matching("햇살", kind=KIND)

        assert found.is_all
        assert len(found.keys) == found.count == 20


class TestTheIndex:
    def test_serves_every_level_by_its_own_index(self):
        for level in (1, 2, 3):
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute(
                    "EXPLAIN SELECT count(*) FROM search_searchentry"
                    f" WHERE level >= {level} AND vector @@ '''w노인'''::tsquery"
                )
                plan = "\n".join(line for (line,) in cursor.fetchall())
            assert f"search_entry_words_{level}" in plan
