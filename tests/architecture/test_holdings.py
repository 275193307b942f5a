"""No field points at a person, or is named like something personal, that nobody has declared."""

import datetime
import re

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from core.records.declaration import Erasure, Holding
from core.records.registry import check, declared_holdings, model_of, path_to_person

PERSONAL = re.compile(
    r"(^|_)(name|nickname|email|e_mail|phone|mobile|tel|birth\w*|age|gender|sex|address|ip"
    r"|user_agent|contact|resident|income|disability|relation|person|citizen|applicant|reporter"
    r"|session_data|object_repr)(_|$)"
)
# What looks personal and is not, each with the reason. A model's name alone excuses all its fields.
EXCUSED = {
    "admin.LogEntry.object_repr": "erasure blanks it out for every row that it removes",
    "auth.Group.name": "the name of a set of permissions",
    "auth.Permission.name": "what staff may do",
    "socialaccount.SocialApp.name": "a company whose accounts may sign in",
    "sessions.Session.session_data": "ends with the account, and is deleted two weeks later",
    "account.EmailConfirmation": "a key for an address, deleted with it; empty, as keys are signed",
    "offices.Office": "an office, not a person",
    "accounts.CommunityCentre": "an office, not a person",
    "places": "districts, dongs and addresses of places",
    "welfare.Facility": "facilities, which are public",
    "welfare.SeoulFacility": "facilities, which are public",
    "welfare.CentralFacility": "facilities, which are public",
    "welfare.FacilityKind.name_en": "kinds of facilities",
    "welfare.FacilityKind.hotline_name": "a public telephone line",
    "welfare.FacilityKind.hotline_name_en": "a public telephone line",
    "welfare.FacilityFamily": "kinds of facilities",
    "welfare.Gov24Service": "public services and the lines of their offices",
    "welfare.Gov24Conditions": "whom a service is for, not anybody's age",
    "welfare.BokjiroCentral": "public services and the lines of their offices",
    "welfare.BokjiroCentralDetail": "the lines of offices",
    "welfare.BokjiroLocal": "public services and the lines of their offices",
    "welfare.BokjiroLocalDetail": "the lines of offices",
    "welfare.Benefit": "public services and the lines of their offices",
    "welfare.CareHousehold": "told to its members as where they are cared for (`CareMember`)",
    "welfare.Operator": "legal persons that run facilities",
}


def is_suspicious(field: models.Field) -> bool:
    points_at_a_person = field.related_model is get_user_model()
    return points_at_a_person or bool(PERSONAL.search(field.name))


def declared_fields() -> set[str]:
    told = set()
    for holding in declared_holdings():
        label = model_of(holding)._meta.label
        told |= {f"{label}.{name}" for name in (*holding.fields, *holding.emptied)}
        told |= {f"{label}.{path[0].name}" for path in [path_to_person(holding)] if path}
    return told


def excuses_for(name: str) -> list[str]:
    app, model, _ = name.split(".")
    return [one for one in (app, f"{app}.{model}", name) if one in EXCUSED]


def suspicious_fields() -> list[str]:
    return [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
        for field in model._meta.local_fields
        if is_suspicious(field)
    ]


class TestFields:
    def test_that_say_something_of_people_are_declared_or_excused(self):
        told, suspicious = declared_fields(), suspicious_fields()
        silent = [name for name in suspicious if name not in told and not excuses_for(name)]

        assert not silent, f"declare in a Holding, or excuse in {__name__}: {silent}"
        assert len(suspicious) > 30

    def test_that_point_at_a_person_begin_a_holding_each(self):
        begun = {
            (model_of(one)._meta.label, one.person.split("__")[0]) for one in declared_holdings()
        }
        pointing = {
            (model._meta.label, field.name)
            for model in apps.get_models(include_auto_created=True)
            if not model._meta.proxy
            for field in model._meta.local_fields
            if field.related_model is get_user_model()
        }
        silent = {one for one in pointing - begun if not excuses_for(".".join(one))}

        assert not silent, f"each needs a Holding whose `person` begins with it: {silent}"
        assert len(pointing) > 20

    def test_are_excused_only_where_they_are(self):
        used = {one for name in suspicious_fields() for one in excuses_for(name)}

        assert EXCUSED.keys() == used

    def test_are_not_both_declared_and_excused(self):
        assert not [name for name in declared_fields() if name in EXCUSED]

    @pytest.mark.parametrize(
        "field",
        [
            models.CharField(name="name"),
            models.CharField(name="guardian_phone"),
            models.DateField(name="birth_date"),
            models.GenericIPAddressField(name="ip"),
            models.TextField(name="reporter_contact"),
            models.ForeignKey(get_user_model(), models.CASCADE, name="made_by"),
        ],
    )
    def test_would_be_caught(self, field):
        field.name = field.name or "made_by"
        if field.is_relation:
            field.remote_field.model = get_user_model()
        assert is_suspicious(field)

    @pytest.mark.parametrize("name", ["status", "given_at", "ipsum", "filename", "pages"])
    def test_may_be_named_otherwise(self, name):
        field = models.CharField(name=name)

        assert not is_suspicious(field)


class TestHoldings:
    def test_are_sound(self):
        assert len(declared_holdings()) >= 10
        for holding in declared_holdings():
            check(holding)

    def test_say_everything_in_words(self):
        for holding in declared_holdings():
            words = (holding.title, holding.purpose, holding.legal_basis, *holding.fields.values())
            assert all(str(word).strip() for word in words), holding.model

    @pytest.mark.parametrize(
        "fault",
        [
            {"fields": {"nickname": "별명"}},
            {"person": "owner"},
            {"person": "role"},
            {"erasure": Erasure.KEEP},
            {"is_watched": False},
            {"keep": datetime.timedelta(days=1)},
            {"emptied": {"nickname": ""}},
        ],
    )
    def test_that_contradict_are_refused(self, fault):
        told = {"title": "소속", "purpose": "p", "legal_basis": "l", "fields": {"role": "역할"}}
        told = {"model": "accounts.Membership", "person": "person"} | told
        check(Holding(**told))

        with pytest.raises(ImproperlyConfigured):
            check(Holding(**told | fault))
