"""The Seoul Open Data Plaza's stand-in answers as FORMATS.md says the real one does."""

from xml.etree import ElementTree

import httpx
import pytest

from core.sandbox.upstreams import serve

FIELDS = [
    "FCLT_NM",
    "FCLT_CD",
    "FCLT_KIND_NM",
    "FCLT_KIND_DTL_NM",
    "JRSD_SGG_SE",
    "RPRSNTV",
    "JRSD_SGG_CD",
    "JRSD_SGG_NM",
    "FCLT_ADDR",
    "INMT_GRDN_CNT",
    "LVLH_NMPR",
    "FCLT_TEL_NO",
    "FCLT_ZIPCD",
]
SUFFIXES = ("GN GD GB GS GA GJ GR GC NW DB DD DJ MP SD SC ST SB SP YC YD YS EP JR JG JL").split()


@pytest.fixture(scope="module")
def base_url():
    with serve(rows=2345) as url:
        yield url


def ask(base_url, path):
    return httpx.get(f"{base_url}/seoul/{path}")


class TestList:
    def test_is_told_in_json_under_the_services_name(self, base_url):
        response = ask(base_url, "any-key/json/fcltOpenInfo/1/1000/")

        assert response.headers["content-type"] == "application/json;charset=UTF-8"
        told = response.json()
        assert list(told) == ["fcltOpenInfo"]
        assert list(told["fcltOpenInfo"]) == ["list_total_count", "RESULT", "row"]
        assert told["fcltOpenInfo"]["list_total_count"] == 2345
        assert told["fcltOpenInfo"]["RESULT"] == {
            "CODE": "INFO-000",
            "MESSAGE": "정상 처리되었습니다",
        }
        assert len(told["fcltOpenInfo"]["row"]) == 1000
        assert list(told["fcltOpenInfo"]["row"][0]) == FIELDS

    @pytest.mark.parametrize("kind", ["xml", "xmlf"])
    def test_tells_the_same_rows_in_xml(self, base_url, kind):
        rows = ask(base_url, "k/json/fcltOpenInfo/1/300/").json()["fcltOpenInfo"]["row"]
        response = ask(base_url, f"k/{kind}/fcltOpenInfo/1/300/")

        assert response.headers["content-type"] == "text/xml;charset=UTF-8"
        root = ElementTree.fromstring(response.content)
        assert root.tag == "fcltOpenInfo"
        assert root.findtext("list_total_count") == "2345"
        assert root.findtext("RESULT/CODE") == "INFO-000"
        assert [[field.tag for field in row] for row in root.findall("row")] == [FIELDS] * 300
        assert [{field.tag: field.text or "" for field in row} for row in root.findall("row")] == [
            {name: str(value) for name, value in row.items()} for row in rows
        ]

    def test_counts_rows_from_one_and_includes_the_last(self, base_url):
        both = ask(base_url, "k/json/fcltOpenInfo/1/2/").json()["fcltOpenInfo"]["row"]
        second = ask(base_url, "k/json/fcltOpenInfo/2/2/").json()["fcltOpenInfo"]["row"]

        assert second == both[1:]
        assert isinstance(second, list)

    def test_ends_where_the_rows_end(self, base_url):
        told = ask(base_url, "k/json/fcltOpenInfo/2001/3000/").json()["fcltOpenInfo"]

        assert len(told["row"]) == 345

    def test_does_without_the_slash_at_the_end(self, base_url):
        assert len(ask(base_url, "k/json/fcltOpenInfo/1/5").json()["fcltOpenInfo"]["row"]) == 5

    def test_narrows_by_positional_arguments_and_skips_a_blank_one(self, base_url):
        row = ask(base_url, "k/json/fcltOpenInfo/77/77/").json()["fcltOpenInfo"]["row"][0]
        by_code = ask(base_url, f"k/json/fcltOpenInfo/1/5/{row['FCLT_CD']}/").json()
        by_name = ask(base_url, f"k/json/fcltOpenInfo/1/1000/%20/{row['FCLT_NM']}/").json()

        assert by_code["fcltOpenInfo"]["row"] == [row]
        assert row in by_name["fcltOpenInfo"]["row"]
        assert all(row["FCLT_NM"] in told["FCLT_NM"] for told in by_name["fcltOpenInfo"]["row"])

    def test_has_no_page_for_an_empty_segment(self, base_url):
        assert ask(base_url, "k/json/fcltOpenInfo/1/5//요양원/").status_code == 404
        assert ask(base_url, "k/json//1/5/").status_code == 404


