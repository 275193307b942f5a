"""Which addresses anybody may open: the list is written down, and reviewed when it changes."""

import re

from django.core.management import call_command

from core.web.public import is_public, open_routes, public_routes
from tests.architecture.tree import ROOT

WRITTEN = ROOT / "tests" / "architecture" / "public_addresses.txt"


def openly():
    """Answer every address that needs no sign-in, as the list writes it."""
    return [
        f"/{re.sub(r'[$^]', '', route)}  {'public' if is_public(view) else 'anonymous'}"
        for route, view in open_routes()
    ]


class TestAddresses:
    def test_without_sign_in_are_those_on_the_list(self):
        written = [
            line
            for line in WRITTEN.read_text(encoding="utf-8").splitlines()
            if line and not line.startswith("#")
        ]

        assert written == sorted(set(openly()))
        assert len(written) >= 10

    def test_that_are_public_are_cacheable(self):
        policies = [view.public_policy for _, view in public_routes()]

        assert len(policies) >= 1
        assert all(policy.max_age > 0 for policy in policies)


def test_the_api_describes_itself(tmp_path):
    target = tmp_path / "schema.yaml"

    call_command("spectacular", validate=True, fail_on_warn=True, file=str(target))

    assert "openapi: 3.1" in target.read_text(encoding="utf-8")
