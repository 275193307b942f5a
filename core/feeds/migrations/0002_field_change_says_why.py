from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feeds", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="fieldchange",
            name="reason",
            field=models.TextField(blank=True, db_default="", default="", verbose_name="이유"),
        ),
    ]
