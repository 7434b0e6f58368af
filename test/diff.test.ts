import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { changesetText, draft, readChangeset } from "../scripts/derive/changesets.js";
import { changesetLines, difference, page } from "../scripts/derive/difference.js";
import { readRecords } from "../scripts/read/dataset.js";
import { BASE, type Change, EVENT, MAKER, METRIC, SOURCE, smallDataset } from "./small-dataset.js";

/** The difference between the small dataset and itself with some changes. */
function differ(changes: Record<string, Change>, before: Record<string, Change> = {}) {
  const roots = [smallDataset(before), smallDataset(changes)];
  try {
    const [old, now] = roots.map((root) => readRecords(root));
    if (!old || !now) throw new Error("two datasets");
    return difference(old, now);
  } finally {
    for (const root of roots) rmSync(root, { recursive: true });
  }
}
const said = (changes: readonly { record: string; text: string; bump: string }[]) =>
  changes.map((c) => `${c.bump} ${c.record} ${c.text}`);
const OBSERVATION = "observations/phones-made:pakistan:actual:during:2021";

describe("the difference between two states of the data", () => {
  it("is none where nothing changed", () => {
    const d = differ({});
    expect(d.bump).toBe("none");
    expect(page(d, false)).toBe("The data is the same: no version bump.");
  });
  it("names a corrected value with what it was and is, the sums and series that move, and is minor", () => {
    const second = `
  - during: 2022
    status: actual
    value: 21940000
    claims: [{ source: paper-2022-03-05, stated: 21.94 million }]
`;
    const d = differ(
      {
        [METRIC]:
          (BASE[METRIC] as string).replaceAll("24.66", "24.67").replace("24660000", "24670000") + second,
      },
      { [METRIC]: (BASE[METRIC] as string) + second },
    );
    expect(said(d.changed)).toEqual([
      `minor ${OBSERVATION} value: 24660000 → 24670000`,
      `patch ${OBSERVATION} claims: worded differently`,
    ]);
    expect(d.totals).toHaveLength(1);
    expect(d.totals[0]).toMatch(
      /^device-manufacturing, phones-made, actual, during.*: 24660000 handset → 24670000 handset$/,
    );
    expect(d.bump).toBe("minor");
  });
  it("distinguishes a date and a status from words, which are a patch", () => {
    const words = differ({
      [EVENT]: ["title: A plant was opened in Lahore", "title: A maker's plant was opened"],
    });
    expect(said(words.changed)).toEqual([
      'patch events/plant-opening title: "A plant was opened in Lahore" → "A maker\'s plant was opened"',
    ]);
    const date = differ({
      [EVENT]: ["edtf: 2022-03-04, basis: resolved, text: on Friday", "edtf: 2022-03-03"],
    });
    expect(said(date.changed)[0]).toBe('minor events/plant-opening date.edtf: "2022-03-04" → "2022-03-03"');
    const status = differ({ [EVENT]: ["status: occurred", "status: unverified"] });
    expect(said(status.changed)).toEqual(['minor events/plant-opening status: "occurred" → "unverified"']);
  });
  it("counts an added claim or a corrected address as a patch", () => {
    const claim = differ({
      [METRIC]: `${BASE[METRIC]}      - source: ministry-2022-03-04\n        stated: 24.66 million\n`,
    });
    expect(said(claim.changed)).toContain(`patch ${OBSERVATION} claims: +ministry-2022-03-04`);
    expect(claim.bump).toBe("patch");
    expect(differ({ [SOURCE]: ["org/plant", "org/new-plant"] }).bump).toBe("patch");
  });
  it("shows a promise that came true as one change of status, not as a loss and a find", () => {
    const d = differ({ [METRIC]: ["status: actual", "status: target"] });
    expect(said(d.changed)).toEqual([
      'minor observations/phones-made:pakistan:actual:during:2021 status: "actual" → "target"',
    ]);
    expect([...d.added, ...d.removed]).toEqual([]);
  });
  it("is major for an id dropped without a redirect, minor with one", () => {
    const { [EVENT]: event } = BASE as Record<string, string>;
    const extra = { "events/old-plant.yaml": event as string };
    const dropped = differ({}, extra);
    expect(said(dropped.removed)).toEqual([
      "major events/old-plant A plant was opened in Lahore; no redirect",
    ]);
    expect(dropped.bump).toBe("major");
    const moved = differ(
      { "redirects.yaml": "old-plant: { kind: moved, to: [plant-opening], why: entered twice }\n" },
      extra,
    );
    expect(said(moved.moved)).toEqual(["minor events/old-plant moved to plant-opening: entered twice"]);
    expect(moved.removed).toEqual([]);
    expect(moved.bump).toBe("minor");
  });
  it("names the values of a series that move, of context too", () => {
    const years = (value: number) =>
      `${(BASE[METRIC] as string).replace("scope: bilateral", "scope: context")}  - during: 2022
    status: actual
    value: ${value}
    claims: [{ source: paper-2022-03-05, stated: "${value}" }]
`;
    const d = differ({ [METRIC]: years(2100) }, { [METRIC]: years(2000) });
    expect(d.series).toEqual(["phones-made, pakistan, actual, year: 2022 2000 → 2100"]);
    expect(d.totals).toHaveLength(1);
  });
  it("names new disagreements of sources", () => {
    const d = differ({
      [METRIC]: `${BASE[METRIC]}      - source: ministry-2022-03-04
        stated: 20 million
        value: 20000000
        rank: deprecated
        note: an earlier count
`,
    });
    expect(d.conflicts).toEqual([
      "phones-made:pakistan:actual:during:2021 value: 24660000 (paper-2022-03-05) against 20000000 (ministry-2022-03-04)",
    ]);
  });
  it("is a page whose records can't become Markdown, and a changeset", () => {
    const d = differ({ [MAKER]: ["name: A Maker", "name: A [Maker](x) *b*"] });
    expect(page(d, true)).toContain("## Data: patch");
    expect(page(d, true)).toContain('- organisations/a-maker: name: "A Maker" → "A \\[Maker\\](x) \\*b\\*"');
    expect(changesetText("a-package", d.bump, changesetLines(d))).toBe(
      '---\n"a-package": patch\n---\n\nData:\n\n- Changed `organisations/a-maker`: name: "A Maker" → "A [Maker](x) *b*"\n',
    );
  });
});

