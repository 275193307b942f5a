-- How the index is asked, and how its revision follows removals.
--
-- A query comes as stages from the strongest to the weakest; the last one contains the others. How
-- many entries match is estimated from even samples: the entries of a high level, about 500 to 4,000
-- of them, then those of the next lower one, which contain them.
--
-- * Where few match, all of them are read once and put in order.
-- * Where many match, stage after stage fills the page, each from the sample first and then level by
--   level from the rest: a word that half a million entries have costs as little as among thousands.

CREATE FUNCTION search_first_level(entries integer) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN least(3, greatest(0, floor(log(8, greatest(entries, 1) / 500.0)))::integer);


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


-- How many entries of the level and above match. (One statement a level: each has its own index.)
CREATE FUNCTION search_sample(
    level_from integer, wanted tsquery, language_is text, OUT matches integer
) LANGUAGE plpgsql STABLE AS $$
BEGIN
    CASE level_from
    WHEN 3 THEN
        SELECT count(*) INTO matches FROM search_searchentry
        WHERE level >= 3 AND vector @@ wanted AND language = language_is;
    WHEN 2 THEN
        SELECT count(*) INTO matches FROM search_searchentry
        WHERE level >= 2 AND vector @@ wanted AND language = language_is;
    WHEN 1 THEN
        SELECT count(*) INTO matches FROM search_searchentry
        WHERE level >= 1 AND vector @@ wanted AND language = language_is;
    END CASE;
END $$;


-- The matches between two levels in order, as many as wanted, and how many there are.
CREATE FUNCTION search_bucket(
    level_from integer, level_to integer, wanted tsquery, strongest tsquery, strong tsquery,
    unwanted tsquery, first tsquery, language_is text, title_not text, at_most integer,
    OUT ids bigint[], OUT matches integer
) LANGUAGE plpgsql STABLE AS $$
BEGIN
    CASE level_from
    WHEN 3 THEN
        SELECT array_agg(id ORDER BY strength DESC, is_first DESC, standing DESC, id), max(n)
        INTO ids, matches FROM (
            SELECT id, standing, (vector @@ strongest)::int + (vector @@ strong)::int AS strength,
                vector @@ first AS is_first, count(*) OVER () AS n
            FROM search_searchentry
            WHERE level >= 3 AND level <= level_to AND vector @@ wanted
                AND NOT vector @@ unwanted AND language = language_is AND title_key <> title_not
            ORDER BY strength DESC, is_first DESC, standing DESC, id LIMIT at_most) found;
    WHEN 2 THEN
        SELECT array_agg(id ORDER BY strength DESC, is_first DESC, standing DESC, id), max(n)
        INTO ids, matches FROM (
            SELECT id, standing, (vector @@ strongest)::int + (vector @@ strong)::int AS strength,
                vector @@ first AS is_first, count(*) OVER () AS n
            FROM search_searchentry
            WHERE level >= 2 AND level <= level_to AND vector @@ wanted
                AND NOT vector @@ unwanted AND language = language_is AND title_key <> title_not
            ORDER BY strength DESC, is_first DESC, standing DESC, id LIMIT at_most) found;
    WHEN 1 THEN
        SELECT array_agg(id ORDER BY strength DESC, is_first DESC, standing DESC, id), max(n)
        INTO ids, matches FROM (
            SELECT id, standing, (vector @@ strongest)::int + (vector @@ strong)::int AS strength,
                vector @@ first AS is_first, count(*) OVER () AS n
            FROM search_searchentry
            WHERE level >= 1 AND level <= level_to AND vector @@ wanted
                AND NOT vector @@ unwanted AND language = language_is AND title_key <> title_not
            ORDER BY strength DESC, is_first DESC, standing DESC, id LIMIT at_most) found;
    ELSE
        SELECT array_agg(id ORDER BY strength DESC, is_first DESC, standing DESC, id), max(n)
        INTO ids, matches FROM (
            SELECT id, standing, (vector @@ strongest)::int + (vector @@ strong)::int AS strength,
                vector @@ first AS is_first, count(*) OVER () AS n
            FROM search_searchentry
            WHERE level <= level_to AND vector @@ wanted
                AND NOT vector @@ unwanted AND language = language_is AND title_key <> title_not
            ORDER BY strength DESC, is_first DESC, standing DESC, id LIMIT at_most) found;
    END CASE;
    ids := coalesce(ids, '{}');
    matches := coalesce(matches, 0);
