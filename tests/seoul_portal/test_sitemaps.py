"""The sitemap lists every public page once in each language, in files small enough to be read."""

import xml.etree.ElementTree as ET

import pytest

from core.web.revision import raise_revision
from tests.welfare.factories import NOW, make_facility, make_many, make_shelter
from welfare import sitemaps

pytestmark = pytest.mark.django_db

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def tree(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return ET.fromstring(b"".join(response.streaming_content))


def addresses(client, path):
    return [loc.text.partition("8000")[2] for loc in tree(client, path).iterfind(".//s:loc", NS)]


@pytest.fixture(autouse=True)
def _nothing_kept(request):
    from core.web.kept import kept
    from core.web.pagecache import pages
    from core.web.revision import watch

    for one in (kept, pages):
        one.clear()
    watch.forget()


class TestSitemap:
    def test_leads_to_its_files(self, client):
        make_facility("A1")

        assert addresses(client, "/sitemap.xml") == [
            "/sitemap-portal-1.xml",
            "/sitemap-welfare-pages-1.xml",
            "/sitemap-welfare-facilities-1.xml",
        ]

    def test_lists_each_facility_in_both_languages(self, client):
        make_facility("A1")

        found = tree(client, "/sitemap-welfare-facilities-1.xml")

        entries = found.findall("s:url", NS)
        assert [entry.find("s:loc", NS).text for entry in entries] == [
            "http://127.0.0.1:8000/welfare/facilities/A1/",
            "http://127.0.0.1:8000/en/welfare/facilities/A1/",
        ]
        for entry in entries:
            others = {link.get("hreflang") for link in entry.iterfind("x:link", NS)}
            assert others == {"ko", "en"}
            assert entry.find("s:lastmod", NS).text == "2026-08-20"

    def test_leaves_out_what_must_not_be_found(self, client):
        make_facility("A1", retired_at=NOW)
        make_shelter("K1")

        assert addresses(client, "/sitemap.xml")[2:] == []

    def test_goes_on_in_the_next_file(self, client, monkeypatch):
        monkeypatch.setattr(sitemaps, "PAGES_IN_FILE", 2)
        make_many(5)

        files = addresses(client, "/sitemap.xml")[2:]

        assert len(files) == 3
        listed = [path for file in files for path in addresses(client, file)]
        assert len(listed) == len(set(listed)) == 10

    @pytest.mark.parametrize("path", ["/sitemap-welfare-facilities-9.xml", "/sitemap-none-1.xml"])
    def test_has_no_other_files(self, client, path):
        assert client.get(path).status_code == 404

    def test_lists_addresses_that_answer(self, client):
        make_facility("A1")

        paths = [
            path
            for file in addresses(client, "/sitemap.xml")
            for path in addresses(client, file)[:6]
        ]

        assert {client.get(path).status_code for path in paths} == {200}
        assert len(paths) == 6 + 6 + 2


class TestStreamedAnswers:
    @pytest.mark.parametrize("path", ["/sitemap.xml", "/welfare/facilities/download.csv"])
    def test_are_not_sent_again_while_nothing_changed(self, client, path):
        first = client.get(path)
        b"".join(first.streaming_content)

        again = client.get(path, headers={"If-None-Match": first["ETag"]})
        raise_revision()
        after = client.get(path, headers={"If-None-Match": first["ETag"]})

        assert again.status_code == 304
        assert again["Cache-Control"] == first["Cache-Control"]
        assert after.status_code == 200
        assert after["ETag"] != first["ETag"]
