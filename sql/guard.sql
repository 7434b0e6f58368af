-- The guard of all sums (laws L1 to L4 of the guide Method) over the view `grouped`, which you define: rows of `observations`
-- with these columns more:
--   group_key     equal for rows that are to be added; it must hold metric, unit, measure, status and timing;
--   straddles     true for rows whose time lies in no single group (a fiscal year, when the groups are calendar years): none counts;
--   window_start, window_end   the days that a group stands for (a year), so that totals can say how many are covered; else NULL.
-- by-sector.sql and by-year.sql are two such views. Reads: grouped, observation_dimensions, containment. An id may stand only
-- once in a group.
-- Gives: guarded, each row with its `verdict`: only rows whose verdict is 'counts' may be added; guard_rings, which must be empty.
--
-- The rule: rows are taken from the widest down, and a row counts if it meets no row that counts already. Two rows meet when
-- one of their subjects is or holds the other, the dimensions of one are some of those of the other, and they share a day.

-- Statements that a later one replaced, with the last of the chain (NULL in a ring). Of several that replace one, the last by id.
CREATE OR REPLACE VIEW guard_replaced AS
WITH RECURSIVE valid AS (
  SELECT g.group_key, g.id, g.supersedes, g.metric, g.unit, g.measure, g.status, g.timing
  FROM grouped g WHERE NOT g.retracted AND (g.value IS NOT NULL OR g.low IS NOT NULL OR g.high IS NOT NULL)
),
ranked AS (
  SELECT o.group_key, o.id, n.group_key AS newer_group, n.id AS newer_id,
    row_number() OVER (
      PARTITION BY o.group_key, o.id
      ORDER BY n.id DESC, CASE WHEN n.group_key = o.group_key THEN 0 ELSE 1 END, n.group_key
    ) AS place
  FROM valid n
  JOIN valid o
    ON o.id = n.supersedes AND o.metric = n.metric AND o.unit = n.unit AND o.measure = n.measure
    AND o.status = n.status AND o.timing = n.timing
),
newer AS (SELECT r.group_key, r.id, r.newer_group, r.newer_id FROM ranked r WHERE r.place = 1),
chain AS (
  SELECT n.group_key, n.id, n.newer_group, n.newer_id FROM newer n
  UNION
  SELECT c.group_key, c.id, n.newer_group, n.newer_id
  FROM chain c JOIN newer n ON n.group_key = c.newer_group AND n.id = c.newer_id
),
ends AS (
  SELECT c.group_key, c.id, c.newer_group, c.newer_id
  FROM chain c LEFT JOIN newer n ON n.group_key = c.newer_group AND n.id = c.newer_id
  WHERE n.id IS NULL
)
SELECT n.group_key, n.id, e.newer_group AS newest_group, e.newer_id AS newest_id
FROM newer n LEFT JOIN ends e ON e.group_key = n.group_key AND e.id = n.id;

-- What is counted: a subject, and the area in which that lies. Its depth is the number of subjects and places that hold it.
CREATE OR REPLACE VIEW guard_things AS
WITH things AS (
  SELECT DISTINCT g.subject_type, g.subject_id,
    CASE WHEN g.subject_type = 'place' THEN g.subject_id ELSE coalesce(g.area, 'pakistan') END AS area
  FROM grouped g
),
holders AS (
  SELECT c.subject_type, c.subject_id, count(DISTINCT c.container_type || '/' || c.container_id) AS n
  FROM containment c GROUP BY c.subject_type, c.subject_id
)
SELECT t.subject_type, t.subject_id, t.area,
  1 + coalesce(p.n, 0) + CASE WHEN t.subject_type = 'place' THEN 0 ELSE 1 + coalesce(h.n, 0) END AS depth
FROM things t
LEFT JOIN holders p ON p.subject_type = 'place' AND p.subject_id = t.area
LEFT JOIN holders h ON h.subject_type = t.subject_type AND h.subject_id = t.subject_id;

