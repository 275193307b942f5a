"""Each guard stops what it is there to stop, and lets the rest pass."""

import socket
import subprocess
import sys
import urllib.request
import warnings
from pathlib import Path

import pytest
from celery import shared_task
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.template import Context, Template, engines

from accounts.models import User
from core.search.models import SearchState
from tests import environment
from tests.guards import network
from tests.guards.network import NetworkForbidden
from tests.guards.queries import LockWithoutOf
from tests.guards.templates import UndefinedVariable
from welfare.models import FacilityKind


@shared_task
def report_kind_of(*, value: object) -> str:
    return type(value).__name__


class TestNetworkGuard:
    @pytest.fixture(autouse=True)
    def _forgive(self):
        yield
        network.attempts.clear()

    def test_names_the_address_by_number(self):
        with (
            socket.socket() as client,
            pytest.raises(NetworkForbidden, match=r"192\.0\.2\.1"),
        ):
            client.connect(("192.0.2.1", 80))

    def test_names_the_address_by_name(self):
        with pytest.raises(NetworkForbidden, match=r"openapi\.example"):
            urllib.request.urlopen("http://openapi.example/rows")

    def test_remembers_what_was_caught(self):
        with pytest.raises(NetworkForbidden):
            socket.getaddrinfo("openapi.example", 80)

        assert network.attempts == ["openapi.example"]

    def test_lets_this_machine_pass(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            with socket.create_connection(("localhost", server.getsockname()[1])):
                pass

        assert network.attempts == []


class TestTemplateGuard:
    def test_fails_on_what_the_view_did_not_give(self):
        with pytest.raises(UndefinedVariable, match="facility is not defined"):
            Template("<p>{{ facility }}</p>").render(Context())

    def test_fails_on_a_missing_attribute_behind_a_filter(self):
        with pytest.raises(UndefinedVariable, match=r"facility\.phone is not defined"):
            Template("{{ facility.phone|upper }}").render(Context({"facility": object()}))

    def test_lets_a_condition_ask(self):
        assert Template("{% if facility %}a{% else %}b{% endif %}").render(Context()) == "b"

    def test_leaves_the_templates_of_others_alone(self, rf):
        origins = set()
        for name in ("admin/404.html", "account/logout.html"):
            template = engines["django"].get_template(name)
            origins.add(Path(template.template.origin.name).is_relative_to(settings.BASE_DIR))
        origin = engines["django"].get_template("admin/404.html").template.origin.name
        template = Template("{{ gone|default:'nothing' }}")
        for node in template.nodelist:
            node.origin.name = origin

        assert template.render(Context()) == "nothing"


class TestQueryGuards:
    def test_shuffles_rows_without_an_order(self, db):
        Group.objects.bulk_create(Group(name=f"{number:02}") for number in range(40))

        seen = {tuple(Group.objects.values_list("pk", flat=True)) for _ in range(4)}

        assert len(seen) > 1

    def test_keeps_an_order_that_was_asked_for(self, db):
        Group.objects.bulk_create(Group(name=f"{number:02}") for number in range(40))

        names = list(Group.objects.order_by("name").values_list("name", flat=True))

        assert names == sorted(names)

    def test_refuses_a_lock_that_reaches_over_a_join(self, db):
        with pytest.raises(LockWithoutOf, match="auth_permission"):
            list(Permission.objects.select_related("content_type").select_for_update())

    def test_lets_a_named_or_narrow_lock_pass(self, db):
        rows = Permission.objects.order_by("pk")

        assert len(rows.select_related("content_type").select_for_update(of=("self",))) > 0
        assert len(rows.select_for_update()) > 0


class TestTaskGuard:
    def test_runs_a_task_at_once_on_what_json_can_say(self):
        assert report_kind_of.delay(value=(1, 2)).get() == "list"

    def test_refuses_what_json_cannot_say(self):
        with pytest.raises(Exception, match="not JSON serializable"):
            report_kind_of.delay(value=object())


class TestWarnings:
    def test_are_errors(self):
        with pytest.raises(DeprecationWarning):
            warnings.warn("old", DeprecationWarning, stacklevel=1)


class TestEnginesOfTheTests:
    def test_are_not_those_of_the_portal(self, db):
        assert settings.VAR_DIR == settings.BASE_DIR / "var" / "test"

    def test_give_each_worker_a_redis_number_of_its_own(self):
        urls = [
            environment.redis_of_worker("redis://cache.example:6379/0", worker)
            for worker in ("gw0", "gw1", "gw2")
        ]

        assert urls == [f"redis://cache.example:6379/{number}" for number in (15, 14, 13)]
        assert environment.redis_of_worker("unix:///r.sock?db=0", "gw1") == "unix:///r.sock?db=14"

    @pytest.mark.parametrize("turn", [1, 2])
    def test_give_each_test_an_empty_redis(self, turn):
        assert cache.get("left-by-the-other-turn") is None
        cache.set("left-by-the-other-turn", turn)


@pytest.mark.django_db(transaction=True)
class TestRowsOfMigrations:
    @pytest.mark.parametrize("turn", [1, 2])
    def test_come_back_after_a_test_that_empties_the_tables(self, turn):
        assert FacilityKind.objects.count() > 90
        assert SearchState.objects.count() == 1
        assert Group.objects.count() == 0
        Group.objects.create(name="left by the other turn")


class TestPeople:
    def test_are_three_who_differ(self, resident, officer, stranger):
        assert User.objects.count() == 3
        assert [person.is_staff for person in (resident, officer, stranger)] == [False, True, False]


class TestAssertFlat:
    def test_passes_a_page_that_asks_once(self, assert_flat):
        def page():
            return list(Group.objects.order_by("pk"))

        assert assert_flat(page, add=lambda number: Group.objects.create(name=number)) == 1

    def test_fails_a_page_that_asks_for_each_row(self, assert_flat):
        def page():
            return [
                list(group.permissions.order_by("pk")) for group in Group.objects.order_by("pk")
            ]

        with pytest.raises(AssertionError, match="3 queries, then 21"):
            assert_flat(page, add=lambda number: Group.objects.create(name=number))


def test_settings_read_too_early_are_refused():
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "tests/guards"],
        env={"PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "seoul_portal.settings"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode != 0
    assert "unset DJANGO_SETTINGS_MODULE" in answer.stdout + answer.stderr
