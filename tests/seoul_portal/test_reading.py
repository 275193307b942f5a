"""Whoever reads about people is recorded, by whatever door they come, before they are shown it."""

import datetime
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import OperationalError, connection
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse
from django.utils import timezone

from accounts.enums import MessagesTo, Role
from accounts.models import Delegation, Membership, User
from accounts.rules import mask_address
from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.records.enums import Door
from core.records.models import Access
from core.records.reading import because, system_reading
from core.web.public import anonymous, public
from seoul_portal import reading, reasons
from seoul_portal import urls as portal
from tests.sign_in import sign_in

LIST = "/admin/accounts/user/"


def names(request):
    return HttpResponse(", ".join(User.objects.order_by("pk").values_list("name", flat=True)))


def stream(request):
    people = User.objects.order_by("pk")
    return StreamingHttpResponse(f"{one.name}\n" for one in people.iterator(chunk_size=1))


def of_a_case(request):
    because("사건 12345678")
    return names(request)


def for_itself(request):
    with system_reading("to count them"):
        return HttpResponse(len(list(User.objects.all())))


def swallowed(request):
    try:
        return names(request)
    except Exception:
        return HttpResponse("all the same")


def broken(request):
    names(request)
    raise RuntimeError("after reading")


urlpatterns = [
    path("t/names/", names),
    path("t/stream/", stream),
    path("t/case/", of_a_case),
    path("t/itself/", for_itself),
    path("t/swallowed/", swallowed),
    path("t/broken/", broken),
    path("t/public/", public(max_age=60)(names)),
    path("t/open/", anonymous(names)),
    path("api/v1/t/names/", lambda request: JsonResponse({"names": names(request).text})),
    *portal.urlpatterns,
]
handler404, handler500 = portal.handler404, portal.handler500


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def centre(db):
    return Office.objects.create(kind=OfficeKind.CENTRE, name="가온동주민센터")


@pytest.fixture
def worker(centre, officer):
    Membership.objects.create(
        person=officer, office=centre, role=Role.WORKER, starts_date=timezone.localdate()
    )
    officer.user_permissions.add(Permission.objects.get(codename="view_user"))
    return officer


@pytest.fixture
def boss(db):
    return User.objects.create_superuser("boss@example.com", "pw", name="최고운")


@pytest.fixture
def as_worker(client, worker):
    sign_in(client, worker)
    return client


@pytest.fixture
def as_boss(client, boss):
    sign_in(client, boss)
    return client


def entries(person):
    return list(Access.objects.of(person.pk).order_by("pk"))


