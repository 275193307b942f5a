"""How the index is asked: functions in the database, and the one row that says what it holds."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).resolve().parent.parent / "sql" / "0002_find.sql").read_text("utf-8")
FUNCTIONS = (
    "search_find",
    "search_count",
    "search_stages",
    "search_bucket",
    "search_any",
    "search_first_level",
)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [
        migrations.RunSQL(
            SQL, "".join(f"DROP FUNCTION IF EXISTS {name};" for name in FUNCTIONS)
        ),
        migrations.RunSQL(
            "INSERT INTO search_searchstate (id, revision, entries, synonyms_revision)"
            " VALUES (1, 0, 0, 0)",
            "DELETE FROM search_searchstate",
        ),
    ]
