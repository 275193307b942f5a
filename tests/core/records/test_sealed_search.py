"""Words by which staff look for people: in no address as they were typed, and never too many."""

import pytest
from django.contrib import admin
from django.db.models.constants import LOOKUP_SEP
from django.template.loader import get_template

from core.records.registry import watched_tables
from core.records.sealed_search import MOST, SealedSearch
from seoul_portal.people_pages import SEARCH_SIGNS

pytestmark = pytest.mark.django_db
USERS = "/admin/accounts/user/"


def names_a_person(model, path):
    """Say whether a way of searching ends at what names somebody."""
    for part in path.lstrip(SEARCH_SIGNS).split(LOOKUP_SEP):
        if part == "email" or (part == "name" and model._meta.db_table in watched_tables()):
            return True
        if (model := model._meta.get_field(part).related_model) is None:
            return False  # a lookup may follow, and no field
    return False


def desks_that_name_people():
    """Leave out what a desk finds by a way of its own, as by a mark: no field of the model."""
    return [
        desk
        for model, desk in admin.site._registry.items()
        for path in desk.search_fields
        if hasattr(model, path.lstrip(SEARCH_SIGNS).split(LOOKUP_SEP)[0])
        and names_a_person(model, path)
    ]


def test_every_list_that_is_searched_for_people_is_sealed():
    desks = desks_that_name_people()

    assert {desk.opts.model_name for desk in desks} >= {
        "user", "membership", "invitation", "delivery",
    }  # fmt: skip
    for desk in desks:
        assert isinstance(desk, SealedSearch), desk.opts.label
    for desk in admin.site._registry.values():
        if isinstance(desk, SealedSearch):
            own = f"admin/{desk.opts.app_label}/{desk.opts.model_name}/search_form.html"
            assert "sealed_search.html" in get_template(own).template.source


@pytest.fixture
def looking(admin_client, say_why):
    say_why(admin_client)
    return admin_client


def test_a_sign_that_no_database_takes_is_refused_and_not_sealed(looking):
    assert looking.post(USERS, {"q": "김\0주민"}).status_code == 400
    assert looking.get(USERS, {"q": "김\0주민"}).status_code == 400


def test_words_beyond_what_the_field_takes_are_cut_and_it_is_said(looking):
    told = looking.post(USERS, {"q": "가" * 5000})
    page = looking.get(told["Location"])

    assert len(told["Location"]) < 2000
    assert f'value="{"가" * MOST}"' in page.text
    assert f"앞 {MOST}자로만" in page.text


def test_as_many_words_as_the_field_takes_are_looked_for_whole(looking):
    page = looking.get(looking.post(USERS, {"q": "가" * MOST})["Location"])

    assert f'value="{"가" * MOST}"' in page.text
    assert "자로만" not in page.text