END $$;


-- Answers the level at which a sample shows that more than about 500 entries match, or 0.
CREATE FUNCTION search_broad_level(wanted tsquery, language_is text, first_level integer)
RETURNS integer LANGUAGE plpgsql STABLE AS $$
DECLARE
    level integer := first_level;
BEGIN
    WHILE level > 0 LOOP
        IF search_sample(level, wanted, language_is) * 8 ^ level > 500 THEN RETURN level; END IF;
        level := level - 1;
    END LOOP;
    RETURN 0;
END $$;


-- Every stage in turn, from the samples down, until the page is full. A stage before the last that
-- an eighth of all entries shows to be empty is not searched to the end, unless it has a rare word.
CREATE FUNCTION search_stages(
    stages tsquery[], rare tsquery[], first tsquery, language_is text, title_not text,
    first_level integer, at_most integer, OUT ids bigint[], OUT is_all boolean
) LANGUAGE plpgsql STABLE AS $$
DECLARE
    unwanted tsquery := '';
    wanted tsquery;
    level integer;
    level_to integer;
    bucket record;
    found integer;
BEGIN
    ids := '{}';
    is_all := false;
    FOR place IN 1 .. cardinality(stages) LOOP
        wanted := stages[place];
        level := first_level;
        level_to := 3;
        found := 0;
        WHILE level >= 0 LOOP
            EXIT WHEN level = 0 AND first_level > 1 AND found = 0 AND place < cardinality(stages)
                AND NOT EXISTS (SELECT 1 FROM unnest(rare) AS word
                                WHERE search_sample(first_level, word, language_is) < 8);
            bucket := search_bucket(level, level_to, wanted, '', '', unwanted, first, language_is,
                                    title_not, at_most - cardinality(ids));
            ids := ids || bucket.ids;
            found := found + bucket.matches;
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
    wanted tsquery, language_is text, broad_level integer, cap integer,
    OUT total integer, OUT is_capped boolean
) LANGUAGE plpgsql STABLE AS $$
DECLARE
    expected numeric := cap / 8.0 ^ broad_level;
BEGIN
    IF broad_level > 0
        AND search_sample(broad_level, wanted, language_is) > expected + 6 * sqrt(expected) + 6 THEN
        total := cap;
        is_capped := true;
        RETURN;
    END IF;
    SELECT count(*) INTO total FROM (
        SELECT 1 FROM search_searchentry
        WHERE vector @@ wanted AND language = language_is LIMIT cap + 1) found;
    is_capped := total > cap;
    total := least(total, cap);
END $$;


-- Answers one group of stages: all that match in order, or as many as wanted.
CREATE FUNCTION search_group(
    stages tsquery[], rare tsquery[], unwanted tsquery, first tsquery, language_is text,
    title_not text, first_level integer, at_most integer,
    OUT ids bigint[], OUT total integer, OUT broad_level integer
) LANGUAGE plpgsql STABLE AS $$
DECLARE
    wanted tsquery := stages[cardinality(stages)];
    stage record;
BEGIN
    broad_level := search_broad_level(wanted, language_is, first_level);
    IF broad_level = 0 THEN
        stage := search_bucket(
            0, 3, wanted, CASE WHEN cardinality(stages) > 1 THEN stages[1] ELSE '' END,
            CASE WHEN cardinality(stages) > 2 THEN stages[2] ELSE '' END,
            unwanted, first, language_is, title_not, at_most);
        ids := stage.ids;
        total := stage.matches;
    ELSE
        stage := search_stages(stages, rare, first, language_is, title_not, first_level, at_most);
        ids := stage.ids;
        IF stage.is_all THEN total := cardinality(ids); END IF;
    END IF;
