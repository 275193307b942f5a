"""`manage.py demo`: a person for each role to sign in with, and records of each area."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import User
from accounts.services import ensure_person, ensure_second_factor
from core.areas import open_areas

MakeSamples = Callable[..., str]

# The address ends in a domain that exists nowhere (RFC 2606), so that no letter ever leaves.
PEOPLE: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("resident", "김시민", {}),
    ("officer", "이담당", {"is_staff": True, "may_manage": (*settings.AREAS, "feeds", "search")}),
    ("admin", "박관리", {"is_staff": True, "is_superuser": True}),
)


HOW_TO_SIGN_IN = "Sign in with (role, address, password; for staff also an authenticator's secret):"
HOW_TO_GET_A_CODE = (
    "The secret goes into any authenticator app, or: python -m core.sandbox.one_time_code SECRET"
)


def password_for(email: str) -> str:
    """The same at every run on one installation, and different on every other one."""
    mark = hmac.new(settings.SECRET_KEY.encode(), f"demo:{email}".encode(), hashlib.sha256)
    return base64.b32encode(mark.digest())[:12].decode().lower()


def authenticator_secret_for(email: str) -> str:
    """What an authenticator app takes (base32), as lasting and as much this installation's own."""
    mark = hmac.new(settings.SECRET_KEY.encode(), f"demo-app:{email}".encode(), hashlib.sha256)
    return base64.b32encode(mark.digest()[:20]).decode()


def give_second_factor(person: User) -> str:
    """Set up what staff doors ask for, and answer its secret; nothing where none is asked for."""
    person = User.objects.get(pk=person.pk)  # with the roles that they have by now
    if not person.reads_about_people:
        return ""
    secret = authenticator_secret_for(person.email)
    ensure_second_factor(person=person, secret=secret, now=timezone.now())
    return secret


class Command(BaseCommand):
    help = "Sample people and records for every area; safe to repeat, refused where DEBUG is off."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sign-ins", type=Path, help="write the sign-ins to this file as well")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("demo is refused where DEBUG is off: sample people could sign in.")
        lines = []
        people: dict[str, User] = {}
        for role, name, rights in PEOPLE:
            email = f"{role}@demo.example"
            password = password_for(email)
            people[role] = ensure_person(email=email, name=name, password=password, **rights)
            secret = give_second_factor(people[role])
            lines.append(f"  {role:<10}{email:<24}{password}  {secret}".rstrip())
        told = "\n".join([HOW_TO_SIGN_IN, *lines, HOW_TO_GET_A_CODE, ""])
        if (path := options["sign_ins"]) is not None:
            path.touch(mode=0o600)
            path.write_text(told, encoding="utf-8")
        self.stdout.write(told)
        for area in open_areas():
            if area.samples:
                make = cast(MakeSamples, import_string(area.samples))
                if made := make(actor=people["officer"], now=timezone.now()):
                    self.stdout.write(f"{area.title}: {made}")
