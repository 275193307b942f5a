"""People who told something of themselves, and let the portal watch for them."""

import datetime

from accounts.enums import FactGroup
from accounts.models import User
from accounts.services.profile import tell_facts
from core.records.enums import Channel
from tests.welfare.benefit_factories import make_local_benefit
from welfare.queries.fact_names import OURS

NOW = datetime.datetime(2026, 11, 28, 3, 0, tzinfo=datetime.UTC)
TODAY = datetime.date(2026, 11, 28)
# Whom nothing but an age keeps from the basic pension.
PENSIONER = {"income": "UP_TO_50", "nationality": "KOREAN", "service_pension": "WITHOUT"}


def make_benefits(*programmes):
    """Have the catalogue tell of these programmes, by their numbers at Bokjiro; answer by key."""
    return {
        key: make_local_benefit(OURS[key].bokjiro[0], servNm=OURS[key].name) for key in programmes
    }


def make_person(name, *, born, circumstances=None, members=(), alerts=True, outcomes=False):
    """Make somebody who lives with these, alone with none, and None for nothing said of it."""
    person = User.objects.create_user(f"{name}@example.com", "pw", name=name, joined_at=NOW)
    purposes = ["accounts.eligibility_basics"]
    purposes += ["welfare.alerts"] * alerts + ["welfare.outcomes"] * outcomes
    told = {FactGroup.BASICS: ({"birth_date": born, "district_code": "1135000000"}, purposes)}
    if circumstances:
        told[FactGroup.CIRCUMSTANCES] = (circumstances, ["accounts.eligibility_circumstances"])
    if members is not None:
        facts = {"members": list(members)} if members else {"alone": True}
        told[FactGroup.HOUSEHOLD] = (facts, ["accounts.eligibility_household"])
    for group, (facts, agreed) in told.items():
        tell_facts(
            person=person,
            group=group,
            facts=facts,
            purposes=agreed,
            channel=Channel.WEB,
            now=NOW - datetime.timedelta(days=30),
        )
    return person
