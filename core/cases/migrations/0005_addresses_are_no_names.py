"""Whoever had told no name was called by their whole address, which their helper could read."""

from django.db import migrations

FORGET = "UPDATE cases_case SET applicant = '' WHERE applicant LIKE '%@%'"


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_a_log_says_that_its_person_was_erased")]

    operations = [migrations.RunSQL(FORGET, migrations.RunSQL.noop, elidable=True)]