-- Every row, numbered from the widest down. A replaced statement stands in the group of the one that replaced it.
CREATE OR REPLACE VIEW guard_rows AS
WITH sizes AS (SELECT d.observation, count(*) AS size FROM observation_dimensions d GROUP BY d.observation),
newest AS (
  SELECT r.group_key AS old_group, r.id AS old_id, k.group_key, k.id, k.straddles, k.window_start, k.window_end
  FROM guard_replaced r JOIN grouped k ON k.group_key = r.newest_group AND k.id = r.newest_id
),
timed AS (
  SELECT
    coalesce(k.group_key, g.group_key) AS group_key, g.group_key AS own_group, g.id,
    coalesce(k.straddles, g.straddles) AS straddles,
    CASE WHEN k.id IS NULL THEN g.window_start ELSE k.window_start END AS window_start,
    CASE WHEN k.id IS NULL THEN g.window_end ELSE k.window_end END AS window_end,
    CASE
      WHEN g.value IS NULL AND g.low IS NULL AND g.high IS NULL THEN 'missing'
      WHEN g.retracted THEN 'retracted'
      WHEN coalesce(k.straddles, g.straddles) THEN 'straddles'
    END AS fate,
    g.subject_type, g.subject_id, t.area, t.depth,
    coalesce(g.dimension_key, '') AS dimension_key, coalesce(s.size, 0) AS size,
    g.timing, g.timing IN ('by', 'per-year') AS is_statement, g.as_of, g.low, g.high, g.part_of, k.id AS newest_id,
    coalesce(g.start_day, DATE '0001-01-01') AS first_day, coalesce(g.end_day, DATE '9999-12-31') AS last_day,
    -- The days that decide about parenthood: where only one end is known, that; where none is, only a parent of today counts.
    coalesce(g.start_day, g.end_day) AS known_first, coalesce(g.end_day, g.start_day) AS known_last
  FROM grouped g
  JOIN guard_things t
    ON t.subject_type = g.subject_type AND t.subject_id = g.subject_id
    AND t.area = CASE WHEN g.subject_type = 'place' THEN g.subject_id ELSE coalesce(g.area, 'pakistan') END
  LEFT JOIN sizes s ON s.observation = g.id
  LEFT JOIN newest k ON k.old_group = g.group_key AND k.old_id = g.id
)
SELECT
  row_number() OVER (
    ORDER BY t.depth, t.size, CASE WHEN t.is_statement THEN 0 ELSE t.last_day - t.first_day END DESC,
      coalesce(t.as_of, '') DESC, t.first_day, t.last_day, t.id, t.own_group
  ) AS n,
  t.*
FROM timed t;

-- What stands behind another row because a record says so: a replaced statement behind the newest, a part behind the nearest
-- whole that has a value. A period that reaches beyond its whole is not part of it. `end_n` ends the chain: NULL in a ring.
CREATE OR REPLACE VIEW guard_links AS
WITH RECURSIVE r AS MATERIALIZED (SELECT * FROM guard_rows),
named AS (
  SELECT p.n, w.n AS whole FROM r p JOIN r w ON w.group_key = p.group_key AND w.id = p.part_of
),
walk AS (
  SELECT u.n, u.whole FROM named u JOIN r p ON p.n = u.n WHERE p.fate IS NULL AND p.newest_id IS NULL
  UNION
  SELECT w.n, u.whole FROM walk w JOIN r m ON m.n = w.whole JOIN named u ON u.n = w.whole WHERE m.fate IS NOT NULL
),
links AS MATERIALIZED (
  SELECT o.n, k.n AS next, 'superseded' AS reason
  FROM r o JOIN r k ON k.group_key = o.group_key AND k.id = o.newest_id
  WHERE o.fate IS NULL
  UNION ALL
  SELECT p.n, w.n, 'part'
  FROM walk x JOIN r p ON p.n = x.n JOIN r w ON w.n = x.whole
  WHERE w.fate IS NULL AND (p.timing <> 'during' OR (w.first_day <= p.first_day AND w.last_day >= p.last_day))
),
chain AS (
  SELECT l.n, l.next FROM links l
  UNION
  SELECT c.n, l.next FROM chain c JOIN links l ON l.n = c.next
),
ends AS (SELECT c.n, c.next AS end_n FROM chain c LEFT JOIN links l ON l.n = c.next WHERE l.n IS NULL)
SELECT p.group_key, p.id, l.n, l.reason, e.end_n
FROM links l JOIN r p ON p.n = l.n LEFT JOIN ends e ON e.n = l.n;

