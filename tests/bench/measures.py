"""What is measured, against which bare limit, and which ratio is wanted."""

import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from tests.bench import bare
from tests.bench.load import Loader
from tests.bench.world import World, read

ROUNDS = 3
NEAR = "37.5665,126.9780"
MOST_GROWTH = 1.3


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; a higher ratio is better throughout."""

    group: str
    name: str
    portal: float
    limit: float
    unit: str
    wanted: float | None
    against: str
    less_is_better: bool = False

    @property
    def ratio(self) -> float:
        return self.limit / self.portal if self.less_is_better else self.portal / self.limit

    @property
    def is_met(self) -> bool | None:
        return None if self.wanted is None else self.ratio >= self.wanted

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"ratio": round(self.ratio, 3), "met": self.is_met}


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    path: str
    limit: str
    wanted: float
    # Whether whole pages are kept in memory, as in production, or made for each request.
    is_cached: bool = False


def pages(code: str) -> list[Page]:
    """Every address that is measured; one that the portal does not have yet is reported as such."""
    district = f"?district={bare.DISTRICT[:5]}"
    html, api = "/welfare/facilities/", "/api/v1/facilities/"
    return [
        Page("API list", api, "rows", 0.5),
        Page("API filtered list", api + district, "rows", 0.5),
        Page("API near", f"{api}?near={NEAR}", "rows", 0.5),
        Page("API detail", f"{api}{code}/", "rows", 0.5),
        Page("API search", "/api/v1/search/?q=%EB%85%B8%EC%9D%B8%EB%B3%B5%EC%A7%80", "rows", 0.3),
        Page("HTML list, uncached", html, "rows", 0.15),
        Page("HTML detail, uncached", f"{html}{code}/", "rows", 0.15),
        Page("HTML list, cached", html, "ok", 0.5, is_cached=True),
        Page("HTML detail, cached", f"{html}{code}/", "ok", 0.5, is_cached=True),
    ]


def serving(world: World, loader: Loader, seconds: float) -> tuple[list[Figure], list[str]]:
    """Measure every page in turns with its limit, so that both feel the same weather."""
    with world.connect() as connection:
        connection.execute(bare.PREPARE)
        # A detail page of the middle of the table, neither its first nor its last row.
        found = connection.execute(
            "SELECT code FROM bench_card WHERE district_code = %s ORDER BY code LIMIT 1",
            [bare.DISTRICT],
        ).fetchone()
    assert found, "no facility was synced"
    group = f"serving {world.rows:,} facilities (requests a second)"
    figures, missing = [], []
    with (
        world.server("tests.bench.bare:application", path="/ok") as limit_url,
        world.server() as cached_url,
        world.server(settings="tests.bench.uncached") as uncached_url,
    ):
        for page in pages(found[0]):
            url = (cached_url if page.is_cached else uncached_url) + page.path
            if (status := read(url).status_code) != 200:
                missing.append(f"{page.name}: {page.path} answers {status}")
                continue
            portal, limit = _in_turns(
                lambda: loader.requests_a_second(url, seconds),  # noqa: B023
                lambda: loader.requests_a_second(f"{limit_url}/{page.limit}", seconds),  # noqa: B023
            )
            figures.append(Figure(group, page.name, portal, limit, "/s", page.wanted, page.limit))
    return figures, missing


def _in_turns(portal: Callable[[], float], limit: Callable[[], float]) -> tuple[float, float]:
    figures = [(portal(), limit()) for _ in range(ROUNDS)]
    return (
        statistics.median(pair[0] for pair in figures),
        statistics.median(pair[1] for pair in figures),
    )


def growth(small: list[Figure], large: list[Figure]) -> list[Figure]:
    """How much slower each page is with the larger table, the machine's own mood taken out."""
    before = {figure.name: figure for figure in small}
    return [
        Figure(
            "growth from the smaller to the larger (share of the speed that is left)",
            figure.name,
            figure.ratio,
            before[figure.name].ratio,
            "",
            1 / MOST_GROWTH,
            "the smaller",
        )
        for figure in large
        if figure.name in before
    ]


def syncing(world: World) -> list[Figure]:
    """First and unchanged sync of both feeds against a bare load of the same rows."""
    world.begin_anew()
    with world.upstreams() as url:
        first = world.sync(url)
        again = world.sync(url)
    figures = []
    for feed, run in first.items():
        table = "welfare_" + feed.split(".")[1].replace("facilities", "facility").replace("_", "")
        unchanged = again[feed]
        assert unchanged["inserted"] == unchanged["updated"] == unchanged["retired"] == 0, unchanged
        bare_seconds = _bare_load(world, table)
        group = f"sync of {feed}, {run['inserted']:,} rows (rows a second)"
        speed, limit = run["received"] / run["seconds"], run["inserted"] / bare_seconds
        figures.append(Figure(group, "first", speed, limit, "/s", 0.4, "COPY + upsert"))
        speed_again = unchanged["received"] / unchanged["seconds"]
        figures.append(Figure(group, "unchanged", speed_again, speed, "/s", 2.0, "first"))
    return figures


def _bare_load(world: World, table: str) -> float:
    """COPY the rows into a table without index, and upsert them from there into an empty one."""
    import time

    with world.connect() as connection:
        connection.execute("DROP TABLE IF EXISTS bench_target")
        connection.execute(f"CREATE TABLE bench_target (LIKE {table} INCLUDING ALL)")
        connection.execute(f"CREATE TEMP TABLE bench_stage (LIKE {table})")
        with connection.cursor().copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copy:
            data = [bytes(block) for block in copy]
        columns = [
            row[0]
            for row in connection.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0",
                [table],
            )
        ]
        updates = ", ".join(f"{c} = excluded.{c}" for c in columns if c != "source_key")
        began_at = time.perf_counter()
        with connection.cursor().copy("COPY bench_stage FROM STDIN (FORMAT binary)") as copy:
            for block in data:
                copy.write(block)
        connection.execute(
            "INSERT INTO bench_target SELECT * FROM bench_stage "
            f"ON CONFLICT (source_key) DO UPDATE SET {updates}"
        )
        took = time.perf_counter() - began_at
        connection.execute("DROP TABLE bench_target")
    return took
