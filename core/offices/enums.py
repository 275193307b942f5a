"""What kinds of office there are."""

from django.db.models import TextChoices


class OfficeKind(TextChoices):
    CENTRE = "CENTRE", "동주민센터"
    DEPARTMENT = "DEPARTMENT", "시청 부서"
    PARTNER = "PARTNER", "협력 단체"
    ORGANISER = "ORGANISER", "운영 기관"
