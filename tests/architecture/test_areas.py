"""What the areas declare: front doors, navigation, feeds with their papers, tasks that exist."""

import ast
import inspect

from core.areas import declared_feeds, open_areas, policy_areas
from seoul_portal.celery import app as celery_app
from seoul_portal.context import portal
from tests.architecture.tree import AREAS, ROOT, name_of, parsed

LONGEST_TASK = 10


def feed_modules():
    """Answer every `<area>/feeds/<source>.py`."""
    return [
        path
        for area in AREAS
        for path in sorted((ROOT / area / "feeds").glob("*.py"))
        if not path.name.startswith("_")
    ]


def tasks_modules():
    return sorted(
        path
        for package in (*AREAS, "accounts", "core")
        for path in (ROOT / package).rglob("tasks.py")
    )


def shared_tasks():
    for path in tasks_modules():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef) and any(
                "shared_task" in ast.unparse(decorator) for decorator in node.decorator_list
            ):
                yield path, node


class TestAreas:
    def test_are_seven(self):
        assert [type(area).__name__ for area in policy_areas()] == ["PolicyArea"] * len(AREAS)
        assert [area.slug for area in policy_areas()] == list(AREAS)

    def test_stay_out_of_the_navigation_while_empty(self, rf):
        shown = portal(rf.get("/"))["navigation"]

        with_pages = {area.slug for area in policy_areas() if area.nav}
        assert {area.slug for area in shown} == with_pages
        assert all(not area.is_empty for area in open_areas())

    def test_are_honest_about_being_empty(self):
        # One that holds nothing but its front door cannot have anything to show.
        bare = {
            area for area in AREAS if {path.name for path in (ROOT / area).glob("*.py")} == BARE
        }

        assert {
            area.slug for area in policy_areas() if area.slug in bare and not area.is_empty
        } == set()


BARE = {"__init__.py", "apps.py", "area.py"}


class TestFeeds:
    def test_are_all_declared(self):
        declared = {name.replace(".", "/feeds/") for name in declared_feeds()}
        written = {f"{path.parent.parent.name}/feeds/{path.stem}" for path in feed_modules()}

        assert written == declared

    def test_have_their_page_and_their_payloads(self):
        wanting = []
        for name in declared_feeds():
            area, source = name.split(".")
            if not (ROOT / "docs" / "feeds" / f"{source}.md").is_file():
                wanting.append(f"docs/feeds/{source}.md")
            if not list((ROOT / "tests" / area / "payloads" / source).glob("*")):
                wanting.append(f"tests/{area}/payloads/{source}/")

        assert not wanting


class TestTasks:
    def test_take_keywords_only_and_stay_short(self):
        wrong = []
        for path, task in shared_tasks():
            if task.args.args or task.args.posonlyargs or task.args.vararg:
                wrong.append(f"{name_of(path)}: {task.name} takes arguments by position")
            if len(task.body) and task.end_lineno - task.body[0].lineno >= LONGEST_TASK:
                wrong.append(f"{name_of(path)}: {task.name} is longer than {LONGEST_TASK} lines")

        assert not wrong

    def test_are_what_the_beat_calls(self):
        celery_app.loader.import_default_modules()
        celery_app.finalize()
        schedule = celery_app.conf.beat_schedule

        for name, entry in schedule.items():
            assert entry["task"] in celery_app.tasks, (
                f"{name} calls {entry['task']}, which is no task"
            )
            task = celery_app.tasks[entry["task"]]
            inspect.signature(task.run).bind(**entry.get("kwargs", {}))
            assert not entry.get("args"), f"{name} passes arguments by position"

    def test_have_a_nightly_entry_for_each_feed(self):
        celery_app.loader.import_default_modules()
        calls = [str(entry) for entry in celery_app.conf.beat_schedule.values()]

        without = [name for name in declared_feeds() if not any(name in call for call in calls)]
        assert not without


def test_decisions_are_numbered_and_told():
    pages = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))

    assert [path.name[:4] for path in pages] == [
        f"{number:04}" for number in range(1, len(pages) + 1)
    ]
    for path in pages:
        text = path.read_text(encoding="utf-8")
        for heading in ("## Status", "## Context", "## Decision", "## Consequences"):
            assert heading in text, f"{path.name} has no {heading}"
    assert len(pages) >= 1
