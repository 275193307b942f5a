"""The data.go.kr stand-in answers as FORMATS.md says the real gateway and the ministry do."""

import re
from xml.etree import ElementTree

import httpx
import pytest

from core.sandbox.upstreams import serve

SERVICE = "data.go.kr/B554287/sclWlfrFcltInfoInqirService1"
OPERATIONS = {
    "getFcltListInfoInqire": "fcltCd fcltNm fcltKindCd fcltKindNm jrsdSggCd jrsdSggNm",
    "getNFcltBizInqire": "fcltCd fcltNm fcltKindCd fcltKindNm certYn fcltStatus",
    "getFcltByBassInfoInqire": (
        "fcltCd srvInstId fcltNm fcltKindCd jrsdSggCd rprsNm cprNm homepageAddr fcltMailAddr "
        "fcltZipcd fcltAddr fcltDtl_1Addr fcltDtl_2Addr fcltTelNo fcltTelNo2 faxNo cfbClCd cfbNm"
    ),
}
BASIC = "getFcltByBassInfoInqire"


@pytest.fixture(scope="module")
def base_url():
    with serve(rows=2000) as url:
        yield url


def ask(base_url, operation=BASIC, **query):
    query = {"serviceKey": "any key's letters==", "pageNo": "1", "numOfRows": "1000"} | query
    return httpx.get(f"{base_url}/{SERVICE}/{operation}", params=query)


def items(base_url, operation=BASIC, **query):
    told = ask(base_url, operation, _type="json", **query).json()["response"]["body"]["items"]
    return told["item"] if isinstance(told["item"], list) else [told["item"]]


def all_items(base_url, operation=BASIC):
    return [row for page in ("1", "2") for row in items(base_url, operation, pageNo=page)]


class TestOperations:
    @pytest.mark.parametrize(("operation", "fields"), OPERATIONS.items())
    def test_answer_in_xml_unless_json_is_asked(self, base_url, operation, fields):
        response = ask(base_url, operation, numOfRows="100")

        assert response.headers["content-type"] == "application/xml;charset=UTF-8"
        root = ElementTree.fromstring(response.content)
        assert root.tag == "response"
        assert root.findtext("header/resultCode") == "00"
        assert root.findtext("header/resultMsg") == "NORMAL SERVICE."
        assert root.findtext("body/numOfRows") == "100"
        assert root.findtext("body/pageNo") == "1"
        told = root.findall("body/items/item")
        assert len(told) == 100
        assert {tuple(field.tag for field in item) for item in told} == {tuple(fields.split())}

    @pytest.mark.parametrize(("operation", "fields"), OPERATIONS.items())
    def test_tell_the_same_in_json(self, base_url, operation, fields):
        response = ask(base_url, operation, numOfRows="100", _type="json")
        root = ElementTree.fromstring(ask(base_url, operation, numOfRows="100").content)

        assert response.headers["content-type"] == "application/json;charset=UTF-8"
        assert list(response.json()) == ["response"]
        told = response.json()["response"]
        assert told["header"] == {"resultCode": "00", "resultMsg": "NORMAL SERVICE."}
        assert list(told["body"]) == ["items", "numOfRows", "pageNo", "totalCount"]
        assert list(told["body"]["items"]["item"][0]) == fields.split()
        assert told["body"]["items"]["item"] == [
            {field.tag: field.text or "" for field in item}
            for item in root.findall("body/items/item")
        ]

    def test_disagree_about_the_total(self, base_url):
        totals = {
            operation: ask(base_url, operation, _type="json").json()["response"]["body"][
                "totalCount"
            ]
            for operation in OPERATIONS
        }

        assert totals[BASIC] == 2000
        assert len(set(totals.values())) == 3

    def test_tell_the_total_now_as_a_number_now_as_text(self, base_url):
        first, second = (
            ask(base_url, _type="json", pageNo=page).json()["response"]["body"]["totalCount"]
            for page in ("1", "2")
        )

        assert (first, second) == (2000, "2000")

    def test_tell_a_single_item_as_an_object_and_none_as_a_blank(self, base_url):
        one = ask(base_url, _type="json", numOfRows="1", pageNo="5").json()["response"]["body"]
        none = ask(base_url, _type="json", pageNo="9").json()["response"]["body"]

        assert isinstance(one["items"]["item"], dict)
        assert none["items"] == ""
        assert none["totalCount"] == 2000

    def test_give_ten_rows_where_no_number_is_asked(self, base_url):
        response = httpx.get(f"{base_url}/{SERVICE}/{BASIC}?ServiceKey=k&_type=json")

        assert len(response.json()["response"]["body"]["items"]["item"]) == 10


