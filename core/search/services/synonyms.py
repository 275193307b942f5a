"""Keeps the synonyms, and lets every process know that they changed."""

from django.db import connection, transaction

from core.search.models import Synonym
from core.search.services.revisions import ANOTHER

_NOTE = f"""
UPDATE search_searchstate SET synonyms_revision = {ANOTHER}, revision = {ANOTHER} WHERE id = 1
"""  # noqa: S608  (a constant)


def _note_change() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_NOTE)


@transaction.atomic
def save_synonym(synonym: Synonym) -> None:
    synonym.save()
    _note_change()


@transaction.atomic
def delete_synonym(synonym: Synonym) -> None:
    synonym.delete()
    _note_change()
