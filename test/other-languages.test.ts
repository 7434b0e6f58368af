// The recipes in Python and R run as a reader would run them: beside a node_modules folder that holds the package.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const LANGUAGES = [
  { fence: "python", command: "python3", needs: ["-c", ""] },
  { fence: "r", command: "Rscript", needs: ["-e", "library(jsonlite)"] },
];

const recipes = readFileSync("docs/recipes.md", "utf8");
const folder = mkdtempSync(join(tmpdir(), "recipes-"));
mkdirSync(join(folder, "node_modules"));
symlinkSync(resolve("."), join(folder, "node_modules", "cpec-it-data"), "junction");
afterAll(() => rmSync(folder, { recursive: true }));

describe("the recipes in other languages print what they promise", () => {
  for (const { fence, command, needs } of LANGUAGES) {
    const blocks = [...recipes.matchAll(new RegExp(`^\`\`\`${fence}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
      (m) => m[1] as string,
    );
    it(`there are some in ${fence}`, () => expect(blocks.length).toBeGreaterThan(0));
    // Passed over, and shown as such, where the language is not installed.
    const missing = spawnSync(command, needs, { stdio: "ignore" }).status !== 0;
    it.skipIf(missing).each(blocks)(`${fence}: %#`, (code) => {
      const { stdout, stderr, status } = spawnSync(command, ["-"], {
        input: code,
        cwd: folder,
        encoding: "utf8",
      });
      expect(status, stderr).toBe(0);
      const promised = [...code.matchAll(/^# → (.+)$/gm)].map((m) => (m[1] as string).trim());
      expect(promised.length).toBeGreaterThan(0);
      expect(
        stdout
          .trim()
          .split("\n")
          .map((line) => line.trim()),
      ).toEqual(promised);
    });
  }
});
