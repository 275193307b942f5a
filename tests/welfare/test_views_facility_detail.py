"""A facility's page tells what is known and who says so; a shelter's whereabouts nobody learns."""

import datetime
import json

import pytest
from bs4 import BeautifulSoup

from core.web.pagecache import pages
from tests.schema_org import faults_of
from tests.welfare.factories import (
    NOW,
    OFFICE_HOURS,
    SHELTER,
    add_central,
    add_source,
    correct,
    make_facility,
    make_kind,
    make_run,
    make_shelter,
    note_exception,
    publish,
)
from welfare.models import Facility

pytestmark = pytest.mark.django_db

FACTS = {
    "STEP_FREE": {"answer": "YES", "source": "강남구", "checked_date": "2026-03-02"},
    "LIFT": {"answer": "NO", "source": "시설", "checked_date": "2026-03-02"},
}


def page_of(client, path, *, status=200):
    response = client.get(path)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def facts(page):
    rows = page.select(".facts__row")
    return {row.dt.text.strip(): " ".join(row.dd.text.split()) for row in rows}


def json_ld(page):
    return json.loads(page.select_one("script[type='application/ld+json']").text)


class TestDetail:
    def test_tells_what_is_known(self, client):
        make_run(at=datetime.datetime(2026, 8, 19, 18, tzinfo=datetime.UTC))
        make_facility(
            "A1",
            corrections={
                "weekly_hours": OFFICE_HOURS, "fees": "무료", "who_may_use": "60세 이상",
                "services_offered": "점심", "languages": "한국어, 영어", "waiting": 3,
            },
            capacity=120,
        )  # fmt: skip

        told = facts(page_of(client, "/welfare/facilities/A1/"))

        assert told["무엇"] == "노인복지관 (노인여가복지시설)"
        assert told["이용 대상"] == "60세 이상"
        assert told["주소"] == "서울특별시 강남구 시험로 1 2층 (01234)"
        assert told["이용 요금"] == "무료"
        assert told["전화"].endswith("02-123-4567")
        assert told["정원과 대기"] == "정원 120명, 대기 3명"
        assert told["하는 일"] == "점심"
        assert told["쓸 수 있는 말"] == "한국어, 영어"
        assert told["마지막으로 확인한 날"] == "2026년 8월 20일"
        assert told["시설 번호"] == "A1"
        assert "관리하는 곳" not in told

    def test_says_what_nobody_knows_instead_of_guessing(self, client):
        make_facility("A1", phone=None)

        told = facts(page_of(client, "/welfare/facilities/A1/"))

        assert told["여는 때"] == "확인되지 않았습니다."
        assert "전화" not in told
        assert "정원과 대기" not in told
        assert told["신청 방법"].endswith("129")

    def test_says_how_its_week_goes(self, client):
        make_facility("A1", corrections={"weekly_hours": OFFICE_HOURS})
        tomorrow = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=2)
        note_exception("A1", tomorrow)

        page = page_of(client, "/welfare/facilities/A1/")

        week = {r.th.text.split()[0]: r.td.text for r in page.select("table tbody tr")}
        assert week["월요일"] == "09:00–18:00"
        assert week["일요일"] == "쉽니다"
        assert "대청소" in page.text
        assert page.select_one(".krds-badge:nth-of-type(2)").text.startswith("지금")

    def test_says_who_found_what_accessible_and_when(self, client):
        make_facility("A1", corrections={"accessibility": FACTS, "is_accessible": True})

        rows = page_of(client, "/welfare/facilities/A1/").select("table tbody tr")

        assert [[cell.text for cell in row.select("th, td")] for row in rows] == [
            ["턱이나 계단 없는 출입구", "있음", "강남구, 2026년 3월 2일 확인"],
            ["승강기", "없음", "시설, 2026년 3월 2일 확인"],
        ]

    def test_names_the_jurisdiction_where_it_is_another(self, client):
        make_facility("A1", district="강남구", jurisdiction_code="1111000000")

        assert facts(page_of(client, "/welfare/facilities/A1/"))["관리하는 곳"] == "종로구"
        assert facts(page_of(client, "/en/welfare/facilities/A1/"))["Responsible"] == "Jongno-gu"

    def test_names_both_publishers_where_both_spoke(self, client):
        add_source("A1")
        add_central("A1", phone="02-999-8888", operator="가온재단", homepage="https://gaon.example")
        publish("A1")

        page = page_of(client, "/welfare/facilities/A1/")
        told = facts(page)

        assert told["주소와 전화"] == "한국사회보장정보원 (공공데이터포털)"
        assert told["운영"] == "가온재단"
        assert page.find("a", string="https://gaon.example")["rel"] == ["noreferrer", "external"]

    def test_makes_no_link_of_an_address_that_is_none(self, client):
        add_source("A1")
        add_central("A1", homepage="javascript:alert(1)")
        publish("A1")

        assert "javascript:" not in str(page_of(client, "/welfare/facilities/A1/"))

    def test_says_how_far_it_is_and_that_it_is_about(self, client):
        make_facility("A1", lat=37.5763, lon=126.9779)

        page = page_of(client, "/welfare/facilities/A1/?near=37.5663,126.9779")

        assert facts(page)["거리"] == "약 1.1 km"
        assert "정확한 위치가 아니라" in page.text
        assert "거리" not in facts(page_of(client, "/welfare/facilities/A1/?near=nowhere"))

    def test_asks_at_most_three_times(self, client, django_assert_max_num_queries):
        make_facility("A1", corrections={"weekly_hours": OFFICE_HOURS})
        note_exception("A1", NOW.date())
        pages.clear()

        with django_assert_max_num_queries(3):
            client.get("/welfare/facilities/A1/")

    def test_says_that_it_left_the_list(self, client):
        make_facility("A1", retired_at=NOW)

        page = page_of(client, "/welfare/facilities/A1/")

        assert "지금은 목록에 없는 시설입니다" in page.text
        assert page.select_one("meta[name=robots]")["content"] == "noindex"
        assert page.select_one("script[type='application/ld+json']") is None

    @pytest.mark.parametrize("code", ["NOPE", "%00", "가나다", "A" * 300])
    def test_says_that_there_is_no_such_facility(self, client, code):
        page_of(client, f"/welfare/facilities/{code}/", status=404)

    def test_stands_in_both_languages_and_says_so(self, client):
        make_facility("A1", corrections={"name_en": "Gaon Senior Centre"})

        page = page_of(client, "/en/welfare/facilities/A1/")

        links = {link["hreflang"]: link["href"] for link in page.select("link[hreflang]")}
        assert links["ko"].endswith("/welfare/facilities/A1/")
        assert links["en"].endswith("/en/welfare/facilities/A1/")
        assert page.h1.text == "Gaon Senior Centre"


