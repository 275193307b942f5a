"""Which benefit somebody asked their centre for; what became of it is their case's state."""

from django.db import models

from core.cases.models import Case
from welfare.models.benefit import Benefit

# The kind of case, as its declaration and whoever opens one call it.
APPLICATION = "welfare.benefit_application"
# The states in which it has been decided: told by whoever decides, written down by the centre.
GRANTED, PARTLY, REFUSED, WITHDRAWN = "granted", "partly", "refused", "withdrawn"
# Something was granted, if not all; and what one may object to.
AWARDED, OBJECTIONABLE = (GRANTED, PARTLY), (PARTLY, REFUSED)
DECIDED = (*AWARDED, REFUSED)


class BenefitApplicationQuerySet(models.QuerySet["BenefitApplication"]):
    def open_of(self, person_id: int, benefit_code: str) -> "BenefitApplicationQuerySet":
        """Keep what is under way of one person for one benefit."""
        return self.filter(case__person=person_id, case__closed_at=None, benefit_id=benefit_code)


class BenefitApplication(models.Model):
    """The person's own words are the case's first words; here stands only what they ask for."""

    case = models.OneToOneField(
        Case,
        verbose_name="신청",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="benefit_application",
    )
    benefit = models.ForeignKey(
        Benefit, verbose_name="급여", on_delete=models.PROTECT, related_name="applications"
    )
    # As it was called that day: a benefit is renamed, and what was asked for is not.
    benefit_name = models.TextField("신청한 급여")

    objects = BenefitApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "급여 신청"
        verbose_name_plural = "급여 신청"

    def __str__(self) -> str:
        return f"{self.benefit_name} #{self.case_id}"
