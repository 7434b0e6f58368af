// Carries the version of package.json into CITATION.cff: a step of `npm run version`.
import { readFileSync, writeFileSync } from "node:fs";

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const text = readFileSync("CITATION.cff", "utf8");
writeFileSync("CITATION.cff", text.replace(/^version: .+$/m, `version: ${version}`));
