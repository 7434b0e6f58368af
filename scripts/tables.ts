// Writes the generated tables of the guides: `npx tsx scripts/tables.ts` those that follow from the code, with `--release` those that follow
// from the data too. The second is a step of `npm run version`, so that a pull request of data never touches them.
import { readFileSync, writeFileSync } from "node:fs";
import { dataset, observations, sectors } from "../src/index.js";
import { codeBlocks, dataBlocks, withBlocks } from "./derive/guide-tables.js";

const release = process.argv.includes("--release") ? dataBlocks(dataset, sectors, observations) : {};
for (const [file, blocks] of Object.entries({ ...codeBlocks(), ...release }))
  writeFileSync(file, withBlocks(readFileSync(file, "utf8"), blocks));
