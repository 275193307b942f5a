"""Typed settings from the environment; a wrong one stops the start with one sentence."""

import base64
import ipaddress
import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PLACEHOLDER = re.compile(r"\{[^}]*\}?")
KEY_NAME, KEY_BYTES = re.compile(r"[a-z0-9-]{1,20}"), 32
TILE_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?")
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class SettingRefused(Exception):
    """A setting is missing or wrong; the message is one sentence that names it."""


class Environment:
    """Reads settings; each `<NAME>` may come from the file named by `<NAME>_FILE` instead."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ

    def text(self, name: str, default: str | None = None) -> str:
        if path := self.environ.get(f"{name}_FILE"):
            try:
                return Path(path).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as fault:
                raise SettingRefused(
                    f"{name}_FILE names {path}, which cannot be read ({fault})."
                ) from fault
        value = self.environ.get(name) or default
        if value is None:
            raise SettingRefused(
                f"{name} is missing; set it, or {name}_FILE to a file that holds it."
            )
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.text(name, "1" if default else "0").lower()
        if value in {"1", "true", "yes", "on"}:
            return True
        if value in {"0", "false", "no", "off"}:
            return False
        raise SettingRefused(f"{name} is {value!r}; it must be 1 or 0.")

    def number(self, name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdecimal()) or not least <= int(value) <= most:
            raise SettingRefused(
                f"{name} is {value!r}; it must be a whole number from {least} to {most}."
            )
        return int(value)

    def words(self, name: str, default: str = "") -> list[str]:
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def keys(self, name: str, default: str | None = None) -> dict[str, bytes]:
        """Answer named keys of 32 bytes in their order: `2027:BASE64URL,2026:BASE64URL`."""
        found: dict[str, bytes] = {}
        for word in self.text(name, default).replace("\n", ",").split(","):
            identity, _, encoded = word.strip().partition(":")
            try:
                key = base64.b64decode(encoded + "=" * (-len(encoded) % 4), b"-_", validate=True)
            except ValueError:
                key = b""
            if not KEY_NAME.fullmatch(identity) or len(key) != KEY_BYTES or identity in found:
                raise SettingRefused(
                    f"{name} must be keys with commas between, each a name of its own, a colon "
                    "and 32 bytes in base64 (2027:...,2026:...), the newest first."
                )
            found[identity] = key
        return found

    def networks(self, name: str, default: str) -> list[Network]:
        try:
            return [ipaddress.ip_network(word, strict=False) for word in self.words(name, default)]
        except ValueError as fault:
            raise SettingRefused(f"{name}: {fault}; it must hold addresses or networks.") from fault

    def choice(self, name: str, default: str, *, of: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value not in of:
            raise SettingRefused(f"{name} is {value!r}; it must be one of {', '.join(of)}.")
        return value

    def mail(self, name: str, folder: Path) -> dict[str, object]:
        """Answer Django's mail settings of `smtp://user:password@host:port` (`smtps` for TLS)."""
        parts = urlsplit(self.url(name, "", schemes=("smtp", "smtps", "smtp+starttls")))
        if not parts.scheme and self.environ.get(f"{name}_FILE"):
            raise SettingRefused(f"{name}_FILE names an empty file; letters need smtp://….")
        if not parts.scheme:
            return {
                "EMAIL_BACKEND": "core.web.outbox.Outbox",
                "EMAIL_FILE_PATH": folder,
            }
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname or "localhost",
            "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": parts.scheme == "smtps",
            "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
            "EMAIL_TIMEOUT": 10,
        }

    def url(self, name: str, default: str, *, schemes: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value and urlsplit(value).scheme not in schemes:
            kinds = " or ".join(f"{scheme}://…" for scheme in schemes)
            raise SettingRefused(f"{name} is no address of the kind {kinds}.")
        return value

    def storage(self, *, backend: str, options: str, folder: str) -> dict[str, object]:
        """Answer Django's form of a storage: a folder of its owner's alone, or any other class."""
        try:
            told = json.loads(options)
        except ValueError as fault:
            raise SettingRefused("ATTACHMENTS_OPTIONS is no JSON.") from fault
        if not isinstance(told, dict):
            raise SettingRefused("ATTACHMENTS_OPTIONS must be a JSON object.")
        if backend.endswith(".FileSystemStorage"):
            told = {
                "location": folder,
                "base_url": None,
                "file_permissions_mode": 0o600,
                "directory_permissions_mode": 0o700,
            } | told
        return {"BACKEND": backend, "OPTIONS": told}

    def tiles(self, name: str, *, https_only: bool) -> str:
        """Answer the pattern of a tile service's addresses: one fixed host, then {z}, {x}, {y}."""
        value = self.url(name, "", schemes=("https",) if https_only else ("https", "http"))
        if not value:
            return ""
        if not TILE_HOST.fullmatch(urlsplit(value).netloc):
            raise SettingRefused(f"{name} must name one fixed host, without a user or a pattern.")
        if sorted(PLACEHOLDER.findall(value)) != ["{x}", "{y}", "{z}"]:
            raise SettingRefused(
                f"{name} must hold {{z}}, {{x}} and {{y}} once each, and no other."
            )
        return value

    def database(self, name: str, default: str) -> dict[str, object]:
        """Answer Django's form of `postgresql://user:password@host:port/name?host=/socket/folder`."""
        parts = urlsplit(self.url(name, default, schemes=("postgresql", "postgres")))
        query = dict(parse_qsl(parts.query))
        try:
            port = parts.port
        except ValueError as fault:
            raise SettingRefused(f"{name} has a port that is no number.") from fault
        database = unquote(parts.path.lstrip("/"))
        if not database:
            raise SettingRefused(f"{name} names no database: postgresql://user@host/NAME.")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": database,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.pop("host", parts.hostname or ""),
            "PORT": port or "",
            "OPTIONS": dict(query),
        }

    def database_or_none(self, name: str, default: str) -> dict[str, Any] | None:
        """Answer another role's way to the database, where one is named."""
        value = self.text(name, default)
        return self.database(name, value) if value else None


def origin_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def read_or_exit() -> Environment:
    """Answer the process's environment, and have a refusal end it with one sentence."""
    previous = sys.excepthook

    def say(kind: type[BaseException], fault: BaseException, trace: object) -> None:
        if isinstance(fault, SettingRefused):
            sys.stderr.write(f"{fault}\n")
        else:
            previous(kind, fault, trace)  # type: ignore[arg-type]

    sys.excepthook = say
    return Environment(os.environ)
