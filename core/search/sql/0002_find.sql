-- How the index is asked. A query's stages run from the strongest to the weakest and stop as soon as
-- the page is full. Each stage looks at an even sample of the entries first (those of a high level,
-- about 1,000 to 8,000 of them), then at all of the next lower level, and so on: a word that half a million
-- entries have is answered from the sample, a rare one from short posting lists.

CREATE FUNCTION search_first_level(entries integer) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN least(3, greatest(0, floor(log(8, greatest(entries, 1) / 1000.0)))::integer);


CREATE FUNCTION search_any(queries tsquery[]) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    wanted tsquery := queries[1];
BEGIN
    FOR place IN 2 .. cardinality(queries) LOOP
        wanted := wanted || queries[place];
    END LOOP;
    RETURN wanted;
END $$;


CREATE FUNCTION search_bucket(
    level_from integer, level_to integer, wanted tsquery, unwanted tsquery, first tsquery,
    language_is text, title_not text, at_most integer, OUT ids bigint[], OUT matches integer
) LANGUAGE plpgsql STABLE AS $$
BEGIN
    CASE level_from
    WHEN 3 THEN
        SELECT array_agg(id ORDER BY is_first DESC, standing DESC, id), max(n) INTO ids, matches FROM (
            SELECT id, standing, vector @@ first AS is_first, count(*) OVER () AS n
            FROM search_searchentry
            WHERE level >= 3 AND level <= level_to AND vector @@ wanted
                AND NOT vector @@ unwanted AND language = language_is AND title_key <> title_not
            ORDER BY is_first DESC, standing DESC, id LIMIT at_most) found;
    WHEN 2 THEN
        SELECT array_agg(id ORDER BY is_first DESC, standing DESC, id), max(n) INTO ids, matches FROM (
            SELECT id, standing, vector @@ first AS is_first, count(*) OVER () AS n
            FROM search_searchentry
            WHERE level >= 2 AND level <= level_to AND vector @@ wanted
                AND NOT vector @@ unwanted AND language = language_is AND title_key <> title_not
            ORDER BY is_first DESC, standing DESC, id LIMIT at_most) found;
    WHEN 1 THEN
        SELECT array_agg(id ORDER BY is_first DESC, standing DESC, id), max(n) INTO ids, matches FROM (
            SELECT id, standing, vector @@ first AS is_first, count(*) OVER () AS n
            FROM search_searchentry
            WHERE level >= 1 AND level <= level_to AND vector @@ wanted
                AND NOT vector @@ unwanted AND language = language_is AND title_key <> title_not
            ORDER BY is_first DESC, standing DESC, id LIMIT at_most) found;
    ELSE
        SELECT array_agg(id ORDER BY is_first DESC, standing DESC, id), max(n) INTO ids, matches FROM (
            SELECT id, standing, vector @@ first AS is_first, count(*) OVER () AS n
            FROM search_searchentry
            WHERE level <= level_to AND vector @@ wanted
                AND NOT vector @@ unwanted AND language = language_is AND title_key <> title_not
            ORDER BY is_first DESC, standing DESC, id LIMIT at_most) found;
    END CASE;
END $$;


-- Answers the ids of one group of stages, and whether it was searched to the end.
CREATE FUNCTION search_stages(
    stages tsquery[], first tsquery, language_is text, title_not text, first_level integer,
    at_most integer, INOUT unwanted tsquery, OUT ids bigint[], OUT is_all boolean
) LANGUAGE plpgsql STABLE AS $$
DECLARE
    wanted tsquery;
    level integer;
    level_to integer;
    bucket record;
BEGIN
    ids := '{}';
    is_all := false;
    FOREACH wanted IN ARRAY stages LOOP
        level := first_level;
        level_to := 3;
        WHILE level >= 0 LOOP
            bucket := search_bucket(level, level_to, wanted, unwanted, first, language_is,
                                    title_not, at_most - cardinality(ids));
            ids := ids || coalesce(bucket.ids, '{}');
            IF cardinality(ids) >= at_most THEN RETURN; END IF;
            level := level - 1;
            level_to := level;
        END LOOP;
        unwanted := unwanted || wanted;
    END LOOP;
    is_all := true;
END $$;


