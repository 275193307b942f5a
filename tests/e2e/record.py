"""What was judged in a browser, for the statement on accessibility.

`WRITE_RECORD=1` writes it, with `make test` as with `pytest tests/e2e`, from all processes of a
run. The facts are of that run alone; nothing is added up over runs, and faults are told as found.
"""

import datetime
import json
import os
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import Http404
from django.urls import resolve
from django.utils import timezone, translation
from playwright.sync_api import Page

from core.web.display import COOKIE, WRITTEN
from core.web.measured import FACTS
from core.web.middleware import language_of


@dataclass
class Record:
    """All judgements of one run."""

    axe: str = ""
    browser: str = ""
    judgements: int = 0
    looks: set[tuple[int, int, str]] = field(default_factory=set)
    pages: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    faults: list[str] = field(default_factory=list)

    def note(self, page: Page, axe: dict[str, Any], faults: list[str]) -> None:
        path = page.evaluate("location.pathname")
        language = language_of(path)
        self.axe = axe["testEngine"]["version"]
        self.browser = page.context.browser.version if page.context.browser else ""
        self.judgements += 1
        self.looks.add(_look(page))
        name = _name(path, language)
        self.pages[name].add(language)
        # Without the words of the page, which are of the test.
        self.faults += [f"{name}: {fault.partition(': ')[0]}" for fault in faults]

    def told(self) -> dict[str, Any]:
        """Answer what one process hands to the one that writes."""
        return vars(self) | {"pages": dict(self.pages)}

    def add(self, told: dict[str, Any]) -> None:
        """Take in what another process has judged."""
        self.axe, self.browser = told["axe"] or self.axe, told["browser"] or self.browser
        self.judgements += told["judgements"]
        self.looks |= told["looks"]
        self.faults += told["faults"]
        for name, languages in told["pages"].items():
            self.pages[name] |= languages

    def write(self, on: datetime.date) -> None:
        widths, sizes, contrasts = ({look[one] for look in self.looks} for one in range(3))
        facts = {
            "measured_on": on.isoformat(),
            "axe": self.axe,
            "browser": self.browser,
            "judgements": self.judgements,
            "widths": sorted(widths),
            "sizes": sorted(sizes),
            "contrasts": sorted(contrasts),
            "pages": {name: sorted(languages) for name, languages in sorted(self.pages.items())},
            "faults": sorted(set(self.faults)),
        }
        FACTS.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workerinput"):
        session.config.workeroutput["judged"] = record.told()
    elif os.environ.get("WRITE_RECORD"):
        _write_whole_run(session.config)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    if judged := getattr(node, "workeroutput", {}).get("judged"):
        record.add(judged)


def _write_whole_run(config: pytest.Config) -> None:
    """Write the facts of a run over all pages; a part of them would tell less than is known."""
    is_whole = config.args in (["tests"], ["tests/e2e"])
    if not is_whole or config.option.keyword or config.option.markexpr or not record.judgements:
        raise SystemExit("The statement's facts are written by `WRITE_RECORD=1 pytest tests/e2e`.")
    record.write(timezone.localdate())


def _look(page: Page) -> tuple[int, int, str]:
    jar = {one["name"]: one["value"] for one in page.context.cookies()}
    shown = WRITTEN.fullmatch(jar.get(COOKIE, ""))
    size, contrast = shown.groups() if shown else ("100", "normal")
    return page.evaluate("innerWidth"), int(size), contrast


def _name(path: str, language: str) -> str:
    """Answer the kind of page by the address that it has in Korean, whatever it is of."""
    try:
        with translation.override(language):
            route = resolve(path).route
    except Http404:  # what is not found is a page too
        return "404"
    return "/" + route.removeprefix("en/") if language == "en" else "/" + route


record = Record()
