-- countEvents: events that occurred or are ongoing, without scope `context`; a part is left out where its whole is counted in
-- the same group (R5). Reads events, event_sectors, event_organisations, event_places.
-- Gives event_counts (field, group_key, counted): field is sector, year, kind, organisation or place; '' stands for none.
CREATE OR REPLACE VIEW event_groups AS
WITH wanted AS (
  SELECT e.id, e.kind, e.part_of,
    CAST(EXTRACT(YEAR FROM e.date_earliest) AS VARCHAR(4)) AS first_year,
    CAST(EXTRACT(YEAR FROM e.date_latest) AS VARCHAR(4)) AS last_year
  FROM events e
  WHERE e.scope IN ('cpec', 'bilateral') AND e.status IN ('occurred', 'ongoing')
)
SELECT 'sector' AS field, s.sector AS group_key, w.id, w.part_of
FROM wanted w JOIN event_sectors s ON s.event = w.id WHERE s.position = 1
UNION ALL
SELECT 'year', CASE WHEN w.first_year = w.last_year THEN w.first_year ELSE w.first_year || '/' || w.last_year END, w.id, w.part_of
FROM wanted w
UNION ALL
SELECT 'kind', w.kind, w.id, w.part_of FROM wanted w
UNION ALL
SELECT DISTINCT 'organisation', o.organisation, w.id, w.part_of
FROM wanted w JOIN event_organisations o ON o.event = w.id
UNION ALL
SELECT 'organisation', '', w.id, w.part_of
FROM wanted w WHERE w.id NOT IN (SELECT o.event FROM event_organisations o)
UNION ALL
SELECT 'place', p.place, w.id, w.part_of
FROM wanted w JOIN event_places p ON p.event = w.id
UNION ALL
SELECT 'place', '', w.id, w.part_of
FROM wanted w WHERE w.id NOT IN (SELECT p.event FROM event_places p);

CREATE OR REPLACE VIEW event_counts AS
WITH tally AS (
  SELECT g.field, g.group_key, 1 AS n FROM event_groups g
  UNION ALL
  SELECT g.field, g.group_key, -1
  FROM event_groups g
  JOIN event_groups w ON w.field = g.field AND w.group_key = g.group_key AND w.id = g.part_of
  WHERE w.id <> g.id
)
SELECT t.field, t.group_key, sum(t.n) AS counted
FROM tally t
GROUP BY t.field, t.group_key;
