"""Judges a file by what it is, not by its name, and takes out what it says besides what it shows.

Photographs tell where and when they were taken, documents who wrote them and what they do when they
are opened. Pictures are decoded and written anew (Pillow); PDFs are read and written anew without
metadata, scripts, attachments and forms that run (pikepdf).
"""

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from core.cases.errors import CaseRefused
from core.cases.scanning import Infected, ScannerAway, scan

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
MOST_LEAVES = 300
LONGEST_NAME = 120
QUALITY = 90
PDF = "application/pdf"
EXTENSIONS = {PDF: ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
MAGIC = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"RIFF": "WEBP"}
# What a PDF says of its making, does by itself, or carries along.
UNWANTED = (
    "/Metadata", "/PieceInfo", "/LastModified", "/AA", "/OpenAction", "/JS", "/JavaScript",
    "/EmbeddedFiles", "/AF", "/EF", "/XFA", "/Collection", "/SpiderInfo",
)  # fmt: skip
RUNNING = {"/Launch", "/JavaScript", "/SubmitForm", "/ImportData", "/Rendition", "/GoToE"}
DEEPEST = 40


class FileRefused(CaseRefused):
    """The file is not kept; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class CleanFile:
    """What may be kept."""

    content: bytes
    media_type: str
    was_scanned: bool

    def named(self, filename: str) -> str:
        """Answer a name to show: without folders and signs that nobody sees, ending as it is."""
        name = unicodedata.normalize("NFC", re.split(r"[/\\]", filename)[-1])
        name = "".join(one for one in name if one.isprintable()).strip(" .")
        stem = name.rpartition(".")[0] or name or _("파일")
        extension = EXTENSIONS[self.media_type]
        return stem[: LONGEST_NAME - len(extension)] + extension


def prepare(content: bytes) -> CleanFile:
    """Answer what may be kept of a file; raises FileRefused.

    Reads, scans and decodes: called before a case is locked.
    """
    if not content:
        raise FileRefused(_("빈 파일입니다. 다른 파일을 골라 주세요."))
    if len(content) > MOST_BYTES:
        raise FileRefused(
            _("파일이 너무 큽니다. %(most)sMB까지 붙일 수 있습니다.") % {"most": MOST_BYTES >> 20}
        )
    was_scanned = _scanned(content)
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return CleanFile(_clean_pdf(content), PDF, was_scanned)
    for magic, form in MAGIC.items():
        if content.startswith(magic):
            return CleanFile(_clean_image(content, form), IMAGES[form], was_scanned)
    raise FileRefused(_("PDF와 사진(JPEG, PNG, WebP)만 붙일 수 있습니다."))


def _scanned(content: bytes) -> bool:
    try:
        return scan(content)
    except Infected as fault:
        raise FileRefused(
            _("이 파일에서 바이러스가 발견되어 받지 않았습니다. 다른 파일을 보내 주세요.")
        ) from fault
    except ScannerAway as fault:
        raise FileRefused(
            _("지금은 파일을 검사할 수 없어 받지 않았습니다. 잠시 뒤에 다시 보내 주세요.")
        ) from fault


def _clean_image(content: bytes, form: str) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=(form,)) as image:
            if image.width * image.height > MOST_PIXELS:  # told by its head, before it is decoded
                raise FileRefused(_("사진이 너무 큽니다. 더 작게 저장해 보내 주세요."))
            image.load()
            upright = ImageOps.exif_transpose(image)
            mode = "RGBA" if image.has_transparency_data and form != "JPEG" else "RGB"
            shown = upright.convert("L" if upright.mode == "L" else mode)
    except FileRefused:
        raise
    except Exception as fault:  # whatever a broken picture does to its decoder
        raise FileRefused(_("읽을 수 없는 사진입니다. 다른 파일을 골라 주세요.")) from fault
    shown.info.clear()
    written = io.BytesIO()
    shown.save(written, form, quality=QUALITY)
    return written.getvalue()


def _clean_pdf(content: bytes) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if not 0 < len(pdf.pages) <= MOST_LEAVES:
                raise FileRefused(_("%(most)s쪽까지 붙일 수 있습니다.") % {"most": MOST_LEAVES})
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            for found in pdf.objects:
                _scrub(found, 0)
            written = io.BytesIO()
            pdf.save(written, encryption=False, deterministic_id=True)
    except FileRefused:
        raise
    except pikepdf.PasswordError as fault:
        raise FileRefused(_("암호가 걸린 PDF입니다. 암호를 풀어 보내 주세요.")) from fault
    except Exception as fault:  # whatever a broken document does to its parser
        raise FileRefused(_("읽을 수 없는 PDF입니다. 다시 저장해 보내 주세요.")) from fault
    return written.getvalue()


def _scrub(found: pikepdf.Object, depth: int) -> None:
    """Take what is unwanted out of one object and of what lies directly in it."""
    if depth > DEEPEST:
        raise ValueError("nested too deep")
    if isinstance(found, pikepdf.Array):
        for part in found.as_list():
            _scrub_direct(part, depth)
        return
    if not isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        return
    for key in list(found.keys()):
        if key in UNWANTED or _runs(found[key]):
            del found[key]
        else:
            _scrub_direct(found[key], depth)
    if isinstance(found, pikepdf.Stream) and found.get("/Filter") == pikepdf.Name.DCTDecode:
        found.write(b"".join(_without_notes(found.read_raw_bytes())), filter=pikepdf.Name.DCTDecode)


def _scrub_direct(part: object, depth: int) -> None:
    if isinstance(part, pikepdf.Object) and not part.is_indirect:
        _scrub(part, depth + 1)


def _runs(value: object) -> bool:
    """Say whether a value is an action that does more than lead to another page."""
    return isinstance(value, pikepdf.Dictionary) and str(value.get("/S", "")) in RUNNING


# Marks of a JPEG: APP1 (Exif, XMP), APP13 (IPTC), comments; and where the picture itself begins.
NOTES, SCAN = {0xE1, 0xED, 0xFE}, 0xDA


def _without_notes(jpeg: bytes) -> Iterator[bytes]:
    """Yield a JPEG's parts but those that say where, when and by whom; its picture untouched."""
    yield jpeg[:2]
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != SCAN:  # noqa: PLR2004
        ends = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] not in NOTES:
            yield jpeg[at:ends]
        at = ends
    yield jpeg[at:]
