"""What each publisher says of a facility; written by the sync engine alone."""

from django.db import models

from core.feeds.models import SourceRow


class FacilitySource(SourceRow):
    """The columns that both publishers fill; x and y are EPSG:5186 metres."""

    name = models.TextField("시설명", null=True)  # noqa: DJ001
    jurisdiction_code = models.TextField("관할 코드", null=True)  # noqa: DJ001
    address = models.TextField("주소", null=True)  # noqa: DJ001
    address_detail = models.TextField("상세 주소", null=True)  # noqa: DJ001
    postcode = models.TextField("우편번호", null=True)  # noqa: DJ001
    district_code = models.TextField("소재 자치구", null=True)  # noqa: DJ001
    dong_code = models.TextField("소재 행정동", null=True)  # noqa: DJ001
    phone = models.TextField("전화", null=True)  # noqa: DJ001
    lat = models.FloatField("위도", null=True)
    lon = models.FloatField("경도", null=True)
    x = models.FloatField("동쪽 좌표 (m)", null=True)
    y = models.FloatField("북쪽 좌표 (m)", null=True)
    precision = models.TextField("위치 정확도")
    is_protected = models.BooleanField("보호 시설")

    class Meta:
        abstract = True
        constraints = [
            # Said here too, so that no feed can store what it must not even know.
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_protected_has_no_place",
                condition=models.Q(is_protected=False)
                | models.Q(
                    address=None,
                    address_detail=None,
                    postcode=None,
                    district_code=None,
                    dong_code=None,
                    phone=None,
                    lat=None,
                    lon=None,
                    x=None,
                    y=None,
                ),
                violation_error_message="보호 시설의 위치와 연락처는 저장할 수 없습니다.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name or '이름 없음'} ({self.source_key})"


class SeoulFacility(FacilitySource):
    kind = models.TextField("종류")
    family = models.TextField("시설 분류")
    client_group = models.TextField("대상", blank=True)
    capacity = models.IntegerField("정원", null=True)
    occupancy = models.IntegerField("현원", null=True)

    class Meta(FacilitySource.Meta):
        verbose_name = "서울시 시설 원본"
        verbose_name_plural = "서울시 시설 원본"


class CentralFacility(FacilitySource):
    kind_code = models.TextField("종류 코드", null=True)  # noqa: DJ001
    operator = models.TextField("운영 법인", null=True)  # noqa: DJ001
    homepage = models.TextField("누리집", null=True)  # noqa: DJ001

    class Meta(FacilitySource.Meta):
        verbose_name = "중앙정부 시설 원본"
        verbose_name_plural = "중앙정부 시설 원본"
