"""`manage.py roles`: makes the owner's role and the application's, and hands the tables over."""

from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from core.database.owner import has_owner
from core.database.roles import Role, prepare


class Command(BaseCommand):
    help = (
        "Makes the roles that DATABASE_URL and DATABASE_OWNER_URL name, with their passwords, and"
        " hands all tables to the owner; asked as the server's administrator (DATABASE_ADMIN_URL)."
        " Safe to repeat, and to run before each migration."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        admin, owner = settings.DATABASE_ADMIN, settings.DATABASE_OWNER
        if admin is None or owner is None or not has_owner():
            raise CommandError(
                "DATABASE_ADMIN_URL, DATABASE_OWNER_URL and DATABASE_URL must name three roles."
            )
        application: dict[str, Any] = settings.DATABASES["default"]
        with psycopg.connect(
            dbname=connection.settings_dict["NAME"],
            user=admin["USER"],
            password=admin["PASSWORD"] or None,
            host=admin["HOST"] or None,
            port=admin["PORT"] or None,
            autocommit=True,
            **admin["OPTIONS"],
        ) as opened:
            prepare(
                opened,
                owner=Role(owner["USER"], owner["PASSWORD"]),
                application=Role(application["USER"], application["PASSWORD"]),
            )
        self.stdout.write(f"{owner['USER']} owns the tables, {application['USER']} works on them.")
