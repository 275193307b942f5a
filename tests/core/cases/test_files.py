"""Files are judged by what they are, lose what they say besides, and pass the scanner first."""

import io
import zlib

import pikepdf
import pytest
from PIL import Image

from core.cases import cleaning, files
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

    def test_that_are_bombs_are_refused_before_they_are_decoded(self):
        written = io.BytesIO()
        Image.new("1", (8000, 8000)).save(written, "PNG")
        assert len(written.getvalue()) < 100_000
        with pytest.raises(FileRefused, match="너무 큽니다"):
            prepare(written.getvalue())


def as_pdf(thing):
    """Make PDF objects of plain ones; a text with a stroke in front is a name."""
    if isinstance(thing, dict):
        return pikepdf.Dictionary({key: as_pdf(value) for key, value in thing.items()})
    if isinstance(thing, list):
        return pikepdf.Array([as_pdf(value) for value in thing])
    if isinstance(thing, str):
        return pikepdf.Name(thing) if thing.startswith("/") else pikepdf.String(thing)
    return thing


def with_picture(content, filters):
    """Make a document of one page with a picture, packed as told."""
    written = io.BytesIO()
    with pikepdf.Pdf.new() as pdf:
        page = pdf.add_blank_page()
        picture = pikepdf.Stream(pdf, content)
        picture["/Type"], picture["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Image
        picture["/Width"], picture["/Height"] = 40, 20
        picture["/Filter"] = pikepdf.Array([pikepdf.Name(one) for one in filters])
        page.obj["/Resources"] = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(P=pdf.make_indirect(picture))
        )
        pdf.save(written, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return written.getvalue()


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

    def test_that_are_too_long_are_refused(self):
        written = io.BytesIO()
        with pikepdf.Pdf.new() as pdf:
            for _ in range(cleaning.MOST_LEAVES + 1):
                pdf.add_blank_page()
            pdf.save(written)
        with pytest.raises(FileRefused, match="300쪽"):
            prepare(written.getvalue())

    def test_that_unpack_to_gigabytes_are_refused(self):
        """A megabyte that unpacks to one that no memory here holds: whoever looks has little."""
        packer, block = zlib.compressobj(1), bytes(2**20)
        packed = b"".join([packer.compress(block) for _ in range(1024)] + [packer.flush()])
        sent = with_picture(packed, ["/FlateDecode", "/DCTDecode"])
        assert len(sent) < files.MOST_BYTES
        with pytest.raises(FileRefused):
            prepare(sent)

    @pytest.mark.parametrize(
        "action",
        [
            {"/S": "/URI", "/URI": "x", "/Next": [{"/S": "/Launch", "/F": "cmd.exe"}]},
            {"/S": "/SubmitForm", "/F": "x"},
            {"/S": "/GoToR", "/F": "share"},
        ],
    )
    def test_lose_actions_that_run_wherever_they_stand(self, action):
        written = io.BytesIO()
        with pikepdf.Pdf.new() as pdf:
            page = pdf.add_blank_page()
            link = {"/Type": "/Annot", "/Subtype": "/Link", "/Rect": [0, 0, 9, 9], "/A": action}
            page.obj["/Annots"] = pdf.make_indirect(as_pdf([link]))
            pdf.save(written)
        clean = prepare(written.getvalue()).content

        with pikepdf.open(io.BytesIO(clean)) as pdf:
            told = "".join(repr(one) for one in pdf.objects)
        assert not [word for word in ("Launch", "SubmitForm", "GoToR") if word in told]

    @pytest.mark.parametrize("filters", [["/DCTDecode"], ["/DCT"], ["/FlateDecode", "/DCTDecode"]])
    def test_have_photographs_that_say_nothing(self, filters):
        raw = photograph()
        kept = zlib.compress(raw) if len(filters) > 1 else raw
        clean = prepare(with_picture(kept, filters)).content

        with pikepdf.open(io.BytesIO(clean)) as pdf:
            streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
            (image,) = [one for one in streams if one.get("/Subtype") == "/Image"]
            assert b"secret-place" not in image.read_raw_bytes()
            assert image.read_raw_bytes().startswith(b"\xff\xd8\xff")


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
