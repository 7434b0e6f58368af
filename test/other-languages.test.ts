// The recipes in Python and R run as a reader would run them: beside a node_modules folder that holds the package.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { database } from "./duckdb.js";

const LANGUAGES = [
  { fence: "python", command: "python3", flag: "-c" },
  { fence: "r", command: "Rscript", flag: "-e" },
] as const;

const recipes = readFileSync("docs/recipes.md", "utf8");
const folder = mkdtempSync(join(tmpdir(), "recipes-"));
mkdirSync(join(folder, "node_modules"));
symlinkSync(resolve("."), join(folder, "node_modules", "cpec-it-data"), "junction");
afterAll(() => rmSync(folder, { recursive: true }));

describe("the recipes in other languages print what they promise", () => {
  for (const { fence, command, flag } of LANGUAGES) {
    const blocks = [...recipes.matchAll(new RegExp(`^\`\`\`${fence}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
      (m) => m[1] as string,
    );
    it(`there are some in ${fence}`, () => expect(blocks.length).toBeGreaterThan(0));
    const works = (...args: string[]) => spawnSync(command, args, { stdio: "ignore" }).status === 0;
    blocks.forEach((code, i) => {
      const libraries = [...code.matchAll(/^(?:import |library\().*$/gm)].map(([line]) => line);
      // Passed over, and shown as such, where the language or a library of it is not installed.
      const missing = !works(flag, "1") || !libraries.every((line) => works(flag, line));
      it.skipIf(missing)(`${fence}: ${i + 1}${libraries.map((line) => `, ${line}`).join("")}`, () => {
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
    });
  }
  it("in SQL, as DuckDB runs it", async () => {
    const db = await database();
    try {
      const blocks = [...recipes.matchAll(/^```sql\n([\s\S]*?)^```/gm)].map((m) => m[1] as string);
      expect(blocks.length).toBeGreaterThan(0);
      for (const code of blocks) {
        const [row] = await db.rows(code.replaceAll("node_modules/cpec-it-data/", ""));
        const promised = [...code.matchAll(/^-- → (.+)$/gm)].map((m) => (m[1] as string).trim());
        expect(Object.values(row ?? {}).map(String)).toEqual(promised);
      }
    } finally {
      db.close();
    }
  });
  it("and Excel finds the columns where the guide says", () => {
    const [head = ""] = readFileSync("data/series.csv", "utf8").split("\r\n");
    const columns = head.split(",");
    expect([columns[0], columns[11], columns[14]]).toEqual(["metric", "year", "value"]);
    expect(recipes).toContain('=SUMIFS(O:O, A:A, "phones-assembled", L:L, 2021)');
  });
});
