"""The facilities in HSDS 3.0: what is answered is valid, and stays the same thing under one id."""

import datetime
import json
import os
from itertools import chain
from pathlib import Path
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator, FormatChecker

from core.search.services import refresh_vocabulary
from core.web.kept import kept
from core.web.pagecache import pages
from tests.welfare.factories import NOW, OFFICE_HOURS, add_central, make_facility, publish
from welfare.models import FacilityIdentifier, SeoulFacility
from welfare.models.identifier import public_id

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/hsds/"
LISTS = ("services", "organizations", "service_at_locations")
A1 = "d06a5815-a3dc-57ec-91b4-28fdeafc444f"


@pytest.fixture(scope="session")
def schema_of():
    """The publisher's compiled schemas, which are never part of this repository."""
    data = Path(os.environ.get("SHARED_DATA") or settings.BASE_DIR.parent / "shared" / "data")
    folder = data.parent / "hsds" / "compiled"
    if not folder.is_dir():
        pytest.skip(f"the publisher's schemas are not at {folder} (SHARED_DATA)")
    return lambda name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture
def check(schema_of):
    def validate(told: dict, name: str) -> None:
        Draft202012Validator(schema_of(name), format_checker=FormatChecker()).validate(told)

    return validate


@pytest.fixture
def ask(client):
    def get(path: str = "", query: str = "", status: int = 200):
        response = client.get(f"{ROOT}{path}?{query}")
        assert response.status_code == status, response.content
        return response.json()

    return get


@pytest.fixture
def many():
    """Facilities that know much and little, of an operator and of districts."""
    add_central("A1", operator="사회복지법인 가온", homepage="https://gaon.example.kr/")
    make_facility(
        "A1", capacity=30,
        corrections={
            "weekly_hours": OFFICE_HOURS, "fees": "무료", "who_may_use": "60세 이상",
            "languages": "한국어, 영어", "services_offered": "점심 식사",
            "accessibility": {
                "LIFT": {"answer": "YES", "source": "시험", "checked_date": "2026-08-01"},
            },
        },
    )  # fmt: skip
    make_facility("A2", name="다솜푸드뱅크", kind="푸드뱅크", district="종로구", phone=None)
    make_facility("A3", name="누리", jurisdiction_code="1100000000")
    SeoulFacility.objects.filter(pk="A3").update(postcode=None)
    publish("A3")
    make_facility("P1", name="비밀쉼터", is_protected=True)


class TestAnybody:
    def test_may_read_what_this_is(self, ask):
        told = ask()

        assert told["version"] == "3.0"
        assert told["openapi_url"] == "http://testserver/api/v1/schema/"

    def test_is_led_to_where_this_is_documented(self, ask, client):
        address, fragment = ask()["profile"].removeprefix("http://testserver").split("#")

        page = BeautifulSoup(client.get(address).content, "html.parser")

        assert "HSDS" in page.find(id=fragment).text

    def test_may_read_the_lists_and_keep_them(self, many, client):
        for name in LISTS:
            response = client.get(ROOT + name)
            assert response["Cache-Control"].startswith("public")
            again = client.get(ROOT + name, headers={"If-None-Match": response["ETag"]})
            assert again.status_code == 304

    def test_is_led_to_the_address_without_a_slash(self, client):
        answer = client.get(f"{ROOT}services/")

        assert answer.status_code == 308
        assert answer["Location"] == f"{ROOT}services"


class TestValidity:
    def test_of_what_lists_hold(self, many, ask, check):
        for name in LISTS:
            page = ask(name)
            assert page["contents"]
            for told in page["contents"]:
                check(told, f"{name.removesuffix('s')}_list")

    def test_of_what_lists_hold_in_full(self, many, ask, check):
        for name in LISTS:
            for told in ask(name, "full=true")["contents"]:
                check(told, name.removesuffix("s"))

    def test_of_the_least_that_services_tell(self, many, ask, check):
        for told in ask("services", "minimal=true")["contents"]:
            check(told, "service_list")
            assert set(told) == {"id", "name", "status", "last_modified"}

    def test_of_each_service_and_place(self, many, ask, check):
        for told in ask("services")["contents"]:
            check(ask(f"services/{told['id']}"), "service")
            place = ask(f"service_at_locations/{told['id']}")
            check(place, "service_at_location")
            # What the specification's own OpenAPI document asks for at this address.
            check(place, "service")

    def test_of_each_organization(self, many, ask, check):
        for told in ask("organizations")["contents"]:
            check(ask(f"organizations/{told['id']}"), "organization")
            check(ask(f"organizations/{told['id']}", "full_service=true"), "organization")

    def test_of_the_page_around_a_list(self, many, ask, schema_of):
        openapi = json.loads(
            (Path(os.environ["SHARED_DATA"]).parent / "hsds" / "openapi.json").read_text("utf-8")
            if "SHARED_DATA" in os.environ
            else (settings.BASE_DIR.parent / "shared/hsds/openapi.json").read_text("utf-8")
        )
        schema = openapi["components"]["schemas"]["Page"]
        for name in LISTS:
            page = ask(name, "per_page=2")
            Draft202012Validator(schema | {"required": list(schema["properties"])}).validate(page)


