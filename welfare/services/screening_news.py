"""What is new for people by a day's rules, and why: compared with what their sheets hold."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

import numpy as np
from django.utils.crypto import salted_hmac
from numpy.typing import NDArray

from welfare.enums import NewsKind
from welfare.models import Benefit, BenefitSheet, RuleVersion, ScreenedBenefit
from welfare.queries.consented import Told
from welfare.queries.fact_names import OURS
from welfare.queries.rule_preview import concerned_keys
from welfare.queries.rule_versions import read_versions
from welfare.queries.rulebook import Rulebook, rules_by
from welfare.queries.sheets import Bits, Numbers, pack, unpack
from welfare.rules.compiled import Compiled, compile_rules
from welfare.rules.conditions import Verdict
from welfare.rules.deadlines import CLOSED, WINDOWS
from welfare.rules.facts import UNTOLD, Household
from welfare.rules.judging import DEPENDS, LIKELY, NO, judge
from welfare.rules.medians import MedianIncomes
from welfare.rules.people import encode
from welfare.rules.refinements import Rule
from welfare.rules.unasked import as_most_are

CLOSES_WITHIN, OPENS_WITHIN = datetime.timedelta(days=14), datetime.timedelta(days=7)
ENDS_WITHIN = datetime.timedelta(days=30)
GAINS = (NewsKind.TIME, NewsKind.RULE, NewsKind.FACTS, NewsKind.NEW)
ORDER = (
    NewsKind.RENEWS, NewsKind.CLOSES, NewsKind.OPENS, *GAINS, NewsKind.NEARER, NewsKind.LOST,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell one person; `day` is that of the event, as ISO text."""

    person: int
    benefit: str
    kind: NewsKind
    day: str

    @property
    def is_gain(self) -> bool:
        return self.kind in GAINS

    @property
    def rank(self) -> int:
        return ORDER.index(self.kind)


@dataclass(slots=True)
class Found:
    sheets: list[BenefitSheet] = field(default_factory=list)
    news: list[News] = field(default_factory=list)


def key_of(news: News) -> str:
    """Answer what the database keeps apart by: the event, and whether gained, not the reason."""
    event = "GAIN" if news.is_gain else news.kind.value
    text = f"{news.person}:{event}:{news.benefit}:{news.day}"
    return salted_hmac("welfare.news", text).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Seconds:
    """Entries that are told under another one: by their own numbers, and where that one stands.

    Their bits go with it, so that whatever is linked, parted or linked otherwise is no news.
    """

    numbers: Numbers
    # In order: those that are told under one stand together.
    places: NDArray[np.intp]

    @classmethod
    def of(cls, told: Iterable[tuple[int, int]]) -> "Seconds":
        """Take up pairs of a number and a place."""
        pairs = np.array(sorted(told, key=itemgetter(1)), dtype=np.intp).reshape(-1, 2)
        return cls(pairs[:, 0], pairs[:, 1])

    def heard_too(self, heard: Bits, texts: Sequence[str]) -> Bits:
        """Answer what was heard of by itself, or by what is told under it now."""
        if not len(self.numbers):
            return heard
        firsts, begins = np.unique(self.places, return_index=True)
        too: Bits = heard.copy()
        too[firsts] |= np.logical_or.reduceat(unpack(texts, self.numbers), begins, axis=0)
        return too


