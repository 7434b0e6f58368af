// Tells what changed in terms of the data: `npm run diff [-- BASE]`, from a commit (unless told: where the branch left main) to the
// files as they are. `--changeset` drafts a changeset, `--require-changeset` fails where one is missing or too small, `--markdown`
// writes a page, into the summary of the job where there is one.
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { changeset, difference, page } from "./authoring/difference.js";
import { slug } from "./authoring/explain.js";
import { DATA, inRepository } from "./authoring/files.js";
import { readDataset } from "./authoring/read.js";
import { type Bump, larger } from "./compare.js";

const CHANGESETS = ".changeset";

const { values, positionals } = parseArgs({
  options: {
    changeset: { type: "boolean" },
    "require-changeset": { type: "boolean" },
    markdown: { type: "boolean" },
  },
  allowPositionals: true,
});

function git(...args: string[]): Buffer | undefined {
  const { status, stdout } = spawnSync("git", args, { maxBuffer: 1 << 28 });
  return status === 0 ? stdout : undefined;
}

/** The commit to compare with. */
function baseCommit(): string {
  const [given] = positionals;
  const branch = process.env.GITHUB_BASE_REF ? `origin/${process.env.GITHUB_BASE_REF}` : "main";
  const found =
    given === undefined
      ? (git("merge-base", "HEAD", branch) ?? git("merge-base", "HEAD", "origin/main"))
      : git("rev-parse", "--verify", "--quiet", "--end-of-options", `${given}^{commit}`);
  if (found) return found.toString().trim();
  console.error(
    `found no commit "${given ?? branch}"; expected a commit, branch or tag of this repository. Name one: npm run diff -- BASE`,
  );
  process.exit(2);
}

/** The records as they were. */
function recordsAt(commit: string) {
  const folder = mkdtempSync(join(tmpdir(), "cpec-it-data-base-"));
  try {
    const archive = git("archive", "--format=tar", commit, DATA);
    const unpacked = archive && spawnSync("tar", ["-xf", "-", "-C", folder], { input: archive });
    if (unpacked?.status !== 0) {
      console.error(`found no ${DATA}/ in ${commit}; expected a commit that holds the dataset.`);
      process.exit(2);
    }
    return readDataset(join(folder, DATA)).records;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { name: packageName } = JSON.parse(readFileSync("package.json", "utf8")) as { name: string };
const base = baseCommit();
const found = difference(recordsAt(base), readDataset(DATA).records);

const text = page(found, values.markdown === true);
const summary = process.env.GITHUB_STEP_SUMMARY;
if (values.markdown && summary) appendFileSync(summary, `${text}\n`);
else console.log(text);

if (values.changeset && found.bump !== "none") {
  const first = [...found.changed, ...found.added, ...found.moved, ...found.removed][0]?.record ?? "data";
  const stem = `data-${slug(first).slice(0, 60)}`;
  const free = ["", ...Array.from({ length: 99 }, (_, i) => `-${i + 2}`)].find(
    (end) => !existsSync(join(CHANGESETS, `${stem}${end}.md`)),
  );
  const file = join(CHANGESETS, `${stem}${free ?? ""}.md`);
  writeFileSync(file, changeset(found, packageName));
  console.log(`\n${inRepository(file)} drafted: read it, and say why where the lines don't.`);
}

if (values["require-changeset"]) {
  const before =
    git("ls-tree", "--name-only", "-r", base, "--", `${CHANGESETS}/`)?.toString().split("\n") ?? [];
  const bumps = readdirSync(CHANGESETS)
    .filter(
      (file) => file.endsWith(".md") && file !== "README.md" && !before.includes(`${CHANGESETS}/${file}`),
    )
    .map(
      (file) =>
        new RegExp(`^"?${packageName}"?: (patch|minor|major)$`, "m").exec(
          readFileSync(join(CHANGESETS, file), "utf8"),
        )?.[1],
    )
    .filter((bump) => bump !== undefined) as Bump[];
  const has = bumps.reduce(larger, "none");
  if (larger(has, found.bump) !== has) {
    console.error(
      `found ${has === "none" ? "no new changeset" : `a changeset for a ${has} bump`}; expected one for a ${found.bump} bump. Run npm run diff -- --changeset and commit the file.`,
    );
    process.exitCode = 1;
  }
}
