"""Measures requests: each kind beside its bare limit, few rows beside many, round after round."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from core.sandbox import engines
from core.sandbox.bench import syncing
from core.sandbox.bench.addresses import Subject, read_facts, subjects
from core.sandbox.bench.judging import Pair, Result, against_limit, growth
from core.sandbox.bench.servers import Servers, check, serving
from core.sandbox.bench.wrk import measure, write_addresses

ROUNDS = 3
LIMITS = {"ok": "bare ok", "query": "bare query"}


@dataclass(slots=True)
class Asking:
    """One run over all subjects and sizes."""

    wrk: str
    seconds: int
    servers: dict[int, Servers]
    folder: Path
    pairs: dict[tuple[str, int], list[Pair]] = field(default_factory=dict)
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    cookies: Mapping[str, str] = field(default_factory=dict)  # of whoever is signed in to a server

    def run(self, chosen: Sequence[Subject]) -> list[Result]:
        self.prepare(chosen)
        for _ in range(ROUNDS):
            self.round(chosen)
        return self.results(chosen)

    def prepare(self, chosen: Sequence[Subject]) -> None:
        """Ask every address once: all must answer, and every cache below is as warm as it gets."""
        for subject in chosen:
            write_addresses(self._file(subject.slug), subject.addresses)
            for servers in self.servers.values():
                url = self._server(servers, subject)
                check(url, subject.addresses, cookie=self.cookies.get(url, ""))
        for limit in LIMITS:
            write_addresses(self._file(limit), [f"/{limit}"])
        for servers in self.servers.values():
            check(servers.bare, [f"/{limit}" for limit in LIMITS])

    def round(self, chosen: Sequence[Subject]) -> None:
        for subject in chosen:
            # Few rows and many in turn, one right after the other: growth is taken from these.
            for rows, servers in self.servers.items():
                limit = self._rate(servers.bare, subject.limit)
                ours = self._rate(self._server(servers, subject), subject.slug)
                self.pairs.setdefault((subject.name, rows), []).append(Pair(ours, limit))

    def results(self, chosen: Sequence[Subject]) -> list[Result]:
        told = [
            against_limit(
                subject.name,
                self.pairs[subject.name, rows],
                rows=rows,
                unit="req/s",
                against=LIMITS[subject.limit],
                target=subject.target,
            )
            for subject in chosen
            for rows in self.servers
        ]
        few, many = min(self.servers), max(self.servers)
        if few != many:
            told += [
                growth(
                    subject.name,
                    small=[pair.ours for pair in self.pairs[subject.name, few]],
                    large=[pair.ours for pair in self.pairs[subject.name, many]],
                    rows=many,
                )
                for subject in chosen
                if subject.may_grow
            ]
        return told

    def _server(self, servers: Servers, subject: Subject) -> str:
        return servers.cached if subject.is_cached else servers.uncached

    def _rate(self, url: str, name: str) -> float:
        """Measure, going on in the file where this server was asked last."""
        load = measure(
            self.wrk,
            url,
            self._file(name),
            seconds=self.seconds,
            begin=self.asked[url, name],
            cookie=self.cookies.get(url, ""),
        )
        self.asked[url, name] += load.requests
        return load.rate

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.txt"


def ask(
    wrk: str, *, sizes: Sequence[int], seconds: int, only: Sequence[str] = ("",)
) -> list[Result]:
    with syncing.connect(min(sizes)) as connection:
        # Asked of every size: the fewest rows are among the many.
        facts = read_facts(connection)
    chosen = [subject for subject in subjects(facts) if any(part in subject.name for part in only)]
    with ExitStack() as stack:
        servers = {
            rows: stack.enter_context(serving(syncing.kept_database(rows), redis=number))
            for number, rows in enumerate(sorted(sizes), start=1)
        }
        return Asking(wrk, seconds, servers, engines.var_dir() / "addresses").run(chosen)