@dataclass(frozen=True, slots=True)
class Screener:
    """The rules of a run, as every piece of it needs them; made once by each worker.

    `before` are the same benefits as they read without the publication that the run is about, and
    None at night.
    """

    compiled: Compiled
    medians: MedianIncomes
    numbers: Numbers
    first_on: Mapping[str, datetime.date]
    dated: Sequence[tuple[int, NewsKind, datetime.date]]
    is_over: NDArray[np.bool_]
    # What staff keep the rules of, apart, as if all were verified: an answer decides what is open.
    refined: Compiled
    seconds: Seconds
    before: tuple[Compiled, MedianIncomes] | None = None

    def look(
        self, told: Sequence[Told], sheets: Mapping[int, BenefitSheet], *, now: datetime.datetime
    ) -> Found:
        verdicts = _verdicts(self.compiled, self.medians, told, self.compiled.day)
        likely = verdicts == LIKELY
        was, was_heard_of, is_known = self._was(told, sheets)
        found = Found(sheets=self._sheets(told, sheets, likely, now=now))
        # Of what can no longer be applied for nobody is told that they might.
        gained = likely & ~was_heard_of & is_known & ~self.is_over[:, np.newaxis]
        own = {one.person: one for one in told}
        for person, benefits in _by_person(gained, told):
            kinds = self._kinds(own[person], sheets.get(person), benefits)
            found.news += [self._news(person, at, kind) for at, kind in kinds]
        lost = (verdicts == NO) & was & is_known
        for person, benefits in _by_person(lost, told):
            if not _has_told_anew(own[person], sheets.get(person)):
                found.news += [self._news(person, at, NewsKind.LOST) for at in benefits]
        for at, kind, day in self.dated:
            for number in np.flatnonzero(likely[at]):
                person = told[int(number)].person
                found.news.append(News(person, self.compiled.keys[at], kind, day.isoformat()))
        if self.before is None:
            found.news += _renewals(told, self.compiled.day)
            found.news += self._nearer(told, sheets)
        return found

    def _nearer(self, told: Sequence[Told], sheets: Mapping[int, BenefitSheet]) -> list[News]:
        """Tell whose "no" a birthday has ended, though one more fact is wanting: of curated rules.

        Most become sixty-five before they have told whether they draw a public servant's pension.
        What few are (disabled, students, farmers) nobody is asked to tell by a message, nor of what
        no answer decides.
        """
        by_day: defaultdict[datetime.date, list[Told]] = defaultdict(list)
        for one in told:
            sheet = sheets.get(one.person)
            if sheet is not None and not _has_told_anew(one, sheet):
                by_day[sheet.judged_on].append(replace(one, household=as_most_are(one.household)))
        over = {
            key for key, is_over in zip(self.compiled.keys, self.is_over, strict=True) if is_over
        }
        by_office = self.refined.by_office[self.refined.which]
        today, news = self.compiled.day, []
        for day, some in by_day.items():
            was_no = _verdicts(self.refined, self.medians, some, day) == NO
            is_open = _verdicts(self.refined, self.medians, some, today) == DEPENDS
            for person, benefits in _by_person(was_no & is_open, some):
                asked = [self.refined.keys[at] for at in benefits if not by_office[at]]
                keys = [key for key in asked if key not in over]
                news += [News(person, key, NewsKind.NEARER, today.isoformat()) for key in keys]
        return news

    def _news(self, person: int, at: int, kind: NewsKind) -> News:
        return News(person, self.compiled.keys[at], kind, self.compiled.day.isoformat())

    def _was(
        self, told: Sequence[Told], sheets: Mapping[int, BenefitSheet]
    ) -> tuple[Bits, Bits, NDArray[np.bool_]]:
        """Answer what was likely, also under another name, and of whom that is known.

        It is by the sheet, or by the old rule.
        """
        known = np.array([one.person in sheets for one in told], dtype=np.bool_)
        was = np.zeros((len(self.compiled), len(told)), dtype=np.bool_)
        was_heard_of = was.copy()
        if known.any():
            texts = [sheets[one.person].likely for one in told if one.person in sheets]
            was[:, known] = heard = unpack(texts, self.numbers)
            was_heard_of[:, known] = self.seconds.heard_too(heard, texts)
        if self.before is not None:
            by_old_rule = _likely_by(self.before, told, self.compiled.day)
            was[:, ~known] = was_heard_of[:, ~known] = by_old_rule[:, ~known]
            known[:] = True
        return was, was_heard_of, known

    def _sheets(
        self,
        told: Sequence[Told],
        sheets: Mapping[int, BenefitSheet],
        likely: Bits,
        *,
        now: datetime.datetime,
    ) -> list[BenefitSheet]:
        """A publication tells its own benefits anew, and of those alone who have been looked at."""
        on = self.compiled.day
        numbers = np.concatenate([self.numbers, self.seconds.numbers])
        laid_out = np.concatenate([likely, likely[self.seconds.places]])
        before = [sheets[one.person].likely if one.person in sheets else "" for one in told]
        texts = pack(laid_out, numbers, before)
        if self.before is None:
            return [
                BenefitSheet(person_id=one.person, likely=text, judged_on=on, judged_at=now)
                for one, text in zip(told, texts, strict=True)
            ]
        changed = []
        for one, text in zip(told, texts, strict=True):
            sheet = sheets.get(one.person)
            if sheet is not None and text != sheet.likely:
                sheet.likely = text
                changed.append(sheet)
        return changed

    def _kinds(
        self, one: Told, sheet: BenefitSheet | None, benefits: Sequence[int]
    ) -> list[tuple[int, NewsKind]]:
        """Say of each benefit why it is likely now: the rule, what was told, or the time."""
        if _has_told_anew(one, sheet):
            return [(at, NewsKind.FACTS) for at in benefits]
        if self.before is not None:
            now_by_old = _likely_by(self.before, [one], self.compiled.day)[:, 0]
            return [(at, NewsKind.TIME if now_by_old[at] else NewsKind.RULE) for at in benefits]
        assert sheet is not None  # noqa: S101  (at night nobody gains who was never looked at)
        then = _verdicts(self.compiled, self.medians, [one], sheet.judged_on)[:, 0]
        return [
            (at, self._why(at, sheet.judged_on, is_new_rule=then[at] == Verdict.LIKELY))
            for at in benefits
        ]

    def _why(self, at: int, since: datetime.date, *, is_new_rule: bool) -> NewsKind:
        if self.first_on[self.compiled.keys[at]] > since:
            return NewsKind.NEW
        return NewsKind.RULE if is_new_rule else NewsKind.TIME


