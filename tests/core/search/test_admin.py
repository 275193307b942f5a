"""Staff keep the synonyms, and a change is felt at once; entries can only be read."""

import pytest

from core.search.models import SearchEntry, Synonym
from core.search.queries import search
from tests.core.search.conftest import document


@pytest.fixture
def staff(admin_client):
    return admin_client


class TestSynonyms:
    def test_added_in_the_admin_find_at_once(self, staff, index):
        index(document("A", "보람쉼터", "경로당"))
        assert search("한아름마당").keys == ()

        response = staff.post(
            "/admin/search/synonym/add/", {"words": "한아름마당,경로당", "is_active": "on"}
        )

        assert response.status_code == 302, response.content.decode()
        assert search("한아름마당").keys == ("A",)

    def test_removed_in_the_admin_find_no_more(self, staff, index):
        index(document("A", "보람쉼터", "경로당"))
        synonym = Synonym.objects.create(words=["한아름마당", "경로당"])

        staff.post(f"/admin/search/synonym/{synonym.pk}/delete/", {"post": "yes"})

        assert search("한아름마당").keys == ()

    def test_need_two_words(self, staff):
        before = Synonym.objects.count()

        response = staff.post("/admin/search/synonym/add/", {"words": "하나", "is_active": "on"})

        assert "같은 말은 두 낱말부터입니다." in response.content.decode()
        assert Synonym.objects.count() == before


class TestEntries:
    def test_are_listed_and_shown_but_not_changed(self, staff, index):
        index(document("A", "보람쉼터", "경로당"))
        url = f"/admin/search/searchentry/{SearchEntry.objects.get().pk}/change/"

        assert "보람쉼터" in staff.get("/admin/search/searchentry/?q=보람").content.decode()
        assert staff.get(url).status_code == 200
        assert staff.post(url, {"title": "다른 이름"}).status_code == 403
