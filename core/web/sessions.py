"""Sessions in the database; one on a computer that many use is over after a few idle minutes."""

import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from core.prepared import Asked

# In the session: that its person said so, and (once signed in) when they last asked for something.
PUBLIC_COMPUTER = "public-computer"


@cache
def held() -> Asked:
    sessions: Any = SessionStore.get_model_class().objects
    return Asked(
        lambda key, now: sessions.filter(session_key=key, expire_date__gt=now).values_list(
            "session_data"
        ),
        "-",
        datetime.datetime.min.replace(tzinfo=datetime.UTC),
    )


class SessionStore(DatabaseStore):
    """What the database no longer finds is over, whoever holds the cookie."""

    def load(self) -> dict[str, Any]:
        """Ask as Django does, by a statement that is written once."""
        told = held()(self.session_key, timezone.now()) if self.session_key else []
        if told:
            session: dict[str, Any] = self.decode(told[0][0])
            return session
        self._session_key = None
        return {}

    def get_session_cookie_age(self) -> int:
        """Answer the seconds that a session lasts beyond its last change."""
        if PUBLIC_COMPUTER in self and SESSION_KEY in self:
            return int(settings.PUBLIC_COMPUTER_SECONDS)
        return super().get_session_cookie_age()
