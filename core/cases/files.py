"""Judges a file by what it is, not by its name, and keeps what it shows and nothing else."""

import re
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from subprocess import TimeoutExpired

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.cases.cleaning import MAGIC, MOST_LEAVES, MOST_SECONDS, Wrong
from core.cases.errors import CaseRefused
from core.cases.scanning import Infected, ScannerAway, scan
from core.uploads import words_on_size

MOST_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 120
PDF = "application/pdf"
EXTENSIONS = {PDF: ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
BROKEN = gettext_lazy("읽을 수 없는 파일입니다. 다른 파일을 골라 주세요.")
# Files that ask for too much end without a word: the process was stopped.
SAID: dict[int, str | Promise] = {
    Wrong.UNKNOWN_KIND: gettext_lazy("PDF와 사진(JPEG, PNG, WebP)만 붙일 수 있습니다."),
    Wrong.TOO_LARGE: gettext_lazy("사진이 너무 큽니다. 더 작게 저장해 보내 주세요."),
    Wrong.BROKEN_PICTURE: gettext_lazy("읽을 수 없는 사진입니다. 다른 파일을 골라 주세요."),
    Wrong.LOCKED: gettext_lazy("암호가 걸린 PDF입니다. 암호를 풀어 보내 주세요."),
    Wrong.BROKEN_PDF: gettext_lazy("읽을 수 없는 PDF입니다. 다시 저장해 보내 주세요."),
}


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
    _refuse_too_large(len(content))
    media_type = _media_type(content)
    was_scanned = _scanned(content)
    return CleanFile(_cleaned(content), media_type, was_scanned)


def prepare_sent(sent: "UploadedFile[bytes]") -> CleanFile:
    """Do the same with a file as it was sent, which is not read where it is too large."""
    _refuse_too_large(sent.size or 0)
    return prepare(sent.read())


def _refuse_too_large(size: int) -> None:
    if wrong := words_on_size(size, most=MOST_BYTES):
        raise FileRefused(wrong)


def _media_type(content: bytes) -> str:
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    for magic, form in MAGIC.items():
        if content.startswith(magic):
            return IMAGES[form]
    raise FileRefused(str(SAID[Wrong.UNKNOWN_KIND]))


def _cleaned(content: bytes) -> bytes:
    """Have the file cleaned by a process of its own, whose death is a refusal."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "core.cases.cleaning"],
            input=content,
            capture_output=True,
            check=False,
            cwd=settings.BASE_DIR,
            timeout=2 * MOST_SECONDS,
        )
    except TimeoutExpired as fault:
        raise FileRefused(str(BROKEN)) from fault
    if done.returncode == 0:
        return done.stdout
    if done.returncode == Wrong.TOO_LONG:
        raise FileRefused(_("%(most)s쪽까지 붙일 수 있습니다.") % {"most": MOST_LEAVES})
    raise FileRefused(str(SAID.get(done.returncode, BROKEN)))


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
