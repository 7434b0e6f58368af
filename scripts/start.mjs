// The main job on the real data, with the built package imported by its name: `npm start`.
import {
  aggregate,
  computeTrend,
  countEvents,
  dataset,
  delays,
  events,
  filterObservations,
  getSector,
  getSource,
  getUnit,
  observations,
  sectors,
  toSeries,
  total,
} from "cpec-it-data";

const number = (n) => n.toLocaleString("en-US", { maximumFractionDigits: 2 });
const range = ({ value, low, high, approximate }) => {
  const about = approximate ? "about " : "";
  if (value !== null) return about + number(value);
  if (low !== null && high !== null) return `${about}${number(low)} to ${number(high)}`;
  return low !== null ? `${number(low)} or more` : `${number(high)} or less`;
};
const heading = (text) => console.log(`\n${text}\n${"-".repeat(text.length)}`);

console.log(dataset.citation);

heading("Events by sector (occurred or ongoing; Chinese and Pakistani parties)");
for (const { key, count } of countEvents(events, { by: "sector" }))
  console.log(`${String(count).padStart(4)}  ${getSector(key).name}`);

heading("Money by sector, statuses apart (US dollars; promises are not spending)");
const dollars = filterObservations(observations, { scope: ["cpec", "bilateral"] }).filter(
  (row) => row.unit === "usd" && row.metric.startsWith("investment-"),
);
/** Money of periods adds over time; of running totals, and of promises for different days, the newest of each subject does. */
const print = (name, row) => {
  const more = row.leftOut.length > 0 ? `, ${row.leftOut.length} row(s) left out` : "";
  console.log(
    `${[name, ...Object.values(row.dimensions)].join(", ")}: ${row.status} ${row.timing} ${getUnit("usd").symbol} ${range(row)} (${row.sources.length} source(s)${more})`,
  );
};
for (const { id, name } of sectors) {
  const rows = dollars.filter((row) => row.sector === id);
  const flows = rows.filter((row) => row.timing === "during");
  for (const row of aggregate(flows, { by: "sector", over: ["time", "subject"] })) print(name, row);
  const others = rows.filter((row) => row.timing !== "during");
  const classes = new Set(others.map((row) => `${row.metric} ${row.status} ${row.timing}`));
  for (const kind of [...classes].sort())
    print(
      name,
      total(
        others.filter((row) => `${row.metric} ${row.status} ${row.timing}` === kind),
        { each: "latest" },
      ),
    );
}

heading(`What became of the promises, as known on ${dataset.newestSource} (each by its newest wording)`);
const verdicts = ["kept", "late", "partly", "broken", "open", "unknown"];
const line = (name, counts) =>
  console.log([name.padEnd(44), ...counts.map((n) => String(n).padStart(8))].join(""));
line("", verdicts);
for (const row of delays({ by: "sector" }))
  line(
    getSector(row.key).name,
    verdicts.map((verdict) => row.verdicts[verdict]),
  );
console.log("Unknown: nothing that was found since settles it. That is not overdue.");

heading("Mobile phones assembled in Pakistan, calendar years (Pakistan Telecommunication Authority)");
const made = filterObservations(observations, {
  metric: "phones-assembled",
  status: "actual",
  dimensions: {},
});
const yearly = toSeries(made).find((series) => series.cadence === "year");
const trend = computeTrend(yearly);
for (const point of yearly.points)
  console.log(`${point.period}  ${number(point.value).padStart(11)}  ${point.sources.length} source(s)`);
console.log(
  `${trend.first.period} to ${trend.last.period}: x ${number(trend.ratio)}, ${number(trend.cagr * 100)} % a year compound` +
    (trend.slope ? `, Theil-Sen ${number(trend.slope.theilSen)} handsets a year` : "") +
    (trend.significance ? `, Mann-Kendall p = ${trend.significance.p.toPrecision(2)}` : ""),
);
for (const caveat of trend.caveats) console.log(`Note: ${caveat}`);
console.log("Sources:");
for (const id of trend.sources) {
  const { publisher, title, published, url } = getSource(id);
  console.log(`- ${publisher}, "${title}"${published ? `, ${published}` : ""}${url ? `, ${url}` : ""}`);
}
