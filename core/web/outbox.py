"""Letters as files for their owner alone, where no mail server is set: they hold secret links.

A letter with a Message-ID of its own becomes a file of that name, whole or not at all, and once:
whoever hands the same letter over again finds it written. Others share a file a connection.
"""

import os
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend

OWNER_ONLY_FOLDER, OWNER_ONLY_FILE = 0o700, 0o600
NAME = re.compile(r"<([A-Za-z0-9-]{8,64})@")


class Outbox(EmailBackend):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        os.chmod(self.file_path, OWNER_ONLY_FOLDER)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        named = [(one, found[1]) for one in email_messages if (found := NAME.match(_id_of(one)))]
        for letter, name in named:
            self._keep(letter.message().as_bytes(), Path(self.file_path) / f"{name}.eml")
        others = [one for one in email_messages if not NAME.match(_id_of(one))]
        return len(named) + (super().send_messages(others) or 0 if others else 0)

    def open(self) -> bool:
        if self.stream is not None:
            return False
        self.stream = os.fdopen(_create(self._get_filename(), os.O_APPEND), "ab")
        return True

    def _keep(self, letter: bytes, path: Path) -> None:
        """Write under another name and link it: a link that is there already is the same letter."""
        draft = path.with_name(f".{secrets.token_hex(8)}.draft")
        with os.fdopen(_create(str(draft), os.O_EXCL), "wb") as file:
            file.write(letter)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()


def _create(path: str, how: int) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | how, OWNER_ONLY_FILE)


def _id_of(letter: EmailMessage) -> str:
    return str(letter.extra_headers.get("Message-ID", ""))
