"""What the welfare API's objects hold, for OpenAPI; the objects are stored at publication."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.places.enums import Precision
from welfare.enums import (
    BenefitTarget,
    BenefitTheme,
    BenefitUser,
    FacilityStatus,
    LifeStage,
    ProviderLevel,
)


class RegionSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(help_text=_("행정표준코드 10자리"))
    name = serializers.CharField()


class LocationSerializer(serializers.Serializer[Any]):
    """WGS84"""

    lat = serializers.FloatField()
    lon = serializers.FloatField()
    precision = serializers.ChoiceField(Precision.choices)


class FacilitySerializer(serializers.Serializer[Any]):
    """모르는 값은 null 입니다."""

    code = serializers.CharField(help_text=_("시설코드 (fcltCd)"))
    name = serializers.CharField()
    family = serializers.CharField(help_text=_("시설 분류"))
    kind = serializers.CharField(help_text=_("시설 종류"))
    jurisdiction = RegionSerializer(
        allow_null=True, help_text=_("관할 자치구 (소재지와 다를 수 있음)")
    )
    district = RegionSerializer(allow_null=True, help_text=_("소재 자치구"))
    dong = RegionSerializer(allow_null=True, help_text=_("소재 행정동"))
    address = serializers.CharField(allow_null=True)
    phone = serializers.CharField(allow_null=True)
    location = LocationSerializer(allow_null=True)
    precision = serializers.ChoiceField(
        Precision.choices, help_text=_("위치가 얼마나 정확한지. DONG이면 동의 중심입니다.")
    )
    distance_m = serializers.IntegerField(
        required=False, help_text=_("near에서 떨어진 거리 (m). near를 물었을 때만 있습니다.")
    )
    capacity = serializers.IntegerField(allow_null=True, help_text=_("정원 (명)"))
    occupancy = serializers.IntegerField(allow_null=True, help_text=_("현원 (명)"))
    waiting = serializers.IntegerField(allow_null=True, help_text=_("대기 (명)"))
    opening_hours = serializers.DictField(
        child=serializers.ListField(
            child=serializers.ListField(child=serializers.CharField(), min_length=2, max_length=2),
            allow_null=True,
        ),
        allow_null=True,
        help_text=_("요일(mon … sun)과 공휴일(holidays)마다 여닫는 시각"),
    )
    accessibility = serializers.DictField(
        allow_null=True, help_text=_("이용 편의마다 있음(YES), 없음(NO) 또는 모름(UNKNOWN)")
    )
    status = serializers.ChoiceField(FacilityStatus.choices)
    source = serializers.CharField(  # type: ignore[assignment]
        help_text=_(
            "SEOUL: 서울 열린데이터광장, SEOUL+CENTRAL: 공공데이터포털의 주소와 전화를 더함"
        )
    )
    checked_at = serializers.DateTimeField(
        allow_null=True, help_text=_("출처와 맞는지 마지막으로 확인한 시각")
    )
    url = serializers.URLField(help_text=_("시민이 보는 쪽"))


class ProviderSerializer(serializers.Serializer[Any]):
    level = serializers.ChoiceField(ProviderLevel.choices)
    name = serializers.CharField()


class DeadlineSerializer(serializers.Serializer[Any]):
    """오늘을 기준으로 합니다."""

    text = serializers.CharField(allow_null=True, help_text=_("제공 기관이 적은 대로"))
    state = serializers.ChoiceField(
        ["ALWAYS", "OPEN", "OPENS", "CLOSED", "UNKNOWN"],
        help_text=_("확실하지 않으면 UNKNOWN입니다."),
    )
    opens = serializers.DateField(allow_null=True)
    closes = serializers.DateField(allow_null=True, help_text=_("이날까지 신청할 수 있습니다."))


class BenefitSourceSerializer(serializers.Serializer[Any]):
    source = serializers.ChoiceField(  # type: ignore[assignment]
        ["gov24", "bokjiro_central", "bokjiro_local"]
    )
    source_id = serializers.CharField()


class BenefitSerializer(serializers.Serializer[Any]):
    """모르는 값은 null 입니다."""

    id = serializers.CharField()
    name = serializers.CharField()
    summary = serializers.CharField(allow_null=True)
    provider = ProviderSerializer()
    district = RegionSerializer(allow_null=True, help_text=_("그 자치구에 사는 사람만"))
    life_stages = serializers.ListField(child=serializers.ChoiceField(LifeStage.choices))
    themes = serializers.ListField(child=serializers.ChoiceField(BenefitTheme.choices))
    targets = serializers.ListField(child=serializers.ChoiceField(BenefitTarget.choices))
    users = serializers.ListField(child=serializers.ChoiceField(BenefitUser.choices))
    support_kinds = serializers.ListField(child=serializers.CharField())
    sources = BenefitSourceSerializer(many=True)
    modified_on = serializers.DateField(allow_null=True, help_text=_("제공 기관이 고친 날"))
    url = serializers.URLField(help_text=_("시민이 보는 쪽"))
    deadline = DeadlineSerializer()


class WholeBenefitSerializer(BenefitSerializer):
    """목록의 것에 제공 기관의 글을 더합니다."""

    target = serializers.CharField(allow_null=True)
    criteria = serializers.CharField(allow_null=True)
    content = serializers.CharField(allow_null=True)
    how_to_apply = serializers.CharField(allow_null=True)
    documents = serializers.CharField(allow_null=True)
    receiver = serializers.CharField(allow_null=True)
    contact = serializers.CharField(allow_null=True)
    laws = serializers.CharField(allow_null=True)
    link = serializers.URLField(allow_null=True)
    apply_link = serializers.URLField(allow_null=True)
    conditions = serializers.ListField(
        child=serializers.CharField(),
        allow_null=True,
        help_text=_("보조금24 지원 조건 코드 (JA0101 …). 조건을 알 수 없으면 null입니다."),
    )
    age_from = serializers.IntegerField(allow_null=True)
    age_to = serializers.IntegerField(allow_null=True)