-- Rows whose links lead into a ring, so that nothing could stand for them. Must be empty: a group with a ring has only the
-- verdict 'ring', and no total.
CREATE OR REPLACE VIEW guard_rings AS
SELECT l.group_key, l.id FROM guard_links l WHERE l.end_n IS NULL
UNION
SELECT x.group_key, x.id FROM guard_replaced x WHERE x.newest_id IS NULL;

CREATE OR REPLACE VIEW guard_verdicts AS
WITH RECURSIVE r AS MATERIALIZED (SELECT * FROM guard_rows),
l AS MATERIALIZED (SELECT * FROM guard_links),

-- Which thing is, or holds, which: in an area that lies in its area, a subject itself, one that contains it (in its time), or
-- the area; and a place lies in a larger place.
areas AS (
  SELECT DISTINCT t.area, t.area AS wide FROM guard_things t
  UNION
  SELECT c.subject_id, c.container_id FROM containment c WHERE c.subject_type = 'place' AND c.container_type = 'place'
),
holds AS MATERIALIZED (
  SELECT DISTINCT t.subject_type, t.subject_id, t.area,
    t.subject_type AS wide_type, t.subject_id AS wide_id, a.wide AS wide_area,
    CAST(NULL AS DATE) AS from_date, CAST(NULL AS DATE) AS until_date
  FROM guard_things t JOIN areas a ON a.area = t.area
  WHERE t.subject_type <> 'place' OR a.wide = t.area
  UNION
  SELECT t.subject_type, t.subject_id, t.area, 'place', a.wide, a.wide, NULL, NULL
  FROM guard_things t JOIN areas a ON a.area = t.area
  WHERE t.subject_type <> 'place' OR a.wide <> t.area
  UNION
  SELECT t.subject_type, t.subject_id, t.area, c.container_type, c.container_id, a.wide, c.from_date, c.until_date
  FROM guard_things t
  JOIN areas a ON a.area = t.area
  JOIN containment c ON c.subject_type = t.subject_type AND c.subject_id = t.subject_id
  WHERE t.subject_type <> 'place'
),

-- Which sets of dimensions are equal, or some of another: the total '' of all, { sex } of { sex, age }.
cuts AS (
  SELECT DISTINCT p.dimension_key, d.name, d.value
  FROM r p JOIN observation_dimensions d ON d.observation = p.id WHERE p.size > 0
),
keys AS (SELECT DISTINCT p.dimension_key, p.size FROM r p),
fewer AS (
  SELECT k.dimension_key AS many, '' AS few FROM keys k WHERE k.size > 0
  UNION ALL
  SELECT m.dimension_key, f.dimension_key
  FROM cuts f JOIN cuts m ON m.name = f.name AND m.value = f.value JOIN keys k ON k.dimension_key = f.dimension_key
  WHERE m.dimension_key <> f.dimension_key
  GROUP BY m.dimension_key, f.dimension_key, k.size
  HAVING count(*) = k.size
),
comparable AS MATERIALIZED (
  SELECT k.dimension_key, k.dimension_key AS other_key, 'same' AS cut FROM keys k
  UNION ALL
  SELECT f.many, f.few, 'fewer' FROM fewer f
  UNION ALL
  SELECT f.few, f.many, 'more' FROM fewer f
),

