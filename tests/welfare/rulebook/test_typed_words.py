"""Rules are written in the words of their pages: no code has to be known, and none is lost."""

import pytest
from bs4 import BeautifulSoup

from tests.sign_in import sign_in
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.rulebook.people import NOW
from tests.welfare.rulebook.test_rule_publication import make_draft, make_officer
from welfare.enums import RuleKind, VersionStatus
from welfare.models import PlainText, RuleVersion
from welfare.queries.rule_typing import (
    UnknownWords,
    read_benefit,
    read_table,
    read_value,
    say_value,
    table_names,
)
from welfare.queries.rule_words import FIELD_WORDS
from welfare.rules.stored import GROUPS
from welfare.services.rule_versions import draft_rule
from welfare.services.versions import VersionRefused

pytestmark = pytest.mark.django_db
LIST, TEXTS = "/admin/welfare/ruleversion/", "/admin/welfare/plaintext/"
FORM = {
    "programme": "basic-pension",
    "slot": "일",
    "field_1": "PERSON",
    "operator_1": "ANY_OF",
    "value_1": "구직자·실업자, 질병이 있는 사람",
    "law": "법",
    "since": "20270101",
}


@pytest.fixture
def author(client):
    person = make_officer("author", "change_ruleversion", "change_plaintext")
    sign_in(client, person)
    return person


def page_of(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def error_beside(page, name):
    field = page.find(attrs={"name": name}).find_parent(class_="desk-field")
    return field.select_one(".desk-error").text


def drafted():
    return RuleVersion.objects.get(status=VersionStatus.DRAFT)


class TestValues:
    def test_are_words(self, client, author):
        client.post(f"{LIST}add/", FORM)
        draft = drafted()
        page = page_of(client.get(f"{LIST}{draft.pk}/change/"))

        assert draft.wanted[0]["value"] == ["JOB_SEEKER", "ILL"]
        assert draft.slot == "WORK"
        assert page.find(attrs={"name": "value_1"})["value"] == FORM["value_1"]
        assert page.find(attrs={"name": "slot"})["value"] == "일"

    def test_are_codes_as_well(self, client, author):
        client.post(f"{LIST}add/", FORM | {"value_1": "JOB_SEEKER,ill", "slot": "WORK"})

        assert drafted().wanted[0]["value"] == ["JOB_SEEKER", "ILL"]
        assert drafted().slot == "WORK"

    @pytest.mark.parametrize(
        ("operator", "typed", "kept"),
        [("AT_LEAST", "70세", "70"), ("BETWEEN", "6세 ~ 18 세", ["6", "18"])],
    )
    def test_are_numbers_with_what_they_count(self, client, author, operator, typed, kept):
        told = {"field_1": "AGE_YEARS", "operator_1": operator, "value_1": typed}
        client.post(f"{LIST}add/", FORM | told)

        assert drafted().wanted[0]["value"] == kept

    def test_that_cannot_be_meant_stay_and_what_would_be_right_is_said(self, client, author):
        page = page_of(client.post(f"{LIST}add/", FORM | {"value_1": "장애인, 구직"}))

        said = error_beside(page, "value_1")
        assert said.startswith("개인 상황: 쓸 수 없는 값입니다: 구직. 이렇게 적을 수 있습니다:")
        assert "구직자·실업자" in said
        assert page.find(attrs={"name": "value_1"})["value"] == "장애인, 구직"

    def test_of_many_name_what_is_near(self, client, author):
        form = FORM | {"field_1": "DISTRICT", "value_1": "강남"}
        said = error_beside(page_of(client.post(f"{LIST}add/", form)), "value_1")

        assert said.endswith("이렇게 적을 수 있습니다: 강남구.")

    def test_can_be_looked_up_on_the_page(self, client, author):
        page = page_of(client.get(f"{LIST}add/"))

        assert len(page.select("#rule-values")) == 1
        offered = {one["value"] for one in page.select("#rule-values option")}
        listed = page.find("summary", string="값으로 적을 수 있는 말").parent.text
        for words in ("구직자·실업자", "노원구", "생계급여", "@기초연금 선정기준액"):
            assert words in offered
            assert words in listed

    def test_come_back_as_they_went_for_every_field(self):
        for field in GROUPS:
            known = [one for one in FIELD_WORDS if one == field]
            assert known, field
        for field, names in {
            "SEX": ["M", "F"],
            "RECEIVES": ["livelihood-benefit"],
            "DISTRICT": ["노원구", "OUTSIDE_SEOUL"],
            "SPOUSE": ["WITH_SPOUSE"],
            "INCOME_BAND": ["0-50", "200+"],
        }.items():
            said = say_value(field, names)
            assert said != ", ".join(names)
            assert read_value(field, said) == names


class TestTables:
    def test_are_named_by_their_titles(self, client, author):
        told = {
            "field_1": "INCOME_MONTHLY",
            "operator_1": "AT_MOST",
            "value_1": "@기초연금 선정기준액",
            "slot": "소득",
        }
        client.post(f"{LIST}add/", FORM | told)
        draft = drafted()
        page = page_of(client.get(f"{LIST}{draft.pk}/change/"))

        table = draft.wanted[0]["figure"]
        assert RuleVersion.objects.in_force().figures().filter(figure=table).exists()
        assert page.find(attrs={"name": "value_1"})["value"] == "@기초연금 선정기준액"

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [("기준 중위소득", "MEDIAN_INCOME"), ("기초연금: 주는 금액", "PAID:basic-pension")],
    )
    def test_are_written_by_what_they_are_called(self, client, author, typed, kept):
        sums = "\n".join(str(1_000_000 * size) for size in range(1, 8))
        form = {"figure": typed, "law": "고시", "since": "2031-01-01", "amounts": sums}
        if kept.startswith("PAID"):
            form |= {"amounts": "300000", "payments": "12"}
        client.post(f"{LIST}add/?kind=FIGURE", form)

        draft = drafted()
        assert draft.figure == kept
        page = page_of(client.get(f"{LIST}{draft.pk}/change/"))
        assert page.find(attrs={"name": "figure"})["value"] == typed

    def test_keep_their_title_in_the_next_year(self, client, author):
        """The reasons that citizens read name a table by its title: never by its code."""
        form = {"figure": "기초연금 선정기준액", "law": "고시", "since": "20310101"}
        client.post(f"{LIST}add/?kind=FIGURE", form | {"amounts": "2600000", "measure": "SIZE"})

        assert drafted().title == "기초연금 선정기준액"

    def test_of_ones_own_are_called_as_one_likes_within_reason(self, client, author):
        form = {"figure": "가" * 41, "amounts": "1"}
        page = page_of(client.post(f"{LIST}add/?kind=FIGURE", form))

        assert "40자까지" in error_beside(page, "figure")
        assert page.find(attrs={"name": "figure"})["value"] == "가" * 41


