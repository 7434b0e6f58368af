-- The grouping of aggregateBySector: sector, metric, unit, measure, status, timing, dimensions and time stay apart; subjects are
-- added, but those of ratios never. Scope `context` (no Chinese party) stays out.
CREATE OR REPLACE VIEW grouped AS
SELECT
  o.*,
  o.sector || '|' || o.metric || '|' || o.unit || '|' || o.measure || '|' || o.status || '|' || o.timing
    || '|' || coalesce(o.dimension_key, '')
    || '|' || coalesce(CAST(o.start_day AS VARCHAR(10)), '') || '|' || coalesce(CAST(o.end_day AS VARCHAR(10)), '')
    || '|' || CASE WHEN o.measure = 'ratio' THEN o.subject_type || '/' || o.subject_id || '|' || coalesce(o.area, '') ELSE '' END
    AS group_key,
  FALSE AS straddles,
  CAST(NULL AS DATE) AS window_start,
  CAST(NULL AS DATE) AS window_end
FROM observations o
WHERE o.scope IN ('cpec', 'bilateral');
