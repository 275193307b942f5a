"""`POST benefits/match/`: facts in, verdicts out, and nothing of them stays."""

import json
import logging

import pytest
import redis
from django.apps import apps
from django.conf import settings as django_settings

from tests.welfare.benefit_factories import NOWON, make_benefit, make_local_benefit
from welfare.queries.fact_names import OURS
from welfare.queries.rulebook import shelf

pytestmark = pytest.mark.django_db

URL = "/api/v1/benefits/match/"
SENIORS = {"JA0110": 65, "JA0111": 120}
WIDOW = {
    "on": "2026-11-23",
    "district": "노원구",
    "home_owner": False,
    "income_monthly": 1_800_000,
    "household_yes": ["SINGLE_PERSON"],
    "household_no": ["MULTICULTURAL"],
    "members": [
        {
            "id": "me",
            "birth_date": "1956-03-02",
            "sex": "F",
            "yes": ["DISABLED"],
            "no": ["JOB_SEEKER"],
        }
    ],
}


@pytest.fixture(autouse=True)
def _empty_shelf():
    shelf.forget()


@pytest.fixture
def ask(client):
    client.handler.enforce_csrf_checks = True

    def post(facts, query="", **headers):
        response = client.post(URL + query, json.dumps(facts), "application/json", headers=headers)
        return response, json.loads(response.content)

    return post


def test_an_outer_bound_is_told_to_whoever_is_beyond_it_alone(ask):
    make_local_benefit(OURS["livelihood-benefit"].bokjiro[0], servNm="생계급여")
    facts = {"on": "2026-11-23", "district": "노원구", "assets": 0}
    facts["members"] = [{"id": "me", "birth_date": "1980-01-01", "yes": ["EMPLOYED"]}]
    (within,) = ask(facts | {"income_monthly": 500_000})[1]["results"]
    (beyond,) = ask(facts | {"income_monthly": 5_000_000}, "?verdict=NO")[1]["results"]

    assert within["verdict"] == "LIKELY"
    assert [one["condition"] for one in within["because"]] == [
        "INCOME",
        "ASSETS",
        "DISTRICT",
    ]
    assert beyond["verdict"] == "NO"
    assert {"condition": "INCOME_MOST", "met": False}.items() <= beyond["because"][0].items()


class TestSpouse:
    @pytest.mark.parametrize(
        ("spouse", "verdict", "depends"),
        [("WITH_SPOUSE", "LIKELY", []), (None, "DEPENDS", ["spouse"])],
    )
    def test_decides_by_which_limit_a_pension_is_measured(self, ask, spouse, verdict, depends):
        make_local_benefit(OURS["basic-pension"].bokjiro[0], servNm="기초연금")
        me = {"id": "me", "birth_date": "1950-01-01", "nationality": "KOREAN", "spouse": spouse}
        me["service_pension"] = "WITHOUT_SERVICE_PENSION"
        facts = {"on": "2026-11-23", "district": "노원구", "income_monthly": 3_500_000}
        facts["members"] = [me]
        (result,) = ask(facts)[1]["results"]

        assert result["verdict"] == verdict
        assert [one["fact"] for one in result["depends_on"]] == depends
        (income,) = [one for one in result["because"] if one["condition"] == "INCOME"]
        assert "기초연금 선정기준액" in income["text"]

    def test_is_named_where_it_cannot_be_meant(self, ask):
        response, body = ask({"members": [{"id": "me", "spouse": "YES"}]})

        assert response.status_code == 400
        assert "WITH_SPOUSE" in str(body)