class TestBenefits:
    def test_are_found_by_name_number_and_both(self):
        benefit = make_benefit(서비스명="청년 월세 한시 지원")

        for typed in (benefit.pk, benefit.name, f"{benefit.name} ({benefit.pk})"):
            assert read_benefit(typed) == benefit.pk
        with pytest.raises(UnknownWords):
            read_benefit("없는 급여의 이름")

    def test_that_could_be_several_are_named(self, client, author):
        one, other = (
            make_benefit(f"00000000000{at}", 서비스명=f"월세 지원 {at}차") for at in (1, 2)
        )
        form = FORM | {"programme": "", "benefit_code": "월세 지원"}
        page = page_of(client.post(f"{LIST}add/", form))

        said = error_beside(page, "benefit_code")
        assert f"{one.name} ({one.pk})" in said
        assert f"{other.name} ({other.pk})" in said
        assert page.find(attrs={"name": "benefit_code"})["value"] == "월세 지원"

        both = form | {"programme": "basic-pension", "benefit_code": one.pk}
        page = page_of(client.post(f"{LIST}add/", both))
        assert "사업과 급여 가운데 하나만" in error_beside(page, "programme")

        client.post(f"{LIST}add/", form | {"benefit_code": f"{other.name} ({other.pk})"})
        assert drafted().benefit_code == other.pk

    def test_are_named_where_plain_texts_are_written(self, client, author):
        benefit = make_benefit(서비스명="청년 월세 한시 지원")
        told = {"text": "집세를 돕습니다.", "text_en": "Help.", "review_by": "2099-01-01"}
        client.post(f"{TEXTS}add/", told | {"benefit_code": benefit.name})

        text = PlainText.objects.get()
        page = page_of(client.get(f"{TEXTS}{text.pk}/change/"))
        assert text.benefit_code == benefit.pk
        assert benefit.name in page.text  # the way back names it
        assert (
            page.find(attrs={"name": "benefit_code"})["value"] == f"{benefit.name} ({benefit.pk})"
        )
        found = page_of(client.get(f"{TEXTS}?q=한시")).select_one("#result_list")
        assert benefit.name in found.text


class TestList:
    def test_is_searched_by_the_words_that_it_shows(self, client, author):
        page = page_of(client.get(f"{LIST}?q=기초연금"))

        assert "만 65세 이상" in page.select_one("#result_list").text

    def test_leads_to_both_kinds_of_what_can_be_written(self, client, author):
        page = page_of(client.get(LIST))

        assert page.find("a", href=f"{LIST}add/?kind=FIGURE")
        assert page.find("a", href=f"{LIST}add/")

    def test_offers_nothing_to_write_to_whoever_may_not(self, client):
        sign_in(client, make_officer("reader", "view_ruleversion"))

        assert not page_of(client.get(LIST)).find("a", href=f"{LIST}add/?kind=FIGURE")


class TestRefusals:
    def test_name_no_code(self, author):
        """A table that a condition in force needs is not called otherwise: which one, in words."""
        code = read_table("기초연금 선정기준액", table_names())
        table = RuleVersion.objects.in_force().figures().filter(figure=code).first()
        told = {name: getattr(table, name) for name in RuleVersion.SAYS} | {"figure": "새 이름"}

        with pytest.raises(VersionRefused, match="기초연금 소득"):
            draft_rule(kind=RuleKind.FIGURE, told=told, actor=author, now=NOW, replaces=table)

    def test_say_what_is_wanting_in_words(self, client, author):
        """What cannot be judged is told in Korean, not as the rules say it to each other."""
        draft = make_draft(author)
        RuleVersion.objects.filter(pk=draft.pk).update(
            wanted=[{"field": "AGE_YEARS", "operator": "AT_LEAST", "value": "많이"}]
        )
        page = page_of(client.get(f"{LIST}{draft.pk}/change/"))

        said = page.select_one("[role=alert]").text
        assert "만 나이 (세): 숫자로 적어 주세요: 많이." in said
        assert "no number" not in page.text
