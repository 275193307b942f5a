"""How the index is asked: functions in the database, and the one row that says what it holds."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).resolve().parent.parent / "sql" / "functions.sql").read_text("utf-8")
FUNCTIONS = (
    "search_find",
    "search_unsaid",
    "search_nearest",
    "search_group",
    "search_count",
    "search_stages",
    "search_broad_level",
    "search_bucket",
    "search_sample",
    "search_any",
    "search_first_level",
    "search_note_removal",
)
DROP = (
    "DROP TRIGGER IF EXISTS search_entries_are_removed ON search_searchentry;"
    + "".join(f"DROP FUNCTION IF EXISTS {name};" for name in FUNCTIONS)
)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [
        migrations.RunSQL(DROP + SQL, DROP),
        migrations.RunSQL(
            "INSERT INTO search_searchstate (id, revision, entries, synonyms_revision)"
            " VALUES (1, 0, 0, 0) ON CONFLICT DO NOTHING",
            "DELETE FROM search_searchstate",
        ),
    ]
