"""The index follows the documents: all of them, or those of some keys."""

import dataclasses
import datetime

import pytest
from django.db import connection

from core.search.declaration import Searchable
from core.search.models import SearchEntry, SearchState, Term
from core.search.queries import search
from core.search.services import entries, refresh_search, refresh_vocabulary
from tests.core.search.conftest import KIND, NOW, document, searchable

pytestmark = pytest.mark.django_db


def refresh(*documents, keys=None):
    return dataclasses.asdict(refresh_search(searchable(documents), now=NOW, keys=keys))


def counts(inserted=0, updated=0, unchanged=0, removed=0):
    return {
        "inserted": inserted, "updated": updated, "unchanged": unchanged, "removed": removed,
    }  # fmt: skip


A, B = document("A", "해맑은집"), document("B", "보람쉼터")


class TestRefreshSearch:
    def test_writes_what_is_new_and_counts_it(self):
        assert refresh(A, B) == counts(inserted=2)
        assert SearchState.objects.get().entries == 2

    def test_writes_nothing_where_nothing_changed(self, django_assert_num_queries):
        refresh(A, B)
        before = SearchState.objects.get().revision

        assert refresh(A, B) == counts(unchanged=2)
        assert SearchState.objects.get().revision == before

    def test_writes_anew_what_changed(self):
        refresh(A, B)

        assert refresh(document("A", "새이름집"), B) == counts(updated=1, unchanged=1)
        assert search("새이름집").keys == ("A",)
        assert search("해맑은집").keys == ()

    def test_removes_what_is_gone_of_its_kind_alone(self):
        refresh(A, B)
        refresh_search(searchable([document("E", "봄잔치")], "culture.event"), now=NOW)

        assert refresh(A) == counts(unchanged=1, removed=1)
        assert set(SearchEntry.objects.values_list("key", flat=True)) == {"A", "E"}
        assert SearchState.objects.get().entries == 2

    def test_touches_only_the_keys_it_is_told(self):
        refresh(A, B)

        assert refresh(document("A", "새이름집"), keys=["A"]) == counts(updated=1)
        assert refresh(keys=["A"]) == counts(removed=1)
        assert SearchEntry.objects.get().key == "B"

    def test_finds_what_it_wrote_when_it_was_stopped_half_way(self, monkeypatch):
        monkeypatch.setattr(entries, "CHUNK", 2)
        many = [document(f"A{n}", f"누리{n}집") for n in range(5)]

        def breaking(keys):
            yield from many[:4]
            raise ConnectionError("the upstream is gone")

        with pytest.raises(ConnectionError):
            refresh_search(Searchable(kind=KIND, title="", documents=breaking), now=NOW)

        assert SearchEntry.objects.count() == 4
        assert refresh(*many) == counts(inserted=1, unchanged=4)

    def test_keeps_the_last_of_two_with_one_key(self):
        assert refresh(A, document("A", "둘째이름")) == counts(inserted=1)
        assert SearchEntry.objects.get().title == "둘째이름"

    def test_leaves_no_table_and_no_lock_behind(self):
        refresh(A)

        with connection.cursor() as cursor:
            # Of this database: other workers of the test run hold locks in theirs.
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
                " (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
            assert cursor.fetchone() == (0,)
            cursor.execute("SELECT to_regclass('pg_temp.search_seen')")
            assert cursor.fetchone() == (None,)

    def test_leaves_no_word_waiting_outside_the_index(self):
        refresh(*(document(f"A{n}", f"누리{n}집") for n in range(50)))

        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list('search_entry_words')")
            assert cursor.fetchone() == (0,)

    def test_keeps_all_that_a_document_tells(self):
        starts = datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC)
        refresh(
            document(
                "A", "봄'잔\\치\t", "행사", text="길동", district_code="1174000000",
                point=(200123.5, 550000.25), starts_at=starts, facets={"free": "yes"}, weight=3,
            )
        )  # fmt: skip

        entry = SearchEntry.objects.get()
        assert (entry.title, entry.title_key, entry.area) == ("봄'잔\\치\t", "봄잔치", "welfare")
        assert (entry.point.x, entry.point.y) == (200123.5, 550000.25)
        assert (entry.starts_at, entry.facets, entry.indexed_at) == (starts, {"free": "yes"}, NOW)
        assert entry.level == 3


class TestRefreshVocabulary:
    def test_knows_words_labels_titles_places_and_synonyms(self):
        refresh(document("A", "해맑은 노인복지관", "노인복지관(소규모)"))
        refresh_vocabulary()

        kinds = dict(Term.objects.values_list("term", "kind"))
        assert kinds["해맑은 노인복지관"] == "title"
        assert kinds["노인복지관"] == "label"
        assert kinds["복지"] == "word"
        assert kinds["강남구"] == kinds["역삼1동"] == "place"
        assert kinds["고아원"] == "synonym"

    def test_forgets_what_nothing_says_any_more(self):
        refresh(A, B)
        refresh_vocabulary()
        refresh(B)
        refresh_vocabulary()

        assert not Term.objects.filter(term="해맑은집").exists()
        assert Term.objects.filter(term="보람쉼터").exists()
