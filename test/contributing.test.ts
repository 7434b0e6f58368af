import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copySources } from "../scripts/cli/sources.js";
import { type CpecEvent, events, metrics } from "../src/index.js";
import { linkPackages } from "./packages.js";

/** The blocks of the guide that are played through, with the file that they are the content of, if any. */
const blocks = [
  ...readFileSync("CONTRIBUTING.md", "utf8").matchAll(
    /<!-- played through by the tests(?:: (\S+))? -->\n\n```\w+\n([\s\S]+?)```/g,
  ),
].map(([, file, text]) => ({ file: file as string, text: text as string }));
const NAMES = ["misspelt", "source", "event", "series", "bring", "correct", "rename", "send"] as const;
const block = Object.fromEntries(NAMES.map((name, i) => [name, blocks[i]])) as Record<
  (typeof NAMES)[number],
  (typeof blocks)[number]
>;

let home = "";
const shell = (command: string, env: Record<string, string> = {}) =>
  spawnSync("bash", ["-ec", command], {
    cwd: home,
    encoding: "utf8",
    // The checks of a pull request set these: the newcomer sits at a machine of their own.
    env: { ...process.env, GITHUB_BASE_REF: "", GITHUB_STEP_SUMMARY: "", INIT_CWD: home, ...env },
  });
const done = (command: string) => {
  const { status, stdout, stderr } = shell(command);
  expect(status, stdout + stderr).toBe(0);
  return stdout;
};
const text = (file: string) => readFileSync(join(home, file), "utf8");

beforeAll(() => {
  // The whole dataset, as a newcomer clones it.
  home = mkdtempSync(join(tmpdir(), "cpec-it-data-newcomer-"));
  copySources(home);
  linkPackages(home);
  const git =
    "git -c user.name=newcomer -c user.email=newcomer@example.org -c init.defaultBranch=main -c commit.gpgsign=false";
  // The objects are those of the repository: nothing is written twice.
  const objects = resolve(
    spawnSync("git", ["rev-parse", "--git-path", "objects"], { encoding: "utf8" }).stdout.trim(),
  );
  const share = `echo "${objects}" > .git/objects/info/alternates`;
  expect(shell(`${git} init -q && ${share} && git add -A && ${git} commit -qm "As it was"`).stderr).toBe("");
}, 120_000);
afterAll(() => rmSync(home, { recursive: true, force: true }), 60_000);

describe("a newcomer with the guide alone, in the whole dataset", () => {
  it("finds one block for each step", () => {
    expect(blocks).toHaveLength(NAMES.length);
  });
  it("sees a mistake explained, then adds a source, a body and an event", () => {
    const mistake = shell(block.misspelt.text);
    expect(mistake.status).toBe(1);
    expect(mistake.stderr).toMatch(
      /data\/sources\/example-gazette-2022-03-05\.yaml:2:7 error: kind: found "newspapr"; expected one of .*Did you mean "newspaper"\?/,
    );
    expect(existsSync(join(home, "data/sources/example-gazette-2022-03-05.yaml"))).toBe(false);
    done(block.source.text);
    done(block.event.text);
  }, 120_000);
  it("brings in a series, with its metric", () => {
    writeFileSync(join(home, block.series.file), block.series.text);
    expect(done(block.bring.text)).toContain("10 observation(s) added");
    rmSync(join(home, block.series.file));
  }, 120_000);
  it("corrects a figure, and gives a body another id", () => {
    expect(done(block.correct.text)).toContain("value: 190000 → 195000");
    done(block.rename.text);
    expect(text("data/events/example-plant-opening.yaml")).toContain("id: example-handset-maker");
    expect(text("data/redirects.yaml")).toContain(
      "example-maker: { kind: moved, to: [example-handset-maker]",
    );
  }, 120_000);
  it("ends with a green check and a changeset that says what changed", () => {
    const sent = done(block.send.text);
    expect(sent).toContain(" 0 error(s)");
    expect(sent).toContain("The data calls for a minor version bump.");
    for (const line of [
      "events/example-plant-opening: Example Maker opened a plant in Lahore (example-gazette-2022-03-05)",
      "observations/example-phones:pakistan:actual:during:2021: 195000 handset (example-gazette-2022-03-05)",
      "example-phones, pakistan, actual, year: none → 10 values, 2012 to 2021",
    ])
      expect(sent).toContain(line);
    const drafted = readdirSync(join(home, ".changeset")).filter((f) => f.startsWith("data-"));
    expect(drafted).toHaveLength(1);
    const changeset = text(`.changeset/${drafted[0]}`);
    expect(changeset).toMatch(/^---\n"cpec-it-data": minor\n---\n\nData:\n\n/);
    expect(changeset).toContain("- New `events/example-plant-opening`");
  }, 120_000);
  it("is green at the first push: the checks of the pull request, and the tests that read the data", () => {
    const summary = join(home, "summary.md");
    const checks = shell("npm run --silent diff -- --markdown --require-changeset", {
      GITHUB_STEP_SUMMARY: summary,
    });
    expect(checks.status, checks.stdout + checks.stderr).toBe(0);
    expect(text("summary.md")).toContain("## Data: minor\n");
    rmSync(summary);
    done(
      "npx --no-install vitest run --maxWorkers=1 test/tables.test.ts test/schema.test.ts test/workflows.test.ts",
    );
  }, 240_000);
  it("is asked for a changeset that is large enough and can be read, a redirect, and records that can be read", () => {
    // What refers to an event, beside the event itself.
    const texts = [...events, ...metrics].map((record) => JSON.stringify({ ...record, id: "" }));
    const [corrected = "", drafted = ""] = readdirSync(join(home, ".changeset"))
      .filter((f) => /^(?:data|correct)-/.test(f))
      .map((f) => `.changeset/${f}`);
    writeFileSync(join(home, corrected), text(corrected).replace("minor", "patch"));
    writeFileSync(join(home, drafted), "Phones of 2021 were corrected.\n");
    const gone = events.find((e) => !texts.some((text) => text.includes(e.id))) as CpecEvent;
    rmSync(join(home, `data/events/${gone.id}.yaml`));
    const { stderr, status } = shell("npm run --silent diff -- --require-changeset");
    expect(stderr).toContain("found a changeset for a patch bump; expected one for a major bump.");
    expect(stderr).toContain(
      `1 record(s) went away, such as events/${gone.id}: a redirect in data/redirects.yaml`,
    );
    expect(stderr).toContain(`${drafted}:1:1 found no front matter; expected a first line ---`);
    expect(status).toBe(1);
    writeFileSync(join(home, `data/events/${gone.id}.yaml`), "no record\n");
    const unread = shell("npm run --silent diff");
    expect(unread.stderr).toContain("1 record(s) can't be read, so that nothing can be compared.");
    expect(unread.status).toBe(1);
  }, 120_000);
});
