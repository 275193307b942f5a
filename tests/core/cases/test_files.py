"""Files are judged by what they are, lose what they say besides, and pass the scanner first."""

import io

import pikepdf
import pytest
from PIL import Image

from core.cases import files
from core.cases.files import PDF, FileRefused, prepare
from core.cases.scanning import Infected, ScannerAway, scan
from tests.core.cases.clamd import EICAR, clamd
from tests.core.cases.samples import document, photograph


class TestPictures:
    @pytest.mark.parametrize(
        ("form", "media_type"),
        [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")],
    )
    def test_lose_what_they_say_and_stand_upright(self, form, media_type):
        sent = photograph(form)
        clean = prepare(sent)

        assert b"secret-place" in sent
        assert clean.media_type == media_type
        assert b"secret" not in clean.content
        with Image.open(io.BytesIO(clean.content)) as image:
            assert (image.format, image.size, dict(image.getexif())) == (form, (20, 40), {})

    def test_keep_their_transparency(self):
        written = io.BytesIO()
        Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(written, "PNG")
        with Image.open(io.BytesIO(prepare(written.getvalue()).content)) as image:
            assert image.getpixel((0, 0)) == (0, 0, 0, 0)

    def test_that_are_broken_are_refused(self):
        for broken in (photograph()[:200], b"\xff\xd8\xff" + b"0" * 99, b"RIFF1234WAVE"):
            with pytest.raises(FileRefused, match="읽을 수 없는 사진"):
                prepare(broken)

    def test_that_are_bombs_are_refused_before_they_are_decoded(self, monkeypatch):
        monkeypatch.setattr(files, "MOST_PIXELS", 799)
        with pytest.raises(FileRefused, match="너무 큽니다"):
            prepare(photograph())


class TestDocuments:
    def test_lose_what_they_say_carry_and_do(self):
        sent = document()
        clean = prepare(sent)
        with pikepdf.open(io.BytesIO(clean.content)) as pdf:
            written = io.BytesIO()
            pdf.save(
                written,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )

        assert clean.media_type == PDF
        for told in (b"secret-author", b"secret-script", b"secret-content", b"secret-program"):
            assert told in sent
            assert told not in written.getvalue()
        assert b"secret-place" in sent  # of the photograph within
        assert b"secret" not in written.getvalue()

    def test_keep_their_pages_and_pictures(self):
        with pikepdf.open(io.BytesIO(prepare(document(pages=3)).content)) as pdf:
            assert len(pdf.pages) == 3
            picture = pdf.pages[0].Resources.XObject.Im
            assert pikepdf.PdfImage(picture).as_pil_image().size == (40, 20)

    def test_that_are_locked_or_broken_are_refused(self):
        with pytest.raises(FileRefused, match="암호"):
            prepare(document(password="pw"))
        with pytest.raises(FileRefused, match="읽을 수 없는 PDF"):
            prepare(b"%PDF-1.7\nnothing")

    def test_that_are_too_long_are_refused(self, monkeypatch):
        monkeypatch.setattr(files, "MOST_LEAVES", 2)
        with pytest.raises(FileRefused, match="2쪽까지"):
            prepare(document(pages=3))


class TestOthers:
    @pytest.mark.parametrize(
        "content",
        [b"<html><script>", b"MZ\x90\x00", b"PK\x03\x04", b"GIF89a", b"<svg xmlns='x'/>", b"hello"],
    )
    def test_are_refused_whatever_they_are_called(self, content):
        with pytest.raises(FileRefused, match="PDF와 사진"):
            prepare(content)

    def test_that_are_empty_or_too_large_are_refused(self, monkeypatch):
        with pytest.raises(FileRefused, match="빈 파일"):
            prepare(b"")
        monkeypatch.setattr(files, "MOST_BYTES", 10)
        with pytest.raises(FileRefused, match="너무 큽니다"):
            prepare(photograph())


class TestNames:
    @pytest.mark.parametrize(
        ("sent", "kept"),
        [
            ("등본.PDF", "등본.jpg"),
            ("../../etc/passwd", "passwd.jpg"),
            ("C:\\사진\\집.jpeg", "집.jpg"),
            ("a\x00b\u202e.jpg.exe", "ab.jpg.jpg"),
            ("", "파일.jpg"),
            ("가" * 300 + ".jpg", "가" * 116 + ".jpg"),
        ],
    )
    def test_end_as_the_file_is(self, sent, kept):
        assert prepare(photograph()).named(sent) == kept


class TestScan:
    def test_is_left_out_where_none_is_set(self):
        assert prepare(photograph()).was_scanned is False

    def test_passes_what_is_clean(self, settings):
        with clamd() as (url, received):
            settings.CLAMAV_URL = url
            assert prepare(photograph()).was_scanned
            assert received == [photograph()]

    def test_sends_large_files_in_pieces_also_to_a_socket(self, tmp_path):
        content = b"0" * 200_000
        with clamd(path=tmp_path / "clamd.sock") as (url, received):
            assert scan(content, url=url)
            assert received == [content]

    def test_refuses_what_is_infected(self, settings):
        with clamd() as (url, _):
            settings.CLAMAV_URL = url
            with pytest.raises(FileRefused, match="바이러스"):
                prepare(photograph() + EICAR)
            with pytest.raises(Infected, match="Eicar-Test-Signature"):
                scan(EICAR, url=url)

    @pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b"", b"?"])
    def test_keeps_nothing_that_it_cannot_judge(self, settings, answer):
        with clamd(answer) as (url, _):
            settings.CLAMAV_URL = url
            with pytest.raises(FileRefused, match="지금은 파일을 검사할 수 없어"):
                prepare(photograph())

    def test_keeps_nothing_while_the_scanner_is_away(self, settings):
        with clamd() as (url, _):
            pass
        settings.CLAMAV_URL = url
        with pytest.raises(FileRefused, match="지금은"):
            prepare(photograph())
        with pytest.raises(ScannerAway):
            scan(b"x", url="unix:///nowhere/clamd.sock")
