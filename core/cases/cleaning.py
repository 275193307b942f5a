"""Takes out of a file what it says besides what it shows, as a program with little to spend.

`python -m core.cases.cleaning` reads a file and writes it anew; its status says what was wrong.
A few kilobytes may unpack to gigabytes, so this is never done in a process that serves people:
here memory and time end, and the death of this process is a refusal. It knows no framework.

Pictures are decoded and written anew (Pillow); PDFs without metadata, scripts, actions that run,
attachments and forms (pikepdf), and without what photographs in them tell of their making.
"""

import io
import resource
import sys
from collections.abc import Iterator
from enum import IntEnum

import pikepdf
from PIL import Image, ImageOps

MOST_MEMORY, MOST_SECONDS = 768 * 1024 * 1024, 20
MOST_PIXELS = 50_000_000
MOST_LEAVES = 300
QUALITY = 90
DEEPEST = 40
MAGIC = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"RIFF": "WEBP"}


class Wrong(IntEnum):
    """Why a file is not kept, as the exit status says it."""

    UNKNOWN_KIND = 64
    TOO_LARGE = 65
    BROKEN_PICTURE = 66
    TOO_LONG = 67
    LOCKED = 68
    BROKEN_PDF = 69


class Refused(Exception):
    """The file is not what it should be."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.name)
        self.wrong = wrong


# What a PDF says of its making, does by itself, or carries along.
UNWANTED = (
    "/Metadata", "/PieceInfo", "/LastModified", "/AA", "/OpenAction", "/JS", "/JavaScript",
    "/EmbeddedFiles", "/AF", "/EF", "/XFA", "/Collection", "/SpiderInfo", "/FFilter",
)  # fmt: skip
RUNNING = {
    "/Launch", "/JavaScript", "/SubmitForm", "/ImportData", "/Rendition", "/GoToE", "/GoToR",
    "/Movie", "/Sound", "/RichMediaExecute",
}  # fmt: skip
PLAYING = {"/RichMedia", "/Movie", "/Screen", "/Sound", "/3D", "/FileAttachment"}
JPEGS = ("/DCTDecode", "/DCT")
# Marks of a JPEG: APP1 (Exif, XMP), APP13 (IPTC), comments; and where the picture itself begins.
NOTES, SCAN = {0xE1, 0xED, 0xFE}, 0xDA


def clean(content: bytes) -> bytes:
    """Answer the file without what it says besides; raises Refused."""
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return clean_pdf(content)
    for magic, form in MAGIC.items():
        if content.startswith(magic):
            return clean_picture(content, form)
    raise Refused(Wrong.UNKNOWN_KIND)


def clean_picture(content: bytes, form: str) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=(form,)) as image:
            if image.width * image.height > MOST_PIXELS:  # told by its head, before it is decoded
                raise Refused(Wrong.TOO_LARGE)
            image.load()
            upright = ImageOps.exif_transpose(image)
            mode = "RGBA" if image.has_transparency_data and form != "JPEG" else "RGB"
            shown = upright.convert("L" if upright.mode == "L" else mode)
        shown.info.clear()
        written = io.BytesIO()
        shown.save(written, form, quality=QUALITY)
    except Refused:
        raise
    except Exception as fault:  # whatever a broken picture does to its decoder
        raise Refused(Wrong.BROKEN_PICTURE) from fault
    return written.getvalue()


def clean_pdf(content: bytes) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if not 0 < len(pdf.pages) <= MOST_LEAVES:
                raise Refused(Wrong.TOO_LONG)
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            for found in pdf.objects:
                _scrub(found, 0)
            written = io.BytesIO()
            pdf.save(written, encryption=False, deterministic_id=True)
    except Refused:
        raise
    except pikepdf.PasswordError as fault:
        raise Refused(Wrong.LOCKED) from fault
    except Exception as fault:  # whatever a broken document does to its parser
        raise Refused(Wrong.BROKEN_PDF) from fault
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
        if key in UNWANTED or _runs(found[key]) or (key == "/Annots" and _has_players(found[key])):
            del found[key]
        else:
            _scrub_direct(found[key], depth)
    if isinstance(found, pikepdf.Stream):
        _scrub_stream(found)


def _scrub_direct(part: object, depth: int) -> None:
    if isinstance(part, pikepdf.Object) and not part.is_indirect:
        _scrub(part, depth + 1)


def _runs(value: object) -> bool:
    """Say whether a value is an action, or holds one, that does more than lead to another page."""
    if isinstance(value, pikepdf.Array):
        return any(_runs(part) for part in value.as_list())
    return isinstance(value, pikepdf.Dictionary) and str(value.get("/S", "")) in RUNNING


def _has_players(notes: object) -> bool:
    """Say whether what lies on a page plays, shows or carries something from elsewhere."""
    if not isinstance(notes, pikepdf.Array):
        return False
    each = (one for one in notes.as_list() if isinstance(one, pikepdf.Dictionary))
    return any(str(one.get("/Subtype", "")) in PLAYING for one in each)


def _scrub_stream(found: pikepdf.Stream) -> None:
    if "/F" in found and "/Length" in found:  # what the stream holds would come from another file
        del found["/F"]
    told = found.get("/Filter")
    filters = (
        [str(one) for one in told.as_list()] if isinstance(told, pikepdf.Array) else [str(told)]
    )
    if not filters or filters[-1] not in JPEGS:
        return
    if len(filters) > 1:  # a JPEG that was packed once more: unpacked, its notes can be seen
        with pikepdf.Pdf.new() as apart:
            packed = pikepdf.Stream(apart, found.read_raw_bytes())
            packed["/Filter"] = pikepdf.Array([pikepdf.Name(one) for one in filters[:-1]])
            raw = packed.read_bytes()
    else:
        raw = found.read_raw_bytes()
    found.write(b"".join(_without_notes(raw)), filter=pikepdf.Name.DCTDecode)


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


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    try:
        sys.stdout.buffer.write(clean(sys.stdin.buffer.read()))
    except Refused as refused:
        return int(refused.wrong)
    return 0


if __name__ == "__main__":
    sys.exit(main())