class TestWhoIsTold:
    """An id is the sender's own word: none of them means anything to the portal."""

    @pytest.mark.parametrize("name", ["untold", "me", "0", "null", "None", "household"])
    def test_is_judged_under_whatever_id(self, ask, name):
        make_benefit(conditions=SENIORS)
        _, told = ask({"on": "2026-11-23", "members": [{"id": name, "birth_date": "1950-01-01"}]})
        _, empty = ask({"members": [{"id": name}]})

        assert [(one["member"], one["verdict"]) for one in told["results"]] == [(name, "LIKELY")]
        assert empty["count"] == {"LIKELY": 0, "DEPENDS": 1, "NO": 0}
        assert [one["fact"] for one in empty["results"][0]["depends_on"]] == ["birth_date"]
        assert empty["next_question"]["members"] == [name]

    def test_counts_as_somebody_under_whatever_id(self, ask):
        make_local_benefit(OURS["livelihood-benefit"].bokjiro[0])
        members = [{"id": "a", "birth_date": "1980-01-01"}, {"id": "untold"}]
        facts = {"on": "2026-11-23", "district": "노원구", "income_monthly": 1_000_000}
        _, body = ask(facts | {"members": members})
        _, other = ask(facts | {"members": [members[0], {"id": "b"}]})

        assert [one["verdict"] for one in body["results"]] == [
            one["verdict"] for one in other["results"]
        ]
        assert body["count"] == other["count"]


class TestMatch:
    def test_answers_as_described(self, ask, matches_description):
        make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
        response, body = ask(WIDOW)

        matches_description(response, URL, "post")
        assert response["Cache-Control"] == "no-store"
        assert body["count"] == {"LIKELY": 1, "DEPENDS": 0, "NO": 0}
        (result,) = body["results"]
        assert result["benefit"] == "gov24-000000000001"
        assert (result["source"], result["source_id"]) == ("gov24", "000000000001")
        assert (result["member"], result["verdict"]) == ("me", "LIKELY")
        assert result["because"] == [
            {
                "condition": "AGE",
                "met": True,
                "text": "‘만 65세 이상’ 조건에 맞습니다.",
                "source": "gov24 supportConditions 000000000001",
            }
        ]

    def test_says_in_english_what_it_depends_on_and_which_question_tells_it(self, ask):
        make_benefit(conditions=SENIORS)
        _, body = ask({}, **{"Accept-Language": "en"})

        (result,) = body["results"]
        assert result["verdict"] == "DEPENDS"
        assert result["depends_on"][0]["fact"] == "birth_date"
        assert body["next_question"]["question"] == "birth_date"
        assert body["next_question"]["text"] == "When were you born?"
        assert body["next_question"]["members"] == ["me"]

    def test_asks_next_of_all_members_at_once_of_whom_it_is_open(self, ask):
        make_benefit(conditions=SENIORS | {"JA0102": "Y"})
        members = [{"id": "a"}, {"id": "b", "sex": "F"}, {"id": "c", "sex": "M"}]
        _, body = ask({"members": members}, **{"Accept-Language": "en"})

        question = body["next_question"]
        assert question["question"] == "birth_date"
        # Whoever is a man is shut out already.
        assert question["members"] == ["a", "b"]
        assert question["facts"] == ["birth_date", "sex"]
        assert question["text"] == "When was each person born, and what is their sex?"

    def test_asks_next_of_nobody_by_name_what_counts_for_all(self, ask):
        make_benefit(conditions={"JA0412": "Y"})
        _, body = ask({"members": [{"id": "a"}, {"id": "b"}]})

        assert body["next_question"]["question"] == "home"
        assert body["next_question"]["members"] == []

    def test_leaves_out_a_no_unless_it_is_asked_for(self, ask):
        make_benefit(conditions={"JA0110": 75, "JA0111": 120})
        _, unasked = ask(WIDOW)
        _, asked = ask(WIDOW, "?verdict=NO")

        assert unasked["count"]["NO"] == 1
        assert unasked["results"] == []
        assert asked["results"][0]["would_change"][0]["day"] == "2031-03-02"

    def test_judges_each_member_on_the_given_day(self, ask):
        make_benefit(conditions=SENIORS)
        facts = {"members": [{"id": "a", "birth_date": "1961-12-01"}, {"birth_date": "1950-01-01"}]}
        _, before = ask(facts | {"on": "2026-11-23"})
        _, after = ask(facts | {"on": "2026-12-01"})

        assert [one["member"] for one in before["results"]] == ["2"]
        assert [one["member"] for one in after["results"]] == ["a", "2"]

    def test_keeps_to_where_they_live(self, ask):
        make_benefit("000000000001", conditions=SENIORS, **NOWON)
        _, own = ask(WIDOW)
        _, other = ask(WIDOW | {"district": "강남구"})

        assert own["count"]["LIKELY"] == 1
        assert other["count"] == {"LIKELY": 0, "DEPENDS": 0, "NO": 0}

    def test_tells_of_whom_and_in_which_language_though_others_were_told_the_same(self, ask):
        make_benefit(conditions=SENIORS | {"JA0328": "Y"}, 서비스명="노인 활동 지원")
        first = ask(WIDOW)[1]["results"]
        again = ask(WIDOW | {"members": [WIDOW["members"][0] | {"id": '할머니 "A"'}]})[1]["results"]
        english = ask(WIDOW, **{"Accept-Language": "en"})[1]["results"]

        assert [one["member"] for one in first] == ["me"]
        assert again == [one | {"member": '할머니 "A"'} for one in first]
        assert [one["text"] for one in english[0]["because"]] != [
            one["text"] for one in first[0]["because"]
        ]
        assert {one["verdict"] for one in (*first, *english)} == {"LIKELY"}

    def test_tells_the_present_name_though_others_were_told_a_former_one(self, ask):
        make_benefit(conditions=SENIORS, 서비스명="옛 이름")
        assert [one["name"] for one in ask(WIDOW)[1]["results"]] == ["옛 이름"]
        make_benefit(conditions=SENIORS, 서비스명="새 이름")

        assert [one["name"] for one in ask(WIDOW)[1]["results"]] == ["새 이름"]

    def test_says_nothing_of_one_household_to_another_that_stands_otherwise(self, ask):
        make_benefit(conditions=SENIORS | {"JA0328": "Y"}, 서비스명="노인 활동 지원")
        unknown = WIDOW | {"members": [WIDOW["members"][0] | {"yes": []}]}
        verdicts = [ask(facts)[1]["results"][0]["verdict"] for facts in (WIDOW, unknown, WIDOW)]

        assert verdicts == ["LIKELY", "DEPENDS", "LIKELY"]

    def test_is_paged(self, ask):
        for number in range(5):
            make_benefit(f"00000000000{number}", conditions=SENIORS)
        _, first = ask(WIDOW, "?page_size=2")
        _, last = ask(WIDOW, "?page_size=2&page=3")

        assert len(first["results"]) == 2
        assert first["next"].endswith("?page_size=2&page=2")
        assert len(last["results"]) == 1
        assert last["next"] is None

    def test_depends_where_nobody_has_read_the_conditions(self, ask):
        make_local_benefit()
        _, body = ask(WIDOW)

        assert body["results"][0]["verdict"] == "DEPENDS"
        assert body["results"][0]["source"] == "bokjiro_local"

    def test_costs_one_statement_once_the_rules_are_read(self, ask, django_assert_num_queries):
        make_benefit(conditions=SENIORS)
        ask(WIDOW)

        with django_assert_num_queries(1):
            ask(WIDOW)


