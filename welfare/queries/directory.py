"""The kinds of facility there are and how many stand where: one query, kept until data changes."""

from dataclasses import dataclass
from functools import cached_property

from django.db import connection
from django.utils.translation import get_language

from core.web.kept import kept
from welfare.enums import FacilityStatus

# One pass over the index by place and kind; every plain count of every list follows from it.
KINDS_AND_COUNTS = """
WITH counted AS (
    SELECT kind_id, coalesce(district_code, '') AS district, count(*) AS number
    FROM welfare_facility WHERE status = %s AND NOT is_protected
    GROUP BY kind_id, coalesce(district_code, ''))
SELECT k.name, k.name_en, k.family_id, f.name_en, k.client_group, k.is_protected,
       coalesce((SELECT json_object_agg(c.district, c.number) FROM counted c
                 WHERE c.kind_id = k.name), '{}')
FROM welfare_facilitykind k JOIN welfare_facilityfamily f ON f.name = k.family_id
ORDER BY k.family_id, k.name
"""


@dataclass(frozen=True, slots=True)
class KindFact:
    """One kind of facility, with the number of listed ones in each district ("" is elsewhere)."""

    name: str
    name_en: str
    family: str
    family_en: str
    client_group: str
    is_protected: bool
    counts: dict[str, int]

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

    def counts_by_district(self, *, kind: str = "", family: str = "") -> dict[str, int]:
        total: dict[str, int] = {}
        for fact in self.kinds:
            if (kind and fact.name != kind) or (family and fact.family != family):
                continue
            for district, number in fact.counts.items():
                total[district] = total.get(district, 0) + number
        return total


def directory() -> Directory:
    """Answer the directory at the present revision of the data."""
    return kept.get("welfare.directory", _read)


def _read() -> Directory:
    with connection.cursor() as cursor:
        cursor.execute(KINDS_AND_COUNTS, [FacilityStatus.LISTED])
        return Directory(tuple(KindFact(*row) for row in cursor))
