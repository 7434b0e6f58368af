// Writes the generated tables into README.md and the guides: `npm run tables`.
import { readFileSync, writeFileSync } from "node:fs";
import { dataset, observations, sectors } from "../src/index.js";
import { blocks, withBlocks } from "./holdings.js";

for (const [file, generated] of Object.entries(blocks(dataset, sectors, observations)))
  writeFileSync(file, withBlocks(readFileSync(file, "utf8"), generated));
