"""A community centre: the office of one administrative dong, and where and when it is open."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core.offices.models import Office
from core.places.facts import Dong, get_dong
from core.places.models import PlaceQuerySet, PlaceRecord, place_constraints


class CommunityCentreQuerySet(PlaceQuerySet["CommunityCentre"]):
    def for_dong(self, code: str) -> "CommunityCentreQuerySet":
        """Keep the centre that serves the dong: its code (10, 8 or 7 digits); none or one."""
        dong = get_dong(code)
        return self.filter(code=dong.code) if dong else self.none()

    def by_place(self) -> "CommunityCentreQuerySet":
        """In the ministry's order of districts and dongs."""
        return self.order_by("code")


class CommunityCentre(PlaceRecord):
    """What only a community centre has beside its office.

    `code` is the dong that it serves; `dong_code` (of the place) where it stands: one may stand in
    the dong next door. Its name and its phone are the office's.
    """

    place_kind: ClassVar[str] = "accounts.centre"
    # What its history tells besides its own columns, and what its columns are called there.
    history_labels: ClassVar[dict[str, str]] = {
        "created": "등록",
        "address": "도로명주소",
        "address_detail": "상세주소",
        "postcode": "우편번호",
        "phone": "전화번호",
        "weekly_hours": "운영시간",
    }

    name = property(lambda self: self.office.name)
    name_en = property(lambda self: self.office.name_en)
    phone = property(lambda self: self.office.phone or None)

    office = models.OneToOneField(
        Office, models.PROTECT, primary_key=True, related_name="centre", verbose_name="기관"
    )
    code = models.CharField("담당 행정동", max_length=10, unique=True)

    objects = CommunityCentreQuerySet.as_manager()

    class Meta:
        verbose_name = "동주민센터"
        verbose_name_plural = "동주민센터"
        constraints = [
            *place_constraints("accounts_centre"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^11\d{8}$"),
                name="accounts_centre_serves_a_dong_of_seoul",
                violation_error_message="담당 행정동은 서울의 행정동 코드 열 자리입니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.office.name

    @property
    def serves(self) -> Dong | None:
        return get_dong(self.code)
