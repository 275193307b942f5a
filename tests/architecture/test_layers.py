"""The contracts of import-linter hold, and each breaks when somebody crosses it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import AREAS, PACKAGES, ROOT, contract, project

STOREYS = "A storey imports downward only"
INSIDE_AN_APP = "Order and vocabulary inside an app"
INSIDE_CORE = "Order inside core"
PURE = "Rules and feeds know no framework"


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", root)
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package,
            root / package,
            ignore=lambda folder, names: [
                name for name in names if (Path(folder) / name).is_file() and name[-3:] != ".py"
            ],
        )
    return root


class TestContracts:
    def test_are_the_four_of_the_house(self):
        names = [found["name"] for found in project()["tool"]["importlinter"]["contracts"]]

        assert names == [STOREYS, INSIDE_AN_APP, INSIDE_CORE, PURE]

    def test_are_kept(self):
        answer = lint_imports(ROOT)

        assert answer.returncode == 0, answer.stdout
        assert "Contracts: 4 kept, 0 broken." in answer.stdout

    @pytest.mark.parametrize(
        ("module", "line", "broken"),
        [
            ("core/areas.py", "import welfare.area", STOREYS),
            ("core/areas.py", "import seoul_portal.env", STOREYS),
            ("accounts/models/user.py", "import culture.area", STOREYS),
            ("culture/area.py", "import tourism.area", STOREYS),
            ("welfare/enums.py", "import welfare.area", INSIDE_AN_APP),
            ("privacy/rules.py", "import privacy.urls", INSIDE_AN_APP),
            ("privacy/urls.py", "", None),
            ("accounts/enums.py", "import accounts.models", INSIDE_AN_APP),
            ("tourism/helpers.py", "", INSIDE_AN_APP),
            ("core/areas.py", "import core.feeds.apps", INSIDE_CORE),
            ("core/feeds/apps.py", "import core.places.apps", INSIDE_CORE),
            ("core/places/apps.py", "import core.search.apps", INSIDE_CORE),
            ("core/search/apps.py", "import core.web.apps", INSIDE_CORE),
            ("core/web/apps.py", "import core.sandbox.engines", INSIDE_CORE),
            ("core/utils.py", "", INSIDE_CORE),
            ("culture/rules.py", "import django.db.models", PURE),
            ("culture/rules.py", "import accounts.models", PURE),
            ("core/search/rules/hangul.py", "import django.db.models", PURE),
            ("core/places/rules/points.py", "import django.db.models", PURE),
            ("welfare/feeds/__init__.py", "import celery", PURE),
            ("welfare/feeds/__init__.py", "import core.feeds.apps", PURE),
        ],
    )
    def test_break_when_crossed(self, copy, module, line, broken):
        path = copy / module
        before = path.read_text(encoding="utf-8") if path.exists() else None
        # Whatever stands in a `privacy/urls.py` is there for a rule to reach up to.
        (copy / "privacy/urls.py").touch()
        path.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")
        try:
            answer = lint_imports(copy)
        finally:
            path.unlink() if before is None else path.write_text(before, encoding="utf-8")

        if broken is None:
            assert answer.returncode == 0, answer.stdout
        else:
            assert answer.returncode != 0
            assert f"{broken} BROKEN" in answer.stdout

    def test_cover_every_app(self):
        inside = contract(INSIDE_AN_APP)

        assert inside["containers"] == [*AREAS, "accounts"]
        assert inside["exhaustive"] is True
        assert contract(INSIDE_CORE)["exhaustive"] is True
        assert project()["tool"]["importlinter"]["root_packages"] == list(PACKAGES)

    def test_cover_every_feed_and_rule(self):
        sources = contract(PURE)["source_modules"]
        feeds = [f"{area}.feeds" for area in AREAS if (ROOT / area / "feeds").exists()]

        assert sources == ["**.rules", *feeds]
