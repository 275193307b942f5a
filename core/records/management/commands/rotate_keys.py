"""`manage.py rotate_keys`: everything that is sealed with an older key, sealed with the newest."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.database.owner import as_owner
from core.records.encryption import keyring
from core.records.remarking import mark_groups, remark
from core.records.rotation import rotate, sealed_places


class Command(BaseCommand):
    help = (
        "Seals every encrypted text anew with the first key of FIELD_KEYS, and makes the marks anew"
        " by which sealed rows are found, while the portal runs;"
        " safe to stop and to repeat. Once it says 0, older keys may go."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        # What a log says is closed to the application, also for this.
        with as_owner():
            self._rotate()

    def _rotate(self) -> None:
        unreadable = 0
        for sealed in sealed_places():
            done = rotate(sealed)
            unreadable += done.unreadable
            told = f", {done.unreadable:,} unreadable" if done.unreadable else ""
            self.stdout.write(f"{sealed.name}: {done.renewed:,} sealed anew{told}")
        for group in mark_groups():
            self.stdout.write(f"Marks of {group.name}: {remark(group):,} made anew")
        self.stdout.write(f"Everything readable is sealed with key {keyring().newest}.")
        if unreadable:
            raise CommandError(
                f"{unreadable:,} texts can be opened with no key of FIELD_KEYS; "
                "put the key back that sealed them, and run this again."
            )
