"""A wrong setting stops the start with one sentence that names it, and nothing else."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from seoul_portal.env import Environment, SettingRefused

LONG = "s" * 64
KEYS = f"first:{'k' * 43}"
BOTH = {"SECRET_KEY": LONG, "FIELD_KEYS": KEYS}
TILES = "https://tiles.example:8443/{z}/{x}/{y}.png?k=1"
SECURE = "https://portal.example"


def run(script, **given):
    """Run Python in a process of its own, whose environment holds only what is given."""
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **given},
        capture_output=True,
        text=True,
        check=False,
    )


def start(**given):
    return run("import seoul_portal.settings", **given)


class TestStart:
    def test_needs_nothing_on_ones_own_machine(self):
        answer = start()

        assert (answer.returncode, answer.stderr) == (0, "")

    @pytest.mark.parametrize(
        ("name", "given"),
        [
            ("SECRET_KEY", {"DATABASE_URL": "postgresql://portal@db/portal"}),
            ("SECRET_KEY", {"SECRET_KEY": "short"}),
            ("SECRET_KEY", {"ALLOWED_HOSTS": "portal.example"}),
            ("SECRET_KEY_FILE", {"SECRET_KEY_FILE": "/nowhere/secret"}),
            ("FIELD_KEYS", {"DATABASE_URL": "postgresql://portal@db/portal", "SECRET_KEY": LONG}),
            ("FIELD_KEYS", {"FIELD_KEYS": "k" * 43}),
            ("FIELD_KEYS", {"FIELD_KEYS": f"first:{'k' * 42}"}),
            ("FIELD_KEYS", {"FIELD_KEYS": f"{KEYS},{KEYS}"}),
            ("FIELD_KEYS_FILE", {"FIELD_KEYS_FILE": "/nowhere/keys"}),
            ("DEBUG", {"DEBUG": "maybe"}),
            ("OFFICIAL", {"OFFICIAL": "perhaps"}),
            ("SITE_URL", {"SITE_URL": "portal.example"}),
            ("DATABASE_URL", {"DATABASE_URL": "mysql://portal@db/portal", **BOTH}),
            ("DATABASE_URL", {"DATABASE_URL": "postgresql://portal@db", **BOTH}),
            ("DATABASE_URL", {"DATABASE_URL": "postgresql://db:x/portal", **BOTH}),
            ("DATABASE_POOL", {"DATABASE_POOL": "0"}),
            ("DATABASE_POOL", {"DATABASE_POOL": "many"}),
            ("REDIS_URL", {"REDIS_URL": "localhost:6379"}),
            ("HSTS", {"HSTS": "always"}),
            # As where somebody forgot what to write into a container's secret.
            ("EMAIL_URL_FILE", {"EMAIL_URL_FILE": os.devnull}),
            ("MAP_TILES_URL", {"MAP_TILES_URL": "tiles.example/{z}/{x}/{y}"}),
            ("MAP_TILES_URL", {"MAP_TILES_URL": "https://tiles.example/{z}/{x}.png"}),
            ("MAP_TILES_URL", {"MAP_TILES_URL": "https://tiles.example/{z}/{x}/{y}{r}.png"}),
            ("MAP_TILES_URL", {"MAP_TILES_URL": "https://{s}.tiles.example/{z}/{x}/{y}.png"}),
            ("MAP_TILES_URL", {"MAP_TILES_URL": "https://a:b@tiles.example/{z}/{x}/{y}.png"}),
            ("MAP_TILES_URL", {"MAP_TILES_URL": "https://a;img-src *.b/{z}/{x}/{y}.png"}),
            ("MAP_TILES_URL", {"MAP_TILES_URL": TILES.replace("s:", ":"), "SITE_URL": SECURE}),
            ("MAP_TILES_ATTRIBUTION", {"MAP_TILES_URL": TILES}),
        ],
    )
    def test_is_refused_in_one_sentence(self, name, given):
        answer = start(**given)

        assert answer.returncode == 1
        assert answer.stdout == ""
        assert answer.stderr.startswith(f"{name} "), answer.stderr
        assert answer.stderr.count("\n") == 1
        assert answer.stderr.endswith(".\n")

    def test_lets_pages_show_pictures_of_exactly_the_citys_tile_service(self):
        code = (
            "from seoul_portal.settings import CONTENT_SECURITY_POLICY as policy;"
            "print(*policy['DIRECTIVES']['img-src'])"
        )
        plain = run(code)
        tiled = run(code, MAP_TILES_URL=TILES, MAP_TILES_ATTRIBUTION="© 시험")

        assert plain.stdout == "'self' data:\n"
        assert tiled.stdout == "'self' data: https://tiles.example:8443\n"

    def test_is_refused_by_every_command(self):
        answer = subprocess.run(
            [sys.executable, "manage.py", "check"],
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ["PATH"], "DEBUG": "maybe"},
            capture_output=True,
            text=True,
            check=False,
        )

        assert answer.returncode != 0
        assert answer.stderr == "DEBUG is 'maybe'; it must be 1 or 0.\n"


def settings_with(*names, **given):
    """Answer what these settings become in a process whose environment holds what is given."""
    told = ", ".join(f"s.{name}" for name in names)
    script = f"import json, seoul_portal.settings as s; print(json.dumps([{told}]))"
    return json.loads(run(script, **given).stdout)


class TestConsequences:
    @pytest.mark.parametrize("given", ["https://portal.example/", "https://portal.example//"])
    def test_of_a_slash_behind_the_portals_address_are_none(self, given):
        made = settings_with("SITE_URL", SITE_URL=given, ALLOWED_HOSTS="portal.example", **BOTH)

        assert made == ["https://portal.example"]

    @pytest.mark.parametrize(
        ("given", "promised"),
        [
            ({}, [31_536_000, False, False]),
            ({"HSTS": "subdomains"}, [31_536_000, True, False]),
            ({"HSTS": "preload"}, [31_536_000, True, True]),
        ],
    )
    def test_of_https_bind_other_hosts_only_where_it_is_said(self, given, promised):
        given |= {"SITE_URL": "https://portal.example", **BOTH}
        names = ("SECONDS", "INCLUDE_SUBDOMAINS", "PRELOAD")

        assert settings_with(*(f"SECURE_HSTS_{name}" for name in names), **given) == promised


class TestEnvironment:
    def test_reads_a_secret_from_a_file(self, tmp_path):
        secret = tmp_path / "secret"
        secret.write_text("kept in a file\n")

        assert Environment({"SECRET_KEY_FILE": str(secret)}).text("SECRET_KEY") == "kept in a file"

    def test_reads_keys_in_their_order(self, tmp_path):
        two = tmp_path / "keys"
        two.write_text(f"2027:{'n' * 43}\n2026:{'o' * 43}=\n")

        read = Environment({"FIELD_KEYS_FILE": str(two)}).keys("FIELD_KEYS")

        assert list(read) == ["2027", "2026"]
        assert {len(key) for key in read.values()} == {32}

    def test_says_what_is_missing(self):
        with pytest.raises(SettingRefused, match="SECRET_KEY is missing"):
            Environment({}).text("SECRET_KEY")

    @pytest.mark.parametrize(("text", "value"), [("1", True), ("Yes", True), ("off", False)])
    def test_reads_a_flag(self, text, value):
        assert Environment({"DEBUG": text}).flag("DEBUG", default=not value) is value

    def test_reads_words(self):
        assert Environment({"HOSTS": "a, b,,c "}).words("HOSTS") == ["a", "b", "c"]

    @pytest.mark.parametrize("text", ["-1", "1.5", "٣٤", "101", "x"])
    def test_refuses_what_is_no_number_in_range(self, text):
        with pytest.raises(SettingRefused, match="whole number from 1 to 100"):
            Environment({"POOL": text}).number("POOL", 8, least=1, most=100)

    def test_reads_a_database_address(self):
        url = "postgresql://portal:p%40s@db.internal:6432/city?sslmode=require"

        held = Environment({"DATABASE_URL": url}).database("DATABASE_URL", "")

        assert held == {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "city",
            "USER": "portal",
            "PASSWORD": "p@s",
            "HOST": "db.internal",
            "PORT": 6432,
            "OPTIONS": {"sslmode": "require"},
        }

    def test_reads_a_database_behind_a_socket(self):
        held = Environment({}).database("DATABASE_URL", "postgresql://portal@/city?host=/run/pg")

        assert (held["HOST"], held["OPTIONS"], held["PORT"]) == ("/run/pg", {}, "")
