-- countEvents: events that occurred or are ongoing, without scope `context`; a part is left out where its whole is counted in
-- the same group. By organisation and place an event counts under each, under the bodies whose subsidiaries these were then,
-- and under the larger places. Reads events, event_sectors, event_organisations, event_places, containment.
-- Gives event_counts (field, group_key, counted): field is sector, year, kind, organisation or place; '' stands for none.
CREATE OR REPLACE VIEW event_wanted AS
SELECT e.id, e.kind, e.part_of, e.date_earliest, e.date_latest,
  CAST(EXTRACT(YEAR FROM e.date_earliest) AS VARCHAR(4)) AS first_year,
  CAST(EXTRACT(YEAR FROM e.date_latest) AS VARCHAR(4)) AS last_year
FROM events e
WHERE e.scope IN ('cpec', 'bilateral') AND e.status IN ('occurred', 'ongoing');

CREATE OR REPLACE VIEW event_groups AS
SELECT 'sector' AS field, s.sector AS group_key, w.id
FROM event_wanted w JOIN event_sectors s ON s.event = w.id WHERE s.position = 1
UNION
SELECT 'year', CASE WHEN w.first_year = w.last_year THEN w.first_year ELSE w.first_year || '/' || w.last_year END, w.id
FROM event_wanted w
UNION
SELECT 'kind', w.kind, w.id
FROM event_wanted w
UNION
SELECT 'organisation', coalesce(o.organisation, ''), w.id
FROM event_wanted w LEFT JOIN event_organisations o ON o.event = w.id
UNION
SELECT 'organisation', c.container_id, w.id
FROM event_wanted w
JOIN event_organisations o ON o.event = w.id
JOIN containment c ON c.subject_type = 'organisation' AND c.container_type = 'organisation' AND c.subject_id = o.organisation
WHERE (c.from_date IS NULL OR c.from_date <= w.date_earliest) AND (c.until_date IS NULL OR w.date_latest <= c.until_date)
UNION
SELECT 'place', coalesce(p.place, ''), w.id
FROM event_wanted w LEFT JOIN event_places p ON p.event = w.id
UNION
SELECT 'place', c.container_id, w.id
FROM event_wanted w
JOIN event_places p ON p.event = w.id
JOIN containment c ON c.subject_type = 'place' AND c.container_type = 'place' AND c.subject_id = p.place;

-- Each event with all wholes of which it is a part, directly or through others that count; a ring ends after a hundred steps.
CREATE OR REPLACE VIEW event_wholes AS
WITH RECURSIVE wholes AS (
  SELECT p.id AS id, p.part_of AS whole, 1 AS steps FROM event_wanted p JOIN event_wanted w ON w.id = p.part_of
  UNION ALL
  SELECT h.id, p.part_of, h.steps + 1
  FROM wholes h JOIN event_wanted p ON p.id = h.whole JOIN event_wanted w ON w.id = p.part_of
  WHERE h.steps < 100
)
SELECT DISTINCT h.id AS id, h.whole AS whole FROM wholes h;

CREATE OR REPLACE VIEW event_counts AS
WITH parts AS (
  SELECT DISTINCT g.field AS field, g.group_key AS group_key, g.id AS id
  FROM event_groups g
  JOIN event_wholes h ON h.id = g.id
  JOIN event_groups w ON w.field = g.field AND w.group_key = g.group_key AND w.id = h.whole
),
tally AS (
  SELECT g.field, g.group_key, 1 AS n FROM event_groups g
  UNION ALL
  SELECT p.field, p.group_key, -1 FROM parts p
)
SELECT t.field, t.group_key, sum(t.n) AS counted
FROM tally t
GROUP BY t.field, t.group_key;
