"""Which publication an entry tells, in which revision the words were counted, and what removal does."""

from importlib import import_module

from django.db import migrations, models

asking = import_module("core.search.migrations.0002_asking")


class Migration(migrations.Migration):
    dependencies = [("search", "0003_first_synonyms")]
    operations = [
        migrations.AddField(
            "searchentry",
            "published_at",
            models.DateTimeField(null=True, verbose_name="원본 게시 일시"),
        ),
        migrations.AddField(
            "searchstate",
            "vocabulary_revision",
            models.BigIntegerField(default=0, verbose_name="낱말 판"),
        ),
        migrations.RunSQL(asking.DROP + asking.SQL, migrations.RunSQL.noop),
    ]
