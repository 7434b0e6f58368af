-- delays({ by: "sector" }): promises by sector with their verdicts. Each chain of restatements counts once, by its newest wording.
-- `timed` are those kept or late whose delay is known. Reads promises: what the sources bear as of the newest of them. `unknown`
-- means that nothing comparable was published since, not that a promise was broken.
CREATE OR REPLACE VIEW promise_verdicts AS
SELECT
  p.sector,
  count(*) AS promises,
  sum(CASE WHEN p.verdict = 'kept' THEN 1 ELSE 0 END) AS kept,
  sum(CASE WHEN p.verdict = 'late' THEN 1 ELSE 0 END) AS late,
  sum(CASE WHEN p.verdict = 'partly' THEN 1 ELSE 0 END) AS partly,
  sum(CASE WHEN p.verdict = 'broken' THEN 1 ELSE 0 END) AS broken,
  sum(CASE WHEN p.verdict = 'open' THEN 1 ELSE 0 END) AS still_open,
  sum(CASE WHEN p.verdict = 'unknown' THEN 1 ELSE 0 END) AS not_known,
  sum(CASE WHEN p.verdict IN ('kept', 'late') AND p.delay_max IS NOT NULL THEN 1 ELSE 0 END) AS timed
FROM promises p
WHERE p.restated_by IS NULL
GROUP BY p.sector;
