"""The desk of rules: drafts whose faults are named, previews, words on what changes, two people."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from kombu.exceptions import OperationalError

from tests.desk_steps import confirm, mark_on
from tests.sign_in import sign_in
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.rulebook.people import NOW, make_benefits, make_person
from tests.welfare.rulebook.test_rule_publication import age_rule, make_draft, make_officer
from welfare import tasks
from welfare.enums import RuleKind, VersionStatus
from welfare.models import MEDIAN_INCOME, PlainText, RuleVersion, ScreeningRun
from welfare.queries.rule_preview import in_tens
from welfare.services.rule_versions import edit_rule, send_back_rule, send_rule, unexplained

pytestmark = pytest.mark.django_db
LIST = "/admin/welfare/ruleversion/"
TEXTS = "/admin/welfare/plaintext/"


@pytest.fixture
def author(client):
    person = make_officer("author", "change_ruleversion", "change_plaintext", "publish_plaintext")
    sign_in(client, person)
    return person


@pytest.fixture
def no_queue(monkeypatch):
    """Redis is away, and what follows a commit follows it before the answer, as it really does."""

    def away(**_):
        raise OperationalError("Redis does not answer")

    for task in (tasks.start_rule_run, tasks.count_rule_effect):
        monkeypatch.setattr(task, "delay", away)
    monkeypatch.setattr(transaction, "on_commit", lambda follows, **_: follows())


def as_reviewer(client):
    person = make_officer(
        "reviewer", "publish_ruleversion", "change_plaintext", "publish_plaintext"
    )
    sign_in(client, person)
    return person


def page_of(response):
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def act(client, version, **told):
    """Do something on a version's page as it reads now."""
    told = {"seen": RuleVersion.objects.get(pk=version.pk).mark()} | told
    return client.post(f"{LIST}{version.pk}/change/", told, follow=True)


def chosen(field):
    """Answer what a browser would send of a field as it stands."""
    if field.name == "textarea":
        return field.text.strip()
    if field.name == "select":
        option = field.select_one("option[selected]") or field.select_one("option")
        return option["value"]
    return field.get("value", "")


class TestList:
    def test_says_each_version_in_words(self, client, author):
        page = page_of(client.get(f"{LIST}?q=basic-pension"))

        assert "만 65세 이상" in page.text
        assert "기초연금" in page.text

    def test_keeps_to_what_nobody_vouches_for(self, client, author):
        page = page_of(client.get(f"{LIST}?vouched=nobody"))
        number = RuleVersion.objects.unvouched(datetime.date(2026, 11, 28)).count()

        assert len(page.select("#result_list tbody tr")) <= number
        assert not page.select("#result_list img[alt=True]")

    def test_is_closed_to_strangers(self, client):
        sign_in(client, make_officer("stranger"))

        assert client.get(LIST).status_code == 403
        assert client.get(f"{LIST}{age_rule().pk}/change/").status_code == 403
        assert client.get(f"{LIST}add/").status_code == 403


