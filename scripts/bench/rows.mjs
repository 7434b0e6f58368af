// Rows in the shape of observations, made without randomness: flows of 40 metrics over 12 years of months and 60 subjects.
const MONTHS = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"];
const LAST = ["31", "28", "31", "30", "31", "30", "31", "31", "30", "31", "30", "31"];
const claims = Object.freeze([Object.freeze({ source: "a-source" })]);

/** `n` rows, no two of one series and time overlapping, so that all of them count. */
export function makeRows(n) {
  const rows = new Array(n);
  // Subjects outside the dataset, so that none lies in another.
  const subjects = Math.max(60, Math.ceil(n / (40 * 144)));
  for (let i = 0; i < n; i++) {
    const metric = i % 40;
    const when = Math.floor(i / 40) % 144;
    const subject = Math.floor(i / (40 * 144)) % subjects;
    const year = 2010 + Math.floor(when / 12);
    const month = when % 12;
    const period = `${year}-${MONTHS[month]}`;
    const value = ((i * 7919) % 10007) + 1;
    rows[i] = {
      id: `m${metric}:s${subject}:actual:during:${period}`,
      metric: `m${metric}`,
      unit: "device",
      measure: "flow",
      sector: `sector-${metric % 14}`,
      scope: "bilateral",
      subject: { type: "organisation", id: `s${subject}` },
      dimensions: {},
      status: "actual",
      timing: "during",
      period,
      start: `${period}-01`,
      end: `${period}-${LAST[month]}`,
      value,
      low: value,
      high: value,
      approximate: false,
      caveats: [],
      claims,
      confidence: "medium",
    };
  }
  return rows;
}
