"""Which benefits only firms, bodies and facilities are given: nobody asks for those in person.

Two publishers say so in two ways. gov24 names the users of a service (사용자구분): where people and
households are not among them, it is not theirs. Bokjiro tells in a sentence whom the money goes
to; only sentences that leave no doubt are read so, and only where nothing else is known of a
benefit: neither tick-boxes nor a condition by staff.
"""

import re
from collections.abc import Collection

PEOPLE = frozenset({"PERSON", "HOUSEHOLD"})
# To employers, who are given it for those they employ; not to both, nor in their place.
PAID_TO = re.compile(
    r"(?<!및 )(?<!또는 )(?<![와과,·] )사업주에게(?! ?고용된)[^.]{0,60}(?:지원|지급|제공)"
    r"|사업주를 지원(?:하|합)"
    r"|사업주에 대한 (?:재정)?지원"
    r"|고용(?:한|하는) 기업을 지원(?:하|합)"
    r"|수탁운영 법인을 지원"
    r"|단체에 위문금을 지급"
    r"|노인단체 활동을 육성"
    r"|지원 단체 대상으로 지방보조금"
)
# Somebody who works there is told of as well: the sentence is no longer beyond doubt.
BESIDES = re.compile(r"대신하여|근로자(?:와|및| 및|에게)|(?:청년|장애인|본인|가족|대상자)에게")


def is_for_firms(users: Collection[str]) -> bool:
    """Say whether the publisher names users, and nobody among them is a person or a household."""
    return bool(users) and PEOPLE.isdisjoint(users)


def tells_of_firms(summary: str) -> bool:
    """Say whether a publisher's sentence leaves no doubt that no person is given this."""
    return PAID_TO.search(summary) is not None and BESIDES.search(summary) is None