class TestDraft:
    def test_is_begun_from_nothing(self, client, author):
        response = client.post(
            f"{LIST}add/",
            {
                "programme": "basic-pension",
                "slot": "ASSETS",
                "field_1": "ASSETS",
                "operator_1": "AT_MOST",
                "value_1": "500,000,000",
                "law": "기초연금법 제3조",
                "since": "2027-01-01",
            },
            follow=True,
        )

        assert "가구의 재산 500,000,000원 이하" in page_of(response).text
        assert RuleVersion.objects.filter(status=VersionStatus.DRAFT).get().made_by == author

    @pytest.mark.parametrize(
        ("told", "field", "words"),
        [
            ({"value_1": "많이"}, "value_1", "만 나이 (세): 숫자로 적어 주세요: 많이."),
            ({"operator_1": "ANY_OF"}, "value_1", "만 나이 (세): 숫자에는"),
            ({"field_1": "DISABILITY", "value_1": "ALL"}, "value_1", "장애 정도: 이름을 고르는"),
            (
                {"field_1": "DISABILITY", "operator_1": "ANY_OF", "value_1": "ALL"},
                "value_1",
                "장애 정도: 쓸 수 없는 값입니다: ALL.",
            ),
            ({"value_1": "@NONE"}, "field_1", "시행 중인 기준표가 없습니다: NONE."),
            ({"slot": ""}, "slot", "값을 적어 주세요."),
            ({"benefit_code": "gov24-1"}, "benefit_code", "이런 급여가 없습니다: gov24-1"),
        ],
    )
    def test_is_refused_beside_the_field(self, client, author, told, field, words):
        draft = make_draft(author)
        form = {
            "act": "edit",
            "seen": draft.mark(),
            "programme": "basic-pension",
            "slot": "AGE",
            "field_1": "AGE_YEARS",
            "operator_1": "AT_LEAST",
            "value_1": "65",
            "law": "법",
            "since": "2020-01-01",
        }
        page = page_of(client.post(f"{LIST}{draft.pk}/change/", form | told))

        field = page.find(attrs={"name": field}).find_parent(class_="desk-field")
        assert words in field.select_one(".desk-error").text

    def test_is_kept_once_where_one_presses_twice(self, client, author):
        draft = make_draft(author)
        form = {
            "act": "edit",
            "seen": draft.mark(),
            "programme": "basic-pension",
            "slot": "AGE",
            "field_1": "AGE_YEARS",
            "operator_1": "AT_LEAST",
            "value_1": "66",
            "law": "법",
            "since": "2020-01-01",
        }

        for _press in range(2):
            assert client.post(f"{LIST}{draft.pk}/change/", form).status_code == 302
        assert draft.steps.filter(step="EDITED").count() == 2  # one of making it, one of this

    def test_says_an_age_from_to_and_what_the_same_person_must_meet(self, client, author):
        draft = make_draft(author)
        form = {
            "act": "edit",
            "seen": draft.mark(),
            "programme": "basic-pension",
            "slot": "AGE",
            "field_1": "AGE_YEARS",
            "operator_1": "BETWEEN",
            "value_1": "18~21",
            "somebody_1": "on",
            "field_2": "PERSON",
            "operator_2": "ANY_OF",
            "value_2": "UNIVERSITY",
            "joined_2": "on",
            "law": "법",
            "since": "2020-01-01",
        }
        client.post(f"{LIST}{draft.pk}/change/", form)
        draft.refresh_from_db()
        (kept,) = draft.wanted
        assert (kept["operator"], kept["value"], kept["somebody"]) == (
            "BETWEEN",
            ["18", "21"],
            True,
        )
        assert [one["value"] for one in kept["also"]] == [["UNIVERSITY"]]

        page = page_of(client.get(f"{LIST}{draft.pk}/change/"))
        assert page.find(attrs={"name": "value_1"})["value"] == "18~21"
        assert page.find(attrs={"name": "joined_2"}).has_attr("checked")

    def test_shows_every_test_that_it_has_and_room_for_one_more(self, client, author):
        ages = [
            {"field": "AGE_YEARS", "operator": "AT_LEAST", "value": str(age), "somebody": False}
            for age in range(60, 67)
        ]
        draft = make_draft(author, wanted=ages)
        url = f"{LIST}{draft.pk}/change/"
        fields = page_of(client.get(url)).select("[name=act][value=edit] ~ * [name]")
        form = {one["name"]: chosen(one) for one in fields if one.get("type") != "checkbox"}
        assert form["value_7"] == "66"
        assert form["value_8"] == ""

        client.post(url, form | {"act": "edit", "seen": draft.mark(), "note": "그대로"})
        draft.refresh_from_db()

        assert [one["value"] for one in draft.wanted] == [one["value"] for one in ages]
        assert draft.note == "그대로"

    @pytest.mark.parametrize(
        "told",
        [
            {"act": "explain", "household": "x", "text": "a\0b"},
            {"act": "back", "words": "a\0b"},
            {"act": "remove", "words": "a\0b"},
        ],
    )
    def test_refuses_what_no_database_keeps(self, client, author, told):
        assert act(client, make_draft(author), **told).status_code == 400

    def test_without_a_day_explains_nothing_and_says_so(self, client, author):
        draft = make_draft(author, since=None)

        page = page_of(act(client, draft, act="explain", household="x", text="법 개정"))
        assert "날짜를 적어 주세요" in page.text

    def test_is_not_begun_of_a_benefit_that_is_gone(self, client, author):
        version = RuleVersion.objects.create(
            kind=RuleKind.CONDITION,
            benefit_code="gov24-000000000009",
            slot="AGE",
            wanted=[{"field": "AGE_YEARS", "operator": "AT_MOST", "value": "39"}],
            law="청년기본법 제3조",
            since=datetime.date(2026, 1, 1),
            origin="test",
            status=VersionStatus.PUBLISHED,
            made_at=NOW,
            published_at=NOW,
        )

        assert "쓸 수 없는 값입니다" in page_of(act(client, version, act="follow")).text

    def test_of_a_table_refuses_a_sum_that_nobody_can_mean(self, client, author):
        table = {"figure": "HOME", "law": "고시", "since": "2026-01-01", "amounts": str(10**30)}

        page = page_of(client.post(f"{LIST}add/?kind=FIGURE", table))
        assert "쓸 수 없는 숫자입니다" in page.text

    def test_of_a_table_shows_its_sums(self, client, author):
        table = RuleVersion.objects.get(figure=MEDIAN_INCOME, since=datetime.date(2027, 1, 1))
        page = page_of(act(client, table, act="follow"))

        assert page.find("textarea", attrs={"name": "amounts"}).text.split()[0] == "2,736,042"
        assert "기준 중위소득" in page.select_one(".desk-title").text


