"""`manage.py retention`: removes or empties what has been kept as long as its holding says."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.records.services import keep_to_terms, old_months, overdue_erasures


class Command(BaseCommand):
    help = (
        "Removes or empties rows with personal data that have been kept long enough, as each night;"
        " --dry-run only says how many."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say it, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        done = keep_to_terms(now=now, dry_run=options["dry_run"])
        would = "would be " if options["dry_run"] else ""
        for one in done:
            fault = f" ({one.fault})" if one.fault else ""
            by = f", by {one.by}" if one.by else ""
            self.stdout.write(f"{one.model}: {one.rows:,} rows {would}{one.deed}{by}{fault}")
        if options["dry_run"]:
            months = old_months(now=now)
            named = f" ({', '.join(months)})" if months else ""
            self.stdout.write(f"records.Access: {len(months)} months would be dropped{named}")
        late = overdue_erasures(now=now)
        named = f" (requests {', '.join(map(str, late))})" if late else ""
        self.stdout.write(f"records.ErasureRequest: {len(late)} erasures are overdue{named}")
        if late:
            raise CommandError(
                "An erasure fails each night: look for “erasure failed” in the workers' log."
            )
        if any(one.fault for one in done):
            raise CommandError("Some rows could not be removed; the lines above say what for.")
