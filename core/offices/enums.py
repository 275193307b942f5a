"""What kinds of office there are."""

from django.db.models import TextChoices


class OfficeKind(TextChoices):
    CENTRE = "CENTRE", "동주민센터"
    DEPARTMENT = "DEPARTMENT", "시청 부서"
    PARTNER = "PARTNER", "협력 단체"
    ORGANISER = "ORGANISER", "운영 기관"


# Who works here is the city's own staff; everybody else is told of a person as the person agreed.
OF_THE_CITY = frozenset({OfficeKind.CENTRE, OfficeKind.DEPARTMENT})
