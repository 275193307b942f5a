"""`manage.py bounces`: reads letters that came back, from files or from standard input."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.notices.services.bouncing import read_report, take_bounces


class Command(BaseCommand):
    help = "Marks addresses whose letters came back (delivery status notifications, RFC 3464)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="*", type=Path, help="letters, a file each; none reads standard input"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            letters = [path.read_bytes() for path in options["files"]]
        except OSError as fault:
            raise CommandError(str(fault)) from fault
        found = [
            one for letter in letters or [sys.stdin.buffer.read()] for one in read_report(letter)
        ]
        new = take_bounces(returned=found, now=timezone.now())
        self.stdout.write(f"{len(found)} returned, {new} addresses newly marked")
