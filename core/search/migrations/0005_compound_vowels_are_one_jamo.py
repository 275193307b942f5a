"""Spells the known words anew, and adds a name to a group of seeded synonyms that nobody changed."""

from typing import Any

from django.db import migrations

from core.search.rules.hangul import squeeze
from core.search.rules.spelling import neighbour_hashes

A_TIME = 2_000
FAMILY_CENTRES = [
    "가족센터", "건강가정지원센터", "다문화가족지원센터", "건강가정다문화가족지원센터", "family center",
    "family centre", "family support center",
]  # fmt: skip
ALSO = ["multicultural family center", "multicultural family support center"]


def spell(apps: Any, schema_editor: Any) -> None:
    Term = apps.get_model("search", "Term")
    changed = []
    for term in Term.objects.order_by("pk").iterator(A_TIME):
        neighbours = neighbour_hashes(squeeze(term.term))
        if neighbours != sorted(term.neighbours):
            term.neighbours = neighbours
            changed.append(term)
    Term.objects.bulk_update(changed, ["neighbours"], batch_size=A_TIME)


def name(apps: Any, schema_editor: Any) -> None:
    Synonym = apps.get_model("search", "Synonym")
    Synonym.objects.filter(words=FAMILY_CENTRES).update(words=FAMILY_CENTRES + ALSO)


class Migration(migrations.Migration):
    dependencies = [("search", "0004_what_an_entry_tells")]
    operations = [
        migrations.RunPython(spell, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(name, migrations.RunPython.noop, elidable=True),
    ]
