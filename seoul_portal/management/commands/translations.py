"""Compiles, checks or refreshes the translations; needs no gettext on the machine."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from seoul_portal.messages import complaints, messages_of, refresh


class Command(BaseCommand):
    help = "Compile the translation files; with --check, judge them; with --write, refresh them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--check", action="store_true", help="fail unless complete and up to date")
        how.add_argument("--write", action="store_true", help="add what is new, drop what is gone")

    def handle(self, *, check: bool, write: bool, **options: Any) -> None:
        for path in _translation_files() if check or write else _compiled_files():
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

    def _compile(self, path: Path, catalogue: polib.POFile) -> None:
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
            catalogue.save_as_mofile(str(compiled))
            self.stdout.write(f"Compiled {path.relative_to(settings.BASE_DIR)}")


def _compiled_files() -> list[Path]:
    """Answer those files, and what third parties' words are called in Korean."""
    borrowed = Path(settings.LOCALE_PATHS[0]) / settings.LANGUAGE_CODE / "LC_MESSAGES/django.po"
    return [*_translation_files(), *([borrowed] if borrowed.exists() else [])]


def _translation_files() -> list[Path]:
    """Answer the file of every language but the one that the sources are written in."""
    languages = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    paths = [Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES/django.po" for code in languages]
    if missing := [str(path) for path in paths if not path.exists()]:
        raise CommandError(f"There is no translation file: {missing}")
    return paths
