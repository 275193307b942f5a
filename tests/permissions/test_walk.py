"""Every address, asked as every role, lets in whom the table says, and nobody else."""

import os

import pytest
from django.contrib import admin

from tests.architecture.tree import ROOT
from tests.permissions.report import as_markdown
from tests.permissions.roles import ROLES, make_world
from tests.permissions.table import DESKS
from tests.permissions.walk import (
    NO_DOOR,
    clients,
    every_route,
    everything_to_ask,
    lets_in,
    registered_models,
    routes_open_to_all,
    routes_told,
)

APP_INDEX = "admin/(?P<app_label>"


class TestTable:
    def test_speaks_of_every_address(self):
        told = set(routes_told()) | routes_open_to_all()
        silent = [
            route
            for route in every_route()
            if route not in told and not NO_DOOR.fullmatch(route) and APP_INDEX not in route
        ]

        assert not silent

    def test_speaks_of_no_address_that_is_not_there(self):
        assert not set(routes_told()) - set(every_route())

    def test_speaks_of_every_list_of_the_desk(self):
        assert {desk.model for desk in DESKS} == registered_models()


class TestWalk:
    def test_lets_in_whom_the_table_says(self, db):
        world = make_world()
        people = clients(world)
        wrong, number = [], 0
        for asked in list(everything_to_ask(world)):
            for role, client in people.items():
                number += 1
                if (is_in := lets_in(client, asked)) != (role in asked.open_to):
                    wrong.append(f"{asked.path}: {role} {'is let in' if is_in else 'is refused'}")

        assert not wrong, "\n".join(wrong)
        assert number >= 40 * len(ROLES)

    def test_finds_no_other_right_to_change(self, db, rf):
        """A list that is only looked at answers a POST with its page; ask its permission itself."""
        world = make_world()
        wrong = []
        for role, person in world.people.items():
            request = rf.get("/")
            request.user = person
            for model, desk in admin.site._registry.items():
                name = model._meta.label_lower
                may = role in next(one.change for one in DESKS if one.model == name)
                if desk.has_change_permission(request) != may:
                    wrong.append(f"{name}: {role}")

        assert not wrong

    @pytest.mark.parametrize("route", sorted(routes_open_to_all()))
    def test_finds_nothing_of_the_desk_open_to_all(self, route):
        assert not route.startswith("admin/") or route == "admin/login/"


def test_the_document_is_this_table():
    path = ROOT / "docs" / "permissions.md"
    if os.environ.get("WRITE_DOCS"):
        path.write_text(as_markdown(), encoding="utf-8")

    assert path.read_text(encoding="utf-8") == as_markdown()
