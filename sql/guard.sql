-- The guard of all sums (rules R1 to R10 of the guide Method) over the view `grouped`, which you define: the rows of
-- `observations` with a column `group_key`, equal for rows that are to be reduced together. The key must hold metric, unit,
-- status and timing, so that only like things meet (R1, R2, R3); by-sector.sql and by-year.sql are two such views.
-- Reads: grouped, observation_dimensions, containment. Ids must be unique within a group.
-- Gives: guarded, each row with its verdict. Only rows whose verdict is 'counts' may be reduced.

-- R10: missing and retracted values never enter. Open ends reach as far as any date of the dataset.
CREATE OR REPLACE VIEW guard_present AS
SELECT
  g.group_key, g.id, g.subject_type, g.subject_id, g.timing, g.as_of, g.part_of, g.supersedes,
  coalesce(g.dimension_key, '') AS dimension_key,
  coalesce(g.start_day, DATE '1900-01-01') AS first_day,
  coalesce(g.end_day, DATE '2099-12-31') AS last_day,
  coalesce(g.end_day, DATE '1900-01-01') AS said_for,
  coalesce(g.days, 999999) AS days
FROM grouped g
WHERE NOT g.retracted AND (g.value IS NOT NULL OR g.low IS NOT NULL OR g.high IS NOT NULL);

-- Which dimensions are some of which others: the total '' of all, { sex } of { sex, age }.
CREATE OR REPLACE VIEW guard_wider AS
WITH pairs AS (
  SELECT DISTINCT g.dimension_key AS dimension_key, d.name AS name, d.value AS value
  FROM grouped g JOIN observation_dimensions d ON d.observation = g.id
),
sizes AS (SELECT p.dimension_key, count(*) AS size FROM pairs p GROUP BY p.dimension_key)
SELECT s.dimension_key AS narrow_key, '' AS wide_key FROM sizes s
UNION ALL
SELECT n.dimension_key, w.dimension_key
FROM pairs w
JOIN pairs n ON n.name = w.name AND n.value = w.value
JOIN sizes s ON s.dimension_key = w.dimension_key
WHERE n.dimension_key <> w.dimension_key
GROUP BY n.dimension_key, w.dimension_key, s.size
HAVING count(*) = s.size;

-- Why rows with a value don't count, by rank; the lowest rank of a row decides. Presence is judged on all rows with a value.
CREATE OR REPLACE VIEW guard_ranked AS
WITH reasons AS (
  -- A later statement replaced it (R4).
  SELECT p.group_key, p.supersedes AS id, 1 AS reason FROM guard_present p WHERE p.supersedes IS NOT NULL
  UNION ALL
  -- Its whole is present (R5).
  SELECT p.group_key, p.id, 2
  FROM guard_present p JOIN guard_present w ON w.group_key = p.group_key AND w.id = p.part_of
  WHERE w.id <> p.id
  UNION ALL
  -- The total of its dimension is present (R7).
  SELECT p.group_key, p.id, 3
  FROM guard_present p
  JOIN guard_wider k ON k.narrow_key = p.dimension_key
  JOIN guard_present t
    ON t.group_key = p.group_key AND t.subject_type = p.subject_type AND t.subject_id = p.subject_id
    AND t.dimension_key = k.wide_key
  WHERE p.first_day <= t.last_day AND t.first_day <= p.last_day
  UNION ALL
  -- Its subject lies in another's, with the same dimensions (R6) …
  SELECT p.group_key, p.id, 4
  FROM guard_present p
  JOIN containment c ON c.subject_type = p.subject_type AND c.subject_id = p.subject_id
  JOIN guard_present o
    ON o.group_key = p.group_key AND o.subject_type = c.container_type AND o.subject_id = c.container_id
    AND o.dimension_key = p.dimension_key
  WHERE p.first_day <= o.last_day AND o.first_day <= p.last_day
  UNION ALL
  -- … or with fewer.
  SELECT p.group_key, p.id, 4
  FROM guard_present p
  JOIN guard_wider k ON k.narrow_key = p.dimension_key
  JOIN containment c ON c.subject_type = p.subject_type AND c.subject_id = p.subject_id
  JOIN guard_present o
    ON o.group_key = p.group_key AND o.subject_type = c.container_type AND o.subject_id = c.container_id
    AND o.dimension_key = k.wide_key
  WHERE p.first_day <= o.last_day AND o.first_day <= p.last_day
),
every_row AS (
  SELECT r.group_key, r.id, r.reason FROM reasons r
  UNION ALL
  SELECT p.group_key, p.id, 9 FROM guard_present p
)
SELECT e.group_key, e.id, min(e.reason) AS reason
FROM every_row e
GROUP BY e.group_key, e.id;

