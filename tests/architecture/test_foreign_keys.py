"""A foreign key points downward, like an import: string keys are invisible to import-linter."""

import pytest
from django.apps import apps

from tests.architecture.tree import AREAS, PACKAGES, contract

ROOMS = list(reversed(contract("Order inside core")["layers"]))


def storey(module: str) -> tuple[int, int, str]:
    """Answer how high a module stands: its storey, its room in core, and its app."""
    package, _, rest = module.partition(".")
    if package == "core":
        return (1, ROOMS.index(rest.partition(".")[0]), package)
    if package in PACKAGES:
        return ({"accounts": 2, "seoul_portal": 4}.get(package, 3), 0, package)
    return (0, 0, package)  # third parties stand in the cellar


def is_allowed(holder: str, target: str) -> bool:
    own, other = storey(holder), storey(target)
    return other[:2] < own[:2] or other[2] == own[2] != "core" or other == own


def foreign_keys():
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.partition(".")[0] in PACKAGES:
            for field in model._meta.get_fields():
                if field.is_relation and not field.auto_created and field.related_model:
                    yield model, field


class TestForeignKeys:
    def test_point_downward(self):
        seen = list(foreign_keys())
        wrong = [
            f"{field} → {field.related_model.__module__}"
            for model, field in seen
            if field.swappable_setting != "AUTH_USER_MODEL"  # Django's own way to name the user
            and not is_allowed(model.__module__, field.related_model.__module__)
        ]

        assert not wrong
        assert len(seen) >= 2  # a user's groups and permissions

    @pytest.mark.parametrize(
        ("holder", "target", "allowed"),
        [
            ("welfare.models", "accounts.models", True),
            ("welfare.models", "core.places.models", True),
            ("welfare.models", "welfare.models", True),
            ("accounts.models", "django.contrib.auth.models", True),
            ("core.search.models", "core.places.models", True),
            ("core.places.models", "core.search.models", False),
            ("core.feeds.models", "accounts.models", False),
            ("core.feeds.models", "welfare.models", False),
            ("accounts.models", "culture.models", False),
            *((f"{area}.models", "welfare.models", False) for area in AREAS[1:]),
        ],
    )
    def test_are_judged_by_storey(self, holder, target, allowed):
        assert is_allowed(holder, target) is allowed