def _renewals(told: Sequence[Told], on: datetime.date) -> list[News]:
    """Tell of what somebody says they receive and whose year ends soon."""
    ends = {key: day for key, one in OURS.items() if (day := one.ends_after(on)) is not None}
    soon = {key: day for key, day in ends.items() if day <= on + ENDS_WITHIN}
    return [
        News(one.person, key, NewsKind.RENEWS, day.isoformat())
        for one in told
        for key, day in soon.items()
        if key in one.household.receives
        or any(key in member.receives for member in one.household.members)
    ]


def nightly_screener(book: Rulebook) -> Screener:
    return _screener(book.compiled, book.medians, dated=_dated(book.compiled))


def rule_screener(book: Rulebook, version: RuleVersion) -> Screener:
    """Answer the screener of the benefits that a publication is about, before and after."""
    before = read_versions(_without(version))
    keys = concerned_keys(version, book.compiled.keys)
    old = [rule for rule in rules_by(before) if rule.key in keys]
    order = [rule.key for rule in old]
    by_key = {rule.key: rule for rule in book.compiled.rules}
    new = [by_key[key] for key in order if key in by_key]
    old = [rule for rule in old if rule.key in by_key]
    compiled = compile_rules(new, on=book.on)
    pair = (compile_rules(old, on=book.on), before.medians)
    return _screener(compiled, book.medians, dated=(), before=pair)


def _without(version: RuleVersion) -> list[RuleVersion]:
    """Answer what was in force before that version was: without it, with what it replaced."""
    rows = [row for row in RuleVersion.objects.in_force().in_order() if row.pk != version.pk]
    return rows + ([version.replaces] if version.replaces is not None else [])


def _screener(
    compiled: Compiled,
    medians: MedianIncomes,
    *,
    dated: Sequence[tuple[int, NewsKind, datetime.date]],
    before: tuple[Compiled, MedianIncomes] | None = None,
) -> Screener:
    on = compiled.day
    second_of = _second_of(compiled.keys, on)
    rows = ScreenedBenefit.objects.order_by("number").values_list("key", "number", "first_on")
    told = {key: (number, first_on) for key, number, first_on in rows}
    places = {key: at for at, key in enumerate(compiled.keys)}
    return Screener(
        compiled,
        medians,
        np.array([told[key][0] for key in compiled.keys], dtype=np.intp),
        {key: told[key][1] for key in compiled.keys},
        dated,
        _is_over(compiled),
        compile_rules([_strictly(one) for one in compiled.rules if one.refinements], on=on),
        Seconds.of((told[key][0], places[first]) for key, first in second_of.items()),
        before,
    )


