"""What PostgreSQL does not promise, no test may rely on: the order of rows, the reach of a lock."""

import os
import random
from typing import Any

from django.db.models.query import QuerySet
from django.db.models.sql.compiler import SQLCompiler

SEED = int(os.environ.get("SHUFFLE_SEED") or random.SystemRandom().randrange(10**6))
shuffler = random.Random(SEED)


class LockWithoutOf(Exception):
    """`select_for_update()` on a join locks every joined table, unless `of` names the one meant."""


def shuffle_unordered() -> None:
    """Give the rows of every queryset without an order in another order than PostgreSQL did."""
    fetch_all = QuerySet._fetch_all

    def shuffled(self: QuerySet[Any]) -> None:
        fresh = self._result_cache is None
        fetch_all(self)
        if fresh and len(self._result_cache) > 1 and not self.ordered:
            shuffler.shuffle(self._result_cache)

    QuerySet._fetch_all = shuffled


def refuse_wide_locks() -> None:
    as_sql = SQLCompiler.as_sql

    def checked(self: SQLCompiler, *args: Any, **kwargs: Any) -> Any:
        answer = as_sql(self, *args, **kwargs)
        locks_all = self.query.select_for_update and not self.query.select_for_update_of
        if locks_all and " JOIN " in answer[0]:
            raise LockWithoutOf(f"select_for_update() on a join; say of=(…): {answer[0]}")
        return answer

    SQLCompiler.as_sql = checked
