"""What leaves as a file can be opened, is no formula, and comes in again as it was."""

import io

import pytest
from openpyxl import load_workbook

from core.desk.exports import ExportColumn, export, harmless
from core.desk.tables import read_table

COLUMNS = (ExportColumn("이름", lambda row: row[0]), ExportColumn("값", lambda row: row[1]))
NASTY = ["=1+1", "+82-2", "-5", "@SUM(A1)", "\tx", "그냥", "", None, 'a,b\n"c"']


def content(form, rows):
    answer = export(form, name="list", columns=COLUMNS, rows=rows)
    assert answer["Content-Disposition"] == f'attachment; filename="list.{form}"'
    assert answer["Cache-Control"] == "private, no-store"
    return b"".join(answer) if answer.streaming else answer.content


class TestExport:
    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_comes_in_again_as_it_went_out(self, form):
        table = read_table("x", content(form, [("가", value) for value in NASTY]))

        assert [cells[1] for _, cells in table.lines] == [
            "=1+1", "+82-2", "-5", "@SUM(A1)", "x", "그냥", "", "", 'a,b "c"',
        ]  # fmt: skip

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_keeps_zeros(self, form):
        assert read_table("x", content(form, [("가", "03047")])).lines == ((2, ("가", "03047")),)

    def test_of_csv_tells_excel_its_encoding(self):
        assert content("csv", []).startswith(b"\xef\xbb\xbf")

    def test_of_a_workbook_holds_no_formula(self):
        sheet = load_workbook(
            io.BytesIO(content("xlsx", [("가", value) for value in NASTY]))
        ).active

        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
        assert kinds <= {"s", "n", "inlineStr"}
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]

    @pytest.mark.parametrize("text", [*NASTY[:5], "\n=1+1", "＝1+1", "＋1", "－1", "＠SUM(1)"])
    def test_leaves_no_cell_that_begins_like_a_formula(self, text):
        assert harmless(text)[0] == "'"
