// Writes the table of holdings into README.md: `npm run readme`, after `npm run data`.
import { readFileSync, writeFileSync } from "node:fs";
import { dataset, sectors } from "../src/index.js";
import { holdings, withHoldings } from "./holdings.js";

writeFileSync("README.md", withHoldings(readFileSync("README.md", "utf8"), holdings(dataset, sectors)));
