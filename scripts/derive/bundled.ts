/** The small libraries that the build carries inside dist/: their licences, and a bill of materials (CycloneDX). */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly description: string;
}
const read = (file: string) => JSON.parse(readFileSync(file, "utf8"));

/** Names of the libraries, as the bundler notes them above each module. */
export function bundledNames(dist: string): string[] {
  const code = readdirSync(dist)
    .filter((f) => f.endsWith(".js"))
    .map((f) => readFileSync(join(dist, f), "utf8"))
    .join("\n");
  return [
    ...new Set([...code.matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)].map((m) => m[1] as string)),
  ].sort();
}

/** Licence texts, one below the other. */
export const notices = (names: readonly string[]): string =>
  names
    .map((name) => {
      const file = ["LICENSE", "LICENSE.md", "license"]
        .map((f) => join("node_modules", name, f))
        .find(existsSync);
      if (!file) throw new Error(`${name} is bundled, and has no licence file.`);
      return `${name}\n\n${readFileSync(file, "utf8").trim()}\n`;
    })
    .join("\n\n");

/** The bill of materials. No clock and no random serial number: the same build gives the same bytes. */
export function billOfMaterials(names: readonly string[]): object {
  const { packages } = read("package-lock.json") as { packages: Record<string, { integrity?: string }> };
  const component = ({ name, version, license, description }: Manifest) => ({
    type: "library",
    "bom-ref": `${name}@${version}`,
    name,
    version,
    description,
    licenses: [license.startsWith("(") ? { expression: license } : { license: { id: license } }],
    purl: `pkg:npm/${name.replace("@", "%40")}@${version}`,
  });
  const root = component(read("package.json"));
  const components = names.map((name) => {
    const [algorithm, hash = ""] = (packages[`node_modules/${name}`]?.integrity ?? "").split("-");
    if (algorithm !== "sha512") throw new Error(`${name} is bundled, and the lock has no SHA-512 of it.`);
    return {
      ...component(read(join("node_modules", name, "package.json"))),
      hashes: [{ alg: "SHA-512", content: Buffer.from(hash, "base64").toString("hex") }],
    };
  });
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.5.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: { component: root },
    components,
    dependencies: [{ ref: root["bom-ref"], dependsOn: components.map((c) => c["bom-ref"]) }],
  };
}