-- Counts up to a cap. Where the sample shows that there must be far more, the rest is not counted.
CREATE FUNCTION search_count(
    wanted tsquery, language_is text, first_level integer, cap integer,
    OUT total integer, OUT is_capped boolean
) LANGUAGE plpgsql STABLE AS $$
DECLARE
    expected numeric := cap / 8.0 ^ first_level;
    bucket record;
BEGIN
    IF first_level > 0 THEN
        bucket := search_bucket(first_level, 3, wanted, ''::tsquery, ''::tsquery, language_is, '', 1);
        IF coalesce(bucket.matches, 0) > expected + 6 * sqrt(expected) + 6 THEN
            total := cap;
            is_capped := true;
            RETURN;
        END IF;
    END IF;
    SELECT count(*) INTO total FROM (
        SELECT 1 FROM search_searchentry
        WHERE vector @@ wanted AND language = language_is LIMIT cap + 1) found;
    is_capped := total > cap;
    total := least(total, cap);
END $$;


-- One answer. `counted_at` is the revision for which the caller holds the total already; `hashes` are
-- looked up among the known words where nothing is found. `reached` says which group of stages the
-- answer needed: main, extra, last or none.
CREATE FUNCTION search_find(
    title_is text, main tsquery[], extra tsquery[], last tsquery[], first tsquery, within tsquery,
    language_is text, skip integer, at_most integer, little integer, cap integer,
    counted_at bigint, hashes integer[], with_cards boolean,
    OUT revision bigint, OUT synonyms_revision bigint, OUT total integer, OUT is_capped boolean,
    OUT reached text, OUT ids bigint[], OUT keys text[], OUT cards text[],
    OUT terms text[], OUT frequencies integer[]
) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
DECLARE
    entries integer;
    first_level integer;
    needed integer := skip + at_most;
    unwanted tsquery := '';
    stage record;
BEGIN
    SELECT s.revision, s.synonyms_revision, s.entries
    INTO revision, synonyms_revision, entries FROM search_searchstate s WHERE id = 1;
    first_level := search_first_level(entries);
    reached := 'main';
    is_capped := false;

    SELECT coalesce(array_agg(id), '{}') INTO ids FROM (
        SELECT id FROM search_searchentry
        WHERE title_is <> '' AND title_key = title_is AND language = language_is
            AND (numnode(within) = 0 OR vector @@ within)
        ORDER BY standing DESC, id LIMIT needed) exact;

    IF cardinality(ids) < needed THEN
        stage := search_stages(main, first, language_is, title_is, first_level,
                               needed - cardinality(ids), unwanted);
        ids := ids || stage.ids;
        IF stage.is_all THEN
            unwanted := stage.unwanted;
            IF cardinality(ids) < little AND cardinality(extra) > 0 THEN
                stage := search_stages(extra, first, language_is, title_is, first_level,
                                       needed - cardinality(ids), unwanted);
                IF cardinality(stage.ids) > 0 THEN reached := 'extra'; END IF;
                ids := ids || stage.ids;
            END IF;
            IF cardinality(ids) = 0 AND cardinality(last) > 0 THEN
                stage := search_stages(last, first, language_is, title_is, first_level, needed, '');
                reached := 'last';
                ids := stage.ids;
            END IF;
            IF stage.is_all THEN total := cardinality(ids); END IF;
        END IF;
    END IF;

    IF cardinality(ids) = 0 AND total = 0 THEN
        reached := 'none';
        SELECT array_agg(t.term), array_agg(t.frequency) INTO terms, frequencies
        FROM (SELECT term, frequency FROM search_term
              WHERE neighbours && hashes ORDER BY frequency DESC LIMIT 500) t;
        RETURN;
    END IF;

    IF total IS NULL AND counted_at IS DISTINCT FROM revision THEN
        SELECT c.total, c.is_capped INTO total, is_capped
        FROM search_count(
            CASE reached
                WHEN 'main' THEN main[cardinality(main)]
                WHEN 'extra' THEN search_any(main[cardinality(main)] || extra)
                ELSE search_any(last)
            END, language_is, first_level, cap) c;
        total := greatest(total, least(cap, cardinality(ids)));
    END IF;

    ids := ids[skip + 1 : needed];
    SELECT array_agg(e.key ORDER BY place), array_agg(e.card ORDER BY place) FILTER (WHERE with_cards)
    INTO keys, cards
    FROM unnest(ids) WITH ORDINALITY AS wanted (id, place) JOIN search_searchentry e USING (id);
END $$;
