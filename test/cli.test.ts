import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
// The commands of the package as it is built.
import { run } from "../bin/commands.mjs";
import { type LeftOut, metrics, type Series } from "../src/index.js";
import golden from "./golden.json" with { type: "json" };

/** What a command line prints, and its exit code. */
async function cli(...args: string[]) {
  const out: string[] = [];
  const error: string[] = [];
  const exit = await run(args, { out: (t) => out.push(t), error: (t) => error.push(t) });
  return { exit, out: out.join("\n"), error: error.join("\n") };
}

describe("fifty questions and their answers", () => {
  it("are fifty", () => {
    expect(new Set(golden.map((g) => g.question)).size).toBe(50);
  });
  it.each(golden)("$question", async ({ args, exit, answer, id }) => {
    const said = await cli(...args);
    expect([said.exit, said.error]).toEqual([exit, exit === 0 ? "" : expect.stringContaining(answer)]);
    if (exit !== 0) return;
    if (id !== undefined) {
      const promise = JSON.parse(said.out).find((p: { id: string }) => p.id === id);
      expect(`${promise?.verdict}: ${promise?.sentence}`).toBe(answer);
      expect(promise.sources.length).toBeGreaterThan(0);
    } else expect(said.out.replace(/ +/g, " ")).toContain(answer);
  });
  it("give figures that stand in the records, with their sources", async () => {
    for (const { args, exit } of golden.filter((g) => g.args[0] === "total" && g.exit === 0)) {
      const { out } = await cli(...args, "--json");
      const result = JSON.parse(out);
      const record = readFileSync(`data/metrics/${result.metric}.yaml`, "utf8");
      expect(record, result.metric).toContain(`value: ${result.value}\n`);
      expect([exit, result.count]).toEqual([0, 1]);
      for (const source of result.sources) expect(record).toContain(`source: ${source}`);
    }
  });
});

