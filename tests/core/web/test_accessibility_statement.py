"""The statement on accessibility tells what was measured, what is wanting, and whom to tell."""

import pytest
from bs4 import BeautifulSoup

from core.web import views
from core.web.measured import measured
from tests.accessibility.addresses import addresses

pytestmark = pytest.mark.django_db
PATH = "/accessibility/"


def page_of(client, path=PATH):
    return BeautifulSoup(client.get(path).content, "html.parser")


def facts(page):
    return {row.dt.text: row.dd.text.strip() for row in page.select(".facts__row")}


class TestMeasured:
    def test_is_of_every_width_size_and_contrast_that_was_promised(self):
        found = measured()

        assert {360, 1280} <= set(found.widths)
        assert {100, 200} <= set(found.sizes)
        assert set(found.contrasts) == {"normal", "high"}

    def test_is_of_pages_that_there_are_in_both_languages(self):
        routes = {f"/{address.route}" for address in addresses()}
        found = measured().pages

        ours = {name for name in found if name.startswith(("/welfare/", "/search/", "/access"))}
        assert ours <= routes
        assert len(ours) >= 3
        assert all(found[name] == ["en", "ko"] for name in (*ours, "/"))


class TestStatement:
    def test_tells_the_standard_and_what_was_measured(self, client):
        page = page_of(client)

        assert "KWCAG) 2.2" in page.main.text
        assert "AA" in page.main.text
        found = measured()
        assert facts(page)["잰 도구"].startswith(f"axe-core {found.axe}")
        assert facts(page)["찾은 문제"] == f"{len(found.faults)}건"
        assert facts(page)["잰 날"].startswith(f"{found.measured_on.year}년")
        assert len(page.select("main details code")) == len(found.pages)

    def test_tells_faults_where_some_were_found(self, client, monkeypatch):
        from dataclasses import replace

        faulty = replace(measured(), faults=("/: axe color-contrast",))
        monkeypatch.setattr(views, "measured", lambda: faulty)

        page = page_of(client)

        assert facts(page)["찾은 문제"] == "1건"
        assert "axe color-contrast" in page.main.text

    def test_says_whom_to_tell(self, client, settings):
        settings.CONTACT_PHONE, settings.CONTACT_EMAIL = "02-120", "help@portal.example"

        told = page_of(client).main

        assert told.find("a", href="tel:+822120")
        assert told.find("a", href="mailto:help@portal.example")

    def test_tells_who_cannot_speak_on_the_telephone_what_to_do(self, client):
        page = page_of(client)

        assert page.select_one("#without-voice ~ ul a[href='tel:107']")
        assert page.select_one(".help a[href='/accessibility/#without-voice']")

    @pytest.mark.parametrize(("path", "prefix"), [("/", ""), ("/en/", "/en")])
    def test_is_led_to_from_the_foot_of_every_page(self, client, path, prefix):
        foot = page_of(client, path).select_one("footer")

        links = {link["href"] for link in foot.select(".footer__links a")}
        assert {f"{prefix}/accessibility/", f"{prefix}/api/v1/docs/"} <= links
