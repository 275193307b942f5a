"""Tables that exist for one test: the rooms that keep personal data bring their own later."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from core.records.fields import EncryptedJSONField, EncryptedTextField
from tests.guards.roles import owners_editor


@contextmanager
def tables(*made: type[models.Model]) -> Iterator[None]:
    """Give models a table each, and take both away again, as if they had never been declared."""
    with owners_editor() as editor:
        for model in made:
            editor.create_model(model)
    try:
        yield
    finally:
        for model in made:
            del apps.all_models["records"][model._meta.model_name]
        apps.clear_cache()
        if not connection.in_atomic_block:
            with owners_editor() as editor:
                for model in reversed(made):
                    editor.delete_model(model)


def make_secret_note() -> type[models.Model]:
    class SecretNote(models.Model):
        person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
        text = EncryptedTextField("비밀", null=True)
        facts = EncryptedJSONField("사실", null=True)
        written_at = models.DateTimeField("쓴 때", null=True)

        class Meta:
            app_label = "records"

        def __str__(self) -> str:
            return f"#{self.pk}"

    return SecretNote


def make_remark() -> type[models.Model]:
    class Remark(models.Model):
        membership = models.ForeignKey(
            "accounts.Membership", models.CASCADE, related_name="+", null=True
        )
        text = models.TextField("말")

        class Meta:
            app_label = "records"

        def __str__(self) -> str:
            return f"#{self.pk}"

    return Remark


def make_diary() -> tuple[type[models.Model], type[models.Model]]:
    """Answer a record of a person with pages of its own, as an area would have."""

    class Diary(models.Model):
        person = models.ForeignKey(
            settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
        )
        title = models.CharField("제목", max_length=40, default="")
        secret = EncryptedTextField("비밀", default="")
        mood = models.CharField("기분", max_length=8, choices=[("GOOD", "좋음")], default="GOOD")
        district = models.CharField("구", max_length=20)  # stays as a figure
        closed_date = models.DateField("닫은 날", null=True)

        class Meta:
            app_label = "records"

        def __str__(self) -> str:
            return self.title

    class DiaryPage(models.Model):
        diary = models.ForeignKey(Diary, models.PROTECT, related_name="pages")
        text = models.TextField("글")
        written_at = models.DateTimeField("쓴 때")

        class Meta:
            app_label = "records"

        def __str__(self) -> str:
            return f"#{self.pk}"

    return Diary, DiaryPage