describe("a changeset", () => {
  const NAME = "a-package";
  const read = (text: string) => readChangeset(".changeset/x.md", text, NAME).problem;
  it("needs a front matter that the release can read, and words", () => {
    expect(read('---\n"a-package": minor\n---\n\nPhones of 2021.\n')).toBeUndefined();
    for (const [text, message] of [
      ["Phones of 2021.\n", "found no front matter"],
      ['---\n"a-package": big\n---\n\nPhones.\n', "one of patch, minor, major"],
      ['---\n"another": minor\n---\n\nPhones.\n', "one of patch, minor, major"],
      ['---\n"a-package": [minor\n---\n\nPhones.\n', "one of patch, minor, major"],
      ['---\n"a-package": minor\n---\n\n', "found no words"],
    ] as const)
      expect(read(text), text).toContain(message);
  });
  it("is drafted anew in place of the draft, and keeps the words that somebody added", () => {
    const of = (file: string, text: string) => readChangeset(file, text, NAME);
    const first = draft(NAME, "minor", ["- New `events/a`: A"], []);
    expect(first?.file).toBe(".changeset/data-events-a.md");
    const edited = `${(first?.text ?? "").trim()}, by the second report\n\nThanks to all.\n`;
    const again = draft(
      NAME,
      "minor",
      ["- New `events/a`: A", "- New `events/b`: B"],
      [
        of(".changeset/data-events-a.md", edited),
        of(".changeset/correct-b.md", '---\n"a-package": minor\n---\n\n- Corrected `events/b`: B, by x\n'),
      ],
    );
    expect(again).toEqual({
      file: ".changeset/data-events-a.md",
      text: '---\n"a-package": minor\n---\n\nData:\n\n- New `events/a`: A, by the second report\n\nThanks to all.\n',
    });
  });
});
