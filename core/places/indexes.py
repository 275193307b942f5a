"""Indexes of points, built anew where many points came at once.

Filled point by point, such an index grows about twice as large as one that is built from all of
them, and asks for two or three times as many pages until it has found what is nearest.
"""

from collections.abc import Iterable

import structlog
from django.db import connection
from psycopg import sql

# From 17 on, PostgreSQL lets others than a table's owner build its indexes anew (MAINTAIN).
MAY_REBUILD = """
SELECT current_setting('server_version_num')::int >= 170000 OR pg_has_role(relowner, 'USAGE')
FROM pg_class WHERE oid = to_regclass(%s)
"""

log = structlog.get_logger("portal.places")


def rebuild_indexes(names: Iterable[str]) -> None:
    """Build each index anew beside the old one, which answers meanwhile; not in a transaction."""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(MAY_REBUILD, [name])
            if cursor.fetchone() != (True,):
                log.warning("an index stays as it is: its owner alone may rebuild it", name=name)
                continue
            # Of a rebuild that was stopped half way.
            cursor.execute("SELECT places_drop_half_built(%s)", [name])
            rebuild = sql.SQL("REINDEX INDEX CONCURRENTLY {}")
            cursor.execute(rebuild.format(sql.Identifier(name)))