class TestStaffWhoReadAboutPeople:
    def test_leave_an_entry_with_each_of_them(self, as_worker, worker, centre, resident, stranger):
        response = as_worker.get(LIST)

        assert "김주민" in response.text
        (entry,) = entries(resident)
        assert (entry.actor_id, entry.actor_name) == (worker.pk, "이주무")
        assert (entry.office, entry.door) == (centre, Door.ADMIN)
        assert (entry.holdings, entry.count) == (["accounts.User"], 1)
        assert entry.reason == "이용자 목록"
        assert entry.request_id == response["X-Request-ID"]
        assert len(entries(stranger)) == 1

    def test_without_a_name_are_not_told_by_their_address(self, as_worker, worker, resident):
        User.objects.filter(pk=worker.pk).update(name="")

        as_worker.get(LIST)

        (entry,) = entries(resident)
        assert entry.actor_name == mask_address(worker.email)

    def test_of_several_offices_say_none_where_nobody_knows_which(
        self, as_worker, worker, resident
    ):
        other = Office.objects.create(kind=OfficeKind.CENTRE, name="나래동주민센터")
        Membership.objects.create(
            person=worker, office=other, role=Role.WORKER, starts_date=timezone.localdate()
        )

        as_worker.get(LIST)

        (entry,) = entries(resident)
        assert entry.office is None

    def test_as_helpers_read_from_no_office(self, as_worker, worker, centre, resident, stranger):
        Delegation.objects.create(
            person=resident,
            helper=worker,
            label="조카",
            purposes=["welfare"],
            messages_to=MessagesTo.PERSON,
            ends_date=timezone.localdate(),
            named_at=timezone.now(),
            accepted_at=timezone.now(),
            code_salt="salt",
            code_mark="mark",
            code_expires_at=timezone.now(),
        )
        as_worker.get("/t/names/")
        assert {one.office for one in entries(resident)} == {None}

        as_worker.get(LIST)
        assert entries(resident)[-1].office == centre

    def test_leave_none_with_themselves(self, as_worker, worker, resident):
        as_worker.get(LIST)

        assert entries(worker) == []

    def test_leave_none_where_nothing_of_anybody_was_read(self, as_worker, resident):
        as_worker.get("/my/")
        as_worker.get("/admin/")

        assert Access.objects.count() == 0

    @pytest.mark.parametrize(
        ("where", "door"),
        [("/t/names/", Door.PAGE), ("/api/v1/t/names/", Door.API), ("/t/stream/", Door.PAGE)],
    )
    def test_leave_one_by_whatever_door(self, as_worker, resident, stranger, where, door):
        response = as_worker.get(where)
        b"".join(response)

        for person in (resident, stranger):
            (entry,) = entries(person)
            assert entry.door == door

    def test_say_the_case_that_they_work_on(self, as_worker, resident):
        as_worker.get("/t/case/")

        assert [entry.reason for entry in entries(resident)] == ["사건 12345678"]

    def test_leave_none_where_the_portal_reads_for_itself(self, as_worker, resident):
        assert as_worker.get("/t/itself/").text == "2"

        assert Access.objects.count() == 0

    def test_leave_one_also_where_the_page_broke(self, worker, resident):
        client = Client(raise_request_exception=False)
        sign_in(client, worker)

        assert client.get("/t/broken/").status_code == 500
        assert len(entries(resident)) == 1

    def test_are_asked_for_no_reason(self, as_worker, resident):
        assert as_worker.get(f"{LIST}?q=nobody@nowhere.example").status_code == 200


class TestThousandRows:
    def test_are_an_entry_each_in_one_statement(self, as_worker, monkeypatch):
        User.objects.bulk_create(
            [User(email=f"r{n}@example.com", name=f"주민 {n}") for n in range(1000)]
        )
        with CaptureQueriesContext(connection) as asked:
            as_worker.get("/t/names/")

        inserts = [one["sql"] for one in asked if "records_access" in one["sql"]]
        assert len(inserts) == 1
        assert Access.objects.count() == 1000


class TestCitizens:
    def test_read_their_own_without_a_trace(self, client, resident):
        sign_in(client, resident)
        client.get("/my/")

        assert Access.objects.count() == 0

    def test_leave_an_entry_where_they_read_anothers(self, client, resident, stranger):
        sign_in(client, stranger)
        client.get("/t/names/")

        assert [(entry.actor_id, entry.office) for entry in entries(resident)] == [
            (stranger.pk, None)
        ]

    def test_leave_none_while_they_deal_with_their_own_account(self, client, resident, stranger):
        sign_in(client, stranger)
        client.post(
            reverse("account_email"), {"action_add": "1", "email": resident.email}, follow=True
        )
        client.post(reverse("account_login"), {"login": resident.email, "password": "wrong"})

        assert Access.objects.count() == 0

    def test_sign_in_without_a_trace(self, client, resident):
        client.post(reverse("account_login"), {"login": resident.email, "password": "pw"})

        assert Access.objects.count() == 0


class TestSomebodyWhoHasNotSignedIn:
    def test_leaves_an_entry_of_nobody(self, client, resident):
        client.get("/t/open/")

        (entry,) = entries(resident)
        assert (entry.actor_id, entry.actor_name, entry.office) == (None, "", None)

    def test_is_shown_nothing_by_a_page_that_anybody_may_keep(self, client, resident, caplog):
        response = client.get("/t/public/")

        assert response.status_code == 500
        assert "김주민" not in response.text
        assert "max-age" not in response.get("Cache-Control", "")
        assert Access.objects.count() == 0


