"""`manage.py migrate`: Django's, as the tables' owner; then the application's rights, anew."""

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS

from core.database.grants import give
from core.database.owner import as_owner, has_owner

ONE_ROLE = (
    "The application owns its tables, and can take back what its logs say: name the owner's role"
    " by DATABASE_OWNER_URL, and the application's by DATABASE_URL (docs/operations.md)."
)


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if options.get("plan") or options["database"] != DEFAULT_DB_ALIAS:
            super().handle(*args, **options)
            return
        with as_owner():
            super().handle(*args, **options)
            if has_owner():
                give(str(settings.DATABASES["default"]["USER"]))
            else:
                self.stderr.write(self.style.WARNING(ONE_ROLE))
