"""Reads indicators by hand: `manage.py kpi [INDICATOR …] [--day DAY]`."""

import datetime
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.kpi.services import DayToCome, UnknownIndicator, read_indicators


class Command(BaseCommand):
    help = "지표를 읽어 그날의 값으로 남깁니다. 다시 읽으면 그날의 값을 바꿉니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="INDICATOR", help="예: centres-in-service")
        parser.add_argument(
            "--day", type=datetime.date.fromisoformat, help="어느 날 (2026-11-28), 없으면 오늘"
        )

    def handle(self, *args: object, **options: Any) -> None:
        now = timezone.now()
        day = options["day"] or timezone.localdate(now)
        try:
            told = read_indicators(day=day, now=now, slugs=options["slugs"] or None)
        except (UnknownIndicator, DayToCome) as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{day}: 지표 {len(told.read)}개, 값 {told.figures}개")
        if told.left_out:
            names = ", ".join(told.left_out)
            self.stdout.write(f"지난 날의 기록이 없어 읽지 않음: {names}")
        if told.failed:
            raise CommandError(f"읽지 못함: {', '.join(told.failed)}")
