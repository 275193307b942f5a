"""What is drawn once says the same as what is drawn each time, and nothing of anybody."""

import pytest
from bs4 import BeautifulSoup
from django.utils.safestring import SafeString

from core.places.facts import districts
from core.web import drawn as module
from core.web.drawn import drawn
from tests.welfare.factories import make_facility, make_kind

LIST = "/welfare/facilities/"


def page_at(client, path):
    return BeautifulSoup(client.get(path).content, "html.parser")


class TestDrawn:
    def test_tells_a_text_from_markup_of_the_same_letters(self):
        told = {"contact_email": "", "contact_phone": "<b>120</b>"}
        as_text = drawn("components/contact_lines.html", **told)
        as_markup = drawn(
            "components/contact_lines.html",
            **told | {"contact_phone": SafeString("<b>120</b>")},
        )

        assert "<b>" not in as_text
        assert "<b>120</b>" in as_markup

    def test_remembers_nothing_that_somebody_typed(self, client, db):
        module._draw.cache_clear()
        client.get(f"{LIST}?q=숨기고싶은말&place=숨기고싶은곳")
        kept = str([client.get(LIST).content.decode()])

        assert "숨기고싶은" not in kept
        assert module._draw.cache_info().currsize > 0


class TestFrame:
    @pytest.mark.parametrize("path", [LIST, "/search/"])
    def test_leads_from_each_address_to_the_same_in_english(self, client, db, path):
        for asked in ("", '?q="><script>alert(1)</script>', "?q=@@here@@@@korean_url@@"):
            page = page_at(client, path + asked)
            english = page.select_one("header a[hreflang=en]")["href"]
            back = page.select_one("header input[name=next]")["value"]

            assert english == f"/en{back}"
            assert "<script>alert" not in str(page)

    def test_marks_where_one_is_and_nowhere_else(self, client, db):
        for path, name in ((LIST, "복지"), ("/about/", None), (LIST, "복지")):
            marked = page_at(client, path).select("header nav [aria-current]")

            assert [link.text.strip() for link in marked] == ([name] if name else [])

    def test_keeps_languages_apart(self, client, db):
        korean, english = (page_at(client, path).footer.text for path in ("/about/", "/en/about/"))

        assert "개인정보" in korean
        assert "개인정보" not in english


class TestFilters:
    def test_show_what_this_visitor_chose(self, client, db):
        for district in (*districts()[:2], None):
            query = f"?district={district.name}" if district else ""
            chosen = page_at(client, LIST + query).select("#filters select option[selected]")

            wanted = district.name if district else ""
            assert [option["value"] for option in chosen if option["value"]] == [
                name for name in [wanted] if name
            ]

    def test_follow_new_kinds(self, client, db):
        make_facility("A0001")
        client.get(LIST)
        make_kind("새로생긴시설", "새로운분류")
        make_facility("A0002", kind="새로생긴시설", family="새로운분류")

        families = page_at(client, LIST).select("#filters select[name=family] option")
        assert "새로운분류" in {option["value"] for option in families}

    def test_the_figure_follows_the_data(self, client, db):
        make_facility("A0001", district="강남구")
        assert "강남 1" in str(page_at(client, LIST).select_one(".tiles"))
        make_facility("A0002", district="강남구")

        assert "강남 2" in str(page_at(client, LIST).select_one(".tiles"))
