"""The group of staff who keep rules: declared by the area, made with a release, given by hand."""

import io

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.management import call_command

from accounts.models import User
from core.feeds.models import FieldChange
from tests.sign_in import sign_in
from welfare import permissions
from welfare.permissions import RIGHTS_OF_RULE_KEEPERS, RULE_KEEPERS
from welfare.services.rule_keepers import ensure_rule_keepers

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(officer):
    officer.groups.set([ensure_rule_keepers()])
    return User.objects.get(pk=officer.pk)


class TestTheGroup:
    def test_comes_with_the_command_that_follows_each_migrate(self):
        call_command("bring_in_rules", stdout=io.StringIO())

        group = Group.objects.get(name=RULE_KEEPERS)
        held = {f"welfare.{one.codename}" for one in group.permissions.order_by("pk")}
        assert held == set(RIGHTS_OF_RULE_KEEPERS)
        assert len(held) == 9

    def test_keeps_its_people_and_gets_back_its_rights(self, keeper):
        Group.objects.get(name=RULE_KEEPERS).permissions.clear()

        group = ensure_rule_keepers()

        assert group.permissions.count() == len(RIGHTS_OF_RULE_KEEPERS)
        assert list(group.user_set.order_by("pk")) == [keeper]

    def test_writes_and_reviews_all_that_two_people_put_in_force(self, keeper, stranger):
        for may in (
            permissions.can_write_rules,
            permissions.can_read_rules,
            permissions.can_write_plain_texts,
            permissions.can_review_plain_texts,
            permissions.can_write_weights,
            permissions.can_read_weights,
            permissions.can_review_weights,
        ):
            assert may(keeper), may.__name__
            assert not may(stranger), may.__name__

    def test_opens_nothing_else(self, keeper):
        assert keeper.get_all_permissions() == set(RIGHTS_OF_RULE_KEEPERS)
        assert not permissions.can_see_signs(keeper)
        assert not permissions.can_serve_at_counter(keeper)


class TestGivingIt:
    def page_of(self, person):
        return f"/admin/accounts/user/{person.pk}/change/"

    def test_is_a_superusers_and_is_kept_in_the_history(self, admin_client, say_why, officer):
        say_why(admin_client)
        group = ensure_rule_keepers()

        answer = admin_client.post(
            self.page_of(officer), {"is_active": "on", "is_staff": "on", "groups": [group.pk]}
        )

        assert answer.status_code == 302
        assert list(officer.groups.order_by("pk")) == [group]
        (change,) = FieldChange.objects.filter(field="groups", key=str(officer.pk))
        assert (change.old, change.new) == ([], [group.pk])
        assert (
            RULE_KEEPERS
            in BeautifulSoup(
                admin_client.get(f"/admin/accounts/user/{officer.pk}/history/").content,
                "html.parser",
            ).get_text()
        )

    def test_is_nobody_elses(self, client, keeper, officer):
        sign_in(client, keeper)

        assert client.get(self.page_of(officer)).status_code in (302, 403)
