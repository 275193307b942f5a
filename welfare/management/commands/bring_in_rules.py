"""`manage.py bring_in_rules`: brings in the programmes that came with this release."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from welfare.services.rule_seeds import bring_in_rules


class Command(BaseCommand):
    help = "Bring in programmes and tables that came with this release; what staff changed stays."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{bring_in_rules(now=timezone.now())} versions brought in.")