ME = WIDOW["members"][0]
BAD = {
    "household_yes": {"household_yes": ["RICH"]},
    "members[0].yes": {"members": [{"yes": ["TALL"]}]},
    "household_no": {"household_yes": ["SINGLE_PERSON"], "household_no": ["SINGLE_PERSON"]},
    "members[0].no": {"members": [{"yes": ["DISABLED"], "no": ["DISABLED"]}]},
    "members[0].disability": {"members": [{"disability": "SEVERE", "no": ["DISABLED"]}]},
    "members[0].pregnancy_weeks": {"members": [{"pregnancy_weeks": 8, "no": ["PREGNANT"]}]},
    "household_yes-alone": {"household_yes": ["SINGLE_PERSON"], "members": [ME, {"id": "2"}]},
    "household_yes-of-two": {"household_yes": ["SINGLE_PERSON"], "household_size": 2},
    "home_owner": {"home_owner": True, "household_yes": ["NO_HOME"]},
    "on": {"on": "23.11.2026"},
    "on-a-week": {"on": "2026-W48-1"},
    "members[0].birth_date": {"members": [{"birth_date": "1850-01-01"}]},
    "members[1].birth_date": {"members": [ME, {"birth_date": "2999-01-01"}]},
    "members[1].id": {"members": [ME, ME]},
    "members": {"members": [{}] * 21},
    "district": {"district": "수원시"},
    "income_band": {"income_band": "rich"},
    "income_monthly": {"income_monthly": "1800000"},
    "assets": {"assets": -1},
    "name": {"name": "김주민"},
    "members[0].name": {"members": [{"name": "김주민"}]},
    "members[0].sex": {"members": [{"sex": "X"}]},
    "members[0].resident_since": {"members": [{"resident_since": "2026-02-30"}]},
}