describe("the command line", () => {
  it("explains itself, as a whole and by command", async () => {
    const { exit, out } = await cli("--help");
    expect(exit).toBe(0);
    for (const command of ["total", "series", "promises", "find", "cite", "write"]) {
      expect(out).toContain(`cpec-it-data ${command}`);
      expect((await cli(command, "--help")).out).toContain("--json");
    }
    expect((await cli()).exit).toBe(2);
    expect((await cli("--version")).out).toMatch(/^\d+\.\d+\.\d+$/);
  });
  it.each([
    [["totl"], "There is no command"],
    [["total"], "--metric"],
    [["total", "--metrik", "x"], "Unknown option '--metrik'"],
    [["total", "phones-assembled"], "was not expected"],
    [["total", "--metric", "phones-assembled", "--dimension", "4g"], "technology=4g"],
    [["total", "--metric", ""], "--metric is empty"],
    [["total", "--metric", "phones-assembled", "--dimension", ","], "--dimension is empty"],
    [["total", "--metric"], "argument missing"],
    [["TOTAL", "--metric", "x"], "Commands: total"],
    [["help", "totl"], "There is no command"],
    [["find", " "], "at least one word"],
    [["promises", "--project", ""], "--project is empty"],
    [["cite", "xiaomi-plant-opening", "--format", "bibtex"], "--style"],
    [["find"], "at least one word"],
    [["find", "x", "--in", "nowhere"], "expected metrics"],
    [["write", "a", "b"], "one folder"],
    [["write", "a", "--format", "xls"], "expected csv"],
  ] as const)("does not guess what is meant by %j", async (args, message) => {
    const { exit, out, error } = await cli(...args);
    expect([exit, out]).toEqual([2, ""]);
    expect(error).toContain(message);
  });
  it("gives errors of the library as they are, in JSON when asked", async () => {
    const { exit, error } = await cli("total", "--metric", "phones-assembled", "--json");
    expect(exit).toBe(1);
    expect(JSON.parse(error).error).toMatchObject({
      code: "MIXED_TIMING",
      hint: expect.stringContaining("total("),
    });
  });
  it("says how to type what a refusal asks for, so that it works", async () => {
    for (const { id } of metrics) {
      const { exit, error } = await cli("total", "--metric", id, "--json");
      if (exit === 0) continue;
      const [command, dots, ...options] = JSON.parse(error).error.instead;
      expect(dots).toBe("...");
      const again = await cli(command, "--metric", id, ...options);
      expect([again.exit, again.error], `${command} ${id} ${options.join(" ")}`).toEqual([0, ""]);
    }
    expect((await cli("total", "--metric", "phones-assembled")).error).toContain(
      "\nOn the command line: cpec-it-data total ... --timing during",
    );
  });
  it.each([
    [["total", "--metric", "phones-asembled"], 'Did you mean "phones-assembled"', "find WORDS --in metrics"],
    [["total", "--metric", "phones-assembled", "--place", "lahor"], '"lahore"', "find WORDS --in places"],
    [["promises", "--organisation", "hauwei"], '"huawei"', "find WORDS --in organisations"],
    [["total", "--metric", "phones-assembled", "--status", "acutal"], '"actual"', ""],
    [["total", "--metric", "phones-assembled", "--from", "2022", "--to", "2021"], "earlier date", ""],
    [["promises", "--by", "soon"], "INVALID_DATE", ""],
    [["cite", "nonsense"], "find WORDS", ""],
    [["cite", "xiaomi-plant-opening", "--style", "apa"], "bibtex", ""],
  ] as const)("refuses %j, naming what was meant", async (args, message, advice) => {
    const { exit, out, error } = await cli(...args);
    expect([exit, out]).toEqual([1, ""]);
    expect(error).toContain(message);
    expect(error).toContain(advice);
  });
  it("finds by Chinese names, without accents, in every collection, and reads dates as people do", async () => {
    expect((await cli("find", "华为")).out).toMatch(/^organisations +huawei +Huawei$/m);
    expect((await cli("find", "lahór", "--in", "places,sectors,units")).out).toMatch(
      /^places +lahore +Lahore$/m,
    );
    expect((await cli("find", "local-phone-output-passed-imports")).out).toContain("2021 Q1 occurred");
    expect(await cli("find", "zzzz", "--json")).toEqual({ exit: 3, out: "[]", error: "" });
    expect(await cli("find", "zzzz")).toEqual({ exit: 3, out: "", error: "Nothing found." });
  });
  it("helps with one command, before or behind its name", async () => {
    const { out } = await cli("total", "--help");
    expect(out).toContain("--metric");
    for (const args of [
      ["help", "total"],
      ["--help", "total"],
      ["total", "-h"],
    ])
      expect(await cli(...args)).toEqual({ exit: 0, out, error: "" });
    expect((await cli("-v")).out).toBe((await cli("--version")).out);
  });
  it("cites a record once, and names running totals by their months", async () => {
    const { out } = await cli("cite", "xiaomi-plant-opening", "xiaomi-plant-opening");
    expect(out).toBe((await cli("cite", "xiaomi-plant-opening")).out);
    expect((await cli("series", "--metric", "phones-assembled", "--totals")).out).toContain(
      "months 01 to 07",
    );
  });
  it("cites of a metric what supports its values, and no known slip", async () => {
    const slip = (m: (typeof metrics)[number]) => {
      const claims = m.observations.flatMap((o) => o.claims);
      const sound = new Set(claims.filter((c) => c.rank !== "deprecated").map((c) => c.source));
      return claims.find((c) => !sound.has(c.source))?.source;
    };
    const metric = metrics.find((m) => slip(m) !== undefined);
    const { out } = await cli("cite", metric?.id ?? "", "--style", "bibtex");
    expect(out).not.toContain(`{${metric && slip(metric)},`);
    expect(out).toMatch(/^@/);
  });
  it("shows series and their trends", async () => {
    const { out } = await cli(
      "series",
      "--metric",
      "phones-assembled",
      "--timing",
      "during",
      "--totals",
      "--from",
      "2019",
      "--trend",
      "--json",
    );
    const yearly = JSON.parse(out).find((s: { cadence: string }) => s.cadence === "year");
    expect(yearly.points.length).toBeGreaterThan(2);
    expect(yearly.trend.caveats).toBeInstanceOf(Array);
    expect((await cli("series", "--metric", "phones-assembled", "--totals", "--trend")).out).toContain(
      "24,660,000",
    );
  });
  it.each([
    ["--from", "FY2021-22", "--to", "FY2021-22", 211, 365],
    ["--from", "2021", "--to", "2021", 365, 365],
    ["--from", "2021-12-30", "--to", "2022-07-02", 181, 185],
    // An end that is not named is that of the rows.
    ["--from", "2021-12-30", "--to", undefined, 1492, 1494],
    ["--from", undefined, "--to", "2022-07", 2008, 2404],
  ] as const)("says of how many days from %s %s %s %s a total knows", async (f, from, t, to, days, of) => {
    const span = [...(from ? [f, from] : []), ...(to ? [t, to] : [])];
    const asked = ["total", "--metric", "phones-assembled", "--timing", "during", "--totals", ...span];
    expect((await cli(...asked)).out).toMatch(new RegExp(`^days covered +${days} of ${of}$`, "m"));
    const { covers, leftOut } = JSON.parse((await cli(...asked, "--json")).out);
    expect([covers.days, covers.of, leftOut.some((l: LeftOut) => l.reason === "outside")]).toEqual([
      days,
      of,
      false,
    ]);
    // What only reaches into the span is shown, and never added.
    const possible = JSON.parse((await cli(...asked, "--dates", "possible", "--json")).out);
    expect(possible.covers.days).toBe(days);
  });
  it("says of a series what is missing of the years asked for", async () => {
    const asked = [
      "series",
      "--metric",
      "phones-assembled",
      "--timing",
      "during",
      "--totals",
      "--from",
      "2014",
      "--to",
      "2025",
    ];
    expect((await cli(...asked)).out).toMatch(/^covers \d+ of 4383 days; missing 2014\/2015, /m);
    const yearly = JSON.parse((await cli(...asked, "--json")).out).find((s: Series) => s.cadence === "year");
    expect(yearly.covers.missing).toContain("2014/2015");
  });
  it("cites in other styles", async () => {
    expect((await cli("cite", "xiaomi-plant-opening", "--style", "bibtex")).out).toMatch(/^@article\{/);
    expect(JSON.parse((await cli("cite", "--style", "csl-json", "--json")).out)[0].type).toBe("dataset");
  });
  it("writes the files of a release, byte for byte", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cpec-it-data-write-"));
    try {
      const { exit } = await cli("write", folder, "--format", "csv,parquet,ndjson,geojson,jsonld");
      expect(exit).toBe(0);
      const files = readdirSync(folder);
      const formats = /\.(csv|parquet|ndjson|geojson|jsonld)$|^(croissant|datapackage)\.json$/;
      expect(files.sort()).toEqual(
        readdirSync("data")
          .filter((f) => formats.test(f))
          .sort(),
      );
      for (const file of files)
        expect(readFileSync(join(folder, file)).equals(readFileSync(join("data", file))), file).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
  it("is a program of its own, with exit codes", () => {
    const program = "bin/cpec-it-data.mjs";
    // A pipe that closes early, and a folder that can't be.
    const piped = spawnSync("sh", ["-c", `"${process.execPath}" ${program} find a | head -1`], {
      encoding: "utf8",
    });
    expect([piped.stdout.split("\n")[0], piped.stderr]).toEqual([expect.stringContaining("collection"), ""]);
    const nowhere = spawnSync(process.execPath, [program, "write", "package.json"], { encoding: "utf8" });
    expect([nowhere.status, nowhere.stdout]).toEqual([1, ""]);
    expect(nowhere.stderr).toMatch(/^EEXIST: .+\n$/);
    expect(
      execFileSync(process.execPath, [program, "find", "jwg-it-established"], { encoding: "utf8" }),
    ).toContain("events");
    const refused = spawnSync(process.execPath, [program, "total", "--metric", "phones-assembled"], {
      encoding: "utf8",
    });
    expect([refused.status, refused.stdout]).toEqual([1, ""]);
    expect(refused.stderr).toMatch(/^MIXED_TIMING: /);
  });
});