class TestWhatIsTold:
    def test_is_all_that_is_known(self, many, ask):
        told = ask(f"services/{public_id('facility', 'A1')}")

        assert told["name"] == "가온노인복지관"
        assert told["status"] == "active"
        assert told["url"] == "https://gaon.example.kr/"
        assert told["fees_description"] == "무료"
        assert told["eligibility_description"] == "60세 이상"
        assert told["organization"]["name"] == "사회복지법인 가온"
        assert told["phones"][0]["number"] == "02-123-4567"
        assert len(told["schedules"]) == 5
        assert told["schedules"][0]["byday"] == "MO"
        assert told["schedules"][0]["opens_at"] == "09:00+09:00"
        assert told["attributes"][0]["taxonomy_term"]["name"] == "노인복지관"

    def test_is_no_time_that_no_clock_shows(self, ask):
        make_facility(
            "A1",
            corrections={
                "weekly_hours": {
                    "mon": [["00:00", "24:00"]], "tue": [["18:00", "24:00"]],
                    "wed": [["22:00", "06:00"]],
                }
            },
        )  # fmt: skip

        told = ask(f"services/{public_id('facility', 'A1')}")["schedules"]

        times = [(one["opens_at"], one["closes_at"]) for one in told]
        assert times == [
            ("00:00+09:00", "23:59+09:00"),
            ("18:00+09:00", "23:59+09:00"),
            ("22:00+09:00", "06:00+09:00"),
        ]
        for time in chain(*times):
            # RFC 3339 counts seconds as well; the specification asks for hours and minutes.
            datetime.time.fromisoformat(time.replace("+", ":00+"))

    def test_is_where_it_stands(self, many, ask):
        told = ask(f"services/{public_id('facility', 'A1')}")

        place = told["service_at_locations"][0]["location"]
        assert place["external_identifier"] == "A1"
        assert place["addresses"][0]["postal_code"] == "01234"
        assert place["addresses"][0]["city"] == "강남구"
        assert place["accessibility"][0]["description"]

    def test_is_not_what_nobody_knows(self, many, ask):
        told = ask(f"services/{public_id('facility', 'A3')}")

        assert "addresses" not in told["service_at_locations"][0]["location"]
        assert "fees_description" not in told
        assert "url" not in told
        assert None not in told.values()

    def test_is_the_district_or_the_city_where_no_operator_is_known(self, many, ask):
        names = [body["name"] for body in ask("organizations")["contents"]]

        assert names == ["서울특별시", "서울특별시 종로구", "사회복지법인 가온"]

    def test_is_never_a_protected_shelter(self, many, ask, client):
        for name in LISTS:
            for query in ("", "full=true", "search=비밀"):
                assert "비밀" not in json.dumps(ask(name, query), ensure_ascii=False)
        hidden = public_id("facility", "P1")
        ask(f"services/{hidden}", status=404)
        ask(f"service_at_locations/{hidden}", status=404)
        assert not FacilityIdentifier.objects.filter(code="P1").exists()

    def test_is_no_longer_what_became_protected(self, many, ask):
        SeoulFacility.objects.filter(pk="A2").update(
            is_protected=True, address=None, address_detail=None, postcode=None, dong_code=None,
            district_code=None, phone=None, lat=None, lon=None, x=None, y=None, precision="NONE",
        )  # fmt: skip
        publish("A2")

        ask(f"services/{public_id('facility', 'A2')}", status=404)


class TestIdentifiers:
    def test_are_the_same_on_every_machine_for_ever(self):
        assert str(public_id("facility", "A1")) == A1
        assert public_id("facility", "A1").version == 5

    def test_are_kept_when_a_facility_is_published_again(self, many, ask):
        before = [told["id"] for told in ask("services")["contents"]]
        publish("A1", "A2", "A3")

        assert [told["id"] for told in ask("services")["contents"]] == before
        assert FacilityIdentifier.objects.count() == 3


