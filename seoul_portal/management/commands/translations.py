"""Compiles, checks or refreshes the translations; needs no gettext on the machine."""

import re
from pathlib import Path
from typing import Any

import django
import polib
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from seoul_portal.messages import borrowed_complaints, complaints, messages_of, refresh

# Every text between two quotes, those within a quoted text too; and every block of a template.
QUOTED = re.compile(r"""(?=["']([^"'\n]+)["'])""")
BLOCK = re.compile(r"%}\s*([^%]+?)\s*{%")
VARIABLE = re.compile(r"{{ (\w+) }}")


class Command(BaseCommand):
    help = "Compile the translation files; with --check, judge them; with --write, refresh them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--check", action="store_true", help="fail unless complete and up to date")
        how.add_argument("--write", action="store_true", help="add what is new, drop what is gone")

    def handle(self, *, check: bool, write: bool, **options: Any) -> None:
        for path in _borrowed_files():
            if check:
                self._judge_borrowed(path)
            elif not write:
                self._compile(path, polib.pofile(str(path)))
        for path in _translation_files():
            catalogue = polib.pofile(str(path), wrapwidth=10_000, check_for_duplicates=True)
            if check:
                self._judge(path, catalogue)
            elif write:
                refresh(catalogue, messages_of(settings.BASE_DIR))
                catalogue.save()
            else:
                self._compile(path, catalogue)

    def _judge(self, path: Path, catalogue: polib.POFile) -> None:
        found = messages_of(settings.BASE_DIR)
        faults = sorted(complaints(catalogue, found))
        if faults:
            raise CommandError(f"{path}:\n" + "\n".join(faults))
        self.stdout.write(f"{path}: all {len(found)} messages are translated.")

    def _judge_borrowed(self, path: Path) -> None:
        catalogue = polib.pofile(str(path), check_for_duplicates=True)
        if faults := sorted(borrowed_complaints(catalogue, _said_by_libraries())):
            raise CommandError(f"{path}:\n" + "\n".join(faults))
        self.stdout.write(f"{path}: {len(catalogue)} messages of libraries in our words.")

    def _compile(self, path: Path, catalogue: polib.POFile) -> None:
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
            catalogue.save_as_mofile(str(compiled))
            self.stdout.write(f"Compiled {path.relative_to(settings.BASE_DIR)}")


def _borrowed_files() -> list[Path]:
    """Answer the files of what libraries say, in our words, for every language."""
    return [
        path
        for folder in settings.LOCALE_PATHS[1:]
        for path in sorted(Path(folder).glob("*/LC_MESSAGES/django.po"))
    ]


def _said_by_libraries() -> set[str]:
    """Answer every message that Django and the installed libraries say.

    What they translate into Korean, and what stands between quotes in their templates and modules:
    some bring no Korean at all.
    """
    folders = [Path(app.path) for app in apps.get_app_configs() if "site-packages" in app.path]
    folders.append(Path(django.__file__).parent / "conf")
    said: set[str] = set()
    for folder in folders:
        catalogue = folder / "locale/ko/LC_MESSAGES/django.po"
        if catalogue.exists():
            said |= {entry.msgid for entry in polib.pofile(str(catalogue))}
        for path in (*folder.rglob("*.html"), *folder.rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            said |= set(QUOTED.findall(text))
            said |= {VARIABLE.sub(r"%(\1)s", block) for block in BLOCK.findall(text)}
    return said


def _translation_files() -> list[Path]:
    """Answer the file of every language but the one that the sources are written in."""
    languages = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    paths = [Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES/django.po" for code in languages]
    if missing := [str(path) for path in paths if not path.exists()]:
        raise CommandError(f"There is no translation file: {missing}")
    return paths
