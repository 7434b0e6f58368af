// Chooses records to be read again against their sources: `npx tsx scripts/sample.ts SEED [COUNT]`. The seed decides the choice, so that
// anybody can repeat it; events, observations, projects and organisations have the same chance each.
import { createHash } from "node:crypto";
import { readRecords } from "./read/dataset.js";

const [seed, count = "100"] = process.argv.slice(2);
if (seed === undefined || !/^\d+$/.test(count)) {
  console.error(
    "usage: npx tsx scripts/sample.ts SEED [COUNT], for example: npx tsx scripts/sample.ts 2026-11 100",
  );
  process.exit(2);
}
const records = readRecords("data");
const ids = [
  ...records.events.map((r) => `events/${r.id}`),
  ...records.metrics.flatMap((m) => m.observations.map((o) => `observations/${o.id}`)),
  ...records.projects.map((r) => `projects/${r.id}`),
  ...records.organisations.map((r) => `organisations/${r.id}`),
];
const rank = (id: string) => createHash("sha256").update(`${seed}\n${id}`).digest("hex");
const chosen = ids
  .map((id) => ({ id, rank: rank(id) }))
  .sort((a, b) => (a.rank < b.rank ? -1 : 1))
  .slice(0, Number(count));
for (const { id } of chosen) console.log(id);
