"""Keeps robots out of forms that need no account: no puzzle, no third party, nothing stored."""

import hashlib
import logging
import secrets
from typing import Any

from django import forms
from django.core import signing
from django.core.cache import cache
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

SALT = "core.web.spam"
LEAST_SECONDS = 3
MOST_SECONDS = 12 * 60 * 60
DAY_SECONDS = 24 * 60 * 60

logger = logging.getLogger(__name__)


class Trap(forms.TextInput):
    """Out of sight, out of the order of the keyboard, and out of what a screen reader tells."""

    # A form that lists its fields passes it by like other hidden ones, errors and all.
    is_hidden = True

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        return render_to_string("core/trap.html", {"name": name})


class GuardedForm(forms.Form):
    """Adds two questions that people never see: a trap that robots fill in, and a signed time.

    A form sent in less than three seconds is asked to be sent again; nothing typed is lost.
    """

    # Named like something a robot wants to fill in; see `core/trap.html`.
    homepage = forms.CharField(required=False, widget=Trap)
    shown_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["shown_at"] = signing.dumps("", salt=SALT)

    @property
    def is_trapped(self) -> bool:
        """Say whether a robot filled in the trap; it is told that all went well."""
        return bool(self.data.get("homepage"))

    def clean_shown_at(self) -> str:
        told = str(self.cleaned_data.get("shown_at", ""))
        try:
            signing.loads(told, salt=SALT, max_age=MOST_SECONDS)
        except signing.SignatureExpired:
            self.add_error(None, _("쓰기 시작한 지 오래되었습니다. 한 번 더 보내 주세요."))
        except signing.BadSignature:
            self.add_error(None, _("양식을 다시 확인했습니다. 한 번 더 보내 주세요."))
        else:
            if _is_fresh(told):
                self.add_error(None, _("너무 빨리 보냈습니다. 잠시 뒤에 한 번 더 보내 주세요."))
        return told

    def renew(self) -> None:
        """Give a refused form a new time, so that sending it once more is enough."""
        data = QueryDict(mutable=True)
        data.update({name: self.data[name] for name in self.data})
        data["shown_at"] = signing.dumps("", salt=SALT)
        self.data = data


def _is_fresh(token: str) -> bool:
    try:
        signing.loads(token, salt=SALT, max_age=LEAST_SECONDS)
    except signing.SignatureExpired:
        return False
    return True


def within_limit(name: str, who: str, *, limit: int, seconds: int = DAY_SECONDS) -> bool:
    """Count one more of `name` by `who`, and say whether that is still within the limit.

    What is kept is a keyed hash that ends with the stretch of time; without Redis all may pass.
    """
    try:
        key = f"limit:{name}:{_mark(name, who)}"
        cache.add(key, 0, timeout=seconds)
        return int(cache.incr(key)) <= limit
    except Exception:
        logger.warning("A limit could not be kept: Redis does not answer", exc_info=True)
        return True


def is_used_up(name: str, who: str, *, limit: int) -> bool:
    """Say whether `limit` of `name` have been counted already; counts nothing itself."""
    try:
        return int(cache.get(f"limit:{name}:{_mark(name, who)}") or 0) >= limit
    except Exception:
        logger.warning("A limit could not be read: Redis does not answer", exc_info=True)
        return False


def _mark(name: str, who: str) -> str:
    """Hash with a salt of the day that only Redis knows, and forgets."""
    cache.add("limit:salt", secrets.token_hex(32), timeout=DAY_SECONDS)
    salt = str(cache.get("limit:salt"))
    return hashlib.blake2b(f"{name}\n{who}".encode(), key=salt.encode(), digest_size=16).hexdigest()