def _second_of(keys: Sequence[str], on: datetime.date) -> dict[str, str]:
    """Answer what is told under one of these; each has a number, to be told apart one day."""
    seconds = Benefit.objects.filter(same_as__in=keys).order_by("pk")
    second_of = dict(seconds.values_list("pk", "same_as_id"))
    numbered = ScreenedBenefit.objects.filter(key__in=second_of).order_by("number")
    fresh = sorted(second_of.keys() - set(numbered.values_list("key", flat=True)))
    ScreenedBenefit.objects.bulk_create(
        [ScreenedBenefit(key=key, first_on=on) for key in fresh], ignore_conflicts=True
    )
    return second_of


def _strictly(rule: Rule) -> Rule:
    told = [replace(one, verified=True, stale_from=None) for one in rule.refinements]
    return replace(rule, refinements=tuple(told))


def _is_over(compiled: Compiled) -> NDArray[np.bool_]:
    """Answer of which benefits the time to apply is over and no other is known: one statement."""
    listed = Benefit.objects.listed().filter(deadline_kind=WINDOWS).order_by("pk")
    over = {
        one.code
        for one in listed.only("code", "deadline_kind", "deadline_windows").iterator()
        if one.standing_on(compiled.day).state == CLOSED
    }
    return np.array([key in over for key in compiled.keys], dtype=np.bool_)


def _dated(compiled: Compiled) -> list[tuple[int, NewsKind, datetime.date]]:
    """Answer whose windows close or open soon."""
    on = compiled.day
    places = {key: at for at, key in enumerate(compiled.keys)}
    found = []
    for name, kind, within in (
        ("closes_date", NewsKind.CLOSES, CLOSES_WITHIN),
        ("opens_date", NewsKind.OPENS, OPENS_WITHIN),
    ):
        soon = Benefit.objects.listed().filter(**{f"{name}__gt": on, f"{name}__lte": on + within})
        for code, day in soon.order_by("pk").values_list("pk", name):
            if code in places:
                found.append((places[code], kind, day))
    return found


def _has_told_anew(one: Told, sheet: BenefitSheet | None) -> bool:
    if sheet is None:
        return False
    born_since = any(
        member.birth_date is not None and member.birth_date > sheet.judged_on
        for member in one.household.members
    )
    return born_since or one.told_at > sheet.judged_at


def _verdicts(
    compiled: Compiled, medians: MedianIncomes, told: Sequence[Told], on: datetime.date
) -> NDArray[np.uint8]:
    """Answer [benefit, household] of the best that anybody in it has whom somebody told of."""
    households: list[Household] = [one.household for one in told]
    people = encode(households, on=on, medians=medians, space=compiled.space)
    verdicts = judge(compiled, people)
    # Of who may live there beside, nothing is known: that keeps no "no" from being told.
    unknown = [member.id == UNTOLD.id for one in households for member in one.members]
    verdicts[:, np.array(unknown, dtype=np.bool_)] = Verdict.NO
    best: NDArray[np.uint8] = np.minimum.reduceat(verdicts, people.starts, axis=1)
    return best


def _likely_by(
    rules: tuple[Compiled, MedianIncomes], told: Sequence[Told], on: datetime.date
) -> Bits:
    likely: Bits = _verdicts(*rules, told, on) == LIKELY
    return likely


def _by_person(found: Bits, told: Sequence[Told]) -> list[tuple[int, list[int]]]:
    of_person: dict[int, list[int]] = defaultdict(list)
    for at, number in np.argwhere(found):
        of_person[told[int(number)].person].append(int(at))
    return list(of_person.items())
