"""No secret, no host of a registry, and no trace of somebody's machine stands in the repository."""

import re

import pytest

from tests.architecture.tree import PACKAGES, ROOT, name_of

SECRETS = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "an AWS key": re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
    "a GitHub token": re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b"),
    "a key of the public data portals": re.compile(
        r"(?i)(service_?key|api_?key|_KEY)\W{1,4}[A-Za-z0-9+/%]{40,}"
    ),
    "a password in an address": re.compile(
        r"://[\w.-]+:(?!\$|<|\{|pw@|password@|secret@)[^\s:@/\"'{}$<]{6,}@"
    ),
    "somebody's home folder": re.compile(r"/(?:home|Users)/(?!portal\b|app\b)[a-z]+/"),
}
FOLDERS = (*PACKAGES, "templates", "tests", "docs", "assets", "requirements", ".ci", "locale")
BINARY = {".png", ".jpg", ".pdf", ".woff2", ".mo", ".pyc", ".ico", ".gz"}


def written_files():
    files = [path for path in ROOT.iterdir() if path.is_file()]
    for folder in FOLDERS:
        files += [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    return sorted(
        path for path in files if path.suffix not in BINARY and "__pycache__" not in path.parts
    )


class TestRepository:
    def test_holds_no_secret(self):
        found = []
        for path in written_files():
            text = path.read_text(encoding="utf-8", errors="replace")
            if path.name == "test_secrets.py":
                continue
            found += [
                f"{name_of(path)}: {what}" for what, mark in SECRETS.items() if mark.search(text)
            ]

        assert not found
        assert len(written_files()) > 100

    @pytest.mark.parametrize(
        "text",
        [
            "-----BEGIN RSA PRIVATE KEY-----",
            "AKIA" + "A" * 16,
            "ghp_" + "a" * 36,
            'SEOUL_KEY = "' + "6b" * 20 + '"',
            "postgresql://portal:hunter22@db/portal",
            "/home/kim/portal/",
        ],
    )
    def test_would_be_caught(self, text):
        assert any(mark.search(text) for mark in SECRETS.values())


class TestLockFiles:
    def test_name_no_host(self):
        locks = [*sorted((ROOT / "requirements").glob("*.txt")), ROOT / "package-lock.json"]

        for path in locks:
            text = path.read_text(encoding="utf-8")
            assert "://" not in DROPPED.sub("", text), f"{name_of(path)} names a host"
        assert len(locks) == 5

    def test_hold_a_version_and_a_hash_for_each_package(self):
        locked = 0
        for path in sorted((ROOT / "requirements").glob("*.txt")):
            for block in re.split(r"\n(?=\S)", path.read_text(encoding="utf-8").strip()):
                assert re.match(r"[\w.\[\],-]+==\S+", block), block[:60]
                assert "--hash=sha256:" in block, block[:60]
                locked += 1
        assert locked > 80

    def test_follow_from_what_was_asked_for(self):
        for path in sorted((ROOT / "requirements").glob("*.in")):
            asked = re.findall(r"^([A-Za-z][\w.-]*)", path.read_text(encoding="utf-8"), re.M)
            text = path.with_suffix(".txt").read_text(encoding="utf-8").lower()
            missing = [name for name in asked if f"\n{name.lower()}==" not in f"\n{text}"]
            missing = [n for n in missing if f"\n{n.lower().replace('_', '-')}" not in f"\n{text}"]
            assert not missing, f"{path.name}: {missing} (make lock)"


# npm's own marks of where money is asked for, which are no addresses that anything is fetched from.
DROPPED = re.compile(r'"(?:url|homepage)": "[^"]*"')
