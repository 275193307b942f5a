"""Deals the tests of a whole run to its workers so that they end together: the longest come first.

`make test` asks for it (`--dist loadgroup`): each worker takes the next share when it is done with
its last. A file is one share, so that what it prepares is prepared once; of the files in ALONE
each test is a share of its own. Nothing is left out, and no test may rely on the order.
"""

from collections import Counter

import pytest

# Files whose tests take seconds each; what they prepare for all of them is cheap.
ALONE = (
    "tests/e2e/",
    "tests/core/cases/test_concurrency.py",
    "tests/core/notices/test_killed.py",
    "tests/core/sandbox/test_bench_clerks.py",
    "tests/core/sandbox/test_bench_people.py",
    "tests/core/sandbox/test_engines.py",
    "tests/seoul_portal/test_containers.py",
    "tests/welfare/eligibility/test_against_scalar.py",
    "tests/welfare/test_sync_faults.py",
)
# Roughly what a share takes, in seconds, where its number of tests tells too little: by this they
# stand in order, and nothing else hangs on it.
TOOK = {
    "tests/core/sandbox/test_run.py": 140,
    "tests/core/notices/test_killed.py": 55,
    "tests/core/cases/test_concurrency.py::TestKilled": 35,
    "tests/e2e/test_every_page.py::TestEveryPage": 50,
    "tests/e2e/test_people_pages.py::test_desk_has_no_serious_fault": 26,
    "tests/e2e/test_benefit_pages.py": 20,
    "tests/e2e/test_check_pages.py": 15,
    "tests/e2e/test_welfare_pages.py": 10,
    "tests/e2e/test_roles.py": 12,
    "tests/welfare/households/test_sent_again.py": 35,
    "tests/welfare/rulebook/test_admin_rules.py": 15,
    "tests/welfare/rulebook/test_rule_publication.py": 15,
    "tests/welfare/rulebook/test_screening.py": 20,
    "tests/welfare/test_sync_benefits_killed.py": 55,
    "tests/welfare/test_sync_faults.py::TestEveryFault": 15,
    "tests/welfare/test_sync_killed.py": 70,
}
OF_A_TEST, OF_ONE_ALONE = 0.1, 3.0


def share_of(nodeid: str) -> str:
    """Answer what goes to one worker together with this test: its file, or it alone."""
    return nodeid if nodeid.startswith(ALONE) else nodeid.partition("::")[0]


def seconds_of(shares: Counter[str]) -> dict[str, float]:
    """Answer what each share will take, by its beginning or by the number of its tests."""

    def guessed(share: str, tests: int) -> float:
        each = OF_ONE_ALONE if share.startswith(ALONE) else OF_A_TEST
        return max(
            [tests * each, *(took for start, took in TOOK.items() if share.startswith(start))]
        )

    return {share: guessed(share, tests) for share, tests in shares.items()}


def deal(items: list[pytest.Item]) -> None:
    """Put the longest shares first, and tell xdist what belongs together."""
    names = {item: share_of(item.nodeid) for item in items}
    seconds = seconds_of(Counter(names.values()))
    for item, share in names.items():
        if share != item.nodeid:
            item.add_marker(pytest.mark.xdist_group(share))
    items.sort(key=lambda item: -seconds[names[item]])
