"""Doors ask functions named can_…; what the account itself allows is asked in one place."""

import ast

from django.contrib import admin

from core.desk.lists import DeskAdmin
from tests.architecture.tree import name_of, parsed, product_modules

# What says directly what an account may do.
DIRECT = frozenset(
    {
        "has_perm",
        "has_perms",
        "has_module_perms",
        "is_superuser",
        "groups",
        "user_permissions",
        "get_all_permissions",
        "get_user_permissions",
    }
)
DOORS = frozenset({"admin", "admin_site", "views", "api", "my", "forms", "reasons", "reading"})


def doors():
    return [
        path
        for path in product_modules()
        if DOORS & {part.removesuffix(".py") for part in path.parts}
        and "records/reading" not in str(path)
    ]


def asked_directly(path):
    """Answer the lines that look an account's rights up; texts that name a column are none."""
    return [
        f"{name_of(path)}:{node.lineno}: {node.attr}"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in DIRECT
    ]


class TestPermissions:
    def test_of_doors_are_asked_by_name(self):
        found = [line for path in doors() for line in asked_directly(path)]

        assert not found
        assert len(doors()) > 60

    def test_of_django_are_asked_in_one_place_of_the_desk(self):
        found = [
            name_of(path)
            for path in product_modules()
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"has_perm", "has_perms"}
        ]

        # The model itself says no to whoever is held back, and then asks Django.
        assert sorted(found) == ["accounts/models/user.py", "core/desk/permissions.py"]

    def test_take_the_actor_first(self):
        functions = [
            node
            for path in product_modules()
            if path.name == "permissions.py"
            for node in parsed(path).body
            if isinstance(node, ast.FunctionDef) and node.name.startswith("can_")
        ]
        wrong = [one.name for one in functions if one.args.args[0].arg not in ("actor", "person")]

        assert not wrong
        assert len(functions) > 60

    def test_of_every_list_are_those_of_the_desk(self):
        others = {
            model._meta.label
            for model, desk in admin.site._registry.items()
            if not isinstance(desk, DeskAdmin)
        }

        # Its records are added and removed too: by the base of Django, which asks the same rights.
        assert others == {"search.Synonym"}
        assert len(admin.site._registry) > 20
