import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { dataFiles } from "../scripts/cli/files.js";
import { readRecords } from "../scripts/read/dataset.js";
import { RECORD_SCHEMAS } from "../scripts/read/schemas.js";
import { canonical, modeline, tidyText, withoutTracking } from "../scripts/write/canonical.js";
import { CASES } from "./cases.js";
import { run } from "./run.js";
import { BASE, EVENT, SOURCE, smallDataset } from "./small-dataset.js";

const HEAD = `${modeline("events")}\n`;
const fixed = (text: string) => canonical("events", text)?.text;

describe("the canonical form of a record", () => {
  it("has the first line for editors and its keys in the order of the schema, at every depth", () => {
    expect(
      fixed(
        "status: occurred\nkind: launch\ntitle: A plant was opened\nclaims:\n  - at: para 1\n    source: a-paper\n",
      ),
    ).toBe(
      `${HEAD}title: A plant was opened\nkind: launch\nstatus: occurred\nclaims:\n  - source: a-paper\n    at: para 1\n`,
    );
  });
  it("keeps comments with what they stand at", () => {
    const text = `${HEAD}# about the record
title: A plant was opened # as the paper says
# why it is a launch
kind: launch
organisations:
  # who made it
  - id: a-maker # the maker
    role: manufacturer

# the end
`;
    expect(fixed(text)).toBe(text);
    expect(fixed("kind: launch\n# what happened\ntitle: A plant was opened # in Lahore\n")).toBe(
      `${HEAD}# what happened\ntitle: A plant was opened # in Lahore\nkind: launch\n`,
    );
  });
  it("quotes what a reader of YAML 1.1 would take for a date, a number or a truth, and nothing else", () => {
    expect(fixed("title: 'A plant'\nsummary: \"NO\"\ndate: 2022-03-04\nscope: '2022'\n")).toBe(
      `${HEAD}title: A plant\nsummary: "NO"\ndate: "2022-03-04"\nscope: "2022"\n`,
    );
  });
  it("has an item a line, and texts that never fold", () => {
    const long = "Opened by a maker in Lahore, ".repeat(6).trim();
    expect(fixed(`title: >-\n  A plant\n  was opened\nsummary: "${long}"\nplaces: [lahore, karachi]\n`)).toBe(
      `${HEAD}title: A plant was opened\nsummary: ${long}\nplaces:\n  - lahore\n  - karachi\n`,
    );
  });
  it("has no byte-order mark, line ends of Windows, loose accents, or spaces too many", () => {
    expect(fixed("\uFEFFtitle: A  plant\u00a0opened   \r\nsummary: Cafe\u0301\r\n\r\n\r\n")).toBe(
      `${HEAD}title: A plant opened\nsummary: Café\n`,
    );
  });
  it("leaves numbers, unknown keys, duplicates of meaning and the order of lists alone", () => {
    const text = `${HEAD}title: A plant\nplaces:\n  - lahore\n  - karachi\ncost: 1.50\nyear: 2021\n`;
    expect(fixed(text)).toBe(text);
  });
  it("quotes years, so that a time has one form", () => {
    const text = canonical("metrics", "observations:\n  - during: 2021\n    value: 2021\n")?.text;
    expect(text).toContain('  - during: "2021"\n    value: 2021\n');
  });
  it("loses no word of a key that is written twice", () => {
    expect(fixed("title: A plant\nkind: launch\ntitle: Another plant\n")).toBeUndefined();
  });
  it("does not exist for what is not YAML", () => {
    expect(fixed("title: A: B\n")).toBeUndefined();
    expect(fixed("- a list\n")).toBeUndefined();
  });
});

describe("an address without tracking parameters", () => {
  it.each([
    ["https://a.org/b?utm_source=x", "https://a.org/b"],
    ["https://a.org/b?id=7&utm_source=x&fbclid=y&page=2#part", "https://a.org/b?id=7&page=2#part"],
    ["https://a.org/b?q=a%20b&utm=kept", "https://a.org/b?q=a%20b&utm=kept"],
    ["https://a.org/b#utm_source=x", "https://a.org/b#utm_source=x"],
    ["no address?utm_source", "no address"],
  ])("%s", (from, to) => expect(withoutTracking(from)).toBe(to));
});

describe("over the whole dataset", () => {
  it("changes no shipped value, and nothing more a second time", () => {
    const root = mkdtempSync(join(tmpdir(), "cpec-it-data-fix-"));
    try {
      for (const [i, file] of dataFiles("data").entries()) {
        const source = readFileSync(file, "utf8");
        const [folder] = relative("data", dirname(file)).split("/");
        const form = (text: string) =>
          folder && folder in RECORD_SCHEMAS
            ? canonical(folder as keyof typeof RECORD_SCHEMAS, text)?.text
            : tidyText(text).text;
        // A tenth of the files is enough in an ordinary run; the others stay as they are.
        const text = i % Math.ceil(1000 / CASES) === 0 ? (form(source) as string) : source;
        // A second pass over some of them is enough to show that there is nothing left to do.
        if (i % 100 === 0) expect(form(text), file).toBe(text);
        const copy = join(root, relative("data", file));
        mkdirSync(dirname(copy), { recursive: true });
        writeFileSync(copy, text);
      }
      expect(JSON.stringify(readRecords(root))).toBe(JSON.stringify(readRecords("data")));
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

describe("the command", () => {
  it("says what it changed, leaves what it can't read as it is, and leaves no draft behind", async () => {
    const home = mkdtempSync(join(tmpdir(), "cpec-it-data-fix-"));
    const data = smallDataset(
      {
        [SOURCE]: ["/plant", "/plant?utm_source=x"],
        [EVENT]: ["title: A plant", "title: A plant: one"],
      },
      join(home, "data"),
    );
    try {
      const { stdout, status } = await run(home, "fix");
      expect(stdout).toContain(
        "data/sources/paper-2022-03-05.yaml: first line for editors; tracking parameters removed from url",
      );
      expect(stdout).toContain("data/events/plant-opening.yaml:1:8 left as it is: found a second colon");
      expect(status).toBe(1);
      expect(readFileSync(join(data, EVENT), "utf8")).toContain("title: A plant: one");
      expect(readFileSync(join(data, SOURCE), "utf8")).toContain("url: https://example.org/plant\n");
      expect(readdirSync(join(data, "sources"))).toEqual(
        Object.keys(BASE)
          .filter((f) => f.startsWith("sources/"))
          .map((f) => f.slice(8))
          .sort(),
      );
      expect((await run(home, "fix", "data/sources")).stdout).toBe("0 of 2 file(s) changed\n");
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});