-- What lies in a part stands behind that part too. A part that leads to the row itself does not hold it.
free AS (SELECT p.* FROM r p WHERE p.fate IS NULL AND p.n NOT IN (SELECT x.n FROM l x)),
in_parts AS (
  SELECT p.n, x.end_n, w.subject_type, w.subject_id, w.area, w.dimension_key,
    CASE
      WHEN w.subject_type = p.subject_type AND w.subject_id = p.subject_id AND w.area = p.area AND k.cut = 'same' THEN 1
      WHEN w.subject_type = p.subject_type AND w.subject_id = p.subject_id AND k.cut = 'fewer' THEN 2
      ELSE 3
    END AS kind,
    p.is_statement OR (w.first_day = p.first_day AND w.last_day = p.last_day) AS no_wider,
    row_number() OVER (
      PARTITION BY p.n, w.subject_type, w.subject_id, w.area, w.dimension_key
      ORDER BY w.last_day DESC, w.first_day, w.id
    ) AS place
  FROM l x
  JOIN r w ON w.n = x.n
  JOIN holds h ON h.wide_type = w.subject_type AND h.wide_id = w.subject_id AND h.wide_area = w.area
  JOIN comparable k ON k.other_key = w.dimension_key AND k.cut <> 'more'
  JOIN free p
    ON p.group_key = w.group_key AND p.subject_type = h.subject_type AND p.subject_id = h.subject_id AND p.area = h.area
    AND p.dimension_key = k.dimension_key
  WHERE x.reason = 'part' AND w.first_day <= p.first_day AND w.last_day >= p.last_day
    AND (h.from_date IS NULL OR p.known_first IS NULL OR h.from_date <= p.known_first)
    AND (h.until_date IS NULL OR p.known_last <= h.until_date)
),
chosen AS (
  SELECT i.n, i.end_n, i.kind,
    row_number() OVER (PARTITION BY i.n ORDER BY i.kind, i.subject_type || '/' || i.subject_id, i.area, i.dimension_key) AS place
  FROM in_parts i
  WHERE i.place = 1 AND i.end_n <> i.n AND NOT (i.kind = 1 AND i.no_wider)
),
-- Where rows would stand behind each other in this way, the widest of them stays free.
climb AS (
  SELECT c.n, c.end_n FROM chosen c WHERE c.place = 1
  UNION
  SELECT u.n, c.end_n FROM climb u JOIN chosen c ON c.n = u.end_n AND c.place = 1
),
widest AS (SELECT u.n FROM climb u GROUP BY u.n HAVING min(u.end_n) = u.n),
behind AS MATERIALIZED (
  SELECT c.n, c.end_n, CASE c.kind WHEN 1 THEN 'overlap' WHEN 2 THEN 'dimension' ELSE 'contained' END AS reason
  FROM chosen c WHERE c.place = 1 AND c.n NOT IN (SELECT w.n FROM widest w)
),
judged AS MATERIALIZED (SELECT p.* FROM free p WHERE p.n NOT IN (SELECT b.n FROM behind b)),

