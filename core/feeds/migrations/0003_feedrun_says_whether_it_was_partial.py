from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feeds", "0002_field_change_says_why")]

    operations = [
        migrations.AddField(
            model_name="feedrun",
            name="partial",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="목록 전체가 아니라 바뀐 줄만 물었습니다. 사라진 줄은 판단하지 않습니다.",
                verbose_name="바뀐 것만",
            ),
        ),
    ]
