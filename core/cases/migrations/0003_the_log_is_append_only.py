"""What the database itself refuses and keeps: the log's lines stay, steps are logged, figures add up."""

from django.db import migrations

# By statement, so that a change that meets no row is refused too, and TRUNCATE with it. ALWAYS: also
# where a session plays a replica. Words may be erased with their
# person, and are never changed: `rotate_keys` alone seals them with a new key.
APPEND_ONLY = """
CREATE FUNCTION cases_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The table % is a log: % is refused.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cases_caseevent
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
ALTER TABLE cases_caseevent ENABLE ALWAYS TRIGGER append_only;
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON cases_casewords
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
CREATE FUNCTION cases_words_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('records.resealing', true) = 'on'
        AND to_jsonb(OLD) - 'text' = to_jsonb(NEW) - 'text' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The table % is a log: % is refused.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER never_changed BEFORE UPDATE ON cases_casewords
    FOR EACH ROW EXECUTE FUNCTION cases_words_stay();
ALTER TABLE cases_casewords ENABLE ALWAYS TRIGGER never_changed;
ALTER TABLE cases_casewords ENABLE ALWAYS TRIGGER never_emptied;
"""
# No case changes its state or its office but by a step of the log, written in the same transaction.
STEPS_ARE_LOGGED = """
CREATE FUNCTION cases_step_is_logged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.version <> OLD.version + 1 OR NOT EXISTS (
        SELECT FROM cases_caseevent AS event
        WHERE event.case_id = NEW.id AND event.version = NEW.version
            AND event.from_state = OLD.state AND event.to_state = NEW.state
            AND (NEW.office_id = OLD.office_id OR event.to_office_id = NEW.office_id)
    ) THEN
        RAISE EXCEPTION 'Case % went from % to % without a line in its log.',
            NEW.id, OLD.state, NEW.state USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER step_is_logged AFTER UPDATE ON cases_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.state, OLD.office_id, OLD.version)
        IS DISTINCT FROM (NEW.state, NEW.office_id, NEW.version))
    EXECUTE FUNCTION cases_step_is_logged();
"""
WEEK = """
CREATE FUNCTION cases_week(moment timestamptz) RETURNS date LANGUAGE sql IMMUTABLE AS $$
    SELECT date_trunc('week', moment AT TIME ZONE 'Asia/Seoul')::date
$$;
"""


def tally(operation: str, *parts: str) -> str:
    """Answer the trigger that adds up after one kind of statement; `parts` are its rows and signs.

    One upsert a statement, in the order of the key, so that two of them never wait for each other.
    """
    rows = " UNION ALL ".join(
        f"SELECT office_id, kind, state, cases_week(opened_at) AS week, {sign} AS number"
        f" FROM {table} WHERE closed_at IS NULL"
        for table, sign in (part.split() for part in parts)
    )
    tables = " ".join(f"{part[:3].upper()} TABLE AS {part.split()[0]}" for part in parts)
    name = f"cases_tally_{operation.lower()}"
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_casetally AS held (office_id, kind, state, week, number)
    SELECT office_id, kind, state, week, sum(number) FROM ({rows}) AS changes
    GROUP BY 1, 2, 3, 4 HAVING sum(number) <> 0 ORDER BY 1, 2, 3, 4
    ON CONFLICT (office_id, kind, state, week)
        DO UPDATE SET number = held.number + EXCLUDED.number;
    RETURN NULL;
END $$;
CREATE TRIGGER {name} AFTER {operation} ON cases_case REFERENCING {tables}
    FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""


BACK = """
DROP TRIGGER cases_tally_insert ON cases_case;
DROP TRIGGER cases_tally_update ON cases_case;
DROP TRIGGER cases_tally_delete ON cases_case;
DROP TRIGGER step_is_logged ON cases_case;
DROP TRIGGER never_changed ON cases_casewords;
DROP TRIGGER never_emptied ON cases_casewords;
DROP FUNCTION cases_words_stay();
DROP TRIGGER append_only ON cases_caseevent;
DROP FUNCTION cases_tally_insert(), cases_tally_update(), cases_tally_delete(),
    cases_week(timestamptz), cases_step_is_logged(), cases_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [("cases", "0002_a_case_has_a_log")]

    operations = [
        migrations.RunSQL(
            [
                *(
                    (sql, None)
                    for sql in (
                        APPEND_ONLY,
                        STEPS_ARE_LOGGED,
                        WEEK,
                        tally("INSERT", "new_rows 1"),
                        tally("UPDATE", "old_rows -1", "new_rows 1"),
                        tally("DELETE", "old_rows -1"),
                    )
                )
            ],
            BACK,
        )
    ]
