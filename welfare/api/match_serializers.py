"""What `POST benefits/match/` takes and answers, as OpenAPI describes it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from welfare.queries.told import MOST_MEMBERS, MOST_WEEKS, MOST_WON, RECEIVED
from welfare.rules.conditions import Verdict
from welfare.rules.vocabulary import NAMES, STEP_BOUNDS, Group

VERDICTS = [verdict.name for verdict in Verdict]
PARTLY: dict[str, Any] = {"required": False, "allow_null": True}


def _names(known: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.ChoiceField(list(known)), **PARTLY)


class MemberFactsSerializer(serializers.Serializer[Any]):
    """적지 않은 것은 모르는 것입니다."""

    id = serializers.CharField(max_length=40, **PARTLY)
    birth_date = serializers.DateField(**PARTLY)
    sex = serializers.ChoiceField(list(NAMES[Group.SEX]), **PARTLY)
    yes = _names(NAMES[Group.PERSON])
    no = _names(NAMES[Group.PERSON])
    disability = serializers.ChoiceField(list(NAMES[Group.DISABILITY]), **PARTLY)
    nationality = serializers.ChoiceField(list(NAMES[Group.NATIONALITY]), **PARTLY)
    spouse = serializers.ChoiceField(
        list(NAMES[Group.SPOUSE]), help_text=_("배우자가 있는지 (따로 살아도 배우자)"), **PARTLY
    )
    service_pension = serializers.ChoiceField(
        list(NAMES[Group.SERVICE_PENSION]),
        help_text=_("본인이나 배우자가 직역연금(공무원·군인·사립학교·별정우체국)을 받는지"),
        **PARTLY,
    )
    care = serializers.ChoiceField(
        list(NAMES[Group.CARE]),
        help_text=_("아이가 어린이집에 다니는지, 유치원에 다니는지, 둘 다 아닌지"),
        **PARTLY,
    )
    pregnancy_weeks = serializers.IntegerField(min_value=0, max_value=MOST_WEEKS, **PARTLY)
    resident_since = serializers.DateField(**PARTLY)
    receives = _names(RECEIVED)
    receives_not = _names(RECEIVED)


class FactsSerializer(serializers.Serializer[Any]):
    """가구의 사실. yes에도 no에도 없는 것은 모르는 것으로 봅니다."""

    on = serializers.DateField(help_text=_("판단하는 날 (적지 않으면 오늘)"), **PARTLY)
    district = serializers.CharField(help_text=_("자치구 이름이나 코드"), **PARTLY)
    home_owner = serializers.BooleanField(**PARTLY)
    income_monthly = serializers.IntegerField(min_value=0, max_value=MOST_WON, **PARTLY)
    income_band = serializers.ChoiceField(list(NAMES[Group.INCOME_BAND]), **PARTLY)
    income_step = serializers.ChoiceField(
        list(STEP_BOUNDS),
        help_text=_("income_band가 0-50일 때, 그 안의 어디인지 (기준 중위소득 대비 %)"),
        **PARTLY,
    )
    assets = serializers.IntegerField(min_value=0, max_value=MOST_WON, **PARTLY)
    assets_over = serializers.IntegerField(
        min_value=0,
        max_value=MOST_WON,
        help_text=_("재산이 이보다 많음 (범위로 말할 때; assets는 그 위 끝)"),
        **PARTLY,
    )
    household_size = serializers.IntegerField(
        min_value=1,
        max_value=MOST_MEMBERS,
        help_text=_("함께 사는 사람의 수 (적지 않으면 members의 수, null이면 모름)"),
        **PARTLY,
    )
    housing = serializers.ChoiceField(list(NAMES[Group.HOUSING]), **PARTLY)
    household_yes = _names(NAMES[Group.HOUSEHOLD])
    household_no = _names(NAMES[Group.HOUSEHOLD])
    receives = _names(RECEIVED)
    receives_not = _names(RECEIVED)
    members = serializers.ListField(
        child=MemberFactsSerializer(), min_length=1, max_length=MOST_MEMBERS, **PARTLY
    )


class ReasonSerializer(serializers.Serializer[Any]):
    condition = serializers.CharField()
    met = serializers.BooleanField(allow_null=True, help_text=_("아직 모르면 null"))
    text = serializers.CharField()
    source = serializers.CharField(  # type: ignore[assignment]
        help_text=_("조건이 적힌 곳")
    )


class MissingFactSerializer(serializers.Serializer[Any]):
    fact = serializers.CharField()
    member = serializers.CharField(allow_null=True)
    text = serializers.CharField()


class ChangeSerializer(serializers.Serializer[Any]):
    day = serializers.DateField(allow_null=True)
    at_most = serializers.IntegerField(allow_null=True)
    over = serializers.IntegerField(allow_null=True)
    text = serializers.CharField()


class WorthSerializer(serializers.Serializer[Any]):
    won = serializers.IntegerField(help_text=_("한 해에 받는 원"))
    is_most = serializers.BooleanField(help_text=_("이보다 적게 받는 사람이 많으면 true"))
    text = serializers.CharField()
    basis = serializers.CharField(help_text=_("어떻게 셈했는지"))
    source = serializers.CharField(  # type: ignore[assignment]
        help_text=_("금액이 적힌 곳")
    )
    verified = serializers.BooleanField(help_text=_("원문과 견준 금액이면 true"))


class MatchResultSerializer(serializers.Serializer[Any]):
    benefit = serializers.CharField()
    source = serializers.ChoiceField(  # type: ignore[assignment]
        ["gov24", "bokjiro_central", "bokjiro_local"]
    )
    source_id = serializers.CharField()
    name = serializers.CharField()
    member = serializers.CharField(help_text=_("누구에게"))
    verdict = serializers.ChoiceField(VERDICTS)
    value_a_year = WorthSerializer(allow_null=True, help_text=_("금액을 모르면 null"))
    because = ReasonSerializer(many=True)
    depends_on = MissingFactSerializer(many=True)
    would_change = ChangeSerializer(many=True, allow_null=True)


class MatchQuestionSerializer(serializers.Serializer[Any]):
    question = serializers.CharField()
    members = serializers.ListField(
        child=serializers.CharField(),
        help_text=_("누구에 대해 묻는지. 가구 전체에 대해 물으면 비어 있습니다"),
    )
    facts = serializers.ListField(child=serializers.CharField())
    text = serializers.CharField()
    decides = serializers.FloatField(help_text=_("이 답으로 정해질 복지의 수 (어림)"))
    undecided = serializers.IntegerField()


class MatchCountSerializer(serializers.Serializer[Any]):
    LIKELY = serializers.IntegerField()
    DEPENDS = serializers.IntegerField()
    NO = serializers.IntegerField()


class MatchSerializer(serializers.Serializer[Any]):
    """LIKELY는 받을 가능성이 높다는 뜻이고, 받는다는 약속이 아닙니다."""

    on = serializers.DateField()
    count = MatchCountSerializer(help_text=_("복지와 사람의 짝의 수"))
    next = serializers.URLField(allow_null=True, help_text=_("같은 본문을 다시 보내는 주소"))
    previous = serializers.URLField(allow_null=True)
    next_question = MatchQuestionSerializer(allow_null=True)
    results = MatchResultSerializer(many=True)
