"""The registry of areas finds every area, and refuses silence and duplicates."""

import sys
from types import ModuleType, SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured

from core import areas
from core.areas import (
    NavItem,
    PolicyArea,
    declared_feeds,
    declared_indicators,
    open_areas,
    policy_areas,
)


def feed(name):
    return SimpleNamespace(name=name)


@pytest.fixture
def install(monkeypatch):
    """Put apps in place of the installed ones: name → what its area.py holds as AREA."""

    def put(**held):
        for name, area in held.items():
            module = ModuleType(f"{name}.area")
            if area is not None:
                module.AREA = area
            monkeypatch.setitem(sys.modules, name, ModuleType(name))
            monkeypatch.setitem(sys.modules, f"{name}.area", module)
        configs = [SimpleNamespace(name=name, is_policy_area=True) for name in held]
        configs.append(SimpleNamespace(name="no_area"))
        monkeypatch.setattr(areas.apps, "get_app_configs", lambda: configs)
        policy_areas.cache_clear()
        declared_indicators.cache_clear()

    yield put
    monkeypatch.undo()
    policy_areas.cache_clear()
    declared_indicators.cache_clear()


class TestPolicyAreas:
    def test_are_found_in_the_order_of_the_apps(self, install):
        install(
            sports=PolicyArea(slug="sports", title="체육", path="sports"),
            health=PolicyArea(slug="health", title="보건", path="health"),
        )

        assert [area.slug for area in policy_areas()] == ["sports", "health"]

    def test_refuse_silence(self, install):
        install(sports=None)

        with pytest.raises(ImproperlyConfigured, match=r"sports/area\.py must hold AREA"):
            policy_areas()

    def test_refuse_something_else_in_their_place(self, install):
        install(sports="sports")

        with pytest.raises(ImproperlyConfigured, match=r"sports/area\.py must hold AREA"):
            policy_areas()

    @pytest.mark.parametrize("twice", ["slug", "path"])
    def test_refuse_duplicates(self, install, twice):
        other = {"slug": "health", "path": "health"} | {twice: "sports"}
        install(
            sports=PolicyArea(slug="sports", title="체육", path="sports"),
            health=PolicyArea(title="보건", **other),
        )

        with pytest.raises(ImproperlyConfigured, match=f"share a {twice}"):
            policy_areas()

    def test_are_open_once_they_show_something(self, install):
        nav = (NavItem("sports:list", "체육시설"),)
        install(
            sports=PolicyArea(slug="sports", title="체육", path="sports", nav=nav),
            health=PolicyArea(slug="health", title="보건", path="health"),
        )

        assert [area.slug for area in open_areas()] == ["sports"]


class TestDeclaredFeeds:
    def test_are_named_after_their_area(self, install):
        feeds = (feed("sports.city"), feed("sports.ministry"))
        install(sports=PolicyArea(slug="sports", title="체육", path="sports", feeds=feeds))

        assert list(declared_feeds()) == ["sports.city", "sports.ministry"]

    @pytest.mark.parametrize("name", ["health.city", "sports.city", "city"])
    def test_refuse_another_areas_name_and_their_own_twice(self, install, name):
        feeds = (feed("sports.city"), feed(name))
        install(sports=PolicyArea(slug="sports", title="체육", path="sports", feeds=feeds))

        with pytest.raises(ImproperlyConfigured, match=f"'{name}'"):
            declared_feeds()


def indicator(name):
    return type("Sample", (), {"slug": name})


class TestDeclaredIndicators:
    def test_are_known_by_their_slug(self, install):
        both = (indicator("halls"), indicator("visits"))
        install(sports=PolicyArea(slug="sports", title="체육", path="sports", indicators=both))

        assert list(declared_indicators()) == ["halls", "visits"]

    def test_refuse_a_slug_twice(self, install):
        install(
            sports=PolicyArea(
                slug="sports", title="체육", path="sports", indicators=(indicator("halls"),)
            ),
            health=PolicyArea(
                slug="health", title="보건", path="health", indicators=(indicator("halls"),)
            ),
        )

        with pytest.raises(ImproperlyConfigured, match="'halls'.*'health'"):
            declared_indicators()