class TestStructuredData:
    def test_tells_machines_what_the_page_tells_people(self, client):
        make_facility(
            "A1",
            precision="BUILDING",
            corrections={"weekly_hours": OFFICE_HOURS, "accessibility": FACTS},
        )

        data = json_ld(page_of(client, "/welfare/facilities/A1/"))

        assert data["@context"] == "https://schema.org"
        assert (data["name"], data["telephone"]) == ("가온노인복지관", "02-123-4567")
        assert data["address"]["streetAddress"] == "서울특별시 강남구 시험로 1 2층"
        assert data["geo"]["@type"] == "GeoCoordinates"
        assert {"dayOfWeek", "opens", "closes"} <= set(data["openingHoursSpecification"][0])
        assert {one["name"]: one["value"] for one in data["amenityFeature"]} == {
            "STEP_FREE": True,
            "LIFT": False,
        }

    @pytest.mark.parametrize(
        ("kind", "type_"), [("노인복지관", "LocalBusiness"), ("어린이집", "ChildCare")]
    )
    def test_keeps_to_the_vocabulary_of_schema_org(self, client, kind, type_):
        add_central("A1", operator="가온재단", homepage="https://gaon.example/")
        make_facility(
            "A1",
            kind=kind,
            precision="BUILDING",
            corrections={
                "name_en": "Gaon Centre",
                "weekly_hours": OFFICE_HOURS | {"sun": [["00:00", "24:00"]]},
                "accessibility": FACTS,
            },
        )

        data = json_ld(page_of(client, "/welfare/facilities/A1/"))

        assert list(faults_of(data)) == []
        assert data["@type"] == type_
        told = {"geo", "sameAs", "alternateName", "parentOrganization", "amenityFeature"}
        assert told | {"address", "openingHoursSpecification"} <= data.keys()

    @pytest.mark.parametrize(
        "broken",
        [
            {"@type": "SocialCare"},
            {"@type": "GeoCoordinates", "telephone": "02-123-4567"},
            {"@type": "Place", "parentOrganization": {"@type": "Organization", "name": "가온재단"}},
            {"@type": "Place", "geo": {"@type": "PostalAddress"}},
            {"@type": "Place", "name": ""},
            {"@type": "OpeningHoursSpecification", "closes": "24:00"},
            {"@type": "OpeningHoursSpecification", "dayOfWeek": "mon"},
            {"@type": "LocalBusiness", "sameAs": "gaon.example"},
        ],
    )
    def test_would_not_keep_to_it_with_another_word(self, broken):
        assert len(list(faults_of(broken))) == 1

    def test_does_not_take_the_middle_of_a_dong_for_the_door(self, client):
        make_facility("A1", precision="DONG")

        assert "geo" not in json_ld(page_of(client, "/welfare/facilities/A1/"))

    def test_cannot_be_broken_out_of(self, client):
        make_facility("A1", name="</script><script>alert(1)</script>")

        page = page_of(client, "/welfare/facilities/A1/")

        assert json_ld(page)["name"] == "</script><script>alert(1)</script>"
        assert len(page.select("script")) == 3


