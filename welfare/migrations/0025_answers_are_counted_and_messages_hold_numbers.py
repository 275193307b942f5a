"""Counters in place of a row an answer, and messages that name no benefit."""

from django.db import migrations, models

COUNT = """
UPDATE welfare_benefitoutcome AS kept SET number = counted.number
FROM (SELECT min(id) AS id, count(*) AS number FROM welfare_benefitoutcome
      GROUP BY benefit_key, answer, month) AS counted
WHERE kept.id = counted.id;
DELETE FROM welfare_benefitoutcome WHERE number = 0;
UPDATE welfare_benefitnews SET is_answered = true WHERE answered_at IS NOT NULL;
"""
# What was told before named benefits in the clear; how many they were may stay.
BLANK = """
UPDATE notices_message SET facts = jsonb_build_object('count', facts -> 'count', 'news', ''), url = ''
WHERE notice = 'welfare.benefits-changed';
UPDATE notices_message SET facts = '{}' WHERE notice = 'welfare.did-you-get-it';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_messages_know_what_was_left_to_whom"),
        ("welfare", "0021_signs_of_hardship"),
    ]

    operations = [
        migrations.AddField(
            model_name="benefitoutcome",
            name="number",
            field=models.PositiveIntegerField(default=0, verbose_name="몇 명"),
        ),
        migrations.AddField(
            model_name="benefitnews",
            name="is_answered",
            field=models.BooleanField(default=False, verbose_name="답하셨는지"),
        ),
        migrations.RunSQL(COUNT + BLANK, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="benefitnews", name="answered_at"),
        migrations.RemoveField(model_name="benefitoutcome", name="reason"),
        migrations.RemoveIndex(model_name="benefitoutcome", name="welfare_benefitoutcome_of"),
        migrations.AddConstraint(
            model_name="benefitoutcome",
            constraint=models.UniqueConstraint(
                fields=("benefit_key", "answer", "month"),
                name="welfare_benefitoutcome_is_one_a_month",
                violation_error_message="이 달의 답은 이미 세고 있습니다.",
            ),
        ),
    ]
