import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** The rooms of scripts/, each with those that it may import from, besides src/. Commands, which lie above them, may import from all. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  read: [],
  write: ["read"],
  derive: ["read"],
  cli: ["read"],
};
const importsOf = (file: string) =>
  [...readFileSync(file, "utf8").matchAll(/^(?:(?:import|export) .*|\} )from "(\.[^"]+)"/gm)].map(
    (m) => m[1] as string,
  );

describe("a room of scripts/", () => {
  it.each(Object.entries(ROOMS))("%s imports from itself, %j and src alone", (room, others) => {
    const files = readdirSync(`scripts/${room}`);
    expect(files.length).toBeGreaterThan(1);
    for (const file of files)
      for (const path of importsOf(`scripts/${room}/${file}`)) {
        const from = /^(?:\.\.\/)?\.\.\/(\w+)\//.exec(path)?.[1] ?? room;
        expect([room, ...others, "src"], `${file} imports ${path}`).toContain(from);
      }
  });
  it("never imports a command", () => {
    for (const room of Object.keys(ROOMS))
      for (const file of readdirSync(`scripts/${room}`))
        expect(
          importsOf(`scripts/${room}/${file}`).filter((path) => /^\.\.\/[^./]+\.js$/.test(path)),
        ).toEqual([]);
  });
});
