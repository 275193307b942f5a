"""The index follows the documents: all of them, or those of some keys."""

import dataclasses
import datetime

import pytest
from django.db import connection

from core.search.declaration import Searchable
from core.search.models import SearchEntry, SearchState, Term
from core.search.queries import search, suggest
from core.search.services import entries, refresh_search, refresh_vocabulary
from tests.core.search.conftest import KIND, NOW, document, searchable
from tests.guards.roles import run_as_owner

pytestmark = pytest.mark.django_db


def refresh(*documents, keys=None):
    return dataclasses.asdict(refresh_search(searchable(documents), now=NOW, keys=keys))


def counts(**told):
    return {"inserted": 0, "updated": 0, "unchanged": 0, "removed": 0, "renamed": 0} | told


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

        assert refresh(document("A", "새이름집"), B) == counts(updated=1, unchanged=1, renamed=1)
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

        assert refresh(document("A", "새이름집"), keys=["A"]) == counts(updated=1, renamed=1)
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

    def test_notes_what_was_published_also_where_it_says_nothing_new(self):
        later = NOW + datetime.timedelta(days=1)
        refresh(document("A", "해맑은집", published_at=NOW))
        before = SearchState.objects.get().revision

        assert refresh(document("A", "해맑은집", published_at=later)) == counts(unchanged=1)
        assert SearchEntry.objects.get().published_at == later
        assert SearchState.objects.get().revision == before

    def test_counts_only_what_the_database_took(self):
        run_as_owner(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN RETURN NULL; END';"
            "CREATE TRIGGER refuse BEFORE INSERT ON search_searchentry FOR EACH ROW"
            " WHEN (NEW.key = 'A') EXECUTE FUNCTION refuse()"
        )

        assert refresh(A, B) == counts(inserted=1)
        assert SearchState.objects.get().entries == SearchEntry.objects.count() == 1

    def test_waits_before_each_chunk_for_whoever_hides_things(self, monkeypatch):
        monkeypatch.setattr(entries, "CHUNK", 1)
        waited = []
        declared = dataclasses.replace(
            searchable([A, B]), hold=lambda: waited.append(SearchEntry.objects.count())
        )
        refresh_search(declared, now=NOW)

        assert waited == [0, 1]

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
            cursor.execute("SELECT search_put_in_pending('{search_entry_words}')")
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

    def test_counts_only_where_something_changed(self):
        refresh(A, B)

        assert refresh_vocabulary()
        assert not refresh_vocabulary()

        refresh(A)
        assert refresh_vocabulary()


class TestAnEntryThatIsRemoved:
    @pytest.fixture(autouse=True)
    def known(self):
        refresh(
            document("A", "해맑은 반딧불집", "노인복지관"),
            document("B", "보람 반딧불쉼터", "노인복지관"),
            document("C", "보람 쉼터", "노인복지관"),
        )
        refresh_vocabulary()

    def terms(self, *words):
        return set(Term.objects.filter(term__in=words).values_list("term", flat=True))

    def test_is_suggested_no_more_before_anybody_counts_the_words(self):
        assert "해맑은 반딧불집" in {suggestion.text for suggestion in suggest("해맑")}

        SearchEntry.objects.filter(key="A").delete()

        assert suggest("해맑") == ()
        assert not Term.objects.filter(term__contains="해맑").exists()

    def test_takes_no_word_along_that_others_say(self):
        SearchEntry.objects.filter(key="A").delete()

        assert self.terms("반딧불", "노인복지관", "복지") == {"반딧불", "노인복지관", "복지"}

    def test_takes_along_what_nobody_says_but_those_removed_together(self):
        SearchEntry.objects.filter(key__in=["A", "B"]).delete()

        assert self.terms("반딧불", "보람", "보람 쉼터") == {"보람", "보람 쉼터"}

    def test_leaves_the_vocabulary_to_be_counted_anew(self):
        SearchEntry.objects.filter(key="A").delete()

        assert refresh_vocabulary()
