"""Letters as files for their owner alone, where no mail server is set: they hold secret links.

Every letter is one file that any mail program opens (`.eml`), written whole or not at all. A letter
with a Message-ID of its own becomes a file of that name, once: whoever hands the same letter over
again finds it written. Others are named after when they were written.
"""

import os
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

OWNER_ONLY_FOLDER, OWNER_ONLY_FILE = 0o700, 0o600
NAME = re.compile(r"<([A-Za-z0-9-]{8,64})@")


class Outbox(BaseEmailBackend):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(settings.EMAIL_FILE_PATH)  # type: ignore[misc]
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(OWNER_ONLY_FOLDER)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for letter in email_messages:
            self._keep(letter.message().as_bytes(), _name_of(letter))
        return len(email_messages)

    def _keep(self, letter: bytes, name: str) -> None:
        """Write under another name and link it: a link that is there already is the same letter."""
        draft = self.folder / f".{secrets.token_hex(8)}.draft"
        how = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(draft, how, OWNER_ONLY_FILE), "wb") as file:
            file.write(letter)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, self.folder / f"{name}.eml")
        draft.unlink()


def _name_of(letter: EmailMessage) -> str:
    if found := NAME.match(str(letter.extra_headers.get("Message-ID", ""))):
        return found[1]
    return f"{timezone.localtime():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
