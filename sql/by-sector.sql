-- The grouping of aggregateBySector: sector, metric, unit, status, timing, dimensions and time stay apart; subjects are added,
-- but those of ratios never (R7). Scope `context` (no Chinese party) stays out.
CREATE OR REPLACE VIEW grouped AS
SELECT
  o.*,
  o.sector || '|' || o.metric || '|' || o.unit || '|' || o.status || '|' || o.timing || '|' || coalesce(o.dimension_key, '')
    || '|' || CAST(coalesce(o.start_day, DATE '2099-12-31') AS VARCHAR(10))
    || '|' || CAST(coalesce(o.end_day, DATE '2099-12-31') AS VARCHAR(10))
    || '|' || coalesce(o.as_of, '')
    || '|' || CASE WHEN o.measure = 'ratio' THEN o.subject_type || '/' || o.subject_id ELSE '' END AS group_key
FROM observations o
WHERE o.scope IN ('cpec', 'bilateral');
