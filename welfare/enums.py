"""The closed lists of the welfare area."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FacilityStatus(models.TextChoices):
    LISTED = "LISTED", _("운영 중")
    RETIRED = "RETIRED", _("목록에서 빠짐")


class ReportTopic(models.TextChoices):
    PHONE = "PHONE", _("전화번호가 달라요")
    ADDRESS = "ADDRESS", _("주소나 위치가 달라요")
    NAME = "NAME", _("이름이 달라요")
    HOURS = "HOURS", _("여는 시간이 달라요")
    ACCESS = "ACCESS", _("휠체어·유모차 정보가 달라요")
    CLOSED = "CLOSED", _("문을 닫았어요")
    OTHER = "OTHER", _("그 밖의 내용")


class ReportStatus(models.TextChoices):
    NEW = "NEW", _("접수")
    ACCEPTED = "ACCEPTED", _("반영함")
    DECLINED = "DECLINED", _("반영하지 않음")


class BenefitStatus(models.TextChoices):
    LISTED = "LISTED", _("안내 중")
    RETIRED = "RETIRED", _("목록에서 빠짐")


class BenefitPublisher(models.TextChoices):
    GOV24 = "GOV24", _("보조금24")
    CENTRAL = "CENTRAL", _("복지로 중앙부처")
    LOCAL = "LOCAL", _("복지로 지자체")


class LinkRule(models.TextChoices):
    """Why a publisher's row is told under a benefit, surest first."""

    OWN = "OWN", _("따로 있음")
    STAFF = "STAFF", _("직원이 정함")
    NAME_AND_PROVIDER = "NAME_AND_PROVIDER", _("이름과 주는 곳이 같음")
    CORE_AND_PROVIDER = "CORE_AND_PROVIDER", _("괄호 밖 이름과 주는 곳이 같음")
    NAME_OF_NATION = "NAME_OF_NATION", _("전국에 하나뿐인 이름이 같음")


class ProviderLevel(models.TextChoices):
    CENTRAL = "CENTRAL", _("나라")
    PUBLIC_BODY = "PUBLIC_BODY", _("공공기관")
    CITY = "CITY", _("시·도")
    DISTRICT = "DISTRICT", _("구·시·군")


class LifeStage(models.TextChoices):
    INFANT = "INFANT", _("영유아")
    CHILD = "CHILD", _("아동")
    TEEN = "TEEN", _("청소년")
    YOUTH = "YOUTH", _("청년")
    MIDDLE_AGED = "MIDDLE_AGED", _("중장년")
    SENIOR = "SENIOR", _("노년")
    PREGNANCY = "PREGNANCY", _("임신·출산")


class BenefitTarget(models.TextChoices):
    LOW_INCOME = "LOW_INCOME", _("저소득")
    DISABLED = "DISABLED", _("장애인")
    SINGLE_PARENT = "SINGLE_PARENT", _("한부모·조손")
    MANY_CHILDREN = "MANY_CHILDREN", _("다자녀")
    MULTICULTURAL = "MULTICULTURAL", _("다문화·탈북민")
    VETERAN = "VETERAN", _("보훈대상자")


class BenefitTheme(models.TextChoices):
    LIVING = "LIVING", _("생활지원")
    HOUSING = "HOUSING", _("주거")
    WORK = "WORK", _("일자리")
    HEALTH = "HEALTH", _("신체건강")
    MENTAL_HEALTH = "MENTAL_HEALTH", _("정신건강")
    CARE = "CARE", _("보호·돌봄")
    BIRTH = "BIRTH", _("임신·출산")
    CHILDCARE = "CHILDCARE", _("보육")
    EDUCATION = "EDUCATION", _("교육")
    FINANCE = "FINANCE", _("서민금융")
    ENERGY = "ENERGY", _("에너지")
    CULTURE = "CULTURE", _("문화·여가")
    SAFETY = "SAFETY", _("안전·위기")
    LAW = "LAW", _("법률")
    ADOPTION = "ADOPTION", _("입양·위탁")
    FARMING = "FARMING", _("농림축산어업")


class BenefitUser(models.TextChoices):
    PERSON = "PERSON", _("개인")
    HOUSEHOLD = "HOUSEHOLD", _("가구")
    SMALL_BUSINESS = "SMALL_BUSINESS", _("소상공인")
    ORGANISATION = "ORGANISATION", _("법인·시설·단체")
