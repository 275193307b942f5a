"""CSV files that are read line by line: encodings, hostile content, and memory."""

import io
import tracemalloc

import pytest

from core.desk.streams import digest_of, reading_lines
from core.desk.tables import TableRefused

HEADER = "이름,주소"


def read(content, *, most=1_000):
    file = io.BytesIO(content)
    with reading_lines(file, most=most) as lines:
        rows = list(lines.rows)
    assert not file.closed, "whoever opened the file closes it"
    return lines.form, lines.header, rows


class TestReadingLines:
    @pytest.mark.parametrize(
        ("encoding", "called"),
        [("utf-8", "CSV (UTF-8)"), ("utf-8-sig", "CSV (UTF-8)"), ("cp949", "CSV (CP949)")],
    )
    def test_takes_what_korean_offices_write(self, encoding, called):
        form, header, rows = read(f"{HEADER}\n홍길동,노원구 상계동\n".encode(encoding))

        assert form == called
        assert header == ("이름", "주소")
        assert rows == [(2, ("홍길동", "노원구 상계동"))]

    def test_numbers_lines_as_a_spreadsheet_does_and_leaves_out_empty_ones(self):
        content = f'\n{HEADER}\r\n,\r\n홍길동,"노원구\n상계동"\r\n김서울,중구\r\n'

        _, _, rows = read(content.encode())

        assert rows == [(4, ("홍길동", "노원구 상계동")), (5, ("김서울", "중구"))]

    @pytest.mark.parametrize("delimiter", [";", "\t"])
    def test_finds_what_parts_the_cells(self, delimiter):
        _, _, rows = read(f"이름{delimiter}주소\n홍길동{delimiter}중구, 을지로".encode())

        assert rows == [(2, ("홍길동", "중구, 을지로"))]

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"", "내용이 없습니다"),
            (b"\n\n , \n", "내용이 없습니다"),
            (f"{HEADER}\n홍\x00길동,중구".encode(), "글자를 읽을 수 없는"),
            (f"{HEADER}\n홍길동,중구".encode("utf-16"), "글자를 읽을 수 없는"),
            (b"\xff\xfe\x80\x81", "글자를 읽을 수 없는"),
            (b"PK\x03\x04" + bytes(range(256)), "글자를 읽을 수 없는"),
            (f'{HEADER}\n홍길동,"중구'.encode(), "따옴표"),
            (f'{HEADER}\n홍길동,"{"가" * 140_000}"'.encode(), "따옴표"),
        ],
    )
    def test_says_why_a_file_cannot_be_read(self, content, why):
        with pytest.raises(TableRefused, match=why):
            read(content)

    def test_refuses_more_lines_than_may_be(self):
        content = (HEADER + "\n" + "홍길동,중구\n" * 4).encode()

        assert len(read(content, most=4)[2]) == 4
        with pytest.raises(TableRefused, match="3줄까지"):
            read(content, most=3)

    def test_decodes_across_the_borders_of_what_is_read_at_once(self):
        content = (HEADER + "\n" + "가나다,라마바사\n" * 60_000).encode("cp949")

        _, _, rows = read(content, most=100_000)

        assert len(rows) == 60_000
        assert set(cells for _, cells in rows) == {("가나다", "라마바사")}

    def test_holds_no_more_of_a_longer_file(self):
        def most_held(lines):
            file = io.BytesIO((HEADER + "\n" + "홍길동,서울특별시 중구\n" * lines).encode())
            tracemalloc.start()
            with reading_lines(file, most=lines) as read:
                for _ in read.rows:
                    pass
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            return most

        assert most_held(100_000) < most_held(10_000) + 512 * 1024


class TestDigest:
    def test_tells_files_apart_and_leaves_them_at_their_beginning(self):
        file = io.BytesIO(b"a,b\n1,2")

        assert digest_of(file) == digest_of(io.BytesIO(b"a,b\n1,2"))
        assert digest_of(file) != digest_of(io.BytesIO(b"a,b\n1,3"))
        assert file.tell() == 0
