#!/usr/bin/env python
"""The portal's command line; brings the embedded database up where none is configured."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "seoul_portal.settings")
    from core.sandbox.engines import hold_if_embedded

    needs_engines = len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_ENGINES
    if needs_engines:
        hold_if_embedded(os.environ)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


# Commands that never touch the database: starting PostgreSQL for them would only cost time.
WITHOUT_ENGINES = frozenset(
    {
        "help",
        "version",
        "upstreams",
        "check",
        "translations",
        "collectstatic",
        "compilemessages",
        "makemessages",
        "spectacular",
    }
)

if __name__ == "__main__":
    main()
