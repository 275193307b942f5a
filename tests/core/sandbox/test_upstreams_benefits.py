"""The stand-ins of gov24 and Bokjiro answer as FORMATS.md says, and break in every known way."""

from xml.etree import ElementTree

import httpx
import pytest

from core.sandbox.upstreams import serve
from core.sandbox.upstreams.benefits.conditions import CODES
from core.sandbox.upstreams.serving.faults import FAULTS
from tests.shared_data import SHARED_DATA, needs_shared_data

ROWS = 2_500
GOV24 = "odcloud/api/gov24/v3"
CENTRAL = "bokjiro/B554287/NationalWelfareInformationsV001"
LOCAL = "bokjiro/B554287/LocalGovernmentWelfareInformations"
LIST_FIELDS = (
    "서비스ID 지원유형 서비스명 서비스목적요약 지원대상 선정기준 지원내용 신청방법 신청기한 "
    "상세조회URL 소관기관코드 소관기관명 부서명 조회수 소관기관유형 사용자구분 서비스분야 "
    "접수기관 전화문의 등록일시 수정일시"
).split()
DETAIL_FIELDS = (
    "서비스ID 지원유형 서비스명 서비스목적 신청기한 지원대상 선정기준 지원내용 신청방법 "
    "구비서류 접수기관명 문의처 온라인신청사이트URL 수정일시 소관기관명 행정규칙 자치법규 "
    "법령 공무원확인구비서류 본인확인필요구비서류"
).split()


@pytest.fixture(scope="module")
def base_url():
    with serve(rows=ROWS) as url:
        yield url


def gov24(base_url, operation="serviceList", **query):
    query = {"serviceKey": "k", "page": 1, "perPage": 1000} | query
    return httpx.get(f"{base_url}/{GOV24}/{operation}", params=query)


@pytest.fixture(scope="module")
def real():
    with serve(data=SHARED_DATA) as url:
        yield url


def services(base_url):
    return [row for page in (1, 2, 3) for row in gov24(base_url, page=page).json()["data"]]


def bokjiro(base_url, operation, **query):
    query = {"serviceKey": "k", "pageNo": 1, "numOfRows": 500, "srchKeyCode": "003"} | query
    return httpx.get(f"{base_url}/{operation}", params=query)


def listed(base_url, operation, **query):
    root = ElementTree.fromstring(bokjiro(base_url, operation, **query).content)
    return root, [{cell.tag: cell.text or "" for cell in row} for row in root.findall("servList")]


class TestGov24:
    @pytest.mark.parametrize(
        ("operation", "fields"),
        [
            ("serviceList", LIST_FIELDS),
            ("serviceDetail", DETAIL_FIELDS),
            ("supportConditions", ["서비스ID", "서비스명", *CODES, "JA0110", "JA0111"]),
        ],
    )
    def test_tells_each_operation_in_its_envelope(self, base_url, operation, fields):
        told = gov24(base_url, operation).json()

        rows = told.pop("data")
        assert told == {
            "page": 1,
            "perPage": 1000,
            "totalCount": ROWS,
            "currentCount": 1000,
            "matchCount": ROWS,
        }
        assert {tuple(row) for row in rows} == {tuple(fields)}

    def test_tells_the_same_in_xml(self, base_url):
        root = ElementTree.fromstring(gov24(base_url, returnType="XML", perPage=50).content)
        rows = gov24(base_url, perPage=50).json()["data"]

        read = [{cell.attrib["name"]: cell.text for cell in item} for item in root.find("data")]
        assert root.findtext("matchCount") == str(ROWS)
        plain = [
            {name: value and str(value).replace("\r\n", "\n") for name, value in row.items()}
            for row in rows
        ]
        assert read == [{name: value or None for name, value in row.items()} for row in plain]

    def test_has_unique_ids_of_twelve_signs(self, base_url):
        ids = [row["서비스ID"] for row in services(base_url)]

        assert len(ids) == len(set(ids)) == ROWS
        assert {len(identity) for identity in ids} == {12}
        assert any(identity.startswith("B") for identity in ids)

    def test_filters_by_what_was_modified_since(self, base_url):
        since = "20251101000000"
        told = gov24(base_url, **{"cond[수정일시::GTE]": since}).json()

        assert 0 < told["matchCount"] < told["totalCount"] == ROWS
        assert len(told["data"]) == told["matchCount"]
        assert min(row["수정일시"] for row in told["data"]) >= since

    def test_finds_one_service_by_its_id(self, base_url):
        row = gov24(base_url).json()["data"][17]
        for operation in ("serviceDetail", "supportConditions"):
            told = gov24(base_url, operation, **{"cond[서비스ID::EQ]": row["서비스ID"]}).json()
            assert [found["서비스명"] for found in told["data"]] == [row["서비스명"]]
        nothing = gov24(base_url, "serviceDetail", **{"cond[서비스ID::EQ]": "X"}).json()
        assert (nothing["matchCount"], nothing["data"]) == (0, [])

    @pytest.mark.parametrize(
        ("query", "status", "code"),
        [({"serviceKey": ""}, 401, -401), ({"serviceKey": "a%3D"}, 401, -4)],
    )
    def test_refuses_a_key_in_json(self, base_url, query, status, code):
        answer = gov24(base_url, **query)

        assert (answer.status_code, answer.json()["code"]) == (status, code)

    def test_names_a_dead_path_and_a_wrong_page(self, base_url):
        assert gov24(base_url, "nothing").json()["code"] == -3
        assert gov24(base_url, perPage=1001).status_code == 400

    def test_says_with_another_seed_what_changed_since(self, base_url):
        with serve(rows=ROWS, seed=1) as later:
            changed = gov24(later, **{"cond[수정일시::GT]": "20260701"}).json()["data"]
        assert ROWS // 30 < len(changed) < ROWS // 12
        before = {row["서비스ID"]: row for row in gov24(base_url).json()["data"]}
        known = [row for row in changed if row["서비스ID"] in before]
        assert known
        assert all(row["지원내용"] != before[row["서비스ID"]]["지원내용"] for row in known)


