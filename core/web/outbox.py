"""Letters as files for their owner alone, where no mail server is set: they hold secret links."""

import os
from typing import Any

from django.core.mail.backends.filebased import EmailBackend

OWNER_ONLY_FOLDER, OWNER_ONLY_FILE = 0o700, 0o600


class Outbox(EmailBackend):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        os.chmod(self.file_path, OWNER_ONLY_FOLDER)

    def open(self) -> bool:
        if self.stream is not None:
            return False
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        self.stream = os.fdopen(os.open(self._get_filename(), flags, OWNER_ONLY_FILE), "ab")
        return True
