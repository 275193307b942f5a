"""Keeps files with a case, and erases them: the storage's copy goes with the row."""

import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.cases.enums import CITIZENS, EventKind
from core.cases.errors import CaseRefused, KeyUsed
from core.cases.files import CleanFile
from core.cases.models import Attachment, CaseEvent
from core.cases.models.attachment import attachment_storage
from core.cases.permissions import Actor, can_attach
from core.cases.services.log import done_before, locked, party_of, used, write

MOST_FILES = 20
# A file of a transaction that did not end well is nobody's; those of today may yet be somebody's.
ORPHAN_AFTER = datetime.timedelta(days=1)


@transaction.atomic
def attach(
    *,
    case_id: int,
    file: CleanFile,
    filename: str,
    actor: Actor,
    key: str,
    now: datetime.datetime,
    is_told: bool = False,
) -> Attachment:
    """Keep one file that `core.cases.files.prepare` has passed; a citizen's own they always see."""
    case = locked(case_id, actor)
    if (done := done_before(case, key, EventKind.ATTACHED)) is not None:
        return _kept_before(done, file, filename)
    if not can_attach(actor, case):
        raise CaseRefused(_("끝난 신청에는 파일을 붙일 수 없습니다."))
    if case.attachments.count() >= MOST_FILES:
        raise CaseRefused(_("파일은 %(most)s개까지 붙일 수 있습니다.") % {"most": MOST_FILES})
    party = party_of(actor, case)
    is_told = is_told or party in CITIZENS
    event = write(
        case, EventKind.ATTACHED, actor=actor, party=party, key=key, now=now, is_told=is_told
    )
    return Attachment.objects.create(
        case=case,
        event=event,
        file=ContentFile(file.content, name="file"),
        filename=file.named(filename),
        media_type=file.media_type,
        size=len(file.content),
        is_told=is_told,
        scanned_at=now if file.was_scanned else None,
    )


def _kept_before(line: CaseEvent, file: CleanFile, filename: str) -> Attachment:
    """Answer the file that this click brought; another one, on a page gone back to, is refused.

    Telephones call every picture alike, so that the size counts as well.
    """
    same = {"filename": file.named(filename), "size": len(file.content)}
    if (kept := line.attachments.filter(**same).first()) is None:
        raise KeyUsed(used())
    return kept


def erase_attachments(*, rows: Any, now: datetime.datetime) -> int:
    """Delete files and their rows, for whoever erases a person's data; answer how many."""
    names = [str(name) for name in rows.values_list("file", flat=True)]
    _, by_model = Attachment.objects.filter(file__in=names).delete()
    transaction.on_commit(lambda: _remove(names))
    return by_model.get("cases.Attachment", 0)


def _remove(names: list[str]) -> None:
    for name in names:
        attachment_storage().delete(name)


def sweep_files(*, now: datetime.datetime) -> int:
    """Delete files that no row names a day after they were written; answer how many."""
    storage, swept = attachment_storage(), 0
    for folder in _listed(storage, ""):
        names = [f"{folder}/{name}" for name in storage.listdir(folder)[1]]
        known = set(Attachment.objects.filter(file__in=names).values_list("file", flat=True))
        for name in set(names) - known:
            if storage.get_modified_time(name) < now - ORPHAN_AFTER:
                storage.delete(name)
                swept += 1
    return swept


def _listed(storage: Any, path: str) -> list[str]:
    """Answer the folders of a storage; a fresh one has none."""
    try:
        return list(storage.listdir(path)[0])
    except FileNotFoundError:
        return []