class TestWhereTheLogCannotBeWritten:
    @pytest.fixture(autouse=True)
    def _broken(self, monkeypatch):
        def fail(**_):
            raise OperationalError("no space left on device")

        monkeypatch.setattr(reading, "record_looks", fail)

    @pytest.mark.parametrize("where", [LIST, "/t/names/", "/api/v1/t/names/"])
    def test_nothing_is_shown(self, as_worker, resident, where):
        response = as_worker.get(where)

        assert response.status_code == 503
        assert "Retry-After" in response
        assert "김주민" not in response.text

    def test_a_stream_ends_before_it_tells(self, as_worker, resident, stranger):
        told = []
        with pytest.raises(OperationalError):
            told.extend(as_worker.get("/t/stream/"))

        assert not {"김주민".encode(), "박타인".encode()} & {line.strip() for line in told}

    def test_pages_about_nobody_are_shown(self, as_worker):
        assert as_worker.get("/my/").status_code == 200


class TestStream:
    def test_is_written_down_chunk_by_chunk_and_once_a_person(self, as_worker, resident, stranger):
        chunks = iter(as_worker.get("/t/stream/"))
        assert Access.objects.count() == 0

        next(chunk for chunk in chunks if "김주민".encode() in chunk)
        assert len(entries(resident)) == 1
        list(chunks)

        assert [len(entries(one)) for one in (resident, stranger)] == [1, 1]