class TestInEnglish:
    def test_says_of_korean_words_that_they_are(self, client):
        make_facility(
            "A1",
            corrections={
                "fees": "무료", "who_may_use": "60세 이상", "services_offered": "점심",
                "languages": "한국어", "accessibility": FACTS,
            },
        )  # fmt: skip

        page = page_of(client, "/en/welfare/facilities/A1/")

        korean = {tag.text for tag in page.select("main [lang=ko]")}
        assert {"가온노인복지관", "무료", "60세 이상", "점심", "한국어", "강남구"} <= korean
        assert page.select_one(".breadcrumb [aria-current] [lang=ko]")
        assert page.select_one("main .phone .sr-only [lang=ko]")

    def test_says_in_english_whom_its_kind_is_for(self, client):
        make_facility("A1")

        assert facts(page_of(client, "/en/welfare/facilities/A1/"))["Who may use it"] == (
            "Older people"
        )
        kind = page_of(client, "/en/welfare/facilities/kinds/노인복지관/")
        assert "Older people" in kind.main.text

    def test_keeps_a_group_that_it_has_no_words_for(self, client):
        make_kind("새로운시설", "새로운분류", client_group="새사람")

        page = page_of(client, "/en/welfare/facilities/kinds/새로운시설/")

        assert page.select_one("main .prose p [lang=ko]").text == "새사람"


class TestSheet:
    def test_tells_the_week_and_not_how_it_stands_today(self, client):
        make_facility("A1", corrections={"weekly_hours": OFFICE_HOURS, "accessibility": FACTS})

        page = page_of(client, "/welfare/facilities/A1/sheet/")

        told = facts(page)
        assert told["월요일–금요일"] == "09:00–18:00"
        assert told["토요일–일요일"] == told["공휴일"] == "쉽니다"
        assert told["있는 것"] == "턱이나 계단 없는 출입구"
        assert told["없는 것"] == "승강기"
        assert "여는 때" not in told
        assert "오늘" not in page.main.text

    def test_says_that_its_hours_are_not_known(self, client):
        make_facility("A1")

        told = facts(page_of(client, "/welfare/facilities/A1/sheet/"))

        assert told["여는 때"] == "확인되지 않았습니다. 전화로 물어보세요."

    def test_holds_the_short_address_and_the_facts(self, client):
        make_facility("A1")

        page = page_of(client, "/welfare/facilities/A1/sheet/")

        assert page.select_one(".qr figcaption").text.endswith("/p/A1")
        assert facts(page)["전화"].endswith("02-123-4567")
        assert page.select_one("link[rel=canonical]")["href"].endswith("/welfare/facilities/A1/")

    def test_comes_in_large_print(self, client):
        make_facility("A1")

        assert page_of(client, "/welfare/facilities/A1/sheet/?size=large").select_one(
            ".sheet--large"
        )
        assert not page_of(client, "/welfare/facilities/A1/sheet/").select_one(".sheet--large")


class TestShortAddress:
    def test_leads_to_the_facility_in_the_language_asked(self, client):
        make_facility("A1")

        assert client.get("/p/A1")["Location"] == "/welfare/facilities/A1/"
        assert client.get("/en/p/A1")["Location"] == "/en/welfare/facilities/A1/"

    def test_of_nothing_is_not_found(self, client):
        assert client.get("/p/NOPE").status_code == 404