class TestPublication:
    def test_goes_from_draft_to_force(self, client, author, django_capture_on_commit_callbacks):
        make_person("kim", born=datetime.date(1960, 1, 1))
        draft = make_draft(author)
        make_benefits("basic-pension")
        assert "계산 중" in page_of(client.get(f"{LIST}{draft.pk}/change/")).text
        tasks.count_rule_effect(version=draft.pk)
        page = page_of(client.get(f"{LIST}{draft.pk}/change/"))
        assert "10명 미만" in page.text
        assert "kim" not in page.text
        missing = unexplained(draft)
        assert missing[0].household.name in page.text
        # Verdicts and benefits by their words, and no more rows open than one would fill.
        changed = page.select_one("[aria-labelledby=regression] h3").get_text(strip=True)
        words = ("받을 가능성이 높음", "더 알아야 함", "조건에 맞지 않음")
        assert changed.startswith("기초연금: ")
        assert [one for one in words if one in changed]
        assert not {"NO", "DEPENDS", "LIKELY", "basic-pension"} & set(changed.split())
        spare = page.select_one("[aria-labelledby=edit] details")
        assert {one["name"] for one in spare.select("select")} == {
            f"{name}_{row}" for name in ("field", "operator") for row in (3, 4, 5)
        }
        assert (
            page.select_one("[aria-labelledby=edit] [name=field_2]").find_parent("details") is None
        )

        refused = page_of(act(client, draft, act="send"))
        assert "설명해 주세요" in refused.text
        for change in missing:
            act(client, draft, act="explain", household=change.household.name, text="법 개정")
        act(client, draft, act="send")
        draft.refresh_from_db()
        assert draft.status == VersionStatus.REVIEW
        act(client, draft, act="publish")
        draft.refresh_from_db()
        assert draft.status == VersionStatus.REVIEW

        as_reviewer(client)
        with django_capture_on_commit_callbacks(execute=True):
            page = page_of(act(client, draft, act="publish"))
        draft.refresh_from_db()

        assert draft.status == VersionStatus.PUBLISHED
        explained = page.select_one("[aria-labelledby=explained]").get_text()
        assert "법 개정" in explained
        assert "DEPENDS" not in explained
        assert page.select_one("#history").find_next("ol").text.count("author") >= 3

    def test_reaches_those_concerned_though_the_queue_is_away(self, client, author, no_queue):
        """Whoever was never looked at would hear of the rule by no night: its run is there."""
        make_person("kim", born=datetime.date(1960, 1, 1))
        draft = self.in_review(client, author)
        as_reviewer(client)
        page = act(client, draft, act="publish")
        draft.refresh_from_db()
        assert draft.status == VersionStatus.PUBLISHED
        assert "대기열이 돌아온 뒤에 알립니다" in page.content.decode()

        run = ScreeningRun.objects.unfinished().get(version=draft)
        assert tasks.screen_people(run=run.pk) > 0  # as beat has it done, a minute later
        run.refresh_from_db()
        assert run.finished_at is not None

    def test_is_written_though_nobody_counts_whom_it_concerns(self, client, author, no_queue):
        draft = make_draft(author)
        for change in unexplained(draft):
            act(client, draft, act="explain", household=change.household.name, text="법 개정")
        page = act(client, draft, act="send")
        draft.refresh_from_db()
        assert draft.status == VersionStatus.REVIEW
        assert "아직 세지 못합니다" in page.content.decode()

    def in_review(self, client, author):
        make_benefits("basic-pension")
        draft = make_draft(author)
        for change in unexplained(draft):
            act(client, draft, act="explain", household=change.household.name, text="법 개정")
        act(client, draft, act="send")
        draft.refresh_from_db()
        assert draft.status == VersionStatus.REVIEW
        return draft

    def test_is_of_what_was_seen_and_of_nothing_else(self, client, author):
        draft = self.in_review(client, author)
        url = f"{LIST}{draft.pk}/change/"
        as_reviewer(client)
        (seen,) = {one["value"] for one in page_of(client.get(url)).select("[name=seen]")}
        back = send_back_rule(version=draft, actor=author, words="고침", now=NOW)
        edit_rule(version=back, told={"law": "다른 법 제1조"}, actor=author, now=NOW)
        send_rule(version=back, actor=author, now=NOW)

        for told in ({"seen": seen}, {"seen": ""}, {}):
            page = page_of(client.post(url, {"act": "publish"} | told, follow=True))
            draft.refresh_from_db()
            assert draft.status == VersionStatus.REVIEW
            assert "보신 뒤에 내용이 바뀌었습니다" in page.text

        (seen,) = {one["value"] for one in page.select("[name=seen]")}
        client.post(url, {"act": "publish", "seen": seen})
        draft.refresh_from_db()
        assert draft.status == VersionStatus.PUBLISHED

    def test_is_of_the_words_on_what_changes_as_well(self, client, author):
        draft = self.in_review(client, author)
        seen = draft.mark()
        draft.explanations.update(text="아무 말")

        assert draft.mark() != seen

    def test_keeps_what_is_typed_where_somebody_else_was_quicker(self, client, author):
        draft = make_draft(author)
        url = f"{LIST}{draft.pk}/change/"
        fields = page_of(client.get(url)).select("[name=act][value=edit] ~ * [name]")
        form = {one["name"]: chosen(one) for one in fields if one.get("type") != "checkbox"}
        form |= {"act": "edit", "seen": draft.mark(), "note": "내가 쓴 것"}
        RuleVersion.objects.filter(pk=draft.pk).update(note="남이 쓴 것")

        page = page_of(client.post(url, form))
        draft.refresh_from_db()
        assert draft.note == "남이 쓴 것"
        assert "보신 뒤에 내용이 바뀌었습니다" in page.text
        assert "남이 쓴 것" in page.text
        assert page.find(attrs={"name": "note"}).text.strip() == "내가 쓴 것"

        client.post(url, form | {"seen": page.select_one("[name=seen]")["value"]})
        draft.refresh_from_db()
        assert draft.note == "내가 쓴 것"

    def test_begins_what_replaces_or_ends_a_version(self, client, author):
        act(client, age_rule(), act="remove", words="폐지")
        removal = RuleVersion.objects.filter(status=VersionStatus.DRAFT).get()

        assert removal.replaces == age_rule()
        assert "거둠: 만 65세 이상" in page_of(client.get(f"{LIST}{removal.pk}/change/")).text
        act(client, removal, act="drop")
        assert not RuleVersion.objects.filter(status=VersionStatus.DRAFT).exists()

    @pytest.mark.parametrize(
        ("number", "words"),
        [
            (0, {"10명 미만"}),
            (1, {"10명 미만"}),
            (9, {"10명 미만"}),
            (10, {"10명"}),
            (19, {"10명", "20명"}),
            (1234, {"1,230명", "1,240명"}),
        ],
    )
    def test_says_neither_how_few_nor_whether_any(self, number, words):
        """A rule can be written to ask of one person whether they are disabled, say."""
        assert in_tens(number, "gain") in words