class TestFilters:
    @pytest.mark.parametrize("operation", ["getFcltListInfoInqire", BASIC])
    def test_narrow_by_jurisdiction_and_kind(self, base_url, operation):
        wanted = {"jrsdSggCd": "1135000000", "fcltKindCd": "010151"}
        told = items(base_url, operation, **wanted)
        every = [
            row
            for row in all_items(base_url, operation)
            if {name: row[name] for name in wanted} == wanted
        ]

        assert len(told) > 5
        assert told == every

    def test_ignore_the_code_in_the_basic_information_only(self, base_url):
        wanted = items(base_url, pageNo="321", numOfRows="1")[0]["fcltCd"]

        assert [row["fcltCd"] for row in items(base_url, numOfRows="2", fcltCd=wanted)] != [wanted]
        for operation in ("getFcltListInfoInqire", "getNFcltBizInqire"):
            assert [row["fcltCd"] for row in items(base_url, operation, fcltCd=wanted)] == [wanted]

    def test_that_find_nothing_answer_no_data(self, base_url):
        as_xml = ElementTree.fromstring(ask(base_url, jrsdSggCd="9999999999").content)
        as_json = ask(base_url, jrsdSggCd="9999999999", _type="json").json()

        assert as_xml.findtext("header/resultCode") == "03"
        assert as_json["response"]["header"]["resultCode"] == "03"


class TestGatewayErrors:
    @pytest.mark.parametrize(
        ("code", "name", "status"),
        [
            ("01", "APPLICATION_ERROR", 200),
            ("02", "DB_ERROR", 200),
            ("03", "NODATA_ERROR", 200),
            ("04", "HTTP_ERROR", 200),
            ("05", "SERVICETIMEOUT_ERROR", 200),
            ("12", "NO_OPENAPI_SERVICE_ERROR", 200),
            ("20", "SERVICE_ACCESS_DENIED_ERROR", 403),
            ("21", "TEMPORARILY_DISABLE_THE_SERVICEKEY_ERROR", 200),
            ("22", "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR", 200),
            ("30", "SERVICE_KEY_IS_NOT_REGISTERED_ERROR", 200),
            ("31", "DEADLINE_HAS_EXPIRED_ERROR", 200),
            ("32", "UNREGISTERED_IP_ERROR", 200),
            ("33", "UNSIGNED_CALL_ERROR", 200),
            ("99", "UNKNOWN_ERROR", 200),
        ],
    )
    def test_come_in_xml_whatever_was_asked(self, base_url, code, name, status):
        response = ask(base_url, serviceKey=f"CODE-{code}", _type="json")

        assert response.status_code == status
        root = ElementTree.fromstring(response.content)
        assert root.tag == "OpenAPI_ServiceResponse"
        assert root.findtext("cmmMsgHeader/errMsg") == "SERVICE ERROR"
        assert root.findtext("cmmMsgHeader/returnAuthMsg") == name
        assert root.findtext("cmmMsgHeader/returnReasonCode") == code

    @pytest.mark.parametrize(
        ("key", "status"),
        [("", 401), (" pasted", 200), ("pasted\n", 200), ("encoded%2Btwice%3D%3D", 200)],
    )
    def test_refuse_a_key_that_is_missing_or_was_spoilt(self, base_url, key, status):
        response = ask(base_url, serviceKey=key)

        assert response.status_code == status
        assert "<returnReasonCode>30</returnReasonCode>" in response.text

    def test_name_a_service_that_does_not_exist(self, base_url):
        assert "<returnReasonCode>12<" in ask(base_url, "getNothing").text

    @pytest.mark.parametrize(
        "wrong",
        [{"pageNo": "0"}, {"pageNo": "one"}, {"numOfRows": "1001"}, {"numOfRows": "-1"}],
    )
    def test_tell_a_wrong_parameter_without_the_wrapper(self, base_url, wrong):
        as_json = ask(base_url, _type="json", **wrong)
        as_xml = ElementTree.fromstring(ask(base_url, **wrong).content)

        assert as_json.status_code == 200
        assert list(as_json.json()) == ["responseTime", "resultCode", "resultMsg"]
        assert as_json.json()["resultCode"] == "10"
        assert as_xml.findtext("header/resultCode") == "10"

    def test_tell_a_missing_parameter_in_the_same_shape(self, base_url):
        assert ask(base_url, serviceKey="CODE-11", _type="json").json()["resultCode"] == "11"


