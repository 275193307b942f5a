"""Where a shelter is leaks through no door: rejects, histories, sources, index, retirement."""

import dataclasses
import datetime
import json
import re

import pytest
from django.db import OperationalError

from core.feeds.engine import run_feed
from core.feeds.enums import RunStatus
from core.feeds.models import FeedReject, FieldChange
from core.feeds.protocol import Connection, Page
from core.search.models import SearchEntry, Term
from core.search.queries import suggest
from core.search.services import refresh_search, refresh_vocabulary
from tests.welfare.factories import NOW, make_facility, make_kind
from welfare.area import CentralFacilities, SeoulFacilities
from welfare.feeds import central_facilities, seoul_facilities
from welfare.models import CentralFacility, Facility, SeoulFacility
from welfare.rules import is_protected_shelter
from welfare.search import FacilitySearch, follow_publication
from welfare.services import following, protect_kind, publish_facility_keys

pytestmark = pytest.mark.django_db(transaction=True)

STREET, PHONE, NAME = "비봉길 76", "02-379-9232", "서울정다운집"
SHELTERS = ("W0001", "Y0001")
OTHERS, OTHERS_NAME = 20, "해오름마당"


class Told:
    def __init__(self, page: Page) -> None:
        self.page = page

    def pages(self):
        yield self.page


def seoul_row(code="W0001", **told):
    return {
        "FCLT_CD": code,
        "FCLT_NM": NAME if code in SHELTERS else OTHERS_NAME,
        "FCLT_KIND_NM": "(여성) 사회복지관",
        "FCLT_KIND_DTL_NM": "지역복지시설",
        "JRSD_SGG_CD": "1111000000",
        "FCLT_ADDR": f"서울특별시 종로구 {STREET} (구기동)",
        "FCLT_TEL_NO": PHONE,
        "RPRSNTV": "홍길동",
    } | told


def central_row(code="W0001", **told):
    return {
        "fcltCd": code,
        "fcltNm": NAME if code in SHELTERS else OTHERS_NAME,
        "fcltKindCd": "040101",
        "jrsdSggCd": "1111000000",
        "fcltAddr": f"서울특별시 종로구 {STREET} (구기동)",
        "fcltTelNo": PHONE,
        "rprsNm": "홍길동",
    } | told


MASKED = {"fcltNm": "서울정****", "fcltAddr": "", "fcltTelNo": ""}


def sync(declaration, reader, make, *rows, force=False):
    """Run a feed over these rows, and over enough others that a share means something."""
    others = [make(f"B{number:04}") for number in range(OTHERS)]
    page = reader.read_page([*others, *rows], len(others) + len(rows))
    declared = type(declaration)(
        **(vars(declaration) | {"open": lambda _connection, _now: Told(page)})
    )
    run = run_feed(
        declaration=declared,
        upstream=Connection(base_url="", key=""),
        clock=lambda: datetime.datetime.now(datetime.UTC),
        force=force,
    )
    assert run.status == RunStatus.COMPLETED, run.reason
    return run


def seoul(*rows):
    return sync(SeoulFacilities, seoul_facilities, seoul_row, *rows)


def central(*rows):
    return sync(CentralFacilities, central_facilities, central_row, *rows)


def everything_kept_of(code):
    """Answer all that any table says of the code, as text."""
    kept = [
        *Facility.objects.filter(code=code).values(),
        *SeoulFacility.objects.filter(pk=code).values(),
        *CentralFacility.objects.filter(pk=code).values(),
        *FieldChange.objects.filter(key=code).order_by("pk").values(),
        *FeedReject.objects.filter(source_key=code).order_by("pk").values(),
        *SearchEntry.objects.filter(key=code).order_by("pk").values("title", "card"),
        *Term.objects.filter(term__contains="정다운").order_by("pk").values("term"),
        *(suggestion.text for suggestion in suggest(NAME[:4])),
    ]
    return json.dumps(kept, default=str, ensure_ascii=False)


def assert_hidden(code="W0001"):
    kept = everything_kept_of(code)
    for secret in (STREET, PHONE, PHONE.replace("-", ""), NAME, NAME[2:5], "홍길동"):
        assert secret not in kept


class TestARejectedRow:
    @pytest.mark.parametrize(
        "told",
        [
            {"FCLT_KIND_NM": "(아동) 학대피해아동쉼터", "LVLH_NMPR": "열둘"},
            {"FCLT_KIND_NM": "(여성) 일반지원시설", "FCLT_KIND_DTL_NM": "성매매피해지원시설",
             "JRSD_SGG_CD": "11"},
            {"FCLT_KIND_NM": ""},
            {"FCLT_KIND_NM": "학대피\ufffd아동쉼터"},
        ],
    )  # fmt: skip
    def test_of_the_city_says_nothing_where_it_is_or_may_be_a_shelters(self, told):
        (kept,) = seoul_facilities.read_page([seoul_row(**told)], 1).rejects
        assert STREET not in str(kept)
        assert PHONE not in str(kept)
        assert NAME not in str(kept)
        assert kept.source_key == "W0001"

    def test_of_the_ministry_says_nothing_either(self):
        row = central_row(fcltKindCd="040211", jrsdSggCd="11")
        (kept,) = central_facilities.read_page([row], 1).rejects
        assert STREET not in str(kept)
        assert PHONE not in str(kept)

    def test_is_kept_whole_but_for_people_where_it_is_no_shelters(self):
        row = seoul_row(LVLH_NMPR="열둘", rprsntvNm="홍길동", FCLT_EMAIL="hong@example.com")
        (kept,) = seoul_facilities.read_page([row], 1).rejects
        assert STREET in str(kept.row)
        assert "홍길동" not in str(kept.row)
        assert "hong@" not in str(kept.row)

    def test_says_nothing_of_what_only_the_other_publisher_masks(self):
        central(central_row(**MASKED))
        seoul(seoul_row(LVLH_NMPR="열둘"))
        assert FeedReject.objects.filter(source_key="W0001").exists()
        assert_hidden()

    def test_is_forgotten_once_the_facility_turns_out_to_be_a_shelter(self):
        seoul(seoul_row())
        seoul(seoul_row(LVLH_NMPR="열둘"))
        assert STREET in everything_kept_of("W0001")
        central(central_row(**MASKED))
        assert_hidden()


