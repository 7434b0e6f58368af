import { liveClaims } from "./claims.js";
import { dateWindow } from "./dates.js";
import { CpecDataError } from "./errors.js";
import { sourceOf } from "./knowledge.js";
import { checkOptions, oneOf } from "./options.js";
import type { ClaimRecord, DatasetInfo, SourceRecord } from "./types.js";

/** Styles of {@link cite}. @group Types */
export type CitationStyle = "text" | "csl-json" | "bibtex";

/** A citation as CSL-JSON data. @group Types */
export interface CslItem {
  readonly id: string;
  readonly type: "article-newspaper" | "webpage" | "report" | "dataset";
  readonly title: string;
  readonly publisher: string;
  readonly "container-title"?: string;
  readonly issued?: { readonly "date-parts": readonly (readonly number[])[] };
  readonly accessed?: { readonly "date-parts": readonly (readonly number[])[] };
  readonly URL?: string;
  readonly language?: string;
  readonly version?: string;
}

/** What can be cited: a record with claims, a source, the dataset, or a result that lists its sources. @group Types */
export type Citable =
  | { readonly claims: readonly ClaimRecord[] }
  | { readonly sources: readonly string[] }
  | SourceRecord
  | DatasetInfo;

const TYPES: Readonly<Record<SourceRecord["kind"], CslItem["type"]>> = {
  official: "webpage",
  filing: "report",
  newswire: "article-newspaper",
  newspaper: "article-newspaper",
  "trade-press": "article-newspaper",
  company: "webpage",
  social: "webpage",
  forum: "webpage",
  dataset: "dataset",
  report: "report",
};

const parts = (edtf: string) => {
  const { precision } = dateWindow(edtf.split("/")[0] as string);
  const length = precision === "day" ? 3 : precision === "month" ? 2 : 1;
  return { "date-parts": [edtf.split("/")[0]?.split("-").slice(0, length).map(Number) ?? []] };
};

const isDataset = (item: Citable): item is DatasetInfo => "citation" in item;
const isSource = (item: Citable): item is SourceRecord => "publisher" in item;

/** Whether something says where it comes from: its sources or claims are lists, or it is a source or the dataset itself. */
const isCitable = (item: unknown): item is Citable => {
  if (typeof item !== "object" || item === null) return false;
  const { citation, publisher, sources, claims } = item as Record<string, unknown>;
  return typeof citation === "string" || typeof publisher === "string" || Array.isArray(sources ?? claims);
};

function itemsOf(citable: Citable): CslItem[] {
  if (!isCitable(citable))
    throw new CpecDataError("UNKNOWN_VALUE", "cite() got something that names no sources.", {
      hint: "Pass a record with claims, a source, the dataset, or a result that lists its sources.",
    });
  if (isDataset(citable))
    return [
      {
        id: citable.name,
        type: "dataset",
        title: citable.title,
        publisher: "cpec-it-data contributors",
        issued: parts(citable.newestSource),
        version: citable.version,
      },
    ];
  const sources = isSource(citable)
    ? [citable]
    : [
        ...new Set(
          "sources" in citable ? citable.sources : liveClaims(citable.claims).map((claim) => claim.source),
        ),
      ].map((id) => {
        const source = sourceOf(id);
        if (!source)
          throw new CpecDataError("UNKNOWN_ID", `There is no source "${id}".`, {
            ids: [id],
            hint: "Only sources of the dataset can be cited.",
          });
        return source;
      });
  return sources.map((s) => ({
    id: s.id,
    type: TYPES[s.kind],
    title: s.title,
    publisher: s.publisher,
    ...(TYPES[s.kind] === "article-newspaper" ? { "container-title": s.publisher } : {}),
    ...(s.published === null ? {} : { issued: parts(s.published) }),
    accessed: parts(s.accessed),
    ...(s.url === null ? {} : { URL: s.url }),
    language: s.language,
  }));
}

const isoOf = (date: CslItem["issued"]) =>
  date?.["date-parts"][0]?.map((n, i) => (i === 0 ? String(n) : String(n).padStart(2, "0"))).join("-");

/** One line a source: publisher, date, title, address, and the day on which it was read. */
function asText(item: CslItem): string {
  const version = item.version === undefined ? "" : ` Version ${item.version}.`;
  const url = item.URL === undefined ? "" : ` ${item.URL}`;
  const read = item.accessed && item.URL !== undefined ? ` (accessed ${isoOf(item.accessed)})` : "";
  return `${item.publisher} (${isoOf(item.issued) ?? "undated"}). "${item.title}".${version}${url}${read}`;
}

/** Characters that mean something to TeX. */
const TEX: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  $: "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  _: "\\_",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};
const tex = (text: string) => text.replace(/[\\{}$&#%_~^]/g, (c) => TEX[c] as string);

function asBibtex(item: CslItem): string {
  const date = isoOf(item.issued);
  const fields: [string, string | undefined][] = [
    ["title", `{${tex(item.title)}}`],
    ["publisher", tex(item.publisher)],
    ["date", date],
    ["year", date?.slice(0, 4)],
    ["version", item.version],
    // Inside url only braces, backslashes and % would end or hide anything.
    [
      "url",
      item.URL?.replace(/[{}\\]/g, (c) => encodeURIComponent(c)).replace(/%(?![0-9A-Fa-f]{2})/g, "%25"),
    ],
    ["urldate", isoOf(item.accessed)],
    ["language", item.language],
  ];
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = {${value}}`]));
  const type = item.type === "article-newspaper" ? "article" : item.type === "report" ? "report" : "misc";
  return `@${type}{${item.id},\n${lines.join(",\n")}\n}`;
}

/**
 * Citations of what a record or result rests on, each source once, in the order of its claims; deprecated claims are no
 * support. A result of {@link aggregate}, {@link total}, {@link computeTrend}, {@link promises} or
 * {@link projectStatus} has its sources with it.
 *
 * @param citable - a record with claims, a source, `dataset`, or a result that lists its sources.
 * @param options - `style`: `text` (default, one line a source), `csl-json` (an array) or `bibtex` (biblatex fields).
 * @throws {@link CpecDataError} `UNKNOWN_ID` for a source that the dataset does not have, `UNKNOWN_VALUE` for what names no
 * sources, `UNKNOWN_OPTION`.
 * @see citationstyles.org, Citation Style Language data schema 1.0.2
 * @example
 * ```ts
 * import { cite, getEvent } from "cpec-it-data";
 * const opening = getEvent("xiaomi-plant-opening");
 * console.log(cite(opening).includes("Business Recorder (2022-03-04)")); // → true
 * ```
 * @group Helpers
 */
export function cite(citable: Citable, options?: { readonly style?: "text" | "bibtex" }): string;
export function cite(citable: Citable, options: { readonly style: "csl-json" }): CslItem[];
export function cite(citable: Citable, options: { readonly style?: CitationStyle } = {}): string | CslItem[] {
  checkOptions("cite()", options, { style: oneOf(["text", "csl-json", "bibtex"]) });
  const items = itemsOf(citable);
  if (options.style === "csl-json") return items;
  return items.map(options.style === "bibtex" ? asBibtex : asText).join("\n");
}
