import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { repositoryOf } from "../scripts/repository.js";
import { run } from "./run.js";

let home = "";
const FILES = ["package.json", "CITATION.cff", "README.md", ".github/CODEOWNERS"];
const read = (file: string) => readFileSync(join(home, file), "utf8");
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "cpec-it-data-repository-"));
  mkdirSync(join(home, ".github"));
  for (const file of FILES) cpSync(file, join(home, file));
});
afterEach(() => rmSync(home, { recursive: true }));

describe("the address of the repository", () => {
  it("is written wherever it belongs, and written again after a move", async () => {
    await run(home, "repository", "https://github.com/Old/name", "--owners", "@old");
    const { stdout, stderr, status } = await run(
      home,
      "repository",
      "git@github.com:Some-Owner/cpec-it-data.git",
      "--owners",
      "@some-owner,@some-org/data",
    );
    expect([stderr, status]).toEqual(["", 0]);
    for (const file of FILES) {
      expect(stdout).toContain(`${file} written`);
      expect(read(file)).not.toContain("Old/name");
    }
    expect(JSON.parse(read("package.json"))).toMatchObject({
      repository: { type: "git", url: "git+https://github.com/Some-Owner/cpec-it-data.git" },
      bugs: "https://github.com/Some-Owner/cpec-it-data/issues",
      homepage: "https://some-owner.github.io/cpec-it-data/",
      name: "cpec-it-data",
    });
    expect(parse(read("CITATION.cff"))).toMatchObject({
      "repository-code": "https://github.com/Some-Owner/cpec-it-data",
      url: "https://some-owner.github.io/cpec-it-data/",
    });
    expect(read("README.md").match(/<!-- repository -->/g)).toHaveLength(1);
    expect(read("README.md")).toContain("<https://github.com/Some-Owner/cpec-it-data>");
    expect(read(".github/CODEOWNERS").match(/^\/src\/.*$/gm)).toEqual(["/src/ @some-owner @some-org/data"]);
    const again = await run(
      home,
      "repository",
      "https://github.com/Some-Owner/cpec-it-data",
      "--owners",
      "@some-owner,@some-org/data",
    );
    expect(again.stdout).not.toContain(" written");
  });
  it.each([
    ["https://github.com/a/b", "https://github.com/a/b"],
    ["git+https://github.com/a/b.git", "https://github.com/a/b"],
    ["git@github.com:a/b.git", "https://github.com/a/b"],
    ["https://github.com/a/b/", "https://github.com/a/b"],
    ["github.com/a/b", undefined],
    ["https://github.com/a", undefined],
    ["https://github.com/a/b/tree/main", undefined],
  ])("%s", (text, url) => expect(repositoryOf(text)?.url).toBe(url));
  it("is refused where it is none", async () => {
    const { stderr, status } = await run(home, "repository", "cpec-it-data");
    expect(stderr).toContain("expected the address of a repository");
    expect(status).toBe(2);
  });
});
