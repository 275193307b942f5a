"""Every change is kept with what stood there before, and told in plain words."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import models
from django.utils import timezone

from accounts.models import FactSheet, User
from core.desk.lists import ReadOnlyAdmin
from core.feeds.enums import ChangeOrigin
from core.feeds.history import changes_kept, is_hidden, kind_of
from core.feeds.history_desk import HistoryAdmin, HistoryPage
from core.feeds.history_words import told_changes, value_words
from core.feeds.models import FieldChange
from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.search.models import Synonym
from tests.sign_in import sign_in
from welfare.models import FacilityFamily, FacilityKind, Operator

NOW = datetime.datetime(2026, 3, 4, 10, tzinfo=datetime.UTC)


@pytest.fixture
def boss(client, db, say_why):
    person = User.objects.create_superuser("boss@example.com", "pw", name="최고운")
    sign_in(client, person)
    say_why(client)
    return person


def text(response):
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def url(record, page="change"):
    meta = record._meta
    return f"/admin/{meta.app_label}/{meta.model_name}/{record.pk}/{page}/"


def kept(record):
    changes = FieldChange.objects.of(kind_of(type(record)), str(record.pk))
    return {one.field: (one.old, one.new) for one in changes}


@pytest.mark.django_db
class TestChangesKept:
    def test_is_set_based_and_tells_only_what_changed(self, officer, django_assert_max_num_queries):
        for number in range(30):
            Office.objects.create(kind=OfficeKind.PARTNER, name=f"단체 {number:02}")
        rows = Office.objects.filter(kind=OfficeKind.PARTNER)

        with (
            django_assert_max_num_queries(7),
            changes_kept(rows, fields=("name", "phone"), changed_by=officer, now=NOW),
        ):
            rows.filter(name__lt="단체 20").update(phone="021234567")

        told = FieldChange.objects.filter(kind="offices.office")
        assert told.count() == 20
        assert {(one.field, one.old, one.new, one.changed_by_id, one.origin) for one in told} == {
            ("phone", "", "021234567", officer.pk, ChangeOrigin.STAFF)
        }

    def test_is_undone_with_what_it_tells(self, officer):
        office = Office.objects.create(kind=OfficeKind.PARTNER, name="단체")
        rows = Office.objects.filter(pk=office.pk)

        def change_and_fail():
            with changes_kept(rows, fields=("name",), changed_by=officer, now=NOW):
                rows.update(name="다른 단체")
                raise RuntimeError

        with pytest.raises(RuntimeError):
            change_and_fail()

        office.refresh_from_db()
        assert office.name == "단체"
        assert not FieldChange.objects.exists()

    def test_never_holds_what_is_sealed(self, officer, resident):
        sheet = FactSheet.objects.create(
            person=resident, group="HOUSEHOLD", facts={"members": []}, told_at=NOW
        )
        rows = FactSheet.objects.filter(pk=sheet.pk)
        with changes_kept(rows, fields=("facts", "told_at"), changed_by=officer, now=NOW):
            sheet.facts = {"members": ["비밀"]}
            sheet.save()

        (change,) = FieldChange.objects.all()
        assert (change.field, change.old, change.new) == ("facts", None, None)
        (line,) = told_changes(FactSheet, [change])
        assert line.what == "내용: 바뀜 (내용은 보이지 않습니다)"
        assert is_hidden(User._meta.get_field("password"))


class TestDesk:
    def test_tells_of_a_user_which_rights_came_and_went(self, client, boss, officer):
        old, new = Permission.objects.filter(codename__in=("view_office", "view_user")).order_by(
            "codename"
        )
        officer.user_permissions.add(old)

        answer = client.post(
            url(officer),
            {"is_active": "on", "is_staff": "", "user_permissions": [new.pk]},
        )

        assert answer.status_code == 302
        told = kept(officer)
        assert told["is_staff"] == (True, False)
        assert told["user_permissions"] == ([old.pk], [new.pk])
        page = text(client.get(url(officer, "history")))
        assert "최고운" in page
        assert "직원: 예 → 아니요" in page
        told = next(line for line in page.split("최고운") if "더함" in line)
        assert "이용자 | 보기; 뺌 기관" in told
        assert "Can view" not in page
        assert not re.search(rf"\b({old.pk}|{new.pk})\b", told)

    def test_tells_of_an_office_its_choice_by_name(self, client, boss):
        office = Office.objects.create(kind=OfficeKind.PARTNER, name="단체")
        data = {"name": "새 단체", "name_en": "", "phone": "", "opens_date": "2000-01-01"}

        assert client.post(url(office), data | {"closes_date": "2030-01-01"}).status_code == 302

        assert kept(office) == {"name": ("단체", "새 단체"), "closes_date": (None, "2030-01-01")}
        page = text(client.get(url(office, "history")))
        assert "이름: 단체 → 새 단체" in page
        assert "– → 2030-01-01" in page

    @pytest.mark.parametrize(
        "case",
        [
            (lambda: Synonym.objects.create(words=["노인", "어르신"]),
             {"words": "노인,어르신,시니어", "is_active": "on", "note": ""}, "words",
             "노인, 어르신 → 노인, 어르신, 시니어"),
            (lambda: FacilityFamily.objects.create(name="가온시설"),
             {"name_en": "Gaon"}, "name_en", "– → Gaon"),
            (lambda: Operator.objects.create(name="가온법인"),
             {"homepage": "https://gaon.example"}, "homepage", "– → https://gaon.example"),
        ],
    )  # fmt: skip
    def test_tells_of_every_record_that_can_be_changed(self, client, boss, case):
        make, data, field, values = case
        record = make()

        assert client.post(url(record), data).status_code == 302

        assert field in kept(record)
        assert values in text(client.get(url(record, "history")))

    def test_keeps_what_a_deleted_record_said(self, client, boss):
        synonym = Synonym.objects.create(words=["노인", "어르신"])

        client.post(url(synonym, "delete"), {"post": "yes"})

        assert not Synonym.objects.filter(pk=synonym.pk).exists()
        change = FieldChange.objects.get(kind="search.synonym", key=str(synonym.pk), field="words")
        assert (change.old, change.new) == (["노인", "어르신"], None)

    def test_keeps_nothing_of_what_was_refused(self, client, boss):
        office = Office.objects.create(kind=OfficeKind.PARTNER, name="단체")

        assert client.post(url(office), {"name": ""}).status_code == 200
        assert not FieldChange.objects.exists()

    def test_says_who_put_it_in(self, client, boss):
        client.post(
            "/admin/offices/office/add/",
            {"kind": OfficeKind.PARTNER, "name": "새 기관", "opens_date": "2000-01-01"},
        )

        page = text(client.get(url(Office.objects.get(name="새 기관"), "history")))

        assert "최고운 새로 넣음" in page

    def test_tells_of_kinds_also_who_asked_for_what(self, client, boss):
        kind = FacilityKind.objects.order_by("pk").first()
        FieldChange.objects.create(
            kind="welfare.facilitykind", key=kind.pk, field="is_protected", old=True, new=False,
            origin=ChangeOrigin.STAFF, changed_by=boss, changed_at=timezone.now(), reason="법 개정",
        )  # fmt: skip

        page = text(client.get(url(kind, "history")))

        assert "보호를 풂" in page
        assert "법 개정" in page


class TestEveryEditableModel:
    def test_keeps_its_changes_or_shows_those_of_its_services(self):
        # Of what these are about, services keep every change, and a page of their own shows it.
        elsewhere = {
            "welfare.Facility",
            "welfare.FacilityCorrection",
            "welfare.RuleVersion",
            "welfare.PlainText",
            "welfare.SignWeights",
            "cases.Case",
        }
        wrong, seen = [], 0
        for model, desk in admin.site._registry.items():
            if isinstance(desk, ReadOnlyAdmin) or model._meta.label in elsewhere:
                continue
            seen += 1
            if not isinstance(desk, HistoryAdmin | HistoryPage):
                wrong.append(model._meta.label)

        assert not wrong
        assert seen >= 9


class TestWords:
    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            (models.BooleanField(), True, "예"),
            (models.CharField(), "", "–"),
            (models.CharField(choices=[("A", "가")]), "A", "가"),
            (models.DateTimeField(), "2026-03-04T01:00:00Z", "2026-03-04 10:00"),
            (models.JSONField(), ["가", "나"], "가, 나"),
        ],
    )
    def test_say_values_as_people_read_them(self, field, value, words):
        assert value_words(field, value) == words

    @pytest.mark.django_db
    def test_say_so_where_what_it_was_is_gone(self, resident):
        change = FieldChange(
            kind="offices.nothing", key="1", field="nothing", old="A1", new="B2",
            origin=ChangeOrigin.FEED, changed_at=NOW,
        )  # fmt: skip

        assert change.get_kind_display() == "지금은 없는 것"
        assert change.get_field_display() == "지금은 없는 항목"
        assert told_changes(Office, [change])[0].who == "자료 수신"