class TestFilters:
    def codes(self, page):
        return [told["location"]["external_identifier"] for told in page["contents"]]

    @pytest.mark.parametrize("name", ["services", "service_at_locations"])
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", ["A1", "A2", "A3"]),
            ("search=다솜", ["A2"]),
            (f"taxonomy_term_id={public_id('kind', '푸드뱅크')}", ["A2"]),
            (f"taxonomy_term_id={UUID(int=1)}", []),
            (f"organization_id={public_id('operator', '사회복지법인 가온')}", ["A1"]),
            (f"organization_id={public_id('district', '1111000000')}", ["A2"]),
            (f"organization_id={public_id('district', '1100000000')}", ["A3"]),
            (f"organization_id={UUID(int=1)}", []),
            (f"modified_after={NOW.isoformat()}", ["A1", "A2", "A3"]),
            ("modified_after=2026-08-21", []),
            ("per_page=1&page=2", ["A2"]),
            ("page=9", []),
        ],
    )
    def test_keep_what_they_say(self, many, ask, name, query, expected):
        page = ask(name, query)

        assert [told["id"] for told in page["contents"]] == [
            str(public_id("facility", code)) for code in expected
        ]
        assert page["size"] == len(expected)
        assert page["empty"] is (not expected)

    def test_keep_a_postcode(self, many, ask):
        assert self.codes(ask("service_at_locations", "postcode=01234")) == ["A1", "A2"]

    def test_say_which_page_of_how_many(self, many, ask):
        page = ask("services", "per_page=2&page=2")

        told = {name: page[name] for name in ("total_items", "total_pages", "page_number", "size")}
        assert told == {"total_items": 3, "total_pages": 2, "page_number": 2, "size": 1}
        assert (page["first_page"], page["last_page"]) == (False, True)

    def test_find_organizations_by_name(self, many, ask):
        found = ask("organizations", "search=종로")["contents"]

        assert [body["name"] for body in found] == ["서울특별시 종로구"]

    @pytest.mark.parametrize(
        ("path", "query", "name"),
        [
            ("services", "organization_id=x", "organization_id"),
            ("services", "taxonomy_term_id=%00", "taxonomy_term_id"),
            ("services", "modified_after=yesterday", "modified_after"),
            ("services", "modified_after=9999-12-31T23:59:59-23:59", "modified_after"),
            ("services", "format=xml", "format"),
            ("services", "full=maybe", "full"),
            ("services", "per_page=0", "per_page"),
            ("services", "page=501", "page"),
            ("services", "postcode=1", "postcode"),
            ("service_at_locations", "proximity=5", "proximity"),
            ("organizations", "organization_id=1", "organization_id"),
            ("organizations", "search=" + "가" * 101, "search"),
        ],
    )
    def test_refuse_what_they_do_not_know(self, ask, path, query, name):
        told = ask(path, query, status=400)

        assert [error["parameter"] for error in told["errors"]] == [name]

    def test_find_nothing_under_an_id_that_is_none(self, ask):
        for name in LISTS:
            ask(f"{name}/{UUID(int=7)}", status=404)
            ask(f"{name}/not-an-id", status=404)


class TestQueries:
    def test_do_not_grow_with_the_rows(self, client, assert_flat):
        def page():
            pages.clear()
            kept.clear()
            assert client.get(f"{ROOT}services?full=true&per_page=100").status_code == 200

        number = assert_flat(page, add=lambda number: make_facility(f"A{number:03}"))

        assert 1 <= number <= 2

    @pytest.mark.parametrize("full", ["full=true", "full_service=true"])
    def test_do_not_grow_with_the_organizations(self, client, assert_flat, full):
        def add(number):
            add_central(f"A{number:03}", operator=f"사회복지법인 {number}")
            make_facility(f"A{number:03}")

        def page():
            pages.clear()
            kept.clear()
            told = client.get(f"{ROOT}organizations?{full}&per_page=100").json()
            assert all(body["services"] for body in told["contents"])

        # The bodies themselves take two, and are kept until the data changes.
        assert assert_flat(page, add=add) <= 3

    @pytest.mark.parametrize("more", ["", "&per_page=1", "&per_page=1&page=9"])
    def test_are_two_at_most_for_a_misspelt_word(self, client, more):
        for number in range(3):
            make_facility(f"A{number}")
        refresh_vocabulary()
        with CaptureQueriesContext(connection) as captured:
            misspelt = client.get(f"{ROOT}services?search=가온노인복직관{more}").json()

        assert len(captured) <= 2, [one["sql"] for one in captured]
        assert misspelt["total_items"] == 3
        right = client.get(f"{ROOT}services?search=가온노인복지관{more}").json()
        assert misspelt == right


class TestServicesOfOrganizations:
    def test_are_their_own(self, many, ask):
        for body in ask("organizations", "full=true")["contents"]:
            alone = ask(f"organizations/{body['id']}")
            listed = ask("services", f"organization_id={body['id']}")["contents"]
            assert body == alone
            assert [one["id"] for one in body["services"]] == [one["id"] for one in listed]

    def test_share_the_room_of_an_answer(self, ask, monkeypatch):
        for number in range(6):
            make_facility(f"A{number}", district="강남구" if number % 2 else "종로구")
        monkeypatch.setattr("welfare.api.hsds.views.MOST_SERVICES", 4)

        told = ask("organizations", "full_service=true")["contents"]

        assert [len(body["services"]) for body in told] == [2, 2]