class TestAShelterThatOnlyTheMinistryMasks:
    def test_is_hidden_whichever_list_comes_first(self):
        seoul(seoul_row())
        central(central_row(**MASKED))
        assert_hidden()

    def test_stays_hidden_when_the_citys_row_changes(self):
        seoul(seoul_row())
        central(central_row(**MASKED))
        seoul(seoul_row(INMT_GRDN_CNT="12"))
        assert Facility.objects.get(pk="W0001").capacity == 12
        assert_hidden()

    def test_stays_hidden_when_the_ministry_drops_it_and_the_citys_row_changes(self):
        seoul(seoul_row())
        central(central_row(**MASKED))
        assert central().retired == 1
        seoul(seoul_row(INMT_GRDN_CNT="12"))
        assert Facility.objects.get(pk="W0001").is_protected
        assert_hidden()

    def test_is_forgotten_in_the_history_also_where_the_city_does_not_list_it(self):
        central(central_row("Y0001"))
        central(central_row("Y0001", **MASKED))
        assert FieldChange.objects.filter(key="Y0001", field="is_protected").exists()
        assert_hidden("Y0001")


class TestKinds:
    def test_of_a_family_for_victims_are_shelters_though_their_own_name_does_not_say_so(self):
        assert is_protected_shelter(name="다온", kind="일반지원시설", family="성매매피해지원시설")
        assert not is_protected_shelter(
            name="다시함께", kind="성매매피해상담소", family="성매매피해지원시설"
        )


def hide():
    SeoulFacility.objects.filter(pk="W0001").update(
        is_protected=True, address=None, address_detail=None, postcode=None, phone=None,
        district_code=None, dong_code=None, lat=None, lon=None, x=None, y=None,
    )  # fmt: skip
    publish_facility_keys(codes=["W0001"], now=NOW + datetime.timedelta(seconds=1))


class TestSearch:
    def test_is_written_nothing_that_was_read_before_the_shelter_was_hidden(self):
        make_facility("W0001", name=NAME)
        read = list(FacilitySearch.documents(["W0001"]))
        hide()
        assert not SearchEntry.objects.filter(key="W0001").exists()

        late = dataclasses.replace(FacilitySearch, documents=lambda _keys: iter(read))
        assert refresh_search(late, now=NOW, keys=["W0001"]).inserted == 0
        assert not SearchEntry.objects.filter(key="W0001").exists()

    def test_suggests_the_name_no_more_although_nobody_could_count_the_words(
        self, officer, monkeypatch
    ):
        kind = make_kind()
        kind.hotline = "1366"
        kind.save()
        make_facility("W0001", name=NAME, kind=kind.pk)
        refresh_vocabulary()
        assert suggest(NAME[:4])

        def busy():
            raise OperationalError("canceling statement due to lock timeout")

        monkeypatch.setattr(following, "refresh_vocabulary", busy)
        protect_kind(kind=kind, actor=officer, now=NOW)

        assert suggest(NAME[:4]) == ()
        assert not Term.objects.filter(term__contains="정다운").exists()

    def test_suggests_the_name_no_more_once_a_run_is_through(self):
        seoul(seoul_row())
        assert suggest(NAME[:4])
        central(central_row(**MASKED))
        assert_hidden()
        assert not refresh_vocabulary()  # nothing is left to be done


class TestSharedCaches:
    @pytest.mark.parametrize(
        ("path", "seconds"),
        [
            ("/welfare/facilities/A1/", 40),
            ("/welfare/facilities/A1/sheet/", 40),
            ("/welfare/facilities/A1/report/thanks/", 40),
            ("/p/A1", 40),
            ("/api/v1/facilities/A1/", 40),
            ("/api/v1/hsds/services/{service}", 40),
            ("/api/v1/hsds/service_at_locations/{place}", 40),
            ("/welfare/facilities/", 70),
            ("/welfare/facilities/download.csv", 70),
            ("/search/?q=가온", 70),
            ("/api/v1/facilities/", 70),
            ("/api/v1/hsds/services", 70),
            ("/sitemap.xml", 310),
            ("/sitemap-welfare-facilities-1.xml", 310),
        ],
    )
    def test_tell_no_longer_where_a_shelter_is_than_they_must(self, client, path, seconds):
        """Nobody can call back what a cache outside holds, so nothing is lent to it for long."""
        make_facility("A1")
        follow_publication(NOW)
        if "{" in path:
            path = path.format(**identifiers(client))

        answer = client.get(path)

        assert answer.status_code < 400
        told = dict(re.findall(r"([a-z-]+)=(\d+)", answer["Cache-Control"]))
        assert {"max-age", "stale-while-revalidate"} == told.keys()
        assert sum(map(int, told.values())) <= seconds


def identifiers(client):
    listed = {"service": "services", "place": "service_at_locations"}
    return {
        name: client.get(f"/api/v1/hsds/{path}").json()["contents"][0]["id"]
        for name, path in listed.items()
    }
