"""Fills a database with people and requests, set by set.

What triggers keep (figures, a line in the log for each step) they keep here too: none is switched
off. The same number makes the same rows, counted back from the day on which it is done.
"""

import json
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone

from core.sandbox.bench.samples import as_rows, samples

BATCH = 50_000
# Every fourth request is open, and no person has two open ones.
OPEN_EVERY = 4
# In the worker's own centre a page is full however few there are in all: what grows is the data.
FULL_PAGE = 60
SURNAMES = list("김이박최정강조윤장임")
NAMES = "민준 서연 하은 도윤 지우 영숙 정희 순자 광수 미경 현우 옥순".split()
SUBJECTS = "기초연금 주거급여 긴급복지 돌봄서비스 장애수당 의료급여 에너지바우처".split()

PEOPLE = """
INSERT INTO accounts_user (email, password, name, is_staff, is_superuser, is_active, joined_at)
SELECT 'citizen-' || n || '@bench.example', '!',
       (%(surnames)s::text[])[1 + n %% cardinality(%(surnames)s::text[])]
       || (%(names)s::text[])[1 + n %% cardinality(%(names)s::text[])], false, false, true, %(now)s
FROM generate_series(0, %(number)s - 1) AS n
"""
# The worker's centre comes first.
OFFICES = """
CREATE TEMP TABLE bench_office AS
SELECT id, row_number() OVER (ORDER BY id <> %(office)s, id) - 1 AS place
FROM offices_office WHERE kind = 'CENTRE'
"""
PERSONS = """
CREATE TEMP TABLE bench_person AS
SELECT id, name, substring(email FROM '^citizen-([0-9]+)@')::int AS place
FROM accounts_user WHERE email LIKE 'citizen-%%@bench.example'
"""
SAMPLES = """
CREATE TEMP TABLE bench_sample AS
SELECT row_number() OVER (PARTITION BY is_open ORDER BY number) - 1 AS place, told.*
FROM jsonb_to_recordset(%(samples)s::jsonb) AS told (
    number int, is_open bool, kind text, state text, version int, opened_at timestamptz,
    due_date date, paused_date date, closed_at timestamptz)
"""
LINES = """
CREATE TEMP TABLE bench_line AS
SELECT * FROM jsonb_to_recordset(%(lines)s::jsonb) AS told (
    sample int, kind text, at timestamptz, party text, version int, key text, move text,
    from_state text, to_state text)
"""
# The number of a request becomes its key, by which its lines find it. What is open lies evenly in
# all centres but the first; which state and age it has is shuffled, so that each has some of all.
CASES = """
WITH asked AS (
    SELECT n, lpad(to_hex(n), 32, '0')::uuid AS key, n %% 1440 * interval '1 minute' AS earlier,
           n %% %(every)s = 0 AS is_open,
           CASE WHEN n %% %(every)s = 0 THEN n / %(every)s ELSE n - n / %(every)s - 1 END AS turn,
           ('x' || substr(md5(n::text), 1, 7))::bit(28)::int AS shuffled
    FROM generate_series(%(first)s, %(last)s) AS n
),
made AS (
    SELECT asked.key, asked.n, asked.earlier, sample.*, person.id AS person_id,
           person.name AS applicant, office.id AS office_id
    FROM asked
    JOIN bench_sample AS sample ON sample.is_open = asked.is_open AND sample.place = shuffled
        %% CASE WHEN asked.is_open THEN %(open_samples)s ELSE %(over_samples)s END
    JOIN bench_person AS person ON person.place =
        CASE WHEN asked.is_open THEN turn ELSE turn * 7919::bigint %% %(people)s END
    JOIN bench_office AS office ON office.place =
        CASE WHEN asked.is_open AND turn < %(full_page)s THEN 0 ELSE turn %% %(offices)s END
),
opened AS (
    INSERT INTO cases_case (kind, state, subject, person_id, applicant, office_id, assignee_name,
        opened_at, due_date, paused_date, closed_at, version, opened_key)
    SELECT kind, state, (%(subjects)s::text[])[1 + n %% cardinality(%(subjects)s::text[])],
           person_id, applicant, office_id, '', opened_at - earlier, due_date, paused_date,
           closed_at - earlier, version, key
    FROM made ORDER BY n
    RETURNING id, opened_key, person_id, office_id
)
INSERT INTO cases_caseevent
    (case_id, kind, at, party, actor_id, office_id, key, version, move, from_state, to_state,
     is_told)
SELECT opened.id, line.kind, line.at - made.earlier, line.party,
       CASE WHEN line.party = 'CITIZEN' THEN opened.person_id END,
       CASE WHEN line.party = 'WORKER' THEN opened.office_id END,
       line.key, line.version, line.move, line.from_state, line.to_state, true
FROM opened
JOIN made ON made.key = opened.opened_key
JOIN bench_line AS line ON line.sample = made.number
ORDER BY made.n, line.version
"""


def work(*, people: int = 0, cases: int = 0, worker: str = "") -> dict[str, int]:
    """Write so many people; or so many requests, with the people who ask for them."""
    if cases:
        people = -(-cases // OPEN_EVERY)
    told: dict[str, Any] = {
        "surnames": SURNAMES,
        "names": NAMES,
        "now": timezone.now(),
        "number": people,
    }
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, told)
        if cases:
            _prepare(worker)
            fill_cases(cases, people=people)
            cursor.execute("DROP TABLE bench_office, bench_person, bench_sample, bench_line")
    return {"people": people, "cases": cases}


def _prepare(worker: str) -> None:
    """Bring together what requests are made of, for this connection alone."""
    (office,) = get_user_model().objects.get(email=worker).office_ids
    made, lines = samples(now=timezone.now())
    told: dict[str, Any] = {
        "office": office,
        "samples": json.dumps(as_rows(made)),
        "lines": json.dumps(as_rows(lines)),
    }
    with connection.cursor() as cursor:
        for statement in (OFFICES, PERSONS, SAMPLES, LINES):
            cursor.execute(statement, told)
        for index in (
            "office (place)",
            "person (place)",
            "sample (is_open, place)",
            "line (sample)",
        ):
            cursor.execute(f"CREATE INDEX ON bench_{index}")
        cursor.execute("ANALYZE bench_office, bench_person, bench_sample, bench_line")


def fill_cases(number: int, *, people: int) -> None:
    """Let people ask for so many things, most of them over; each batch is a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM bench_office),"
            " count(*) FILTER (WHERE is_open), count(*) FILTER (WHERE NOT is_open)"
            " FROM bench_sample"
        )
        offices, open_samples, over_samples = cursor.fetchone()
        told: dict[str, Any] = {
            "every": OPEN_EVERY, "full_page": FULL_PAGE, "people": people, "offices": offices,
            "open_samples": open_samples, "over_samples": over_samples, "subjects": SUBJECTS,
        }  # fmt: skip
        for first in range(0, number, BATCH):
            last = min(first + BATCH, number) - 1
            with transaction.atomic():
                cursor.execute(CASES, told | {"first": first, "last": last})
