/** RO-Crate 1.2 metadata of the files of a release, for repositories of research data. https://w3id.org/ro/crate/1.2 */
import { dataset } from "../../src/index.js";

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  csv: "text/csv",
  geojson: "application/geo+json",
  json: "application/json",
  jsonld: "application/ld+json",
  ndjson: "application/x-ndjson",
  parquet: "application/vnd.apache.parquet",
};
const CC_BY = "https://creativecommons.org/licenses/by/4.0/";
const AUTHORS = "#contributors";

/** The crate of files by name, with their sizes in bytes: the dataset first, then each file. */
export function roCrate(files: Readonly<Record<string, number>>) {
  const names = Object.keys(files).sort();
  return {
    "@context": "https://w3id.org/ro/crate/1.2/context",
    "@graph": [
      {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        conformsTo: { "@id": "https://w3id.org/ro/crate/1.2" },
        about: { "@id": "./" },
      },
      {
        "@id": "./",
        "@type": "Dataset",
        name: dataset.title,
        description: `Events, figures, organisations and projects, each with its sources, up to ${dataset.newestSource}.`,
        datePublished: dataset.readOn,
        version: dataset.version,
        identifier: `pkg:npm/${dataset.name}@${dataset.version}`,
        license: { "@id": CC_BY },
        author: { "@id": AUTHORS },
        hasPart: names.map((name) => ({ "@id": name })),
      },
      { "@id": CC_BY, "@type": "CreativeWork", name: "Creative Commons Attribution 4.0 International" },
      { "@id": AUTHORS, "@type": "Organization", name: "cpec-it-data contributors" },
      ...names.map((name) => ({
        "@id": name,
        "@type": "File",
        name,
        contentSize: String(files[name]),
        encodingFormat: MEDIA_TYPES[name.replace(/^.*\./, "")],
      })),
    ],
  };
}
