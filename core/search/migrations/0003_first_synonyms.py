"""Seeds the synonyms from our file; from then on, the table is what staff make of it."""

from pathlib import Path
from typing import Any

from django.db import migrations

SEED = Path(__file__).resolve().parent.parent / "data" / "synonyms.tsv"


def seed(apps: Any, schema_editor: Any) -> None:
    Synonym = apps.get_model("search", "Synonym")
    if Synonym.objects.exists():
        return
    Synonym.objects.bulk_create(
        Synonym(words=line.split("|"))
        for line in SEED.read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0002_asking")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop, elidable=True)]