class TestProtectedShelter:
    """Its name, address and telephone are known to a source once, and must appear nowhere."""

    SECRETS = ("은하수쉼터", "비밀로 7", "02-777-7777", "37.5777")

    @pytest.fixture
    def shelter(self):
        add_source(
            "K1", name="은하수쉼터", kind=SHELTER, address="서울특별시 강남구 비밀로 7",
            phone="02-777-7777", lat=37.5777, lon=126.99,
        )  # fmt: skip
        correct("K1", name="은하수쉼터 2호", phone="02-777-7778", fees="은하수쉼터에 문의")
        publish("K1")
        return Facility.objects.get(code="K1")

    def test_has_a_kind_whose_page_tells_the_hotline_first(self, client, shelter):
        page = page_of(client, shelter.kind.get_absolute_url())

        assert page.select_one("main a.phone")["href"] == "tel:112"
        assert "주소와 전화번호를 법에 따라 알리지 않습니다" in page.text

    @pytest.mark.parametrize(
        "path", ["/p/K1", "/welfare/facilities/K1/sheet/", "/welfare/facilities/K1/report/"]
    )
    def test_has_no_sheet_no_code_no_report(self, client, shelter, path):
        assert client.get(path).status_code == 404
        assert client.get(f"/en{path}").status_code == 404

    @pytest.mark.parametrize(
        "path",
        [
            "/welfare/facilities/",
            "/welfare/facilities/?q=은하수쉼터",
            "/welfare/facilities/?near=37.5777,126.99",
            f"/welfare/facilities/?kind={SHELTER}",
            f"/welfare/facilities/kinds/{SHELTER}/",
            "/welfare/facilities/download.csv",
            "/welfare/facilities/download.geojson",
            "/welfare/facilities/download.csv?q=은하수쉼터",
            "/sitemap-welfare-pages-1.xml",
            "/sitemap.xml",
        ],
    )
    def test_is_told_nowhere(self, client, shelter, path):
        make_facility("A1")
        for address in (path, *(["/en" + path] if path.startswith("/welfare") else [])):
            response = client.get(address, follow=True)

            text = b"".join(response.streaming_content) if response.streaming else response.content
            said = text.decode().replace("q=은하수쉼터", "").replace("37.5777,126.99", "")
            said = said.replace('value="은하수쉼터"', "").replace("‘은하수쉼터’", "")
            said = said.replace('‘<span lang="ko">은하수쉼터</span>’', "")
            assert response.status_code == 200
            assert not [secret for secret in self.SECRETS if secret in said]
            assert "K1/" not in said

    def test_masked_by_its_publisher_is_treated_alike(self, client):
        make_shelter("K2")

        assert client.get("/welfare/facilities/K2/").status_code == 404
        assert "꿈자" not in client.get("/welfare/facilities/").content.decode()

    @pytest.mark.parametrize(
        "path",
        ["/welfare/facilities/{}/", "/en/welfare/facilities/{}/", "/welfare/facilities/{}/sheet/",
         "/welfare/facilities/{}/report/", "/welfare/facilities/{}/report/thanks/", "/p/{}",
         "/api/v1/facilities/{}/"],
    )  # fmt: skip
    def test_is_answered_as_a_number_that_nobody_has(self, client, path):
        make_shelter("K0002")
        told = []
        for code in ("K0002", "K0009"):
            pages.clear()
            answer = client.get(path.format(code), headers={"X-Request-ID": "same"})
            kept = {name: value for name, value in answer.headers.items() if "equest" not in name}
            body = answer.content.decode().replace(answer.headers.get("X-Request-Id", "-"), "")
            told.append((answer.status_code, kept, body.replace(code, "CODE")))
        assert told[0] == told[1]
        assert told[0][0] == 404

    def test_leads_to_a_page_that_tells_everybody_whom_to_call(self, client):
        make_shelter("K0002")
        page = page_of(client, "/welfare/facilities/K0002/", status=404)
        numbers = {link["href"] for link in page.select(".help a")}
        assert {"tel:1366", "tel:112", "tel:1577-1391".replace("-", "")} <= numbers


class TestKind:
    def test_leads_to_the_list_of_its_facilities(self, client):
        page = page_of(client, "/welfare/facilities/kinds/노인복지관/")

        assert page.h1.text == "노인복지관"
        link = page.find("a", string="노인복지관 모두 보기")
        assert link["href"].startswith("/welfare/facilities/?kind=")

    def test_tells_how_many_there_are_and_what_is_similar(self, client):
        make_facility("A1")
        make_facility("A2", name="글누리노인교실", kind="노인교실")
        make_facility("A3", name="해솔어린이집", kind="어린이집")

        page = page_of(client, "/welfare/facilities/kinds/노인복지관/")

        assert "서울에 1곳 있습니다." in page.main.text
        assert [link.text.strip() for link in page.select(".ways a")] == ["노인교실 1"]

    def test_tells_a_number_to_call_once(self, client):
        make_shelter("K1")

        page = page_of(client, f"/welfare/facilities/kinds/{SHELTER}/")

        assert [link["href"] for link in page.select("main a.phone")] == ["tel:112"]

    def test_that_does_not_exist_is_not_found(self, client):
        page_of(client, "/welfare/facilities/kinds/없는것/", status=404)