class TestRowsAsTheMinistryKeepsThem:
    def test_begin_with_the_junk_record(self, base_url):
        junk = items(base_url)[0]

        assert junk.pop("fcltCd") == "00000"
        assert set(junk.values()) == {""}

    def test_have_unique_codes(self, base_url):
        codes = [row["fcltCd"] for row in all_items(base_url)]

        assert len(codes) == len(set(codes)) == 2000

    def test_mask_protected_shelters(self, base_url):
        shelters = [row for row in all_items(base_url) if row["fcltNm"].endswith("****")]

        assert len(shelters) >= 4
        for shelter in shelters:
            assert shelter["fcltAddr"] == shelter["fcltDtl_1Addr"] == shelter["fcltTelNo"] == ""
            assert shelter["jrsdSggCd"]

    def test_write_telephones_in_every_known_way(self, base_url):
        shapes = {re.sub(r"\d", "9", row["fcltTelNo"]) for row in all_items(base_url)}

        assert {"", "9999999999", "99-9999-9999", "99)99999999", "nullnullnull"} <= shapes

    def test_split_the_address_and_sometimes_lose_the_house_number(self, base_url):
        split = [(row["fcltAddr"], row["fcltDtl_1Addr"]) for row in all_items(base_url)]

        assert sum(road == "" for road, _ in split) > 50
        assert all(re.search(r"(로|길)$", road) for road, _ in split if road)
        assert any(road and not re.match(r"\d", rest) for road, rest in split)
        assert sum(bool(re.match(r"\d+(-\d+)?", rest)) for _, rest in split) > 1500

    def test_share_three_codes_in_four_with_the_city(self, base_url):
        central = {row["fcltCd"] for row in all_items(base_url)}
        city = {
            row["FCLT_CD"]
            for start in (1, 1001)
            for row in httpx.get(
                f"{base_url}/seoul/k/json/fcltOpenInfo/{start}/{start + 999}/"
            ).json()["fcltOpenInfo"]["row"]
        }

        assert len(central & city) == 1500

    def test_tell_a_shared_facility_alike_but_for_the_spelling(self, base_url):
        city = {
            row["FCLT_CD"]: row
            for row in httpx.get(f"{base_url}/seoul/k/json/fcltOpenInfo/1/1000/").json()[
                "fcltOpenInfo"
            ]["row"]
        }
        shared = [row for row in items(base_url) if row["fcltCd"] in city]

        assert len(shared) == 750
        for row in shared:
            assert row["fcltNm"] == city[row["fcltCd"]]["FCLT_NM"]
            assert row["jrsdSggCd"] == city[row["fcltCd"]]["JRSD_SGG_CD"]
        spelled = [
            (city[row["fcltCd"]]["FCLT_ADDR"], f"{row['fcltAddr']} {row['fcltDtl_1Addr']}")
            for row in shared
            if row["fcltAddr"]
        ]
        assert 0.3 < sum(one == other for one, other in spelled) / len(spelled) < 0.8