class TestSuperusers:
    def test_are_asked_for_a_reason_first(self, as_boss, resident):
        response = as_boss.get(f"{LIST}?q=resident@example.com")

        assert response.status_code == 302
        assert response["Location"].startswith("/admin/why/?next=%2Fadmin%2Faccounts%2Fuser%2F%3Fq")
        assert Access.objects.count() == 0

    def test_are_led_back_and_leave_the_reason(self, as_boss, resident):
        asked = as_boss.get(LIST, {"q": "김주민"})["Location"]
        page = BeautifulSoup(as_boss.get(asked).content, "html.parser")
        response = as_boss.post(asked, {"reason": "  민원 12345678 처리 "}, follow=True)

        assert page.select_one("h1").text == "다른 사람의 정보를 보려고 합니다"
        assert response.redirect_chain[-1][0].startswith(f"{LIST}?q=")
        assert "김주민" in response.text
        assert [entry.reason for entry in entries(resident)] == ["민원 12345678 처리"]

    def test_find_whom_they_look_for_after_the_reason_has_lapsed(self, as_boss, resident, stranger):
        """What is typed over an older search is asked about, and that one is not read again."""
        typed = as_boss.post(f"{LIST}?q=stranger@example.com", {"q": "김주민"})["Location"]
        asked = as_boss.get(typed)["Location"]
        assert asked.startswith("/admin/why/?next=")
        assert "김주민" not in unquote(asked)

        response = as_boss.post(asked, {"reason": "민원 12345678 처리"}, follow=True)

        box = BeautifulSoup(response.content, "html.parser").select_one("#searchbar")
        assert box["value"] == "김주민"
        assert entries(resident)
        assert not entries(stranger)

    def test_are_asked_first_where_words_are_sent_along_with_a_change(self, as_boss, resident):
        told = as_boss.post(f"{LIST}{resident.pk}/change/", {"q": "김주민", "is_staff": "on"})

        assert told["Location"].endswith("&sent=1")

    def test_are_asked_before_a_file_begins(self, as_boss, resident, say_why):
        asked = as_boss.get("/t/stream/")
        say_why(as_boss)
        given = b"".join(as_boss.get("/t/stream/")).decode()

        assert asked["Location"].startswith("/admin/why/")
        assert "김주민" in given

    @pytest.mark.parametrize("reason", ["", "왜", " " * 9, "가" * 201])
    def test_must_say_something(self, as_boss, resident, reason):
        page = as_boss.post("/admin/why/", {"reason": reason})

        assert page.status_code == 200
        assert as_boss.get(LIST).status_code == 302

    def test_are_asked_again_after_a_quarter_of_an_hour(
        self, as_boss, resident, say_why, monkeypatch
    ):
        say_why(as_boss)
        assert as_boss.get(LIST).status_code == 200
        later = timezone.now() + reasons.HOLDS + datetime.timedelta(seconds=1)
        monkeypatch.setattr(reasons.timezone, "now", lambda: later)

        assert as_boss.get(LIST).status_code == 302

    def test_change_nothing_before_they_have_said_why(self, as_boss, resident):
        response = as_boss.post(f"{LIST}{resident.pk}/change/", {"is_staff": "on"})

        assert response["Location"].endswith("&sent=1")
        assert "보낸 내용은 저장되지 않았습니다" in as_boss.get(response["Location"]).text
        assert not User.objects.get(pk=resident.pk).is_staff

    def test_are_told_so_by_the_api(self, as_boss, resident):
        response = as_boss.get("/api/v1/t/names/")

        assert response.status_code == 403
        assert response["Content-Type"] == "application/problem+json"
        assert "/admin/why/" in response.json()["detail"]

    def test_are_asked_also_where_a_view_catches_everything(self, as_boss, resident):
        assert as_boss.get("/t/swallowed/").status_code == 302

    def test_need_no_other_reason_than_a_case(self, as_boss, resident):
        assert as_boss.get("/t/case/").status_code == 200
        assert [entry.reason for entry in entries(resident)] == ["사건 12345678"]

    def test_see_their_own_things_without_a_reason(self, as_boss, boss):
        assert as_boss.get("/my/").status_code == 200
        assert as_boss.get("/my/data/").status_code == 200

    @pytest.mark.parametrize(
        "where",
        [
            f"{LIST}?q=nobody@nowhere.example",
            f"{LIST}?is_active__exact=0&q=김주민",
            f"{LIST}999999/change/",
            f"{LIST}999999/history/",
            f"{LIST}999999/delete/",
            "/admin/accounts/membership/?q=nobody@nowhere.example",
            "/admin/accounts/membership/999999/change/",
            "/admin/accounts/membership/export/csv/?q=nobody@nowhere.example",
            "/admin/accounts/membership/import/",
            "/admin/cases/case/?q=없는 사람",
            "/admin/notices/delivery/?q=nobody@nowhere.example",
            "/admin/autocomplete/?app_label=accounts&model_name=membership&field_name=person&term=x",
            "/admin/autocomplete/?app_label=accounts&model_name=nothing&field_name=person",
        ],
    )
    def test_are_asked_before_a_page_answers_that_nobody_is_there(self, as_boss, where, say_why):
        asked = as_boss.get(where)

        assert (asked.status_code, asked["Location"][:11]) == (302, "/admin/why/")
        say_why(as_boss)
        assert not as_boss.get(where).headers.get("Location", "").startswith("/admin/why/")

    @pytest.mark.parametrize("where", ["/admin/", "/admin/feeds/feedrun/", "/admin/why/"])
    def test_are_not_asked_where_nobody_can_be_looked_for(self, as_boss, where):
        assert as_boss.get(where).status_code == 200

    def test_bring_in_no_list_before_they_have_said_why(self, as_boss):
        response = as_boss.post("/admin/accounts/membership/import/", {"rows": "x"})

        assert response["Location"].endswith("&sent=1")

    def test_are_led_nowhere_else(self, as_boss):
        response = as_boss.post(
            "/admin/why/?next=https://elsewhere.example/", {"reason": "시험 삼아"}
        )

        assert response["Location"] == "/admin/"

    def test_alone_have_such_a_page(self, client, worker, resident):
        for person in (worker, resident):
            sign_in(client, person)
            assert client.get("/admin/why/").status_code == 403
            assert client.post("/admin/why/", {"reason": "시험 삼아"}).status_code == 403


class TestWhatAReadingCosts:
    def test_is_one_statement_more_for_staff_who_read_about_people(
        self, as_worker, resident, django_assert_num_queries, monkeypatch
    ):
        as_worker.get("/t/names/")
        with CaptureQueriesContext(connection) as with_log:
            as_worker.get("/t/names/")
        monkeypatch.setattr(reading, "record_looks", lambda **_: 0)
        with CaptureQueriesContext(connection) as without:
            as_worker.get("/t/names/")

        assert len(with_log) - len(without) == 1

    def test_is_nothing_for_public_pages(self, client, django_assert_num_queries, db):
        with CaptureQueriesContext(connection) as asked:
            client.get("/about/")

        assert [one for one in asked if "records_" in one["sql"]] == []