class TestDistrictServices:
    def test_hold_each_row_of_a_district_exactly_once(self, base_url):
        rows = [
            row
            for start in (1, 1001, 2001)
            for row in ask(base_url, f"k/json/fcltOpenInfo/{start}/{start + 999}/").json()[
                "fcltOpenInfo"
            ]["row"]
        ]
        told = [
            row
            for suffix in SUFFIXES
            for row in ask(base_url, f"k/json/fcltOpenInfo_{suffix}/1/1000/").json()[
                f"fcltOpenInfo_{suffix}"
            ]["row"]
        ]
        of_districts = [row for row in rows if row["JRSD_SGG_CD"] != "1100000000"]

        assert len(set(SUFFIXES)) == 25
        assert len(rows) > len(of_districts) > 2300
        assert sorted(told, key=str) == sorted(of_districts, key=str)

    def test_are_named_by_the_citys_suffixes(self, base_url):
        names = {"JR": "종로구", "GN": "강남구", "NW": "노원구", "DJ": "동작구"}
        for suffix, name in names.items():
            rows = ask(base_url, f"k/json/fcltOpenInfo_{suffix}/1/9/").json()[
                f"fcltOpenInfo_{suffix}"
            ]["row"]
            assert {row["JRSD_SGG_NM"] for row in rows} <= {name, "-"}


REFUSED = {
    "k/json/fcltOpenInfo/9001/9002/": "INFO-200",
    "k/json/fcltOpenInfo/1/5/NO-SUCH-CODE/": "INFO-200",
    "k/json/": "ERROR-300",
    "k/csv/fcltOpenInfo/1/5/": "ERROR-301",
    "k/": "ERROR-301",
    "k/json/fcltOpeninfo/1/5/": "ERROR-310",
    "k/json/fcltOpenInfo/": "ERROR-331",
    "k/json/fcltOpenInfo/0/5/": "ERROR-331",
    "k/json/fcltOpenInfo/1/": "ERROR-332",
    "k/json/fcltOpenInfo/1/0/": "ERROR-332",
    "k/json/fcltOpenInfo/one/5/": "ERROR-333",
    "k/json/fcltOpenInfo/1/5.5/": "ERROR-333",
    "k/json/fcltOpenInfo/6/5/": "ERROR-334",
    "sample/json/fcltOpenInfo/1/6/": "ERROR-335",
    "sample/json/fcltOpenInfo/6/7/": "ERROR-335",
    "k/json/fcltOpenInfo/1/1001/": "ERROR-336",
    "INFO-100/json/fcltOpenInfo/1/5/": "INFO-100",
    "ERROR-500/json/fcltOpenInfo/1/5/": "ERROR-500",
    "ERROR-600/json/fcltOpenInfo/1/5/": "ERROR-600",
    "ERROR-601/json/fcltOpenInfo/1/5/": "ERROR-601",
}


class TestRefusals:
    @pytest.mark.parametrize(("path", "code"), REFUSED.items())
    def test_come_with_status_200_and_without_the_services_wrapper(self, base_url, path, code):
        response = ask(base_url, path)

        assert response.status_code == 200
        if response.text.startswith("<"):
            root = ElementTree.fromstring(response.content)
            assert root.tag == "RESULT"
            assert root.findtext("CODE") == code
            assert root.findtext("MESSAGE")
        else:
            assert list(response.json()) == ["RESULT"]
            assert response.json()["RESULT"]["CODE"] == code
            assert response.json()["RESULT"]["MESSAGE"]

    def test_know_every_documented_code(self):
        assert {*REFUSED.values()} | {"INFO-000"} == {
            *("INFO-000", "INFO-100", "INFO-200"),
            *(f"ERROR-{number}" for number in (300, 301, 310, 500, 600, 601)),
            *(f"ERROR-{number}" for number in range(331, 337)),
        }

    def test_come_in_the_format_asked_for(self, base_url):
        assert ask(base_url, "k/json/nothing/1/5/").json()["RESULT"]["CODE"] == "ERROR-310"
        assert ask(base_url, "k/xml/nothing/1/5/").text.startswith("<?xml")

    def test_of_a_key_come_in_xml_whatever_was_asked(self, base_url):
        assert ask(base_url, "INFO-100/json/fcltOpenInfo/1/5/").text.startswith("<?xml")

    def test_spare_the_sample_key_its_five_rows(self, base_url):
        told = ask(base_url, "sample/json/fcltOpenInfo/1/5/").json()["fcltOpenInfo"]

        assert len(told["row"]) == 5
