"""Eight digits lead to one case for a while, and are kept as a keyed hash alone."""

import datetime

import pytest
from django.db import connection

from core.cases.codes import case_with_code, cleaned_code, hash_of, in_groups
from core.cases.errors import CaseRefused
from core.cases.services import issue_code, move
from tests.core.cases.conftest import NOW, again, new_key


def issued(case, actor, key=None):
    return issue_code(case_id=case.pk, actor=actor, key=key or new_key(), now=NOW)


class TestIssueCode:
    def test_is_eight_digits_that_lead_to_the_case(self, case, worker):
        code = issued(case, worker)

        assert len(code) == 8
        assert code.isdecimal()
        assert case_with_code(code, now=NOW) == case

    def test_is_kept_nowhere(self, case, worker):
        code = issued(case, worker)
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_jsonb(c)::text FROM cases_case c")
            told = cursor.fetchone()[0]
            cursor.execute("SELECT to_jsonb(e)::text FROM cases_caseevent e")
            told += "".join(text for (text,) in cursor.fetchall())

        assert code not in told
        assert again(case).code_hash in told

    def test_is_the_same_for_one_key(self, case, worker):
        key = new_key()

        assert issued(case, worker, key) == issued(case, worker, key)

    def test_ends_the_one_before(self, case, worker):
        key = new_key()
        first, second = issued(case, worker, key), issued(case, worker)

        assert case_with_code(first, now=NOW) is None
        assert case_with_code(second, now=NOW) == case
        with pytest.raises(CaseRefused, match="그 사이에"):
            issued(case, worker, key)

    @pytest.mark.parametrize("who", ["stranger", "outsider", "citizen", "admin_user"])
    def test_is_nobody_elses(self, request, case, who):
        with pytest.raises(CaseRefused):
            issued(case, request.getfixturevalue(who))


class TestCaseWithCode:
    def test_tells_for_a_while_after_the_end(self, case, worker, citizen):
        code = issued(case, worker)
        move(case_id=case.pk, name="withdraw", actor=citizen, key=new_key(), now=NOW)

        assert case_with_code(code, now=NOW + datetime.timedelta(days=89)) == case
        assert case_with_code(code, now=NOW + datetime.timedelta(days=91)) is None

    def test_outlives_a_change_of_the_secret(self, case, worker, settings):
        code = issued(case, worker)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another" * 10

        assert case_with_code(code, now=NOW) == case
        settings.SECRET_KEY_FALLBACKS = []
        assert case_with_code(code, now=NOW) is None

    def test_finds_nothing_for_what_is_none(self, case):
        assert case_with_code("00000000", now=NOW) is None
        assert case_with_code("", now=NOW) is None


class TestTyped:
    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            ("12345678", "12345678"),
            (" 1234-5678 ", "12345678"),
            ("1234 5678", "12345678"),
            ("1234567", ""),
            ("123456789", ""),
            ("１２３４５６７８", ""),
            ("1234567a", ""),
            ("", ""),
        ],
    )
    def test_is_read_as_people_write_it(self, typed, code):
        assert cleaned_code(typed) == code

    def test_is_written_in_groups(self):
        assert in_groups("12345678") == "1234-5678"

    def test_differs_by_its_secret(self):
        assert hash_of("12345678", secret="a") != hash_of("12345678", secret="b")
