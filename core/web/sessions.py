"""Sessions in the database; one on a computer that many use is over after a few idle minutes."""

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

# In the session: that its person said so, and (once signed in) when they last asked for something.
PUBLIC_COMPUTER = "public-computer"


class SessionStore(DatabaseStore):
    """What the database no longer finds is over, whoever holds the cookie."""

    def get_session_cookie_age(self) -> int:
        """Answer the seconds that a session lasts beyond its last change."""
        if PUBLIC_COMPUTER in self and SESSION_KEY in self:
            return int(settings.PUBLIC_COMPUTER_SECONDS)
        return super().get_session_cookie_age()