class TestBokjiro:
    @pytest.mark.parametrize(
        "operation", [f"{CENTRAL}/NationalWelfarelistV001", f"{LOCAL}/LcgvWelfarelist"]
    )
    def test_lists_in_xml_whatever_is_asked(self, base_url, operation):
        root, rows = listed(base_url, operation, _type="json")

        assert root.tag == "wantedList"
        assert root.findtext("resultCode") == "0"
        assert (root.findtext("totalCount"), len(rows)) == (str(ROWS), 500)

    def test_spells_the_fields_of_both_lists_as_they_are(self, base_url):
        central = listed(base_url, f"{CENTRAL}/NationalWelfarelistV001")[1]
        local = listed(base_url, f"{LOCAL}/LcgvWelfarelist")[1]

        assert {"jurMnofNm", "lifeArray", "onapPsbltYn"} <= set(central[0])
        assert {"ctpvNm", "sggNm", "lifeNmArray", "intrsThemaNmArray"} <= set(local[0])
        assert any("임신 · 출산" in row["lifeArray"] for row in central)

    def test_wants_the_search_key_of_the_central_list(self, base_url):
        answer = bokjiro(base_url, f"{CENTRAL}/NationalWelfarelistV001", srchKeyCode="")
        assert "<resultCode>11</resultCode>" in answer.text

    def test_tells_one_service_in_detail(self, base_url):
        row = listed(base_url, f"{LOCAL}/LcgvWelfarelist")[1][3]
        answer = bokjiro(base_url, f"{LOCAL}/LcgvWelfaredetailed", servId=row["servId"])

        root = ElementTree.fromstring(answer.content)
        assert root.tag == "wantedDtl"
        assert root.findtext("servNm") == row["servNm"]
        assert root.findtext("enfcBgngYmd") == "20260101"

    @pytest.mark.parametrize(("query", "code"), [({"servId": ""}, "11"), ({"servId": "X"}, "40")])
    def test_says_so_where_there_is_none(self, base_url, query, code):
        answer = bokjiro(base_url, f"{LOCAL}/LcgvWelfaredetailed", **query)
        assert f"<resultCode>{code}</resultCode>" in answer.text

    def test_shares_most_programmes_with_gov24(self, base_url):
        names = {row["서비스명"] for row in services(base_url)}
        central = listed(base_url, f"{CENTRAL}/NationalWelfarelistV001")[1][:100]
        assert 20 < sum(row["servNm"] in names for row in central) < 80


class TestFaults:
    @pytest.mark.parametrize("fault", sorted(FAULTS))
    @pytest.mark.parametrize("ask", ["gov24", "bokjiro"])
    def test_break_the_second_page_and_then_pass(self, fault, ask):
        def answer():
            try:
                if ask == "gov24":
                    told = gov24(broken, page=2, perPage=500)
                else:
                    told = bokjiro(broken, f"{LOCAL}/LcgvWelfarelist", pageNo=2)
            except httpx.RemoteProtocolError:
                return b""
            return told.headers["content-type"].encode() + told.content

        with serve(rows=1_400) as broken:
            sound = answer()
            broken.break_with(fault, times=1)
            broken.server.fault.slow_seconds = 0.01
            spoilt, after = answer(), answer()
        assert (spoilt == sound) == (fault == "slow")
        assert after == sound


@needs_shared_data
class TestRealRows:
    def test_give_each_condition_row_a_service(self, real):
        services = {row["서비스ID"]: row for row in gov24(real).json()["data"]}
        conditions = gov24(real, "supportConditions").json()["data"]

        assert len(services) == len(conditions) == 14
        assert {row["서비스ID"] for row in conditions} == set(services)
        named = [row for key, row in services.items() if row["서비스명"] == f"서비스 {key}"]
        assert len(named) == 11
        assert {(row["사용자구분"], row["소관기관유형"]) for row in named} == {
            ("개인", "중앙행정기관")
        }

    def test_of_bokjiro_are_all_there_with_their_entities(self, real):
        root, central = listed(real, f"{CENTRAL}/NationalWelfarelistV001")
        total = listed(real, f"{LOCAL}/LcgvWelfarelist")[0].findtext("totalCount")

        assert (len(central), total) == (452, "4569")
        assert any("&middot;" in row["servDgst"] for row in central)
