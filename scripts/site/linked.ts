/** Records as nodes of JSON-LD: the same as in dataset.jsonld, with the addresses of their pages once the site has one. */
import { type LinkedNode, type LinkedRecords, toJSONLD } from "../../src/export/jsonld.js";

const document = (records: LinkedRecords) => {
  const base = process.env.SITE_URL?.replace(/\/?$/, "/");
  return toJSONLD(records, base === undefined ? {} : { base });
};

export const CONTEXT = document({})["@context"];
export const linkedNode = (records: LinkedRecords) => document(records)["@graph"].at(-1) as LinkedNode;
