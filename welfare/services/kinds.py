"""Protects a kind of facility, or ceases to: its facilities follow in the same transaction."""

import datetime

from django.db import connection, transaction

from accounts.models import User
from core.feeds.enums import ChangeOrigin
from core.feeds.models import FieldChange
from welfare.models import FacilityKind
from welfare.services.correctable import CorrectionRefused
from welfare.services.corrections import alone_with
from welfare.services.following import follow_publication
from welfare.services.publication import publish_facilities_of_kind

KIND_OF_KINDS = "welfare.facility_kind"
# Where a shelter stood was forgotten: the next run must take its row for a changed one.
READ_AGAIN = """
WITH seoul AS (
    UPDATE welfare_seoulfacility SET content_hash = ~content_hash
    WHERE kind = %(kind)s AND is_protected RETURNING source_key)
UPDATE welfare_centralfacility c SET content_hash = ~c.content_hash
FROM welfare_seoulfacility s
WHERE s.kind = %(kind)s AND s.source_key = c.source_key AND c.is_protected
"""


@transaction.atomic
def set_kind_protection(
    *, kind: FacilityKind, is_protected: bool, actor: User, now: datetime.datetime
) -> None:
    """Hide where all facilities of a kind are, or stop hiding it.

    What was hidden is forgotten: after protection ends, the next run of the feeds tells it anew.
    """
    if is_protected and not kind.hotline:
        raise CorrectionRefused("보호 시설의 종류에는 상담 전화가 있어야 합니다.")
    with alone_with([]):
        locked = FacilityKind.objects.select_for_update(of=("self",)).get(pk=kind.pk)
        if locked.is_protected == is_protected:
            return
        FacilityKind.objects.filter(pk=kind.pk).update(is_protected=is_protected)
        kind.is_protected = is_protected
        FieldChange.objects.create(
            kind=KIND_OF_KINDS,
            key=kind.pk,
            field="is_protected",
            old=not is_protected,
            new=is_protected,
            origin=ChangeOrigin.STAFF,
            changed_by=actor,
            changed_at=now,
        )
        if not is_protected:
            with connection.cursor() as cursor:
                cursor.execute(READ_AGAIN, {"kind": kind.pk})
        publish_facilities_of_kind(kind=kind.pk, now=now)
        follow_publication(codes=[], now=now, suggestions=True)
