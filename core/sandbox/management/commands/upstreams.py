"""`manage.py upstreams`: serves the stand-in upstreams until it is stopped."""

import signal
import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.sandbox.upstreams import serve
from core.sandbox.upstreams.serving.contract import DEFAULT_ROWS, NoSuchData, TooManyRows
from core.sandbox.upstreams.serving.faults import FAULTS, SLOW_SECONDS


class Command(BaseCommand):
    help = "Serves stand-ins for the publishers' services, in their wire formats, on loopback."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8801, help="0 takes any free port")
        parser.add_argument("--data", type=Path, help="folder with the publishers' real files")
        parser.add_argument("--rows", type=int, default=DEFAULT_ROWS, help="generated rows of each")
        parser.add_argument("--seed", type=int, default=0, help="another gives other contents")
        parser.add_argument("--fault", choices=sorted(FAULTS), help="break answers on purpose")
        parser.add_argument("--fault-times", type=int, help="only the first so many of them")
        parser.add_argument("--slow-seconds", type=float, default=SLOW_SECONDS)

    def handle(self, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        names = ("port", "data", "rows", "seed", "fault", "fault_times", "slow_seconds")
        try:
            with serve(**{name: options[name] for name in names}) as base_url:
                self.stdout.write(base_url)
                self.stdout.flush()
                stop.wait()
        except (NoSuchData, TooManyRows) as wrong:
            raise CommandError(str(wrong)) from wrong
        except OSError as wrong:
            raise CommandError(f"port {options['port']}: {wrong.strerror}") from wrong
