"""What the frame shows of the areas: one name in the menu is marked, and no more."""

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import RequestFactory

from seoul_portal import context
from seoul_portal.context import AreaLinks, Link

LEARNING = AreaLinks(
    "learn",
    "배움",
    "/learn/",
    (
        Link("강좌", "/learn/"),
        Link("강좌 달력", "/learn/calendar/"),
        Link("동아리", "/learn/clubs/"),
    ),
)
WELFARE = AreaLinks("welfare", "복지", "/welfare/", (Link("복지시설", "/welfare/facilities/"),))


@pytest.mark.parametrize(
    ("path", "marked", "how"),
    [
        ("/learn/", "강좌", "page"),
        ("/learn/calendar/", "강좌 달력", "page"),
        ("/learn/clubs/7/", "동아리", "true"),
        ("/welfare/", "복지", "page"),
        ("/welfare/facilities/", "복지", "true"),
        ("/welfare/facilities/A1/", "복지", "true"),
        ("/welfare/other/", "복지", "true"),
    ],
)
def test_one_name_is_marked(monkeypatch, path, marked, how):
    monkeypatch.setattr(context, "navigation", lambda language: (LEARNING, WELFARE))
    html = render_to_string("core/frame/header.html", request=RequestFactory().get(path))

    found = BeautifulSoup(html, "html.parser").select("nav [aria-current]")
    assert [(link.text.strip(), link["aria-current"]) for link in found] == [(marked, how)]


def test_an_area_of_one_page_has_no_menu_of_its_own(monkeypatch):
    monkeypatch.setattr(context, "navigation", lambda language: (LEARNING, WELFARE))
    request = RequestFactory().get("/welfare/facilities/")
    html = render_to_string("core/frame/header.html", request=request)

    assert len(BeautifulSoup(html, "html.parser").select("nav")) == 1
