"""What is drawn once says the same as what is drawn each time, and nothing of anybody."""

from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from accounts.enums import MessagesTo
from accounts.models import EVERYTHING
from accounts.services import name_helper
from core.places.facts import districts
from core.web import drawn as module
from core.web.drawn import drawn, drawn_from_data, filled, holes
from core.web.kept import kept
from core.web.revision import raise_revision
from core.web.templatetags import frame
from tests.welfare.factories import make_facility, make_kind

LIST = "/welfare/facilities/"


def page_at(client, path):
    return BeautifulSoup(client.get(path).content, "html.parser")


@pytest.fixture
def remembered(monkeypatch):
    """Answer a function that tells all that memories hold or were asked to hold."""
    kept.clear()
    frame._drawn.clear()
    asked, draw = [], module._draw
    monkeypatch.setattr(module, "_draw", lambda *told: asked.append(told) or draw(*told))
    return lambda: repr([asked, frame._drawn, kept._values])


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

    @pytest.mark.parametrize(
        "path", [LIST, f"/en{LIST}", f"{LIST}?page=2", f"{LIST}?near=37.5,127.0", "/search/"]
    )
    def test_remembers_nothing_that_somebody_typed(self, client, db, remembered, path):
        for number in range(21):
            make_facility(f"A{number:04}", district="강남구")
        client.get(LIST)
        mark = "&" if "?" in path else "?"
        typed = ("q", "place", "open_at", "x")
        for asked in (*typed, "district", "kind", "family", "radius", "accessible"):
            client.get(f"{path}{mark}{asked}=hidden-word&page_size=5")

        assert "<header" in remembered()
        assert "hidden-word" not in remembered()

    def test_remembers_nothing_of_what_a_person_wrote(self, client, resident, remembered):
        client.force_login(resident)
        helper = name_helper(
            person=resident,
            label="HiddenDaughter",
            purposes=(EVERYTHING,),
            ends_date=timezone.localdate(),
            messages_to=MessagesTo.PERSON,
            now=timezone.now(),
        )
        page = page_at(client, f"/my/helpers/{helper.pk}/")

        assert page.select_one(".breadcrumb [aria-current]").text == "HiddenDaughter"
        assert "<header" in remembered()
        assert "HiddenDaughter" not in remembered()


class TestDrawnFromData:
    def test_is_drawn_once_for_each_language_and_anew_with_the_data(self, db):
        drawings = []
        draw = lambda: drawings.append(1) or SafeString(len(drawings))  # noqa: E731
        kept.clear()

        assert [drawn_from_data("a", draw) for _ in range(2)] == ["1", "1"]
        with translation.override("en"):
            assert drawn_from_data("a", draw) == "2"
        raise_revision()
        assert drawn_from_data("a", draw) == "3"

    def test_is_drawn_each_time_for_who_works_at_it(self, settings):
        settings.DEBUG = True

        assert drawn_from_data("a", lambda: "x") == "x"
        assert drawn_from_data("a", lambda: "y") == "y"


class TestHoles:
    def test_escape_what_is_filled_in_but_markup(self):
        marked = "<a href='{there}'>{what}</a>".format(**holes(("there", "what")))

        assert filled(marked, {"there": "?q=\"'<&", "what": SafeString("<b>x</b>")}) == (
            "<a href='?q=&quot;&#x27;&lt;&amp;'><b>x</b></a>"
        )

    def test_are_filled_once(self):
        told = {"a": "@@b@@", "b": "secret"}

        assert filled("@@a@@ @@c@@", told) == "@@b@@ @@c@@"

    def test_hold_each_visitors_own_address(self, client, db):
        make_facility("A0001", name="가나", district="강남구")
        for typed in ("가나", "가나 \"'><b>", "가나 @@asked@@ @@data@@", "가나"):
            for query in (f"?{urlencode({'q': typed})}", ""):
                page = page_at(client, LIST + query)
                links = page.select(".fold a[href*=download]")

                assert len(page.select(".card")) == 1
                assert [link["href"].partition("?")[2] for link in links] == [query[1:]] * 2
                assert not page.select(".fold b")


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
        for path, name in ((LIST, "복지시설"), ("/about/", None), (LIST, "복지시설")):
            marked = page_at(client, path).select("header nav [aria-current]")

            assert [link.text.strip() for link in marked] == ([name] if name else [])

    def test_shows_one_visitor_nothing_of_another(self, client, resident):
        client.force_login(resident)
        assert page_at(client, "/my/").select_one(
            "header a[href='/accounts/logout/']:not([hidden])"
        )
        client.logout()

        for path in ("/my/", LIST):
            page = BeautifulSoup(client.get(path, follow=True).content, "html.parser")
            assert not page.select("header .for-members:not([hidden])")
            assert page.select_one("header .for-guests")

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

    def test_in_force_are_each_visitors_own_in_their_language(self, client, db):
        make_facility("A0001", district="강남구")
        found = {}
        for start, name in (("", "강남구"), ("/en", "강남구"), ("", "서초구"), ("", "강남구")):
            page = page_at(client, f"{start}{LIST}?district={name}")
            found[start, name] = page.select_one("#directory [role=group]").text
            assert page.select_one("[role=group] > .text-link")["href"] == start + LIST

        assert "강남구" in found["", "강남구"]
        assert "서초구" not in found["", "강남구"]
        assert "Gangnam" in found["/en", "강남구"]
        assert "빼기" not in found["/en", "강남구"]

    def test_tell_the_map_in_the_language_of_the_page(self, client, db):
        make_facility("A0001", district="강남구")
        told = [str(page_at(client, f"{start}{LIST}").select_one("[data-map] script"))
                for start in ("", "/en", "")]  # fmt: skip

        assert told[0] == told[2]
        assert "닫기" in told[0]
        assert "닫기" not in told[1]

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
