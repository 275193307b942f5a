"""The kinds of facility there are, and how many stand where: kept until data changes."""

from dataclasses import dataclass
from functools import cached_property

from django.db import connection
from django.utils.translation import get_language

from core.web.kept import kept

KINDS = """
SELECT k.name, k.name_en, k.family_id, f.name_en, k.client_group, k.is_protected
FROM welfare_facilitykind k JOIN welfare_facilityfamily f ON f.name = k.family_id
ORDER BY k.family_id, k.name
"""
# One pass over the index by place and kind: dear at a million, so nobody waits for it who does
# not show the figures.
COUNTS = """
SELECT kind_id, coalesce(district_code, ''), count(*) FROM welfare_facility
WHERE status = 'LISTED' AND NOT is_protected GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class KindFact:
    """One kind of facility."""

    name: str
    name_en: str
    family: str
    family_en: str
    client_group: str
    is_protected: bool

    @property
    def label(self) -> str:
        return (self.name_en if get_language() == "en" else "") or self.name

    @property
    def family_label(self) -> str:
        return (self.family_en if get_language() == "en" else "") or self.family


@dataclass(frozen=True)
class Directory:
    """All kinds by family, and the figures of every list that asks for place and kind only."""

    kinds: tuple[KindFact, ...]

    @cached_property
    def by_name(self) -> dict[str, KindFact]:
        return {kind.name: kind for kind in self.kinds}

    @cached_property
    def families(self) -> dict[str, tuple[KindFact, ...]]:
        found: dict[str, tuple[KindFact, ...]] = {}
        for kind in self.kinds:
            found[kind.family] = (*found.get(kind.family, ()), kind)
        return found

    def count(self, *, district: str = "", kind: str = "", family: str = "") -> int:
        counts = self.counts_by_district(kind=kind, family=family)
        return counts.get(district, 0) if district else sum(counts.values())

    def counts_by_kind(self) -> dict[str, int]:
        """Answer how many are listed of each kind of which there are any."""
        total: dict[str, int] = {}
        for (name, _), number in _counts().items():
            total[name] = total.get(name, 0) + number
        return total

    def counts_by_district(self, *, kind: str = "", family: str = "") -> dict[str, int]:
        """Answer how many are listed in each district; "" is elsewhere."""
        return kept.get(f"welfare.by_district|{kind}|{family}", lambda: self._sum(kind, family))

    def _sum(self, kind: str, family: str) -> dict[str, int]:
        total: dict[str, int] = {}
        for (name, district), number in _counts().items():
            fact = self.by_name.get(name)
            if (kind and name != kind) or (family and (not fact or fact.family != family)):
                continue
            total[district] = total.get(district, 0) + number
        return total


def directory() -> Directory:
    """Answer the directory at the present revision of the data."""
    return kept.get("welfare.directory", _read, is_shared=True)


def _counts() -> dict[tuple[str, str], int]:
    return kept.get("welfare.counts", _count, is_shared=True)


def _count() -> dict[tuple[str, str], int]:
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        return {(kind, district): number for kind, district, number in cursor}


def _read() -> Directory:
    with connection.cursor() as cursor:
        cursor.execute(KINDS)
        return Directory(tuple(KindFact(*row) for row in cursor))