class TestPlainTexts:
    told = {
        "text": "집을 구할 돈이 모자라면 나라가 보탭니다.",
        "text_en": "Help with your rent.",
        "review_by": "2099-01-01",
    }

    def test_are_written_by_one_and_shown_by_another(self, client, author):
        benefit = make_benefit()
        response = client.post(f"{TEXTS}add/", self.told | {"benefit_code": benefit.pk})
        assert response.status_code == 302
        text = PlainText.objects.get()
        self.do(client, "send_plain_texts", text)
        self.do(client, "publish_plain_texts", text)
        text.refresh_from_db()
        assert text.status == VersionStatus.REVIEW

        reviewer = as_reviewer(client)
        self.do(client, "publish_plain_texts", text)
        text.refresh_from_db()
        assert text.status == VersionStatus.PUBLISHED
        assert text.reviewed_by == reviewer

    def test_are_shown_as_they_were_read(self, client, author):
        benefit = make_benefit()
        client.post(f"{TEXTS}add/", self.told | {"benefit_code": benefit.pk})
        text = PlainText.objects.get()
        self.do(client, "send_plain_texts", text)
        as_reviewer(client)
        form = {"action": "publish_plain_texts", "index": "0", "_selected_action": text.pk}
        shown = client.post(TEXTS, form | {"desk_step": "preview"})
        assert self.told["text"] in shown.text
        assert self.told["text_en"] in shown.text
        PlainText.objects.filter(pk=text.pk).update(text="전혀 다른 말입니다.")

        for seen in ({"desk_seen": mark_on(shown)}, {"desk_seen": ""}, {}):
            again = client.post(TEXTS, form | {"desk_step": "confirm"} | seen)
            text.refresh_from_db()
            assert text.status == VersionStatus.REVIEW
            assert "전혀 다른 말입니다." in again.text
            assert "보신 뒤에 내용이 바뀌었거나" in again.text
        client.post(TEXTS, form | {"desk_step": "confirm", "desk_seen": mark_on(again)})
        text.refresh_from_db()
        assert text.status == VersionStatus.PUBLISHED

    def do(self, client, action, text):
        form = {"action": action, "index": "0", "_selected_action": text.pk}
        return confirm(client, TEXTS, form)

    def test_need_a_benefit_and_a_day_to_come(self, client, author):
        page = page_of(
            client.post(
                f"{TEXTS}add/",
                self.told | {"benefit_code": "gov24-0", "review_by": "2020-01-01"},
            )
        )

        assert "이런 급여가 없습니다: gov24-0" in page.text
        assert "오늘보다 뒤여야" in page.text
