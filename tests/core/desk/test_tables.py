"""Files that staff bring are read by what they hold, or refused with a sentence."""

import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook

from core.desk import tables
from core.desk.tables import TableRefused, read_table

CSV = "이름,우편번호\n가온,03047\n\n다솜,5388\n"


def workbook(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


class TestCsv:
    @pytest.mark.parametrize(
        ("content", "form"),
        [
            (CSV.encode(), "CSV (UTF-8)"),
            (b"\xef\xbb\xbf" + CSV.encode(), "CSV (UTF-8)"),
            (CSV.encode("cp949"), "CSV (CP949)"),
            (CSV.replace("\n", "\r\n").encode(), "CSV (UTF-8)"),
            (CSV.replace(",", ";").encode(), "CSV (UTF-8)"),
            (CSV.replace(",", "\t").encode(), "CSV (UTF-8)"),
        ],
    )
    def test_is_read_as_offices_write_it(self, content, form):
        table = read_table("list.csv", content)

        assert table.form == form
        assert table.header == ("이름", "우편번호")
        # Lines are numbered as a spreadsheet shows them; the empty one has a number, and no more.
        assert table.lines == ((2, ("가온", "03047")), (4, ("다솜", "5388")))

    def test_loses_the_mark_that_exports_put_before_formulas(self):
        table = read_table("a.csv", "값\n'=1+1\n'-5\n'그냥\n".encode())

        assert [cells for _, cells in table.lines] == [("=1+1",), ("-5",), ("'그냥",)]

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "내용이 없습니다"),
            ("이름\n".encode(), "내용이 없습니다"),
            (b"\xff\xfe\x00\x01", "글자를 읽을 수 없는"),
            (b"a\x00b\n1\n", "글자를 읽을 수 없는"),
            ('이름\n"가온\n'.encode(), "따옴표"),
            (b"\xd0\xcf\x11\xe0" + b"\x00" * 20, "옛 엑셀"),
        ],
    )
    def test_is_refused_with_a_sentence(self, content, said):
        with pytest.raises(TableRefused, match=said):
            read_table("list.csv", content)

    def test_is_refused_where_it_is_too_large(self, monkeypatch):
        monkeypatch.setattr(tables, "MOST_LINES", 2)
        with pytest.raises(TableRefused, match="줄이 너무 많습니다"):
            read_table("list.csv", b"a\n1\n2\n3\n")

        monkeypatch.setattr(tables, "MOST_BYTES", 3)
        with pytest.raises(TableRefused, match="너무 큽니다"):
            read_table("list.csv", b"a\n1\n")


class TestWorkbook:
    def test_is_read_whatever_its_name(self):
        day = datetime.datetime(2026, 11, 28)
        content = workbook(
            ["이름", "날", "수"], ["가온", day, 3047], [None, None, None], ["다솜", "", 1.5]
        )

        table = read_table("list.csv", content)

        assert table.form == "XLSX"
        assert table.lines == ((2, ("가온", "2026-11-28", "3047")), (4, ("다솜", "", "1.5")))

    def test_does_not_follow_a_formula(self):
        table = read_table("a.xlsx", workbook(["값"], ["=1+1"], ["가"]))

        assert table.lines == ((3, ("가",)),)  # what a formula once answered was not saved

    def test_far_away_cells_cost_nothing(self):
        book = Workbook()
        book.active["A1"] = "이름"
        book.active["A2"] = "가온"
        book.active["XFD1048576"] = "x"
        page = io.BytesIO()
        book.save(page)

        assert read_table("a.xlsx", page.getvalue()).lines[0] == (2, ("가온",))

    @pytest.mark.parametrize(
        "content",
        [b"PK\x03\x04" + b"x" * 40, workbook(["a"], ["b"])[:-200]],
        ids=["no archive", "cut off"],
    )
    def test_is_refused_where_it_is_broken(self, content):
        with pytest.raises(TableRefused, match="엑셀에서 다시 저장"):
            read_table("a.xlsx", content)

    def test_is_refused_where_it_unpacks_to_too_much(self, monkeypatch):
        monkeypatch.setattr(tables, "MOST_UNPACKED", 1000)

        with pytest.raises(TableRefused, match="너무 큽니다"):
            read_table("a.xlsx", workbook(["a"], ["b"]))

    def test_is_refused_where_it_is_an_archive_of_something_else(self):
        page = io.BytesIO()
        with zipfile.ZipFile(page, "w") as archive:
            archive.writestr("readme.txt", "x")

        with pytest.raises(TableRefused, match="엑셀에서 다시 저장"):
            read_table("a.xlsx", page.getvalue())

    def test_believes_no_entity(self):
        bomb = (
            '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'
            "</sheetData></worksheet>"
        )
        page = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(workbook(["a"], ["b"]))) as sound,
            zipfile.ZipFile(page, "w") as archive,
        ):
            for part in sound.infolist():
                is_sheet = part.filename == "xl/worksheets/sheet1.xml"
                archive.writestr(part, bomb if is_sheet else sound.read(part))

        with pytest.raises(TableRefused, match="엑셀에서 다시 저장"):
            read_table("a.xlsx", page.getvalue())
