"""What every list promises about its pages is written down once."""

import ast
from collections.abc import Iterator

from core.search.queries import answers, index
from core.web import pagination
from tests.architecture.tree import name_of, parsed, product_modules

PROMISES = {"PAGE_SIZE", "LARGEST_PAGE", "MOST_PAGES", "COUNT_CAP"}
# The index stands below the pages and cannot look up to them, so the second test holds it to them;
# the stand-in upstreams keep the publishers' promises.
OTHERS = ("core/search/", "core/sandbox/")


def assigned(tree: ast.Module) -> Iterator[str]:
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            for target in statement.targets:
                yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


class TestPromises:
    def test_are_made_in_one_place(self):
        makers = {
            name_of(path) for path in product_modules() if PROMISES & {*assigned(parsed(path))}
        }

        assert {name for name in makers if not name.startswith(OTHERS)} == {
            "core/web/pagination.py"
        }

    def test_are_kept_by_the_index(self):
        assert index.COUNT_CAP == pagination.COUNT_CAP
        assert answers.PAGE_SIZE == pagination.PAGE_SIZE
        assert answers.MAX_PAGE_SIZE == pagination.LARGEST_PAGE
