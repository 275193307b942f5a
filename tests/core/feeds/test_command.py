"""`manage.py sync` answers for every feed it was asked for, whatever becomes of one."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from core.areas import declared_feeds, feeds_with_details
from core.feeds.engine import run_feed
from core.feeds.management.commands import sync as command
from core.sandbox.upstreams import serve

pytestmark = pytest.mark.django_db(transaction=True)


def sync(*arguments: str) -> tuple[int, list[dict[str, object]]]:
    out = io.StringIO()
    status = 0
    try:
        call_command("sync", *arguments, "--json", stdout=out, stderr=io.StringIO())
    except SystemExit as end:
        status = int(end.code or 0)
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


class TestSync:
    def test_tells_of_a_feed_that_crashed_and_goes_on_with_the_next(self, monkeypatch):
        (first, *_others) = declared_feeds()

        def crash(*, feed, **options):
            if feed.name != first:
                return real(feed=feed, **options)
            options.pop("upstreams")

            def pages(_connection, _now):
                raise ZeroDivisionError

            broken = type(feed)(**(vars(feed) | {"open": pages}))
            return run_feed(declaration=broken, upstream=None, **options)

        real = command.sync_feed
        monkeypatch.setattr(command, "sync_feed", crash)
        with serve(rows=5) as base_url:
            status, told = sync("--all", "--upstreams", str(base_url))
        assert status == 1
        assert [one["feed"] for one in told] == list(feeds_with_details())
        assert told[0]["status"] == "FAILED"
        assert "프로그램 오류" in told[0]["reason"]
        assert told[1]["status"] == "COMPLETED"

    def test_names_the_feeds_there_are_where_one_is_unknown(self):
        with pytest.raises(CommandError, match=r"welfare\.seoul_facilities"):
            sync("nonsense")
