"""Facts about a household as anybody sends them (the API, the screener's pages): read strictly."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.moments import say_day
from core.places.facts import get_district
from welfare.rules.facts import Contradiction, Household, Member, age_in_months
from welfare.rules.programmes import PROGRAMMES
from welfare.rules.vocabulary import LOWEST_BAND, NAMES, OUTSIDE_SEOUL, STEP_BOUNDS, Group

MOST_MEMBERS = 20
LONGEST_ID = 40
OLDEST_YEARS = 150
EARLIEST = datetime.date(2020, 1, 1)
MOST_YEARS_AHEAD = 10
MOST_WON = 10**12
MOST_WEEKS = 45
MOST_NAMED = 5
KEYS = (
    "on", "district", "home_owner", "income_monthly", "income_band", "income_step", "assets",
    "housing", "assets_over", "household_size", "household_yes", "household_no", "receives",
    "receives_not", "members",
)  # fmt: skip
MEMBER_KEYS = (
    "id", "birth_date", "sex", "yes", "no", "disability", "nationality", "pregnancy_weeks",
    "spouse", "service_pension", "care", "resident_since", "receives", "receives_not",
)  # fmt: skip
RECEIVED = tuple(programme.key for programme in PROGRAMMES)


class FactsRefused(Exception):
    """Some of what was sent is wrong; `errors` says of each field what would be right."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = dict(errors)


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a household, and on which day it is asked about."""

    household: Household
    on: datetime.date


def read_told(sent: Any, *, today: datetime.date) -> Told:
    """Answer the household that was sent; raise FactsRefused with a sentence for each field."""
    reader = _Reader()
    if not isinstance(sent, dict):
        raise FactsRefused({"members": _("JSON 객체로 보내 주세요.")})
    reader.known_keys(sent, KEYS, "")
    on = reader.day(sent, "on", "") or today
    if not EARLIEST <= on <= today.replace(year=today.year + MOST_YEARS_AHEAD, day=1):
        reader.errors["on"] = _("%(first)s부터 %(years)s년 뒤까지의 날짜를 적어 주세요.") % {
            "first": EARLIEST.isoformat(), "years": MOST_YEARS_AHEAD,
        }  # fmt: skip
    members = tuple(reader.members(sent, on))
    facts: dict[str, Any] = {
        "yes": reader.names(sent, "household_yes", "", NAMES[Group.HOUSEHOLD]),
        "no": reader.names(sent, "household_no", "", NAMES[Group.HOUSEHOLD]),
        "income_monthly": reader.amount(sent, "income_monthly", "", MOST_WON),
        "income_band": reader.one_of(sent, "income_band", "", NAMES[Group.INCOME_BAND]),
        "income_step": reader.step(sent),
        "assets": reader.amount(sent, "assets", "", MOST_WON),
        "assets_over": reader.amount(sent, "assets_over", "", MOST_WON),
        "size": reader.size(sent, len(members)),
        "district": reader.district(sent),
        "home_owner": reader.truth(sent, "home_owner"),
        "housing": reader.one_of(sent, "housing", "", NAMES[Group.HOUSING]),
        "receives": reader.names(sent, "receives", "", RECEIVED),
        "receives_not": reader.names(sent, "receives_not", "", RECEIVED),
    }
    reader.refuse_both(facts["yes"], facts["no"], "household_no")
    reader.refuse_both(facts["receives"], facts["receives_not"], "receives_not")
    reader.refuse_two_homes(facts)
    reader.refuse_one_of_several(facts, len(members))
    reader.judge()
    try:
        return Told(Household(members, **facts), on)
    except Contradiction as fault:
        raise FactsRefused({"members": _("서로 맞지 않는 내용이 있습니다.")}) from fault


def shown_name(name: object) -> str:
    """Answer a name as an answer may repeat it: whole letters, and not many."""
    return str(name).encode("utf-8", "replace").decode()[:LONGEST_ID]


class _Reader:
    """Collects what is wrong, by the name under which it was sent."""

    def __init__(self) -> None:
        self.errors: dict[str, str] = {}
        self._named = 0

    def judge(self) -> None:
        if self.errors:
            raise FactsRefused(self.errors)

    def known_keys(self, sent: Mapping[str, Any], known: Collection[str], where: str) -> None:
        """Name the first few that there are not: an answer is not made longer than the question."""
        unknown = [key for key in sent if key not in known]
        if not unknown:
            return
        words = _("이런 항목은 없습니다. 쓸 수 있는 항목: %(known)s") % {"known": ", ".join(known)}
        for key in unknown[: max(0, MOST_NAMED - self._named)]:
            self.errors[f"{where}{shown_name(key)}"] = words
        self._named += len(unknown)

    def members(self, sent: Mapping[str, Any], on: datetime.date) -> list[Member]:
        given = sent.get("members")
        if given is None:
            return [Member("me")]
        if not isinstance(given, list) or not given:
            self.errors["members"] = _("한 명 이상을 목록으로 적어 주세요.")
            return []
        if len(given) > MOST_MEMBERS:
            self.errors["members"] = _("%(most)s명까지 적을 수 있습니다.") % {"most": MOST_MEMBERS}
            return []
        members = [self.member(one, f"members[{i}]", i, on) for i, one in enumerate(given)]
        ids = [member.id for member in members]
        for i, one in enumerate(ids):
            if one in ids[:i]:
                self.errors[f"members[{i}].id"] = _("두 사람의 id가 같습니다.")
        return members

    def size(self, sent: Mapping[str, Any], told: int) -> int | None:
        """Answer how many they are: as many as are listed, unless it is said or none is listed."""
        if sent.get("household_size") is None:
            is_listed = "household_size" not in sent and sent.get("members") is not None
            return 0 if is_listed else None
        number = self.amount(sent, "household_size", "", MOST_MEMBERS)
        if number is not None and number < max(told, 1):
            self.errors["household_size"] = _("적은 사람(%(told)s명)보다 적을 수 없습니다.") % {
                "told": told
            }
            return None
        return number

    def member(self, sent: Any, where: str, place: int, on: datetime.date) -> Member:
        if not isinstance(sent, dict):
            self.errors[where] = _("JSON 객체로 보내 주세요.")
            return Member(str(place))
        at = f"{where}."
        self.known_keys(sent, MEMBER_KEYS, at)
        facts: dict[str, Any] = {
            "birth_date": self.birth(sent, at, on),
            "sex": self.one_of(sent, "sex", at, NAMES[Group.SEX]),
            "yes": self.names(sent, "yes", at, NAMES[Group.PERSON]),
            "no": self.names(sent, "no", at, NAMES[Group.PERSON]),
            "disability": self.one_of(sent, "disability", at, NAMES[Group.DISABILITY]),
            "nationality": self.one_of(sent, "nationality", at, NAMES[Group.NATIONALITY]),
            "spouse": self.one_of(sent, "spouse", at, NAMES[Group.SPOUSE]),
            "service_pension": self.one_of(
                sent, "service_pension", at, NAMES[Group.SERVICE_PENSION]
            ),
            "care": self.one_of(sent, "care", at, NAMES[Group.CARE]),
            "pregnancy_weeks": self.amount(sent, "pregnancy_weeks", at, MOST_WEEKS),
            "resident_since": self.past_day(sent, "resident_since", at, on),
            "receives": self.names(sent, "receives", at, RECEIVED),
            "receives_not": self.names(sent, "receives_not", at, RECEIVED),
        }
        self.refuse_both(facts["yes"], facts["no"], f"{at}no")
        self.refuse_both(facts["receives"], facts["receives_not"], f"{at}receives_not")
        for name, fact in (("disability", "DISABLED"), ("pregnancy_weeks", "PREGNANT")):
            if facts[name] is not None and fact in facts["no"]:
                self.errors[f"{at}{name}"] = _("no에 %(fact)s가 있어 서로 맞지 않습니다.") % {
                    "fact": fact
                }
        wrong = any(name.startswith(where) for name in self.errors)
        told = {} if wrong else facts
        return Member(self.identity(sent, at, place), **told)

    def identity(self, sent: Mapping[str, Any], at: str, place: int) -> str:
        given = sent.get("id")
        if given is None:
            return str(place + 1)
        if isinstance(given, str) and 0 < len(given) <= LONGEST_ID and given.isprintable():
            return given
        self.errors[f"{at}id"] = _("%(most)s자까지의 글로 적어 주세요.") % {"most": LONGEST_ID}
        return str(place + 1)

    def names(
        self, sent: Mapping[str, Any], key: str, at: str, known: Collection[str]
    ) -> frozenset[str]:
        given = sent.get(key)
        if given is None:
            return frozenset()
        if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
            self.errors[f"{at}{key}"] = _("이름의 목록으로 적어 주세요.")
            return frozenset()
        if unknown := [one for one in given if one not in known]:
            shown = shown_name(unknown[0])
            words = _("없는 이름입니다: ‘%(name)s’. 쓸 수 있는 이름: %(known)s")
            self.errors[f"{at}{key}"] = words % {"name": shown, "known": ", ".join(known)}
            return frozenset()
        return frozenset(given)

    def one_of(
        self, sent: Mapping[str, Any], key: str, at: str, known: Collection[str]
    ) -> str | None:
        given = sent.get(key)
        if given is None or (isinstance(given, str) and given in known):
            return given
        self.errors[f"{at}{key}"] = _("쓸 수 있는 값: %(known)s") % {"known": ", ".join(known)}
        return None

    def step(self, sent: Mapping[str, Any]) -> str | None:
        step = self.one_of(sent, "income_step", "", STEP_BOUNDS)
        if step is not None and sent.get("income_band") != LOWEST_BAND:
            self.errors["income_step"] = _("income_band가 %(band)s일 때만 적을 수 있습니다.") % {
                "band": LOWEST_BAND
            }
            return None
        return step

    def truth(self, sent: Mapping[str, Any], key: str) -> bool | None:
        given = sent.get(key)
        if given is None or isinstance(given, bool):
            return given
        self.errors[key] = _("true 또는 false로 적어 주세요.")
        return None

    def amount(self, sent: Mapping[str, Any], key: str, at: str, most: int) -> int | None:
        given = sent.get(key)
        if given is None:
            return None
        if isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= most:
            return given
        self.errors[f"{at}{key}"] = _("0부터 %(most)s까지의 정수로 적어 주세요.") % {"most": most}
        return None

    def day(self, sent: Mapping[str, Any], key: str, at: str) -> datetime.date | None:
        given = sent.get(key)
        if given is None:
            return None
        try:
            # Python reads weeks as well (2026-W48-1).
            if len(given) == len("2026-11-23") and given[4:5] + given[7:8] == "--":
                return datetime.date.fromisoformat(given)
        except (TypeError, ValueError):
            pass
        self.errors[f"{at}{key}"] = _("날짜를 2026-11-23처럼 적어 주세요.")
        return None

    def past_day(
        self, sent: Mapping[str, Any], key: str, at: str, on: datetime.date
    ) -> datetime.date | None:
        day = self.day(sent, key, at)
        if day is not None and day > on:
            words = _("%(day)s보다 뒤의 날짜는 적을 수 없습니다.")
            self.errors[f"{at}{key}"] = words % {"day": say_day(on)}
        return day

    def birth(self, sent: Mapping[str, Any], at: str, on: datetime.date) -> datetime.date | None:
        day = self.past_day(sent, "birth_date", at, on)
        if day is not None and age_in_months(day, on) // 12 > OLDEST_YEARS:
            words = _("나이가 %(most)s살을 넘습니다. 다시 확인해 주세요.")
            self.errors[f"{at}birth_date"] = words % {"most": OLDEST_YEARS}
        return day

    def district(self, sent: Mapping[str, Any]) -> str | None:
        given = sent.get("district")
        if given is None or given == OUTSIDE_SEOUL:
            return given
        if isinstance(given, str) and (found := get_district(given)) is not None:
            return found.name
        self.errors["district"] = _(
            "서울에 이런 자치구가 없습니다. 이름(강남구)이나 코드로 적고, "
            "서울 밖이면 OUTSIDE_SEOUL로 적어 주세요."
        )
        return None

    def refuse_both(self, yes: frozenset[str], no: frozenset[str], where: str) -> None:
        if both := yes & no:
            words = _("%(names)s: 그렇다와 아니다에 모두 있습니다.")
            self.errors.setdefault(where, words % {"names": ", ".join(sorted(both))})

    def refuse_one_of_several(self, facts: Mapping[str, Any], told: int) -> None:
        """Whoever lives with others is no household of one person (JA0404, 1인가구)."""
        if "SINGLE_PERSON" in facts["yes"] and max(told, facts["size"] or 0) > 1:
            self.errors.setdefault(
                "household_yes",
                _("SINGLE_PERSON: 혼자 사는 가구인데 %(number)s명입니다.")
                % {"number": max(told, facts["size"] or 0)},
            )

    def refuse_two_homes(self, facts: Mapping[str, Any]) -> None:
        owns = {facts["home_owner"]} - {None}
        owns |= {False} if "NO_HOME" in facts["yes"] else set()
        owns |= {True} if "NO_HOME" in facts["no"] or facts["housing"] == "OWNED" else set()
        if len(owns) > 1:
            self.errors["home_owner"] = _("집이 있다는 내용과 없다는 내용이 함께 있습니다.")
