"""Workers that can be killed: for each line (a moment) one more process delivers all that is due.

They are forked from one that has Django loaded, so that a kill costs a test no seconds of starting.
"""

import datetime
import os
import signal
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "seoul_portal.settings"
django.setup()

from django.conf import settings  # noqa: E402

from core.notices import registry  # noqa: E402
from core.notices.services.delivering import deliver_due  # noqa: E402
from tests.core.notices import pretend  # noqa: E402

real = registry._modules
registry._modules = lambda: iter((*real(), pretend))
registry.declared_notices()
settings.EMAIL_FILE_PATH = os.environ["OUTBOX"]


def deliver_all(channel, now):
    while deliver_due(now=now, channel=channel, limit=7).claimed:
        pass


signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    if not (child := os.fork()):
        sys.stdin.close()
        deliver_all(sys.argv[1], datetime.datetime.fromisoformat(line.strip()))
        os._exit(0)
    sys.stdout.write(f"{child}\n")
    sys.stdout.flush()
