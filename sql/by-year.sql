-- The grouping of aggregate(rows, { by: ["sector", "year"], over: ["time", "subject"] }): a year takes only what lies wholly
-- inside it (running totals and deadlines go by their last day), and the rest straddles. Flows during periods are added over
-- the time and the subjects of a year, levels over subjects at one time, ratios over nothing. All scopes.
CREATE OR REPLACE VIEW grouped AS
WITH years AS (
  SELECT
    o.*,
    CASE
      WHEN o.timing IN ('to-date', 'by') THEN CAST(EXTRACT(YEAR FROM o.end_day) AS VARCHAR(4))
      WHEN EXTRACT(YEAR FROM o.start_day) = EXTRACT(YEAR FROM o.end_day) THEN CAST(EXTRACT(YEAR FROM o.end_day) AS VARCHAR(4))
    END AS only_year
  FROM observations o
)
SELECT
  y.*,
  y.sector || '|' || coalesce(y.only_year, '') || '|' || y.metric || '|' || y.unit || '|' || y.measure || '|' || y.status
    || '|' || y.timing || '|' || coalesce(y.dimension_key, '')
    || '|' || CASE WHEN y.measure = 'flow' AND y.timing = 'during' THEN '' ELSE
      coalesce(CAST(y.start_day AS VARCHAR(10)), '') || '|' || coalesce(CAST(y.end_day AS VARCHAR(10)), '') END
    || '|' || CASE WHEN y.measure = 'ratio' THEN y.subject_type || '/' || y.subject_id || '|' || coalesce(y.area, '') ELSE '' END
    AS group_key,
  y.only_year IS NULL AS straddles,
  CAST(y.only_year || '-01-01' AS DATE) AS window_start,
  CAST(y.only_year || '-12-31' AS DATE) AS window_end
FROM years y;
