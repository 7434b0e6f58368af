// Writes the address of the repository wherever it belongs, so that publishing needs one step.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { command, misuse } from "./cli/command.js";

interface Repository {
  /** Such as https://github.com/owner/name, without an ending. */
  readonly url: string;
  readonly owner: string;
  readonly name: string;
}

/** An address as people paste it: with or without .git, by https or ssh. */
export function repositoryOf(text: string): Repository | undefined {
  const [, host, owner, name] =
    /^(?:git\+)?(?:https?:\/\/|ssh:\/\/git@|git@)([\w.-]+)[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(
      text,
    ) ?? [];
  return host && owner && name ? { url: `https://${host}/${owner}/${name}`, owner, name } : undefined;
}

/** Where its pages are served. */
const pagesOf = ({ owner, name }: Repository) => `https://${owner.toLowerCase()}.github.io/${name}/`;

/** A line of a YAML file, in place of the one with its key, or behind the line of another key. */
const withLine = (text: string, key: string, value: string, after: string) =>
  new RegExp(`^${key}: .*$`, "m").test(text)
    ? text.replace(new RegExp(`^${key}: .*$`, "m"), () => `${key}: ${value}`)
    : text.replace(new RegExp(`^${after}: .*$`, "m"), (line) => `${line}\n${key}: ${value}`);

/** The line of the README that leads to the repository and its pages. */
const MARKED = /<!-- repository -->\n[\s\S]*?<!-- \/repository -->/;

/** How each file says it. What links to a file of the repository relatively needs no address. */
const WRITERS: Readonly<Record<string, (text: string, repository: Repository, owners: string) => string>> = {
  "package.json": (text, r) => {
    const { repository: _, homepage: _h, bugs: _b, ...rest } = JSON.parse(text) as Record<string, unknown>;
    const entries = Object.entries(rest);
    const at = entries.findIndex(([key]) => key === "type");
    entries.splice(
      at,
      0,
      ["homepage", pagesOf(r)],
      ["bugs", `${r.url}/issues`],
      ["repository", { type: "git", url: `git+${r.url}.git` }],
    );
    return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
  },
  "CITATION.cff": (text, r) =>
    withLine(withLine(text, "repository-code", r.url, "version"), "url", pagesOf(r), "version"),
  "README.md": (text, r) => {
    const block = `<!-- repository -->\nSources and issues: <${r.url}>. Guides, API pages and the explorer: <${pagesOf(r)}>.\n<!-- /repository -->`;
    return MARKED.test(text) ? text.replace(MARKED, block) : text.replace(/^(# .+\n)/, `$1\n${block}\n`);
  },
  ".github/CODEOWNERS": (text, _, owners) =>
    owners === ""
      ? text
      : `${text
          .split("\n")
          .filter((line) => !/^\/(?:src|scripts|\.github)\/\s/.test(line))
          .join("\n")
          .trimEnd()}\n/src/ ${owners}\n/scripts/ ${owners}\n/.github/ ${owners}\n`,
};

/** Files that this command writes, with their new text. */
export function filesFor(repository: Repository, owners: string): Map<string, string> {
  return new Map(
    Object.entries(WRITERS)
      .filter(([file]) => existsSync(file))
      .map(([file, write]) => [file, write(readFileSync(file, "utf8"), repository, owners)]),
  );
}

export const main = command(
  {
    name: "repository",
    about:
      "Writes the address of the repository into package.json, CITATION.cff and the README, and the maintainers into CODEOWNERS. The explorer and the pages read it from package.json. Run it again after a move.",
    args: "URL [--owners @HANDLE,@HANDLE]",
    example: "npm run repository -- https://github.com/owner/cpec-it-data --owners @owner",
    flags: { owners: { about: "Handles of the maintainers who are asked to review code." } },
  },
  ({ positionals, values }) => {
    const [typed = "", ...rest] = positionals;
    const repository = rest.length === 0 ? repositoryOf(typed) : undefined;
    if (!repository)
      throw misuse(
        `found ${positionals.join(" ") || "nothing"}; expected the address of a repository, such as https://github.com/owner/cpec-it-data.`,
      );
    const owners = (values.owners ?? "").split(",").filter((handle) => handle !== "");
    const bad = owners.find((handle) => !/^@[\w-]+(?:\/[\w-]+)?$/.test(handle));
    if (bad !== undefined)
      throw misuse(`found "${bad}"; expected handles such as @owner, with commas between them.`);
    for (const [file, text] of filesFor(repository, owners.join(" "))) {
      if (text === readFileSync(file, "utf8")) continue;
      writeFileSync(file, text);
      console.log(`${file} written`);
    }
    console.log("Next: read the changes with git diff, and commit them.");
  },
);
