"""The page that takes a list in: a file is judged by its size before it is read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.desk.exchange import FileForm
from core.desk.tables import MOST_BYTES
from core.uploads import words_on_size


def form_with(size):
    return FileForm({}, {"file": SimpleUploadedFile("목록.csv", b"x" * size)})


class TestFileForm:
    def test_takes_a_file_as_large_as_lists_may_be(self):
        assert form_with(MOST_BYTES).is_valid()

    def test_says_how_large_a_file_may_be_and_is(self, monkeypatch):
        form = form_with(MOST_BYTES + 1)
        monkeypatch.setattr(SimpleUploadedFile, "read", lambda *_: pytest.fail("it was read"))

        assert form.errors == {
            "file": [
                "파일이 너무 큽니다. 2MB까지 보낼 수 있는데 고른 파일은 2.1MB입니다."
                " 더 작게 저장해 다시 골라 주세요."
            ]
        }


class TestWordsOnSize:
    @pytest.mark.parametrize(
        ("size", "told"),
        [(10 * 2**20 + 1, "10.1MB"), (12 * 2**20, "12.0MB"), (2**31, "2,048.0MB")],
    )
    def test_never_name_a_size_that_would_do(self, size, told):
        assert told in words_on_size(size, most=10 * 2**20)

    def test_are_none_where_it_fits(self):
        assert words_on_size(10 * 2**20, most=10 * 2**20) == ""
