-- One row for each group of `guarded`: what counts is added end to end, an open end stays open, no midpoint is invented (R8).
-- `counted` rows count, `left_out` rows do not, and `clashes` of these share some days with one that counts (see guard.sql).
CREATE OR REPLACE VIEW totals AS
WITH counting AS (
  SELECT g.*, CASE WHEN g.verdict = 'counts' THEN 1 ELSE 0 END AS takes FROM guarded g
)
SELECT
  c.group_key,
  min(c.sector) AS sector, min(c.metric) AS metric, min(c.unit) AS unit, min(c.measure) AS measure,
  min(c.status) AS status, min(c.timing) AS timing, min(coalesce(c.dimension_key, '')) AS dimension_key,
  min(c.start_day) AS start_day, max(c.end_day) AS end_day,
  CASE WHEN sum(c.takes) > 0 AND sum(CASE WHEN c.takes = 1 AND c.value IS NULL THEN 1 ELSE 0 END) = 0
    THEN sum(CASE WHEN c.takes = 1 THEN c.value END) END AS value,
  CASE WHEN sum(c.takes) > 0 AND sum(CASE WHEN c.takes = 1 AND c.low IS NULL THEN 1 ELSE 0 END) = 0
    THEN sum(CASE WHEN c.takes = 1 THEN c.low END) END AS low,
  CASE WHEN sum(c.takes) > 0 AND sum(CASE WHEN c.takes = 1 AND c.high IS NULL THEN 1 ELSE 0 END) = 0
    THEN sum(CASE WHEN c.takes = 1 THEN c.high END) END AS high,
  max(CASE WHEN c.takes = 1 AND c.approximate THEN 1 ELSE 0 END) AS approximate,
  sum(c.takes) AS counted, sum(1 - c.takes) AS left_out, sum(c.clash) AS clashes
FROM counting c
GROUP BY c.group_key;