class TestRefusals:
    @pytest.mark.parametrize(("field", "facts"), BAD.items(), ids=BAD)
    def test_name_the_field(self, ask, field, facts):
        response, body = ask(facts)

        assert response.status_code == 400
        assert [one["parameter"] for one in body["errors"]] == [field.partition("-")[0]]
        assert body["errors"][0]["detail"]

    @pytest.mark.parametrize("verdict", ["MAYBE", "LIKELY,", "likely"])
    def test_of_an_unknown_verdict(self, ask, verdict):
        response, body = ask({}, f"?verdict={verdict}")

        assert response.status_code == 400
        assert body["errors"][0]["parameter"] == "verdict"

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"[" * 50_000, b"NaN"])
    def test_of_what_is_no_object(self, client, body):
        response = client.post(URL, body, "application/json")

        assert response.status_code == 400
        assert response["Content-Type"] == "application/problem+json"

    def test_name_few_of_many_unknown_keys(self, ask):
        many = {f"{number}{'x' * 100}": 1 for number in range(150)}
        response, body = ask(many | {"members": [{"id": "me"} | many, {"id": "you"} | many]})

        assert response.status_code == 400
        assert len(body["errors"]) == 5
        assert all(len(one["parameter"]) <= 60 for one in body["errors"])
        assert len(response.content) < 5_000

    @pytest.mark.parametrize(
        ("body", "key"),
        [
            (b'{"home_owner": true, "home_owner": false}', "home_owner"),
            (b'{"members": [{"sex": "F", "id": "me", "sex": "M"}]}', "sex"),
        ],
    )
    def test_of_what_is_said_twice(self, client, body, key):
        response = client.post(URL, body, "application/json")

        assert response.status_code == 400
        (error,) = response.json()["errors"]
        assert error["parameter"] == key
        assert "두 번" in error["detail"]

    def test_of_ten_thousand_members(self, client):
        body = b'{"members": [' + b",".join([b"{}"] * 10_000) + b"]}"
        response = client.post(URL, body, "application/json")

        assert response.status_code == 400
        assert [one["parameter"] for one in response.json()["errors"]] == ["members"]

    def test_of_what_is_too_large(self, client):
        response = client.post(URL, b" " * 70_000, "application/json")

        assert response.status_code == 413

    def test_of_reading(self, client):
        assert client.get(URL).status_code == 405

    def test_of_who_asks_too_often(self, ask, settings):
        settings.API_RATE = 1
        ask({})
        response, _ = ask({})

        assert response.status_code == 429


class TestNothingStays:
    def test_in_database_redis_session_or_logs(self, ask, caplog, redis_holds):
        caplog.set_level(logging.DEBUG)
        make_benefit(conditions=SENIORS)
        facts = WIDOW | {"income_monthly": 1_834_567}
        counted = {
            model: model.objects.count() for model in apps.get_models() if model._meta.managed
        }
        response, _ = ask(facts)

        with redis.Redis.from_url(django_settings.REDIS_URL) as client:
            held = {name: client.dump(name) or b"" for name in redis_holds()}
        assert response.status_code == 200
        assert not response.cookies
        assert counted == {model: model.objects.count() for model in counted}
        assert not [name for name, value in held.items() if b"1834567" in value]
        for secret in ("1834567", "1956-03-02", "DISABLED"):
            assert secret not in caplog.text

    def test_where_the_facts_contradict_each_other(self, ask, caplog):
        caplog.set_level(logging.DEBUG)
        response, _ = ask({"members": [{"disability": "SEVERE", "no": ["DISABLED"]}]})

        assert response.status_code == 400
        assert "DISABLED" not in caplog.text