-- What is left, as series: one subject, one set of dimensions.
CREATE OR REPLACE VIEW guard_series AS
SELECT p.*
FROM guard_present p JOIN guard_ranked r ON r.group_key = p.group_key AND r.id = p.id
WHERE r.reason = 9;

-- R4 for levels, running totals, rates and deadlines: the newest statement of a series counts.
CREATE OR REPLACE VIEW guard_newest AS
SELECT
  s.group_key, s.id,
  row_number() OVER (
    PARTITION BY s.group_key, s.subject_type, s.subject_id, s.dimension_key
    ORDER BY coalesce(s.as_of, '') DESC, s.said_for DESC, s.first_day DESC, s.id DESC
  ) AS place
FROM guard_series s
WHERE s.timing <> 'during';

-- R4 for periods: the widest first, each counts that overlaps none before it. A row's state follows from those of the wider
-- rows that it overlaps: 1 counts, 2 does not, 0 not known yet. Each step settles rows one link further down; rows that
-- eight steps leave unsettled say so in their verdict.
CREATE OR REPLACE VIEW guard_periods AS
WITH pairs AS (
  SELECT
    a.group_key, a.id, b.id AS wider,
    CASE WHEN b.first_day <= a.first_day AND b.last_day >= a.last_day THEN 1 ELSE 0 END AS holds
  FROM guard_series a
  JOIN guard_series b
    ON b.group_key = a.group_key AND b.subject_type = a.subject_type AND b.subject_id = a.subject_id
    AND b.dimension_key = a.dimension_key
  WHERE a.timing = 'during' AND b.timing = 'during'
    AND a.first_day <= b.last_day AND b.first_day <= a.last_day
    AND (
      b.days > a.days
      OR (b.days = a.days AND b.first_day < a.first_day)
      OR (b.days = a.days AND b.first_day = a.first_day AND b.id < a.id)
    )
),
lengths AS (
  SELECT s.group_key, s.id, 0 AS wider FROM guard_series s WHERE s.timing = 'during'
  UNION ALL
  SELECT p.group_key, p.id, 1 FROM pairs p
),
step_0 AS (
  SELECT l.group_key, l.id, CASE WHEN max(l.wider) = 0 THEN 1 ELSE 0 END AS state
  FROM lengths l GROUP BY l.group_key, l.id
),
step_1 AS (
  SELECT p.group_key, p.id, CASE WHEN max(CASE WHEN h.state = 1 THEN 1 ELSE 0 END) = 1 THEN 2 WHEN min(h.state) = 2 THEN 1 ELSE 0 END AS state
  FROM pairs p JOIN step_0 h ON h.group_key = p.group_key AND h.id = p.wider GROUP BY p.group_key, p.id
  UNION ALL SELECT s.group_key, s.id, s.state FROM step_0 s WHERE s.state = 1
),
step_2 AS (
  SELECT p.group_key, p.id, CASE WHEN max(CASE WHEN h.state = 1 THEN 1 ELSE 0 END) = 1 THEN 2 WHEN min(h.state) = 2 THEN 1 ELSE 0 END AS state
  FROM pairs p JOIN step_1 h ON h.group_key = p.group_key AND h.id = p.wider GROUP BY p.group_key, p.id
  UNION ALL SELECT s.group_key, s.id, s.state FROM step_0 s WHERE s.state = 1
),
step_3 AS (
  SELECT p.group_key, p.id, CASE WHEN max(CASE WHEN h.state = 1 THEN 1 ELSE 0 END) = 1 THEN 2 WHEN min(h.state) = 2 THEN 1 ELSE 0 END AS state
  FROM pairs p JOIN step_2 h ON h.group_key = p.group_key AND h.id = p.wider GROUP BY p.group_key, p.id
  UNION ALL SELECT s.group_key, s.id, s.state FROM step_0 s WHERE s.state = 1
),
step_4 AS (
  SELECT p.group_key, p.id, CASE WHEN max(CASE WHEN h.state = 1 THEN 1 ELSE 0 END) = 1 THEN 2 WHEN min(h.state) = 2 THEN 1 ELSE 0 END AS state
  FROM pairs p JOIN step_3 h ON h.group_key = p.group_key AND h.id = p.wider GROUP BY p.group_key, p.id
  UNION ALL SELECT s.group_key, s.id, s.state FROM step_0 s WHERE s.state = 1
),
step_5 AS (
  SELECT p.group_key, p.id, CASE WHEN max(CASE WHEN h.state = 1 THEN 1 ELSE 0 END) = 1 THEN 2 WHEN min(h.state) = 2 THEN 1 ELSE 0 END AS state
  FROM pairs p JOIN step_4 h ON h.group_key = p.group_key AND h.id = p.wider GROUP BY p.group_key, p.id
  UNION ALL SELECT s.group_key, s.id, s.state FROM step_0 s WHERE s.state = 1
),
step_6 AS (
  SELECT p.group_key, p.id, CASE WHEN max(CASE WHEN h.state = 1 THEN 1 ELSE 0 END) = 1 THEN 2 WHEN min(h.state) = 2 THEN 1 ELSE 0 END AS state
  FROM pairs p JOIN step_5 h ON h.group_key = p.group_key AND h.id = p.wider GROUP BY p.group_key, p.id
  UNION ALL SELECT s.group_key, s.id, s.state FROM step_0 s WHERE s.state = 1
),
step_7 AS (
  SELECT p.group_key, p.id, CASE WHEN max(CASE WHEN h.state = 1 THEN 1 ELSE 0 END) = 1 THEN 2 WHEN min(h.state) = 2 THEN 1 ELSE 0 END AS state
  FROM pairs p JOIN step_6 h ON h.group_key = p.group_key AND h.id = p.wider GROUP BY p.group_key, p.id
  UNION ALL SELECT s.group_key, s.id, s.state FROM step_0 s WHERE s.state = 1
)
SELECT t.group_key, t.id, t.state, 0 AS clash FROM step_0 t WHERE t.state = 1
UNION ALL
SELECT
  p.group_key, p.id,
  CASE WHEN max(CASE WHEN h.state = 1 THEN 1 ELSE 0 END) = 1 THEN 2 WHEN min(h.state) = 2 THEN 1 ELSE 0 END AS state,
  CASE WHEN max(CASE WHEN h.state = 1 THEN 1 ELSE 0 END) = 1 AND max(CASE WHEN h.state = 1 THEN p.holds ELSE 0 END) = 0 THEN 1 ELSE 0 END AS clash
