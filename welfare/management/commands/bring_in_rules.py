"""`manage.py bring_in_rules`: brings in the programmes of this release, and who may keep them."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from welfare.services.rule_keepers import ensure_rule_keepers
from welfare.services.rule_seeds import bring_in_rules


class Command(BaseCommand):
    help = "Bring in this release's programmes and who may keep them; what staff changed stays."

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_rule_keepers()
        self.stdout.write(f"{bring_in_rules(now=timezone.now())} versions brought in.")
