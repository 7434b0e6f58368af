// A release from end to end, offline and in a copy: check, version, pack, install the version before, upgrade, and see that
// everything the last release held is still there. Then a changed value that the notes leave out must be refused.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { ObservationRecord } from "../src/types.js";
import { copySources } from "./cli/sources.js";

const folder = mkdtempSync(join(tmpdir(), "cpec-it-data-release-"));
const copy = join(folder, "copy");
const user = join(folder, "user");
const env = { ...process.env, npm_config_offline: "true", npm_config_loglevel: "error" };
const run = (cwd: string, command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const read = (file: string) => JSON.parse(readFileSync(file, "utf8"));
const say = (text: string) => console.log(text);
const must = (holds: boolean, what: string) => {
  if (!holds) throw new Error(`The trial release failed: ${what}.`);
  say(`  ${what}`);
};
const refused = (cwd: string, command: string, ...args: string[]) => {
  try {
    run(cwd, command, ...args);
    return "";
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
};

try {
  say("A copy of the sources");
  copySources(copy);
  symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
  const git = (...args: string[]) =>
    run(
      copy,
      "git",
      "-c",
      "user.name=trial",
      "-c",
      "user.email=trial@localhost",
      "-c",
      "init.defaultBranch=main",
      ...args,
    );
  // Right after a release no changeset waits; without one there is no next version to try.
  writeFileSync(join(copy, ".changeset/trial.md"), '---\n"cpec-it-data": minor\n---\n\nA trial release.\n');
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Before the release");

  say("The repository gets its address");
  run(
    copy,
    "node",
    "scripts/run.mjs",
    "repository",
    "https://github.com/trial/cpec-it-data",
    "--owners",
    "@trial",
  );
  must(
    read(join(copy, "package.json")).repository.url === "git+https://github.com/trial/cpec-it-data.git",
    "package.json names it, as provenance wants",
  );
  git("commit", "--quiet", "--all", "--message", "The repository has an address");

  const before = read(join(copy, "package.json")).version;
  const pack = () => {
    run(copy, "npm", "run", "--silent", "build");
    const [{ filename }] = JSON.parse(
      run(copy, "npm", "pack", "--json", "--ignore-scripts", "--pack-destination", folder),
    );
    return join(folder, filename);
  };
  say(`Pack ${before}, check, version, pack`);
  const old = pack();
  const checked = run(copy, "npx", "--no-install", "tsx", "scripts/release.ts", "check");
  must(/declared "(minor|major)"/.test(checked), checked.trim());
  const frozen = readFileSync(join(copy, "test/fixtures/release/events.json"), "utf8");
  run(copy, "npm", "run", "--silent", "version");
  const after = read(join(copy, "package.json")).version;
  must(after !== before, `version ${before} became ${after}`);
  must(read(join(copy, "package-lock.json")).version === after, "the lock has the version too");
  must(
    readFileSync(join(copy, "CHANGELOG.md"), "utf8").includes(`## ${after}`),
    "the changelog has its part",
  );
  must(
    readFileSync(join(copy, "CITATION.cff"), "utf8").includes(`version: ${after}\n`),
    "CITATION.cff cites it",
  );
  must(read(join(copy, "changes.json"))[0].version === after, "changes.json logs it as data");
  must(
    readFileSync(join(copy, "test/fixtures/release/dataset.json"), "utf8").includes(`"version":"${after}"`),
    "its data is kept for the next check",
  );
  const now = pack();
  must(
    run(copy, "npx", "--no-install", "tsx", "scripts/release.ts", "check").includes('calls for "none"'),
    "the check passes again: the tables of the guides are those of the data",
  );

  say("A user installs the version before, and upgrades");
  mkdirSync(user);
  writeFileSync(join(user, "package.json"), '{ "private": true, "type": "module" }\n');
  writeFileSync(join(user, "frozen.json"), frozen);
  writeFileSync(
    join(user, "use.mjs"),
    `import { readFileSync } from "node:fs";
import { dataset, getEvent, redirects } from "cpec-it-data";
const ids = JSON.parse(readFileSync("frozen.json", "utf8")).map((event) => event.id);
console.log(JSON.stringify([dataset.version, ids.length, ids.filter((id) => !getEvent(id) && !redirects[id])]));
`,
  );
  for (const [file, version] of [
    [old, before],
    [now, after],
  ] as const) {
    run(user, "npm", "install", "--no-audit", "--no-fund", file);
    const [installed, count, lost] = JSON.parse(run(user, "node", "use.mjs"));
    must(
      installed === version && count > 0 && lost.length === 0,
      `${version} is installed, and finds all ${count} events of the last release`,
    );
  }
  must(
    read(join(user, "node_modules/cpec-it-data/data/changes.json"))[0].version === after,
    "the upgrade brings the log",
  );

  say("A value changes, and nobody says so");
  const file = join(copy, "test/fixtures/release/metrics.json");
  const metrics = read(file);
  const observation = (metrics as { observations: ObservationRecord[] }[])
    .flatMap((m) => m.observations)
    .find((o) => o.value !== null) as ObservationRecord & { value: number };
  Object.assign(observation, { value: observation.value + 1 });
  writeFileSync(file, JSON.stringify(metrics));
  const check = ["npx", "--no-install", "tsx", "scripts/release.ts", "check"] as const;
  const complaint = refused(copy, ...check);
  const line = `\`observations/${observation.id}\`: value: ${observation.value} → ${observation.value - 1}`;
  must(complaint.includes('calls for "minor"'), "the check asks for a bump");
  must(complaint.includes(line), `the check asks for the line "${line}"`);
  writeFileSync(
    join(copy, ".changeset/a-correction.md"),
    `---\n"cpec-it-data": minor\n---\n\nCorrected:\n${line}\n`,
  );
  must(run(copy, ...check).includes('declared "minor"'), "and passes once the changeset has it");
  say("The trial release went through.");
} catch (error) {
  console.error((error as { stderr?: string }).stderr || (error as Error).message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
