"""Messages that a browser shows, by the push service of its maker (RFC 8030).

A parcel's key is the request's Topic and the shown message's tag: a second one takes the place of
the first, at the service and on the screen.
"""

import datetime
import json
from collections.abc import Sequence
from urllib.parse import urlsplit

import httpx
from django.utils import translation
from django.utils.translation import gettext as _

from core.notices.channels import sealing
from core.notices.channels.contract import Address, Browser, Parcel, Undelivered
from core.notices.channels.http import REFUSED, ask

SIGNED_FOR = datetime.timedelta(hours=12)
KEPT_SECONDS = 24 * 60 * 60
GONE = frozenset({404, 410})
# What a service takes: 4,096 bytes with all that sealing adds (RFC 8291, 4).
MOST_TEXT = 300


class PushSender:
    def __init__(
        self,
        *,
        private_key: str,
        hosts: tuple[str, ...],
        contact: str,
        client: httpx.Client | None = None,
    ) -> None:
        self._private_key, self._hosts = private_key, hosts
        self._contact, self._client = contact, client

    def send(self, parcel: Parcel, addresses: Sequence[Address]) -> tuple[str, ...]:
        browsers = [address for address in addresses if isinstance(address, Browser)]
        dead = [one.endpoint for one in browsers if not self._sent(parcel, one)]
        if len(dead) == len(browsers):
            raise Undelivered("알림을 받던 브라우저가 더는 없습니다.", is_final=True, dead=dead)
        return tuple(dead)

    def _sent(self, parcel: Parcel, browser: Browser) -> bool:
        """Say whether the browser's service took it; False where that browser is gone for good."""
        if not is_known_host(browser.endpoint, self._hosts):
            return False
        try:
            body = sealing.seal(_text(parcel), key=browser.key, secret=browser.secret)
        except ValueError:
            return False
        parts = urlsplit(browser.endpoint)
        headers = {
            "Authorization": sealing.sign(
                self._private_key,
                audience=f"{parts.scheme}://{parts.netloc}",
                contact=self._contact,
                expires=int((parcel.now + SIGNED_FOR).timestamp()),
            ),
            "Content-Encoding": "aes128gcm",
            "TTL": str(KEPT_SECONDS),
            "Topic": parcel.key.hex,
        }
        response = ask(self._client, "POST", browser.endpoint, content=body, headers=headers)
        if response.status_code in GONE:
            return False
        if response.status_code >= REFUSED:
            raise Undelivered(f"브라우저의 알림 서버가 받지 않았습니다({response.status_code}).")
        return True


def is_known_host(endpoint: str, hosts: Sequence[str]) -> bool:
    """Say whether an address is https at one of these hosts, or below one (`.push.apple.com`)."""
    try:
        parts = urlsplit(endpoint)
        host = parts.hostname or ""
    except ValueError:  # a bracket that is never closed
        return False
    at_home = f"http://{parts.netloc}" in hosts  # a stand-in server, named whole
    return at_home or (
        parts.scheme == "https"
        and any(host == one or (one.startswith(".") and host.endswith(one)) for one in hosts)
    )


def _text(parcel: Parcel) -> bytes:
    letter = parcel.letter
    with translation.override(letter.language or None):
        words = _("그만 받기") if letter.stop else ""
    told = {
        "title": letter.subject[:MOST_TEXT],
        "body": letter.short[:MOST_TEXT],
        "url": letter.link,
        "stop": letter.stop,
        "stopWords": words,
        "tag": parcel.key.hex,
        "lang": letter.language,
    }
    return json.dumps(told, ensure_ascii=False).encode()
