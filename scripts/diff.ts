// Lists what changed in terms of the data, from a commit (by default: where the branch left main) to the files as they are.
import { spawnSync } from "node:child_process";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { command, Exit, misuse } from "./cli/command.js";
import { DATA, problemLine } from "./cli/files.js";
import { writeBuild } from "./data.js";
import { changesets, draft, largest } from "./derive/changesets.js";
import { larger } from "./derive/compare.js";
import { readDataset, readRecords } from "./read/dataset.js";

function git(...args: string[]): Buffer | undefined {
  const { status, stdout } = spawnSync("git", args, { maxBuffer: 1 << 28 });
  return status === 0 ? stdout : undefined;
}

/** The commit to compare with. */
function baseCommit(given: string | undefined): string {
  const branch = process.env.GITHUB_BASE_REF ? `origin/${process.env.GITHUB_BASE_REF}` : "main";
  const found =
    given === undefined
      ? (git("merge-base", "HEAD", branch) ?? git("merge-base", "HEAD", "origin/main"))
      : git("rev-parse", "--verify", "--quiet", "--end-of-options", `${given}^{commit}`);
  if (found) return found.toString().trim();
  throw misuse(
    `found no commit "${given ?? branch}"; expected a commit, branch or tag of this repository. Name one: npm run diff -- BASE`,
  );
}

/** The records as they were: those of today, with each file that differs as the commit has it, or without it. */
function recordsAt(commit: string) {
  if (!git("cat-file", "-e", `${commit}:${DATA}`))
    throw misuse(`found no ${DATA}/ in ${commit}; expected a commit that holds the dataset.`);
  const files = [
    ["diff", "--name-only", "--no-renames", "-z", commit, "--", DATA],
    ["ls-files", "--others", "--exclude-standard", "-z", "--", DATA],
  ].flatMap(
    (args) =>
      git(...args)
        ?.toString()
        .split("\0") ?? [],
  );
  return readRecords(
    DATA,
    new Map(files.map((file) => [file, git("show", `${commit}:${file}`)?.toString()])),
  );
}

/** The dataset as it is. What can't be read would look like a record that went away. */
function datasetNow() {
  const read = readDataset(DATA);
  const unread = read.problems.filter(
    ({ problem }) => problem.level === "error" && ["yaml", "file", "shape"].includes(problem.rule),
  );
  if (unread.length > 0)
    throw new Exit(
      1,
      ...unread.map(problemLine),
      `${unread.length} record(s) can't be read, so that nothing can be compared. Fix them first: npm run check`,
    );
  return read;
}

export const main = command(
  {
    name: "diff",
    about:
      "Lists what changed in the data, the sums and series that move, and the version bump that this calls for; from BASE (by default where the branch left main) to the files as they are.",
    args: "[BASE]",
    example: "npm run diff -- --changeset",
    flags: {
      changeset: {
        boolean: true,
        about: "Drafts a changeset, or brings the draft that is there up to date.",
      },
      "require-changeset": {
        boolean: true,
        about: "Ends with 1 where a changeset is missing, too small or unreadable.",
      },
      markdown: { boolean: true, about: "Writes a page, into the summary of the job where there is one." },
    },
  },
  async ({ positionals, has }) => {
    const { name: packageName } = JSON.parse(readFileSync("package.json", "utf8")) as { name: string };
    const base = baseCommit(positionals[0]);
    const now = datasetNow();
    // Sums and series follow from what the build makes of the data: which subject lies in which, and the like.
    writeBuild(now);
    const { changesetLines, difference, page } = await import("./derive/difference.js");
    const found = difference(recordsAt(base), now.records);

    const text = page(found, has("markdown"));
    const summary = process.env.GITHUB_STEP_SUMMARY;
    if (has("markdown") && summary) appendFileSync(summary, `${text}\n`);
    else console.log(text);

    const before =
      git("ls-tree", "--name-only", "-r", base, "--", ".changeset/")?.toString().split("\n") ?? [];
    const all = changesets(packageName);
    const fresh = all.filter((c) => !before.includes(c.file));
    if (has("changeset") && found.bump !== "none") {
      const drafted = draft(packageName, found.bump, changesetLines(found), fresh);
      if (drafted) writeFileSync(drafted.file, drafted.text);
      console.log(
        drafted
          ? `\n${drafted.file} drafted: read it, and say why where the lines don't.`
          : "\nThe changesets that are there name all of it.",
      );
    }
    if (has("require-changeset")) {
      const broken = all.flatMap((c) => c.problem ?? []);
      const declared = largest(fresh);
      const missing =
        larger(declared, found.bump) === declared
          ? []
          : [
              `found ${declared === "none" ? "no new changeset" : `a changeset for a ${declared} bump`}; expected one for a ${found.bump} bump. Run npm run diff -- --changeset and commit the file.`,
              ...(found.removed.length > 0
                ? [
                    `${found.removed.length} record(s) went away, such as ${found.removed[0]?.record}: a redirect in data/redirects.yaml (npm run rename writes it) makes that a minor change.`,
                  ]
                : []),
            ];
      if (broken.length + missing.length > 0) throw new Exit(1, ...broken, ...missing);
    }
  },
);