FROM pairs p JOIN step_7 h ON h.group_key = p.group_key AND h.id = p.wider
GROUP BY p.group_key, p.id;

-- Every row of `grouped` with its verdict, in the words of `leftOut` in the helpers, and whether it clashes: it shares some
-- days with a row that counts and is held by none, so that a total of the group loses or doubles something.
CREATE OR REPLACE VIEW guard_verdicts AS
SELECT g.group_key, g.id, 'missing' AS verdict, 0 AS clash
FROM grouped g WHERE g.value IS NULL AND g.low IS NULL AND g.high IS NULL
UNION ALL
SELECT g.group_key, g.id, 'retracted', 0
FROM grouped g WHERE g.retracted AND (g.value IS NOT NULL OR g.low IS NOT NULL OR g.high IS NOT NULL)
UNION ALL
SELECT r.group_key, r.id, CASE r.reason WHEN 1 THEN 'superseded' WHEN 2 THEN 'part' WHEN 3 THEN 'dimension' ELSE 'contained' END, 0
FROM guard_ranked r JOIN guard_present p ON p.group_key = r.group_key AND p.id = r.id
WHERE r.reason < 9
UNION ALL
SELECT n.group_key, n.id, CASE WHEN n.place = 1 THEN 'counts' ELSE 'overlap' END, 0 FROM guard_newest n
UNION ALL
SELECT p.group_key, p.id, CASE p.state WHEN 1 THEN 'counts' WHEN 2 THEN 'overlap' ELSE 'unsettled' END, p.clash FROM guard_periods p;

CREATE OR REPLACE VIEW guarded AS
SELECT g.*, v.verdict, v.clash
FROM grouped g JOIN guard_verdicts v ON v.group_key = g.group_key AND v.id = g.id;