-- Rows that meet, the wider one (with the smaller number) last.
meets AS MATERIALIZED (
  SELECT p.n, w.n AS wide,
    CASE
      WHEN k.cut = 'more' THEN 'crossing'
      WHEN w.subject_type = p.subject_type AND w.subject_id = p.subject_id AND k.cut = 'fewer' THEN 'dimension'
      WHEN w.subject_type = p.subject_type AND w.subject_id = p.subject_id AND w.area = p.area THEN 'series'
      ELSE 'contained'
    END AS kind,
    w.first_day <= p.first_day AND w.last_day >= p.last_day AS spans
  FROM judged p
  JOIN holds h ON h.subject_type = p.subject_type AND h.subject_id = p.subject_id AND h.area = p.area
  JOIN comparable k ON k.dimension_key = p.dimension_key
  JOIN judged w
    ON w.group_key = p.group_key AND w.subject_type = h.wide_type AND w.subject_id = h.wide_id AND w.area = h.wide_area
    AND w.dimension_key = k.other_key
  WHERE w.n < p.n AND w.first_day <= p.last_day AND p.first_day <= w.last_day
    AND (h.from_date IS NULL OR p.known_first IS NULL OR h.from_date <= p.known_first)
    AND (h.until_date IS NULL OR p.known_last <= h.until_date)
),
-- Step by step: what meets no wider row counts, what meets one that counts does not, and the pairs of these are done with.
undecided AS (
  SELECT 0 AS step, m.n, m.wide FROM meets m
  UNION ALL
  SELECT u.step + 1, u.n, u.wide
  FROM undecided u
  WHERE u.n NOT IN (SELECT x.n FROM undecided x WHERE x.wide NOT IN (SELECT y.n FROM undecided y))
    AND u.wide NOT IN (SELECT x.n FROM undecided x WHERE x.wide NOT IN (SELECT y.n FROM undecided y))
),
narrow AS (SELECT DISTINCT u.step, u.n FROM undecided u),
dropped AS MATERIALIZED (
  SELECT DISTINCT u.n
  FROM undecided u LEFT JOIN narrow y ON y.step = u.step AND y.n = u.wide
  WHERE y.n IS NULL
),
-- Why a row does not count: something holds all of it, or it only shares days; in its own series the last in time decides.
witnesses AS (
  SELECT m.n, m.kind, m.spans, p.as_of, p.low, p.high, w.as_of AS wide_as_of, w.low AS wide_low, w.high AS wide_high,
    p.is_statement, w.first_day = p.first_day AND w.last_day = p.last_day AS same_time,
    row_number() OVER (
      PARTITION BY m.n
      ORDER BY CASE
          WHEN m.kind = 'dimension' AND m.spans THEN 1
          WHEN m.kind = 'contained' AND m.spans THEN 2
          WHEN m.kind <> 'series' THEN 3
          ELSE 4
        END, w.first_day DESC, w.last_day DESC, w.id DESC
    ) AS place
  FROM meets m JOIN r p ON p.n = m.n JOIN r w ON w.n = m.wide
  WHERE m.wide NOT IN (SELECT d.n FROM dropped d)
),
fates AS MATERIALIZED (
  SELECT w.n,
    CASE
      WHEN w.kind IN ('dimension', 'contained') AND w.spans THEN w.kind
      WHEN w.kind <> 'series' THEN 'clash'
      WHEN w.wide_as_of > w.as_of AND (w.same_time OR w.is_statement) THEN 'superseded'
      WHEN w.spans AND w.low IS NOT DISTINCT FROM w.wide_low AND w.high IS NOT DISTINCT FROM w.wide_high THEN 'overlap'
      WHEN w.spans AND NOT w.same_time AND NOT w.is_statement THEN 'overlap'
      ELSE 'clash'
    END AS verdict
  FROM witnesses w WHERE w.place = 1
),
-- Where a row that stands behind another ends up: what becomes of that, becomes of it.
links AS (
  SELECT x.n, x.end_n, x.reason FROM l x
  UNION ALL
  SELECT b.n, b.end_n, b.reason FROM behind b
),
follow AS (
  SELECT x.n, x.end_n, x.reason FROM links x
  UNION
  SELECT f.n, b.end_n, f.reason FROM follow f JOIN behind b ON b.n = f.end_n
),
decided AS (
  SELECT f.n, CASE WHEN e.verdict = 'clash' THEN 'clash' ELSE f.reason END AS verdict
  FROM follow f LEFT JOIN fates e ON e.n = f.end_n
  WHERE f.end_n NOT IN (SELECT b.n FROM behind b)
  UNION ALL
  SELECT x.n, x.verdict FROM fates x
)
SELECT p.own_group, p.group_key, p.id, p.straddles, p.window_start, p.window_end,
  coalesce(
    CASE WHEN p.group_key IN (SELECT g.group_key FROM guard_rings g) THEN 'ring' END,
    p.fate, d.verdict, 'counts'
  ) AS verdict
FROM r p LEFT JOIN decided d ON d.n = p.n;

CREATE OR REPLACE VIEW guarded AS
SELECT
  g.* REPLACE (
    v.group_key AS group_key, v.straddles AS straddles, v.window_start AS window_start, v.window_end AS window_end
  ),
  v.verdict
FROM grouped g JOIN guard_verdicts v ON v.own_group = g.group_key AND v.id = g.id;