END $$;


-- The matches nearest to a point: among its neighbours where those are enough, else among all.
CREATE FUNCTION search_nearest(
    wanted tsquery, language_is text, here point, at_most integer,
    OUT ids bigint[], OUT distances double precision[]
) LANGUAGE plpgsql STABLE AS $$
BEGIN
    SELECT array_agg(id ORDER BY metres, id), array_agg(metres ORDER BY metres, id)
    INTO ids, distances FROM (
        SELECT id, metres FROM (
            SELECT id, vector, language, point <-> here AS metres FROM search_searchentry
            WHERE point IS NOT NULL ORDER BY point <-> here LIMIT 2000) close
        WHERE vector @@ wanted AND language = language_is LIMIT at_most) found;
    IF ids IS NULL OR cardinality(ids) < at_most THEN
        SELECT array_agg(id ORDER BY metres, id), array_agg(metres ORDER BY metres, id)
        INTO ids, distances FROM (
            SELECT id, point <-> here AS metres FROM search_searchentry
            WHERE vector @@ wanted AND language = language_is AND point IS NOT NULL
            ORDER BY (point <-> here) + 0, id LIMIT at_most) found;
    END IF;
END $$;


-- The words that stand in none of these entries as they were typed: in title, label or card.
CREATE FUNCTION search_unsaid(among bigint[], typed text[]) RETURNS text[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    word text;
    unsaid text[] := '{}';
BEGIN
    FOREACH word IN ARRAY typed LOOP
        IF NOT EXISTS (
            SELECT 1 FROM search_searchentry
            WHERE id = ANY(among) AND (strpos(title_key, word) > 0 OR strpos(card, word) > 0))
        AND NOT EXISTS (
            SELECT 1 FROM search_searchentry, unnest(vector) AS said
            WHERE id = ANY(among) AND left(said.lexeme, 1) = 'f' AND strpos(said.lexeme, word) > 0)
        THEN unsaid := unsaid || word; END IF;
    END LOOP;
    RETURN unsaid;
END $$;


-- One answer. `rare` are the single words of the strongest stage. The caller may hold the answer of
-- the revision `answered_at`, or the total of `counted_at`: then it is not made again. `hashes` are
-- looked up among the known words where nothing is found, or one of the `doubtful` words is `unsaid`
-- in all of the first results. `reached` says which group of stages was needed (main, extra, last, none; or
-- same, where the caller's answer still holds), and `wanted` selects all that was found.
CREATE FUNCTION search_find(
    title_is text, main tsquery[], rare tsquery[], extra tsquery[], last tsquery[], first tsquery,
    within tsquery, language_is text, skip integer, at_most integer, little integer, cap integer,
    answered_at bigint, counted_at bigint, hashes integer[], doubtful text[], with_cards boolean,
    here point,
    OUT revision bigint, OUT synonyms_revision bigint, OUT total integer, OUT is_capped boolean,
    OUT reached text, OUT ids bigint[], OUT keys text[], OUT cards text[],
    OUT distances double precision[], OUT terms text[], OUT frequencies integer[],
    OUT wanted tsquery, OUT unsaid text[], OUT entries integer
) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
DECLARE
    first_level integer;
    needed integer := skip + at_most;
    broad integer := 0;
    found record;
    stage tsquery;
    seen tsquery;
BEGIN
    SELECT s.revision, s.synonyms_revision, s.entries
    INTO revision, synonyms_revision, entries FROM search_searchstate s WHERE id = 1;
    IF revision = answered_at THEN
        reached := 'same';
        RETURN;
    END IF;
    first_level := search_first_level(entries);
    reached := 'main';
    is_capped := false;

    SELECT coalesce(array_agg(id), '{}') INTO ids FROM (
        SELECT id FROM search_searchentry
        WHERE title_is <> '' AND title_key = title_is AND language = language_is
            AND (numnode(within) = 0 OR vector @@ within)
        ORDER BY standing DESC, id LIMIT needed) exact;

    IF cardinality(ids) < needed THEN
        found := search_group(main, rare, '', first, language_is, title_is, first_level,
                              needed - cardinality(ids));
        broad := found.broad_level;
        total := cardinality(ids) + found.total;
        IF total < little AND cardinality(ids) = 0 AND cardinality(extra) > 0 THEN
            seen := main[cardinality(main)];
            ids := found.ids;
            FOREACH stage IN ARRAY extra LOOP
                EXIT WHEN cardinality(ids) >= needed;
                found := search_group(ARRAY[stage], '{}', seen, first, language_is, title_is,
                                      first_level, needed - cardinality(ids));
                IF cardinality(found.ids) > 0 THEN reached := 'extra'; END IF;
                ids := ids || found.ids;
                broad := greatest(broad, found.broad_level);
                total := total + found.total;
                seen := seen || stage;
            END LOOP;
        ELSE
            ids := ids || found.ids;
        END IF;
        IF total = 0 THEN
            FOREACH stage IN ARRAY last LOOP
                found := search_group(ARRAY[stage], '{}', '', first, language_is, title_is,
                                      first_level, needed);
                reached := 'last';
                ids := found.ids;
                broad := found.broad_level;
                total := found.total;
                EXIT WHEN cardinality(ids) > 0;
            END LOOP;
        END IF;
    END IF;

    unsaid := search_unsaid(ids[1 : least(at_most, 20)], doubtful);
    IF total = 0 OR (cardinality(unsaid) > 0 AND cardinality(hashes) > 0 AND reached <> 'last') THEN
        SELECT array_agg(t.term), array_agg(t.frequency) INTO terms, frequencies
        FROM (SELECT term, frequency FROM search_term
              WHERE neighbours && hashes ORDER BY frequency DESC LIMIT 500) t;
    END IF;
    IF total = 0 THEN
        reached := 'none';
        RETURN;
    END IF;

    wanted := CASE reached
        WHEN 'main' THEN main[cardinality(main)]
        WHEN 'extra' THEN search_any(main[cardinality(main)] || extra)
        ELSE stage
    END;
    IF total IS NULL AND counted_at IS DISTINCT FROM revision THEN
        SELECT c.total, c.is_capped INTO total, is_capped
        FROM search_count(wanted, language_is, broad, cap) c;
        total := greatest(total, least(cap, cardinality(ids)));
    END IF;
    IF here IS NOT NULL THEN
        SELECT n.ids, n.distances[skip + 1 : needed] INTO ids, distances
        FROM search_nearest(wanted, language_is, here, needed) n;
    END IF;

    ids := ids[skip + 1 : needed];
    SELECT array_agg(e.key ORDER BY place),
        array_agg(e.card ORDER BY place) FILTER (WHERE with_cards)
    INTO keys, cards
    FROM unnest(ids) WITH ORDINALITY AS wanted (id, place) JOIN search_searchentry e USING (id);
END $$;


-- Whoever deletes entries: no answer that somebody keeps may show them any longer, and what they
-- alone said is suggested no more, from the same moment on. (The next count of the words makes up
-- for what is taken away too much.)
CREATE FUNCTION search_note_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM gone) THEN
        RETURN NULL;
    END IF;
    UPDATE search_searchstate SET revision = (random() * 9e15)::bigint,
        entries = entries - (SELECT count(*) FROM gone)
    WHERE id = 1;
    DELETE FROM search_term t USING gone g
    WHERE t.term = g.title AND t.kind IN ('title', 'word')
        AND NOT EXISTS (SELECT 1 FROM search_searchentry e WHERE e.title_key = g.title_key);
    DELETE FROM search_term t USING (
        SELECT substr(lexeme, 2) AS term, count(*) AS times FROM gone, unnest(gone.vector)
        WHERE lexeme LIKE 'w%' GROUP BY 1) said
    WHERE t.term = said.term AND t.kind IN ('title', 'word') AND t.frequency <= said.times;
    RETURN NULL;
END $$;

CREATE TRIGGER search_entries_are_removed AFTER DELETE ON search_searchentry
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION search_note_removal();
