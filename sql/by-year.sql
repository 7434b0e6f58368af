-- The grouping of aggregate(rows, { by: ["sector", "year"], over: ["time", "subject"] }): flows are added over the time and
-- the subjects of a year, levels over subjects at one time, ratios over nothing (R7). The year is that of the last day. All scopes.
CREATE OR REPLACE VIEW grouped AS
SELECT
  o.*,
  o.sector || '|' || CASE WHEN o.end_day IS NULL THEN '' ELSE CAST(EXTRACT(YEAR FROM coalesce(o.end_day, DATE '2099-12-31')) AS VARCHAR(4)) END || '|' || o.metric || '|' || o.unit || '|' || o.status
    || '|' || o.timing || '|' || coalesce(o.dimension_key, '')
    || '|' || CASE WHEN o.measure = 'flow' THEN '' ELSE
      CAST(coalesce(o.start_day, DATE '2099-12-31') AS VARCHAR(10))
      || '|' || CAST(coalesce(o.end_day, DATE '2099-12-31') AS VARCHAR(10)) || '|' || coalesce(o.as_of, '') END
    || '|' || CASE WHEN o.measure = 'ratio' THEN o.subject_type || '/' || o.subject_id ELSE '' END AS group_key
FROM observations o;
