-- One row for each group of `guarded`: what counts is added end to end, an open end stays open, no midpoint is invented.
-- `counted` rows count, `left_out` rows do not, and `clashes` of these share days with one that counts without lying in it.
-- Of values during periods, `covers_days` of `covers_of` days are covered: of the group's window (its year), else from the
-- first day that counts to the last.
CREATE OR REPLACE VIEW totals AS
WITH counting AS (
  SELECT
    g.*,
    CASE WHEN g.verdict = 'counts' THEN 1 ELSE 0 END AS takes,
    CASE WHEN g.verdict = 'counts' AND g.timing = 'during' THEN g.start_day END AS from_day,
    CASE WHEN g.verdict = 'counts' AND g.timing = 'during' THEN g.end_day END AS to_day
  FROM guarded g
),
reached AS (
  SELECT
    c.*,
    max(c.to_day) OVER (
      PARTITION BY c.group_key ORDER BY c.from_day, c.to_day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS before
  FROM counting c
),
days AS (
  SELECT
    r.*,
    CASE
      WHEN r.before IS NULL OR r.before < r.from_day THEN date_diff('day', r.from_day, r.to_day) + 1
      WHEN r.before < r.to_day THEN date_diff('day', r.before, r.to_day)
      ELSE 0
    END AS new_days
  FROM reached r
)
SELECT
  d.group_key,
  min(d.sector) AS sector, min(d.metric) AS metric, min(d.unit) AS unit, min(d.measure) AS measure,
  min(d.status) AS status, min(d.timing) AS timing, min(coalesce(d.dimension_key, '')) AS dimension_key,
  min(d.start_day) AS start_day, max(d.end_day) AS end_day, min(d.window_start) AS window_start, max(d.window_end) AS window_end,
  CASE WHEN sum(d.takes) > 0 AND sum(CASE WHEN d.takes = 1 AND d.value IS NULL THEN 1 ELSE 0 END) = 0
    THEN sum(CASE WHEN d.takes = 1 THEN d.value END) END AS value,
  CASE WHEN sum(d.takes) > 0 AND sum(CASE WHEN d.takes = 1 AND d.low IS NULL THEN 1 ELSE 0 END) = 0
    THEN sum(CASE WHEN d.takes = 1 THEN d.low END) END AS low,
  CASE WHEN sum(d.takes) > 0 AND sum(CASE WHEN d.takes = 1 AND d.high IS NULL THEN 1 ELSE 0 END) = 0
    THEN sum(CASE WHEN d.takes = 1 THEN d.high END) END AS high,
  max(CASE WHEN d.takes = 1 AND d.approximate THEN 1 ELSE 0 END) AS approximate,
  sum(d.takes) AS counted, sum(1 - d.takes) AS left_out,
  sum(CASE WHEN d.verdict = 'clash' THEN 1 ELSE 0 END) AS clashes,
  CASE WHEN max(d.from_day) IS NOT NULL THEN sum(coalesce(d.new_days, 0)) END AS covers_days,
  CASE WHEN max(d.from_day) IS NOT NULL
    THEN date_diff('day', coalesce(min(d.window_start), min(d.from_day)), coalesce(max(d.window_end), max(d.to_day))) + 1
    END AS covers_of
FROM days d
GROUP BY d.group_key;
