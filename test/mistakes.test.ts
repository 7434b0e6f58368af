import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  BASE,
  type Change,
  EVENT,
  MAKER,
  METRIC,
  problems,
  problemsIn,
  SOURCE,
  smallDataset,
} from "./small-dataset.js";

/** The observation of the metric, and another one. */
const next = (during: string, value: number, more = "") => `  - during: ${during}
    status: actual
    value: ${value}
${more ? `    ${more}\n` : ""}    claims: [{ source: paper-2022-03-05, stated: "${value}" }]
`;
const more = (during: string, value: number, extra = "") => `${BASE[METRIC]}${next(during, value, extra)}`;
const totals = (...values: number[]) =>
  values
    .map(
      (value, i) =>
        `  - toDate: ${2019 + i}\n    status: actual\n    value: ${value}\n    claims: [{ source: paper-2022-03-05, stated: "${value}" }]\n`,
    )
    .join("");
const promise = (counts: string) =>
  (BASE[METRIC] as string)
    .replace("measure: flow\n", "measure: flow\npromisable: true\n")
    .replace("during: 2021\n    status: actual\n", `by: 2025\n    status: target\n${counts}`);
const shares = (...values: number[]) =>
  `${
    (BASE[METRIC] as string)
      .replace("name: Phones made", "name: Share of phones")
      .replace("unit: handset\nmeasure: flow", "unit: percent\nmeasure: ratio")
      .replace("{ 2g: 2G handsets }", "{ 2g: 2G handsets, smart: Smartphones }")
      .split("observations:")[0]
  }observations:\n${values
    .map((v, i) => next("2021", v, `dimensions: { technology: ${["2g", "smart"][i]} }`))
    .join("")}`;

/** Each mistake with the first message it must give: file:line:column, what was found, what is expected, and a fix. */
const MISTAKES: [
  kind: string,
  mistakes: [what: string, change: Record<string, Change>, message: string][],
][] = [
  [
    "of YAML",
    [
      [
        "a tab as indentation",
        { [EVENT]: ["  - id: a-maker", "\t- id: a-maker"] },
        "events/plant-opening.yaml:8:1 error: found a tab at the start of a line; expected spaces. Indent by two spaces a level; `npm run fix` can't know the depth. [yaml]",
      ],
      [
        "a key indented under a value",
        { [EVENT]: ["status: occurred", "  status: occurred"] },
        'events/plant-opening.yaml:3:7 error: found a second colon in one value, or a key indented under a value; expected text with a colon in quotes, and keys of one level at one indentation. Quote the text: "...: ..."; or remove the extra indentation. [yaml]',
      ],
      [
        "a key one space off",
        { [EVENT]: ["    role: manufacturer", "     role: manufacturer"] },
        'events/plant-opening.yaml:8:9 error: found a second colon in one value, or a key indented under a value; expected text with a colon in quotes, and keys of one level at one indentation. Quote the text: "...: ..."; or remove the extra indentation. [yaml]',
      ],
      [
        "a key of the record indented into a list",
        { [EVENT]: ["places: [lahore]", "    places: [lahore]"] },
        'events/plant-opening.yaml:10:5 error: organisations.0.places: found the unknown key "places"; expected only id, role here. It belongs to the record itself: correct the indentation. [shape]',
      ],
      [
        "a missing space behind a colon",
        { [EVENT]: ["kind: launch", "kind:launch"] },
        'events/plant-opening.yaml:3:1 error: found a line that is not a key; expected "key: value", with a space behind the colon; "- item", with a space behind the dash. Add the space, or quote a text that goes on over lines. [yaml]',
      ],
      [
        "a missing space behind a dash",
        { [EVENT]: ["  - id: a-maker", "  -id: a-maker"] },
        'events/plant-opening.yaml:8:8 error: found a second colon in one value, or a key indented under a value; expected text with a colon in quotes, and keys of one level at one indentation. Quote the text: "...: ..."; or remove the extra indentation. [yaml]',
      ],
      [
        "a second colon in a text",
        { [EVENT]: ["A plant was opened in Lahore", "A plant: opened in Lahore"] },
        'events/plant-opening.yaml:1:8 error: found a second colon in one value, or a key indented under a value; expected text with a colon in quotes, and keys of one level at one indentation. Quote the text: "...: ..."; or remove the extra indentation. [yaml]',
      ],
      [
        "an apostrophe in single quotes",
        { [EVENT]: ["A plant was opened in Lahore", "'A maker's plant was opened'"] },
        "events/plant-opening.yaml:1:17 error: found text behind the end of a value; expected one value a key. Quote the whole value; inside single quotes write an apostrophe twice. [yaml]",
      ],
      [
        "a quote that is not closed",
        { [EVENT]: ["title: A plant was opened in Lahore", 'title: "A plant was opened in Lahore'] },
        "events/plant-opening.yaml:17:1 error: found a quote, bracket or colon that is missing here or above; expected quotes and brackets in pairs, and a colon behind each key. Add it; inside single quotes write an apostrophe twice. [yaml]",
      ],
      [
        "a bracket that is not closed",
        { [EVENT]: ["sectors: [device-manufacturing]", "sectors: [device-manufacturing"] },
        "events/plant-opening.yaml:7:1 error: found a line that stands at no level of its neighbours; expected keys of one record at one indentation, and brackets that are closed. Line it up with the keys beside it, or close the bracket. [yaml]",
      ],
      [
        "a brace that is not closed",
        { [EVENT]: ["text: on Friday }", "text: on Friday"] },
        "events/plant-opening.yaml:6:1 error: found a line that stands at no level of its neighbours; expected keys of one record at one indentation, and brackets that are closed. Line it up with the keys beside it, or close the bracket. [yaml]",
      ],
      [
        "an unquoted comma in braces",
        { [EVENT]: ["text: on Friday }", "text: on Friday, in Lahore }"] },
        'events/plant-opening.yaml:5:61 error: date.in Lahore: found the unknown key "in Lahore"; expected only edtf, basis, text here. Correct the key or remove it; quote texts that hold a comma or a colon. [shape]',
      ],
      [
        "text behind a quoted text",
        { [EVENT]: ["A plant was opened in Lahore", '"A plant was opened" in Lahore'] },
        "events/plant-opening.yaml:1:29 error: found text behind the end of a value; expected one value a key. Quote the whole value; inside single quotes write an apostrophe twice. [yaml]",
      ],
      [
        "a value that starts with @",
        { [EVENT]: ["A plant was opened in Lahore", "@maker opened a plant"] },
        "events/plant-opening.yaml:1:8 error: found a value that starts with a character reserved by YAML; expected such text in quotes. Put the value in quotes. [yaml]",
      ],
      [
        "a value that starts with %",
        { [EVENT]: ["A plant was opened in Lahore", "%20 of phones were made here"] },
        "events/plant-opening.yaml:1:8 error: found a value that starts with a character reserved by YAML; expected such text in quotes. Put the value in quotes. [yaml]",
      ],
      [
        "a backslash in double quotes",
        { [EVENT]: ["A plant was opened in Lahore", '"A \\plant was opened"'] },
        "events/plant-opening.yaml:1:11 error: found a backslash in double quotes that means nothing; expected single quotes around text with backslashes. Use single quotes, or write the backslash twice. [yaml]",
      ],
      [
        "a duplicate key",
        { [EVENT]: ["kind: launch", "kind: launch\nkind: launch"] },
        'events/plant-opening.yaml:4:1 error: found the key "kind" a second time (first in line 3); expected each key once. Keep one of the two; a list has its items under one key. [yaml]',
      ],
      [
        "a comment instead of a value",
        { [EVENT]: ["A plant was opened in Lahore", "# A plant was opened"] },
        "events/plant-opening.yaml:1:8 error: title: found no value; expected text. Give it a value, or remove the key; if lines below belong to it, indent them by two spaces. [shape]",
      ],
      [
        "a key without a name",
        { [EVENT]: ["kind: launch", ": launch"] },
        "events/plant-opening.yaml:3:1 error: found a key without a name; expected a name of the data dictionary before each colon. Write the key as plain text. [yaml]",
      ],
      [
        "a list as a key",
        { [EVENT]: ["kind: launch", "[kind]: launch"] },
        "events/plant-opening.yaml:3:1 error: found a key that is not text; expected a name of the data dictionary before each colon. Write the key as plain text. [yaml]",
      ],
      [
        "a second document",
        { [EVENT]: ["kind: launch", "---\nkind: launch"] },
        "events/plant-opening.yaml:3:1 error: found a second document after ---; expected one record a file. Move it to a file of its own. [yaml]",
      ],
      [
        "a directive",
        { [EVENT]: ["title: A", "%YAML 1.1\n---\ntitle: A"] },
        "events/plant-opening.yaml:1:1 error: found a % directive; expected a plain record. Remove the line. [yaml]",
      ],
      [
        "a tag",
        { [EVENT]: ["kind: launch", "kind: !!str launch"] },
        "events/plant-opening.yaml:3:13 error: found the tag !!str; expected values without tags. Remove it; quote a text that starts with !. [yaml]",
      ],
      [
        "an anchor",
        { [EVENT]: ["places: [lahore]", "places: &p [lahore]"] },
        "events/plant-opening.yaml:10:12 error: found the anchor &p; expected values written out where they are used. Write the value out; quote a text that starts with & or *. [yaml]",
      ],
      [
        "an alias",
        { [EVENT]: ["places: [lahore]", "places: *p"] },
        "events/plant-opening.yaml:10:9 error: found the alias *p; expected values written out where they are used. Write the value out; quote a text that starts with & or *. [yaml]",
      ],
      [
        "a merge key",
        { [EVENT]: ["kind: launch", "<<: { kind: launch }"] },
        "events/plant-opening.yaml:3:1 error: found the merge key <<; expected values written out where they are used. Write the keys out. [yaml]",
      ],
      [
        "a __proto__ key",
        { [EVENT]: ["kind: launch", "kind: launch\n__proto__: { status: planned }"] },
        'events/plant-opening.yaml:4:1 error: found the key "__proto__"; expected only the keys of the data dictionary. Remove it. [yaml]',
      ],
      [
        "a constructor key inside",
        { [EVENT]: ["text: on Friday }", "text: on Friday, constructor: x }"] },
        'events/plant-opening.yaml:5:61 error: found the key "constructor"; expected only the keys of the data dictionary. Remove it. [yaml]',
      ],
      [
        "a bomb of aliases",
        {
          [EVENT]:
            "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\n",
        },
        "events/plant-opening.yaml:1:7 error: found the anchor &a; expected values written out where they are used. Write the value out; quote a text that starts with & or *. [yaml]",
      ],
      [
        "brackets without end",
        { [EVENT]: "[".repeat(20000) },
        "events/plant-opening.yaml:1:51 error: found more than 50 levels, or as many brackets that are not closed; expected records, which nest five levels at most. Close the brackets, or remove levels. [yaml]",
      ],
      [
        "maps in maps without end",
        { [EVENT]: `${"{a: ".repeat(20000)}1${"}".repeat(20000)}` },
        "events/plant-opening.yaml:1:201 error: found more than 50 levels, or as many brackets that are not closed; expected records, which nest five levels at most. Close the brackets, or remove levels. [yaml]",
      ],
      [
        "lists in lists without end",
        { [EVENT]: "- ".repeat(20000) },
        "events/plant-opening.yaml:1:1 error: found more than 50 levels, or as many brackets that are not closed; expected records, which nest five levels at most. Close the brackets, or remove levels. [yaml]",
      ],
    ],
  ],
  [
    "of files",
    [
      [
        "bytes that are not UTF-8",
        { [EVENT]: Buffer.concat([Buffer.from("title: A plant\nsummary: caf"), Buffer.from([0xe9])]) },
        "events/plant-opening.yaml:2:13 error: found bytes that are not UTF-8; expected a text file in UTF-8. Save the file as UTF-8. [file]",
      ],
      [
        "a file in UTF-16",
        { [EVENT]: Buffer.from("\ufefftitle: A plant", "utf16le") },
        "events/plant-opening.yaml:1:1 error: found bytes that are not UTF-8; expected a text file in UTF-8. Save the file as UTF-8. [file]",
      ],
      [
        "a byte-order mark",
        { [EVENT]: `\ufeff${BASE[EVENT]}` },
        "events/plant-opening.yaml:1:1 error: found a byte-order mark; expected UTF-8 without one. Run `npm run fix`. [file]",
      ],
      [
        "line ends of Windows",
        { [EVENT]: (BASE[EVENT] as string).replaceAll("\n", "\r\n") },
        "events/plant-opening.yaml:1:36 error: found line ends of Windows; expected lines that end in a line feed alone. Run `npm run fix`. [file]",
      ],
      [
        "an empty file",
        { [EVENT]: "" },
        "events/plant-opening.yaml:1:1 error: found an empty file; expected a record. Fill it, or delete it; `npm run new` writes one to start from. [file]",
      ],
      [
        "a file with a comment only",
        { [EVENT]: "# to do\n" },
        "events/plant-opening.yaml:1:1 error: found an empty file; expected a record. Fill it, or delete it; `npm run new` writes one to start from. [file]",
      ],
      [
        "a list instead of a record",
        { [EVENT]: "- a\n- b\n" },
        'events/plant-opening.yaml:1:1 error: found a list; expected "key: value" lines. Start each line with a key of the data dictionary; `npm run new` writes a record to start from. [yaml]',
      ],
      [
        "a text instead of a record",
        { [EVENT]: "A plant was opened\n" },
        'events/plant-opening.yaml:1:1 error: found text alone; expected "key: value" lines. Start each line with a key of the data dictionary; `npm run new` writes a record to start from. [yaml]',
      ],
      [
        "a huge file",
        { [EVENT]: "#".repeat(300_000) },
        "events/plant-opening.yaml:1:1 error: found a file of 300000 bytes; expected at most 256000 bytes. Split the record: a metric by what it counts, a table by nothing (ask first). [file]",
      ],
      [
        "a file name with capitals and underlines",
        { "events/Plant_Opening.yaml": BASE[EVENT] as string },
        'events/Plant_Opening.yaml:1:1 error: found the file name "Plant_Opening.yaml"; expected <id>.yaml, with an id of 2 to 64 lower-case ASCII letters, digits and single hyphens. Did you mean "plant-opening.yaml"? Rename the file. [file]',
      ],
      [
        "the extension .yml",
        { "events/plant-start.yml": BASE[EVENT] as string },
        'events/plant-start.yml:1:1 error: found the file name "plant-start.yml"; expected <id>.yaml, with an id of 2 to 64 lower-case ASCII letters, digits and single hyphens. Did you mean "plant-start.yaml"? Rename the file. [file]',
      ],
      [
        "the extension .json",
        { "events/plant-start.json": "{}" },
        'events/plant-start.json:1:1 error: found the file name "plant-start.json"; expected <id>.yaml, with an id of 2 to 64 lower-case ASCII letters, digits and single hyphens. Did you mean "plant-start.yaml"? Rename the file. [file]',
      ],
      [
        "a path trick in a file name",
        { "events/..yaml": BASE[EVENT] as string },
        'events/..yaml:1:1 error: found the file name "..yaml"; expected <id>.yaml, with an id of 2 to 64 lower-case ASCII letters, digits and single hyphens. Rename the file. [file]',
      ],
      [
        "a file name that Windows keeps for itself",
        { "events/con.yaml": BASE[EVENT] as string },
        'events/con.yaml:1:1 error: found the file name "con.yaml"; expected <id>.yaml, with an id of 2 to 64 lower-case ASCII letters, digits and single hyphens. Rename the file. [file]',
      ],
      [
        "an id of more than 64 characters",
        {
          "events/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.yaml": BASE[
            EVENT
          ] as string,
        },
        'events/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.yaml:1:1 error: found the file name "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.yaml"; expected <id>.yaml, with an id of 2 to 64 lower-case ASCII letters, digits and single hyphens. Rename the file. [file]',
      ],
      [
        "a record in a folder of its own",
        { "events/plant-start.yaml/record.yaml": BASE[EVENT] as string },
        "events/plant-start.yaml:1:1 error: found a folder; expected a file of records. Move what is in it one level up. [file]",
      ],
      [
        "a record in the folder of another kind",
        { "organisations/plant-start.yaml": BASE[EVENT] as string },
        "organisations/plant-start.yaml:1:1 error: found a record of events; expected one of organisations in this folder. Move the file to data/events/. [file]",
      ],
      [
        "a folder of the wrong name",
        { "event/plant-start.yaml": BASE[EVENT] as string },
        'event:1:1 error: found "event" in the folder of the dataset; expected only events, organisations, metrics, projects, sources, sectors.yaml, places.yaml, units.yaml, redirects.yaml here. Did you mean "events"? Move the record into the folder of its kind. [file]',
      ],
      [
        "a record beside the folders",
        { "plant-start.yaml": BASE[EVENT] as string },
        'plant-start.yaml:1:1 error: found "plant-start.yaml" in the folder of the dataset; expected only events, organisations, metrics, projects, sources, sectors.yaml, places.yaml, units.yaml, redirects.yaml here. Move the record into the folder of its kind. [file]',
      ],
      [
        "a table with an id that is none",
        { "redirects.yaml": "Old Plant: { kind: moved, to: [plant-opening], why: renamed for clarity }\n" },
        'redirects.yaml:1:1 error: Old Plant: found the id "Old Plant"; expected 2 to 64 lower-case ASCII letters, digits and single hyphens. Correct the id. [shape]',
      ],
    ],
  ],
  [
    "of keys and values",
    [
      [
        "an unknown key with a nearest match",
        { [EVENT]: ["summary:", "sumary:"] },
        "events/plant-opening.yaml:1:1 error: summary: found nothing; expected text, as it is required. Add the key. [shape]",
      ],
      [
        "an unknown key without one",
        { [EVENT]: ["kind: launch", "kind: launch\ncost: high"] },
        'events/plant-opening.yaml:4:7 error: cost: found the unknown key "cost"; expected only title, summary, kind, status, date, endDate, duration, sectors, organisations, places, scope, project, partOf, promises, promised, outcome, caveats, claims here. Correct the key or remove it; quote texts that hold a comma or a colon. [shape]',
      ],
      [
        "a key that belongs elsewhere",
        { [EVENT]: ["    role: manufacturer", "    role: manufacturer\n    stated: 5 plants"] },
        'events/plant-opening.yaml:10:13 error: organisations.0.stated: found the unknown key "stated"; expected only id, role here. It belongs to `claims`: correct the indentation. [shape]',
      ],
      [
        "a missing key",
        { [EVENT]: ["scope: bilateral\n", ""] },
        "events/plant-opening.yaml:1:1 error: scope: found nothing; expected one of cpec, bilateral, context. Add the key. [shape]",
      ],
      [
        "an unknown value with a nearest match",
        { [EVENT]: ["kind: launch", "kind: lunch"] },
        'events/plant-opening.yaml:3:7 error: kind: found "lunch"; expected one of meeting, agreement, institution, announcement, licence, investment, construction, launch, operation, completion, training, policy, milestone, setback. Did you mean "launch"? Choose one of these. [shape]',
      ],
      [
        "an unknown value without one",
        { [EVENT]: ["kind: launch", "kind: grand opening"] },
        'events/plant-opening.yaml:3:7 error: kind: found "grand opening"; expected one of meeting, agreement, institution, announcement, licence, investment, construction, launch, operation, completion, training, policy, milestone, setback. Choose one of these. [shape]',
      ],
      [
        "a value with a capital",
        { [EVENT]: ["kind: launch", "kind: Launch"] },
        'events/plant-opening.yaml:3:7 error: kind: found "Launch"; expected one of meeting, agreement, institution, announcement, licence, investment, construction, launch, operation, completion, training, policy, milestone, setback. Did you mean "launch"? Choose one of these. [shape]',
      ],
      [
        "a role that isn't one",
        { [EVENT]: ["role: manufacturer", "role: manufacturers"] },
        'events/plant-opening.yaml:9:11 error: organisations.0.role: found "manufacturers"; expected one of organiser, host, chair, participant, signatory, announcer, regulator, licensee, investor, funder, acquirer, seller, owner, operator, supplier, manufacturer, partner, customer, trainer, beneficiary, publisher. Did you mean "manufacturer"? Choose one of these. [shape]',
      ],
      [
        "a list written as one value",
        { [EVENT]: ["places: [lahore]", "places: lahore"] },
        'events/plant-opening.yaml:10:9 error: places: found "lahore"; expected a list. Write it as a list: [one, two], or a line that starts with - for each item. [shape]',
      ],
      [
        "a list written with commas alone",
        { [EVENT]: ["sectors: [device-manufacturing]", "sectors: device-manufacturing, mobile-networks"] },
        'events/plant-opening.yaml:6:10 error: sectors: found "device-manufacturing, mobile-networks"; expected a list. Write it as a list: [one, two], or a line that starts with - for each item. [shape]',
      ],
      [
        "a value written as a list",
        { [EVENT]: ["kind: launch", "kind: [launch]"] },
        'events/plant-opening.yaml:3:1 error: kind: found ["launch"]; expected one of meeting, agreement, institution, announcement, licence, investment, construction, launch, operation, completion, training, policy, milestone, setback. Choose one of these. [shape]',
      ],
      [
        "a map where text is due",
        { [EVENT]: ["title: A plant was opened in Lahore", "title: { en: A plant was opened }"] },
        'events/plant-opening.yaml:1:1 error: title: found {"en":"A plant was opened"}; expected text. Correct the indentation, or write one value. [shape]',
      ],
      [
        "an empty value",
        { [EVENT]: ["places: [lahore]", "places:"] },
        "events/plant-opening.yaml:10:8 error: places: found no value; expected a list. Give it a value, or remove the key; if lines below belong to it, indent them by two spaces. [shape]",
      ],
      [
        "an empty list",
        { [EVENT]: ["places: [lahore]", "places: []"] },
        "events/plant-opening.yaml:10:1 error: places: found []; expected at least one item. Add an item, or remove the key where it may be absent. [shape]",
      ],
      [
        "a bare number read as a title",
        { [EVENT]: ["title: A plant was opened in Lahore", "title: 2022"] },
        'events/plant-opening.yaml:1:8 error: title: found 2022; expected text. Quote it: "2022". [shape]',
      ],
      [
        "a bare true read as a title",
        { [EVENT]: ["title: A plant was opened in Lahore", "title: true"] },
        'events/plant-opening.yaml:1:8 error: title: found true; expected text. Quote it: "true". [shape]',
      ],
      [
        "a text too short",
        { [EVENT]: ["title: A plant was opened in Lahore", "title: Open"] },
        'events/plant-opening.yaml:1:8 error: title: found "Open"; expected at least 5 characters. Say it in full. [shape]',
      ],
      [
        "a text too long",
        {
          [EVENT]: [
            "title: A plant was opened in Lahore",
            "title: Opened Opened Opened Opened Opened Opened Opened Opened Opened Opened Opened Opened Opened Opened Opened Opened Opened Opened Opened Opened",
          ],
        },
        'events/plant-opening.yaml:1:8 error: title: found "Opened Opened Opened Opened Opened Opened Opened Opened Opened Opened Opened...; expected at most 120 characters. Shorten it. [shape]',
      ],
      [
        "one sector twice",
        { [EVENT]: ["[device-manufacturing]", "[device-manufacturing, device-manufacturing]"] },
        'events/plant-opening.yaml:6:33 error: sectors.1: found "device-manufacturing"; expected each item once; it is the same as item 1. Remove one of the two. [shape]',
      ],
      [
        "one organisation twice in one role",
        {
          [EVENT]: [
            "  - id: a-maker\n    role: manufacturer",
            "  - id: a-maker\n    role: manufacturer\n  - id: a-maker\n    role: manufacturer",
          ],
        },
        'events/plant-opening.yaml:10:5 error: organisations.1: found {"id":"a-maker","role":"manufacturer"}; expected each item once; it is the same as item 1. Remove one of the two. [shape]',
      ],
      [
        "one claim twice",
        {
          [EVENT]: [
            "  - source: ministry-2022-03-04",
            "  - source: ministry-2022-03-04\n  - source: ministry-2022-03-04",
          ],
        },
        'events/plant-opening.yaml:17:5 error: claims.2: found {"source":"ministry-2022-03-04"}; expected each item once; it is the same as item 2. Remove one of the two. [shape]',
      ],
      [
        "a country by its name",
        { [MAKER]: ["country: CN", "country: China"] },
        'organisations/a-maker.yaml:3:10 error: country: found "China"; expected two capital letters of ISO 3166-1, such as PK or CN. Correct the text. [shape]',
      ],
      [
        "a share above 100",
        {
          [MAKER]: [
            "country: CN",
            "country: CN\nparents: [{ organisation: a-maker, share: 150, claims: [{ source: paper-2022-03-05 }] }]",
          ],
        },
        "organisations/a-maker.yaml:4:43 error: parents.0.share: found 150; expected at most 100. Correct the number. [shape]",
      ],
      [
        "a language by its name",
        {
          [MAKER]: [
            "kind: company",
            "kind: company\nnames: [{ name: A Factory, use: alias, lang: Chinese }]",
          ],
        },
        'organisations/a-maker.yaml:3:46 error: names.0.lang: found "Chinese"; expected a BCP 47 tag of a language that exists, such as en, ur, zh or zh-Hans. Correct the text. [shape]',
      ],
      [
        "a duration in words",
        { [EVENT]: ["sectors:", "duration: 20 days\nsectors:"] },
        'events/plant-opening.yaml:6:11 error: duration: found "20 days"; expected an ISO 8601 duration, such as P20D for 20 days or P3M for three months. Correct the text. [shape]',
      ],
    ],
  ],
  [
    "of ids",
    [
      [
        "an unknown id with a nearest match",
        { [EVENT]: ["id: a-maker", "id: a-makr"] },
        'events/plant-opening.yaml:8:9 error: organisations.0.id: found "a-makr"; expected the id of one of the 1 organisations. Did you mean "a-maker"? Correct the id, or add the record: data/organisations/a-makr.yaml. [id-resolves]',
      ],
      [
        "an unknown id without one",
        { [EVENT]: ["project: a-plant", "project: zzz-9"] },
        'events/plant-opening.yaml:12:10 error: project: found "zzz-9"; expected the id of one of the 1 projects. Correct the id, or add the record: data/projects/zzz-9.yaml. [id-resolves]',
      ],
      [
        "a name instead of an id",
        { [EVENT]: ["id: a-maker", "id: A Maker"] },
        'events/plant-opening.yaml:8:9 error: organisations.0.id: found "A Maker"; expected an id: lower-case ASCII letters, digits and single hyphens. Did you mean "a-maker"? Correct the text. [shape]',
      ],
      [
        "a path trick in an id",
        { [EVENT]: ["project: a-plant", "project: ../../etc/passwd"] },
        'events/plant-opening.yaml:12:10 error: project: found "../../etc/passwd"; expected an id: lower-case ASCII letters, digits and single hyphens. Correct the text. [shape]',
      ],
      [
        "a bare number as an id",
        { [EVENT]: ["project: a-plant", "project: 2022"] },
        'events/plant-opening.yaml:12:10 error: project: found 2022; expected text. Quote it: "2022". [shape]',
      ],
      [
        "an id with an accent",
        { [EVENT]: ["places: [lahore]", "places: [lahór]"] },
        'events/plant-opening.yaml:10:10 error: places.0: found "lahór"; expected an id: lower-case ASCII letters, digits and single hyphens. Did you mean "lahor"? Correct the text. [shape]',
      ],
      [
        "a Cyrillic letter in an id",
        { [EVENT]: ["id: a-maker", "id: а-maker"] },
        'events/plant-opening.yaml:8:9 error: organisations.0.id: found "а-maker"; expected an id: lower-case ASCII letters, digits and single hyphens. Did you mean "maker"? Correct the text. [shape]',
      ],
      [
        "a unit that isn't one",
        { [METRIC]: ["unit: handset", "unit: handsets"] },
        'metrics/phones-made.yaml:3:7 error: unit: found "handsets"; expected the id of one of the 47 units. Did you mean "handset"? Correct the id, or add the record: data/units.yaml. [id-resolves]',
      ],
      [
        "a dimension that is not an id",
        { [METRIC]: ["status: actual", "dimensions: { Technology: 2g }\n    status: actual"] },
        'metrics/phones-made.yaml:12:31 error: observations.0.dimensions.Technology: found the key "Technology"; expected an id: lower-case ASCII letters, digits and single hyphens. Did you mean "technology"? Correct the key. [shape]',
      ],
      [
        "the id of an observation that isn't there",
        {
          [METRIC]: ["status: actual", "partOf: phones-made:pakistan:actual:during:2020\n    status: actual"],
        },
        'metrics/phones-made.yaml:12:13 error: observations.0.partOf: found "phones-made:pakistan:actual:during:2020"; expected the id of one of the 1 observations. Did you mean "phones-made:pakistan:actual:during:2021"? Copy the id that the build gives the observation. [id-resolves]',
      ],
    ],
  ],
  [
    "of dates",
    [
      [
        "a day that isn't",
        { [EVENT]: ["edtf: 2022-03-04", "edtf: 2022-02-30"] },
        'events/plant-opening.yaml:5:15 error: date.edtf: found "2022-02-30"; expected a day from 01 to 28 in 2022-02. Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "a month that isn't",
        { [EVENT]: ["edtf: 2022-03-04", "edtf: 2022-13"] },
        'events/plant-opening.yaml:5:15 error: date.edtf: found "2022-13"; expected a month from 01 to 12, or a quarter from 33 to 36. Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "the day first",
        { [EVENT]: ["edtf: 2022-03-04", "edtf: 04/03/2022"] },
        'events/plant-opening.yaml:5:15 error: date.edtf: found "04/03/2022"; expected a day "2021-09-23", a month "2021-09", a year "2021", a quarter "2021-33" (33 to 36), or a window "2023-05/2023-08". Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "the month in words",
        { [EVENT]: ["edtf: 2022-03-04", "edtf: 4 March 2022"] },
        'events/plant-opening.yaml:5:15 error: date.edtf: found "4 March 2022"; expected a day "2021-09-23", a month "2021-09", a year "2021", a quarter "2021-33" (33 to 36), or a window "2023-05/2023-08". Did you mean "2022-03-04"? Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "single digits",
        { [EVENT]: ["edtf: 2022-03-04", "edtf: 2022-3-4"] },
        'events/plant-opening.yaml:5:15 error: date.edtf: found "2022-3-4"; expected a day "2021-09-23", a month "2021-09", a year "2021", a quarter "2021-33" (33 to 36), or a window "2023-05/2023-08". Did you mean "2022-03-04"? Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "a time of day",
        { [EVENT]: ["edtf: 2022-03-04", "edtf: 2022-03-04T10:00"] },
        'events/plant-opening.yaml:5:15 error: date.edtf: found "2022-03-04T10:00"; expected a day "2021-09-23", a month "2021-09", a year "2021", a quarter "2021-33" (33 to 36), or a window "2023-05/2023-08". Did you mean "2022-03-04"? Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "a year out of range",
        { [EVENT]: ["edtf: 2022-03-04", "edtf: 1022-03-04"] },
        'events/plant-opening.yaml:5:15 error: date.edtf: found "1022-03-04"; expected a year from 1900 to 2099. Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "a window reversed",
        { [EVENT]: ["edtf: 2022-03-04", "edtf: 2022-03/2022-01"] },
        'events/plant-opening.yaml:5:15 error: date.edtf: found "2022-03/2022-01"; expected a window whose first date is not after its last. Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "a window of three",
        { [EVENT]: ["edtf: 2022-03-04", "edtf: 2021/2022/2023"] },
        'events/plant-opening.yaml:5:15 error: date.edtf: found "2021/2022/2023"; expected a day "2021-09-23", a month "2021-09", a year "2021", a quarter "2021-33" (33 to 36), or a window "2023-05/2023-08". Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "an end before the start",
        { [EVENT]: ["sectors:", "endDate: 2022-03-01\nsectors:"] },
        "events/plant-opening.yaml:6:10 error: endDate: found 2022-03-01 after a start of 2022-03-04; expected an end on or after the start. Correct one of the two. [end-not-before-start]",
      ],
      [
        "a weekday that the day isn't",
        { [EVENT]: ["on Friday", "on Thursday"] },
        'events/plant-opening.yaml:5:1 error: date: found 2022-03-04, a Friday, from "on Thursday"; expected the weekday that the words name. Resolve the day again from the date of the page. [weekday-matches]',
      ],
      [
        "a basis that isn't one",
        { [EVENT]: ["basis: resolved", "basis: guessed"] },
        'events/plant-opening.yaml:5:34 error: date.basis: found "guessed"; expected one of stated, resolved, inferred. Choose one of these. [shape]',
      ],
      [
        "a fiscal year that skips a year",
        { [METRIC]: ["during: 2021", "during: FY2021-23"] },
        'metrics/phones-made.yaml:11:13 error: observations.0.during: found "FY2021-23"; expected "FY2021-22": a fiscal year runs from July to June. Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "a fiscal year with a slash",
        { [METRIC]: ["during: 2021", "during: FY2021/22"] },
        'metrics/phones-made.yaml:11:13 error: observations.0.during: found "FY2021/22"; expected a fiscal year "FY2021-22", which runs from July to June; two in a row are "2020-07/2022-06". Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "two times",
        { [METRIC]: ["during: 2021", "during: 2021\n    at: 2021"] },
        "metrics/phones-made.yaml:11:13 error: observations.0.during: found at and during; expected exactly one of at, during, toDate, perYear, by. Say once when the value holds: at a moment, during a period, toDate for a running total, perYear, or by a deadline. [shape]",
      ],
      [
        "no time",
        { [METRIC]: ["during: 2021\n    status: actual", "status: actual"] },
        "metrics/phones-made.yaml:11:5 error: observations.0: found no time; expected exactly one of at, during, toDate, perYear, by. Say once when the value holds: at a moment, during a period, toDate for a running total, perYear, or by a deadline. [shape]",
      ],
      [
        "a rate that ends before it begins",
        { [METRIC]: ["during: 2021", "perYear: { from: 2022, to: 2020 }"] },
        "metrics/phones-made.yaml:11:32 error: observations.0.perYear.to: found 2020; expected a date not before 2022, where it begins. Swap the two, or correct one. [shape]",
      ],
      [
        "read before it was published",
        { [SOURCE]: ['accessed: "2026-11-24"', 'accessed: "2020-11-24"'] },
        "sources/paper-2022-03-05.yaml:7:11 error: accessed: found read on 2020-11-24, published on 2022-03-05; expected a day on or after the publication. Correct one of the two. [read-after-published]",
      ],
    ],
  ],
  [
    "of figures",
    [
      [
        "a number with commas",
        { [METRIC]: ["value: 24660000", "value: 24,660,000"] },
        'metrics/phones-made.yaml:13:12 error: observations.0.value: found "24,660,000"; expected a number or a map of keys. Write the digits alone, without quotes, commas or spaces. [shape]',
      ],
      [
        "a number with its scale",
        { [METRIC]: ["value: 24660000", "value: 24.66 million"] },
        'metrics/phones-made.yaml:13:12 error: observations.0.value: found "24.66 million"; expected a number or a map of keys. Write the number alone, in base units; the printed text belongs into the claim\'s `stated`. [shape]',
      ],
      [
        "a number in quotes",
        { [METRIC]: ["value: 24660000", 'value: "24660000"'] },
        'metrics/phones-made.yaml:13:12 error: observations.0.value: found "24660000"; expected a number or a map of keys. Write the digits alone, without quotes, commas or spaces. [shape]',
      ],
      [
        "a number with its currency",
        { [METRIC]: ["value: 24660000", "value: $24660000"] },
        'metrics/phones-made.yaml:13:12 error: observations.0.value: found "$24660000"; expected a number or a map of keys. Write the number alone, in base units; the printed text belongs into the claim\'s `stated`. [shape]',
      ],
      [
        "no number",
        { [METRIC]: ["value: 24660000", "value: .nan"] },
        "metrics/phones-made.yaml:13:12 error: found the number .nan, which YAML reads as NaN; expected decimal digits, without leading zeros and exponents. Write the number out, or quote it if it is text. [yaml]",
      ],
      [
        "a number without end",
        { [METRIC]: ["value: 24660000", "value: .inf"] },
        "metrics/phones-made.yaml:13:12 error: found the number .inf, which YAML reads as Infinity; expected decimal digits, without leading zeros and exponents. Write the number out, or quote it if it is text. [yaml]",
      ],
      [
        "a number too large to be exact",
        { [METRIC]: ["value: 24660000", "value: 99999999999999999999"] },
        "metrics/phones-made.yaml:13:12 error: observations.0.value: found 100000000000000000000; expected at most 9007199254740991. Correct the number. [shape]",
      ],
      [
        "millions stored as they are printed",
        { [METRIC]: ["value: 24660000", "value: 24.66"] },
        "metrics/phones-made.yaml:13:12 error: observations.0.value: found 24.66; expected a whole number, as the unit is counted. Store base units, or use another unit. [plausible]",
      ],
      [
        "a slip of ten",
        { [METRIC]: ["value: 24660000", "value: 246600000"] },
        'metrics/phones-made.yaml:16:17 error: observations.0.claims.0.stated: found "24.66 million" for 246600000; expected a printed figure that rounds to the stored one. Correct the value (base units, not millions), or give this claim its own `value`. [stated-contains-value]',
      ],
      [
        "a range upside down",
        { [METRIC]: ["value: 24660000", "value: { low: 30000000, high: 20000000 }"] },
        'metrics/phones-made.yaml:13:5 error: observations.0.value: found {"low":30000000,"high":20000000}; expected a range whose low is below its high. Swap the two, or correct one. [shape]',
      ],
      [
        "a range with one end",
        { [METRIC]: ["value: 24660000", "value: { low: 30000000 }"] },
        "metrics/phones-made.yaml:13:5 error: observations.0.value.high: found nothing; expected a number, as it is required. Add the key. [shape]",
      ],
      [
        "two kinds of bound",
        { [METRIC]: ["value: 24660000", "value: { moreThan: 3, lessThan: 5 }"] },
        'metrics/phones-made.yaml:13:37 error: observations.0.value.lessThan: found "lessThan" beside moreThan; expected one form alone. Remove one of the two. [shape]',
      ],
      [
        "half a phone",
        { [METRIC]: ["value: 24660000\n", "value: 24660000.5\n"] },
        "metrics/phones-made.yaml:13:12 error: observations.0.value: found 24660000.5; expected a whole number, as the unit is counted. Store base units, or use another unit. [plausible]",
      ],
      [
        "a count below zero",
        { [METRIC]: ["value: 24660000", "value: -24660000"] },
        "metrics/phones-made.yaml:13:12 error: observations.0.value: found -24660000; expected no count below zero. Remove the sign, or use a metric of change. [unit-fits]",
      ],
      [
        "a claim without the printed figure",
        { [METRIC]: ["\n        stated: 24.66 million", ""] },
        'metrics/phones-made.yaml:15:9 error: observations.0.claims.0: found a claim of "paper-2022-03-05" without it; expected `stated`, the figure as the source prints it. Add it as text, at most 60 characters: stated: "24.66 million". [shape]',
      ],
      [
        "a printed figure that is a number",
        { [METRIC]: ["stated: 24.66 million", "stated: 24660000"] },
        'metrics/phones-made.yaml:16:17 error: observations.0.claims.0.stated: found 24660000; expected text. Quote it: "24660000". [shape]',
      ],
      [
        "a figure printed in another currency",
        {
          [METRIC]: (BASE[METRIC] as string)
            .replace("unit: handset", "unit: pkr")
            .replace("24.66 million", "$24.66 million"),
        },
        'metrics/phones-made.yaml:16:17 error: observations.0.claims.0.stated: found "$24.66 million" for a value in pkr; expected a figure printed in pkr; nothing is converted. Use a metric of the unit that the source prints. [unit-fits]',
      ],
      [
        "a share of a count",
        { [METRIC]: ["stated: 24.66 million", "stated: 24.66 million, 10%"] },
        'metrics/phones-made.yaml:16:17 error: observations.0.claims.0.stated: found "24.66 million, 10%" for a value in handset; expected a figure printed in handset; nothing is converted. Use a metric of the unit that the source prints. [unit-fits]',
      ],
      [
        "a percentage above 100",
        {
          [METRIC]: (BASE[METRIC] as string)
            .replace("unit: handset\nmeasure: flow", "unit: percent\nmeasure: ratio")
            .replace("24660000", "120")
            .replace("24.66 million", "120%"),
        },
        "metrics/phones-made.yaml:13:12 error: observations.0.value: found 120; expected a share from 0 to 100, or a caveat that explains it. Correct it, or say in `caveats` why it can be above 100. [plausible]",
      ],
      [
        "a share that is a flow",
        { [METRIC]: ["unit: handset", "unit: percent"] },
        "metrics/phones-made.yaml:4:10 error: measure: found a flow in percent; expected ratio, as shares never add. Set `measure: ratio`, or another unit. [unit-fits]",
      ],
      [
        "a level of a flow",
        { [METRIC]: ["during: 2021", "at: 2021"] },
        "metrics/phones-made.yaml:11:9 error: observations.0.time: found at for a flow; expected one of during, to-date, per-year, by. Use another key for the time, or another metric. [timing-fits-measure]",
      ],
      [
        "a value without a status",
        { [METRIC]: ["    status: actual\n", ""] },
        "metrics/phones-made.yaml:11:5 error: observations.0.status: found nothing; expected one of actual, committed, planned, target, forecast. Add the key. [shape]",
      ],
    ],
  ],
  [
    "of texts and addresses",
    [
      [
        "text that isn't NFC",
        { [MAKER]: ["name: A Maker", "name: A Makér"] },
        'organisations/a-maker.yaml:1:7 error: name: found "A Makér"; expected text in Unicode form NFC. Run `npm run fix`, or retype the accented letters. [shape]',
      ],
      [
        "a zero-width space",
        { [MAKER]: ["name: A Maker", "name: A​ Maker"] },
        'organisations/a-maker.yaml:1:7 error: name: found "A\\u{200b} Maker"; expected text without control, zero-width or bidirectional characters. Retype the text; copying from a page or a PDF brings such characters in. [shape]',
      ],
      [
        "a bidirectional override",
        { [MAKER]: ["name: A Maker", 'name: "A‮ Maker"'] },
        'organisations/a-maker.yaml:1:7 error: name: found "A\\u{202e} Maker"; expected text without control, zero-width or bidirectional characters. Retype the text; copying from a page or a PDF brings such characters in. [shape]',
      ],
      [
        "a soft hyphen",
        { [MAKER]: ["name: A Maker", "name: A Ma­ker"] },
        'organisations/a-maker.yaml:1:7 error: name: found "A Ma\\u{ad}ker"; expected text without control, zero-width or bidirectional characters. Retype the text; copying from a page or a PDF brings such characters in. [shape]',
      ],
      [
        "a control character",
        { [MAKER]: ["name: A Maker", 'name: "A\\x07 Maker"'] },
        'organisations/a-maker.yaml:1:7 error: name: found "A\\u0007 Maker"; expected text without control, zero-width or bidirectional characters. Retype the text; copying from a page or a PDF brings such characters in. [shape]',
      ],
      [
        "half a character",
        { [MAKER]: ["name: A Maker", 'name: "A \\ud83d Maker"'] },
        'organisations/a-maker.yaml:1:7 error: name: found "A \\ud83d Maker"; expected text without control, zero-width or bidirectional characters. Retype the text; copying from a page or a PDF brings such characters in. [shape]',
      ],
      [
        "a no-break space",
        { [MAKER]: ["name: A Maker", "name: A Maker"] },
        'organisations/a-maker.yaml:1:7 error: name: found "A\\u{a0}Maker"; expected plain spaces. Replace tabs and special spaces by plain ones. [shape]',
      ],
      [
        "letters lost in copying",
        { [MAKER]: ["name: A Maker", "name: A Makerâ€™s"] },
        'organisations/a-maker.yaml:1:7 error: name: found "A Makerâ€™s"; expected text whose letters survived copying. Copy it again, as UTF-8. [shape]',
      ],
      [
        "HTML in a text",
        { [MAKER]: ["name: A Maker", "name: A &amp; B"] },
        'organisations/a-maker.yaml:1:7 error: name: found "A &amp; B"; expected plain text without HTML. Write the character itself. [shape]',
      ],
      [
        "two spaces",
        { [MAKER]: ["name: A Maker", "name: A  Maker"] },
        'organisations/a-maker.yaml:1:7 error: name: found "A  Maker"; expected single spaces, and none at the ends. Remove the spaces. [shape]',
      ],
      [
        "a title over two lines",
        { [EVENT]: ["title: A plant was opened in Lahore", "title: |\n  A plant was opened\n  in Lahore"] },
        'events/plant-opening.yaml:1:8 error: title: found "A plant was opened\\nin Lahore\\n"; expected single spaces, and none at the ends. Remove the spaces. [shape]',
      ],
      [
        "a word that ages",
        { [EVENT]: ["A maker opened", "A maker recently opened"] },
        'events/plant-opening.yaml:2:10 error: summary: found "recently" in "A maker recently opened a plant for phones."; expected neutral words in the past tense, with dates. Say when, or leave the word out. [plain-wording]',
      ],
      [
        "an address without https",
        { [SOURCE]: ["url: https://example.org/plant", "url: example.org/plant"] },
        'sources/paper-2022-03-05.yaml:5:6 error: url: found "example.org/plant"; expected an address that starts with https:// or http://, without spaces. Copy the address of the page, from https:// on. [shape]',
      ],
      [
        "an address of another kind",
        { [SOURCE]: ["url: https://example.org/plant", "url: javascript:alert(1)"] },
        'sources/paper-2022-03-05.yaml:5:6 error: url: found "javascript:alert(1)"; expected an address that starts with https:// or http://, without spaces. Copy the address of the page, from https:// on. [shape]',
      ],
      [
        "an address with a space",
        { [SOURCE]: ["url: https://example.org/plant", "url: https://example org/plant"] },
        'sources/paper-2022-03-05.yaml:5:6 error: url: found "https://example org/plant"; expected an address that starts with https:// or http://, without spaces. Copy the address of the page, from https:// on. [shape]',
      ],
      [
        "an address with tracking parameters",
        { [SOURCE]: ["/plant", "/plant?utm_source=x&fbclid=y"] },
        'sources/paper-2022-03-05.yaml:5:6 error: url: found "https://example.org/plant?utm_source=x&fbclid=y"; expected an address without tracking parameters. Run `npm run fix`, or cut the address before them. [shape]',
      ],
      [
        "an address with a password",
        { [SOURCE]: ["https://example", "https://me:secret@example"] },
        'sources/paper-2022-03-05.yaml:5:6 error: url: found "https://me:secret@example.org/plant"; expected an address without a user name. Remove it, up to the @. [shape]',
      ],
      [
        "a short link",
        { [SOURCE]: ["https://example.org/plant", "https://bit.ly/3abcde"] },
        'sources/paper-2022-03-05.yaml:5:6 error: url: found "https://bit.ly/3abcde"; expected the address of the page itself. Open the short link and copy where it leads. [shape]',
      ],
      [
        "an address of one's own machine",
        { [SOURCE]: ["https://example.org/plant", "http://localhost:8080/plant"] },
        'sources/paper-2022-03-05.yaml:5:6 error: url: found "http://localhost:8080/plant"; expected the address of a public page. Copy the address from a page that everybody can open. [shape]',
      ],
    ],
  ],
  [
    "of arithmetic between rows",
    [
      [
        "a month above its year",
        { [METRIC]: more("2021-03", 30000000) },
        "metrics/phones-made.yaml:19:12 warning: observations.1.value: found 30000000 in 2021-03, and 24660000 in the whole of 2021; expected a part not above its whole. Compare both with their sources; where both are printed so, say in `caveats` why they differ. [periods-add-up]",
      ],
      [
        "two halves that don't make the year",
        { [METRIC]: more("2021-01/2021-06", 10000000) + next("2021-07/2021-12", 11000000) },
        "metrics/phones-made.yaml:13:12 warning: observations.0.value: found 24660000 in 2021, and 21000000 in its 2 parts together; expected parts that make the whole. Compare both with their sources; where both are printed so, say in `caveats` why they differ. [periods-add-up]",
      ],
      [
        "a part above its total",
        { [METRIC]: more("2021", 30000000, "dimensions: { technology: 2g }") },
        "metrics/phones-made.yaml:13:12 warning: observations.0.value: found 24660000, and 30000000 for 2g; expected values not above the total. Compare both with their sources; where both are printed so, say in `caveats` why they differ. [cuts-add-up]",
      ],
      [
        "a body above the country",
        { [METRIC]: more("2021", 30000000, "subject: { organisation: a-maker }") },
        "metrics/phones-made.yaml:13:12 warning: observations.0.value: found 24660000, and 30000000 for a-maker together; expected a value of pakistan not below that of what lies in it. Compare both with their sources; where both are printed so, say in `caveats` why they differ. [subjects-add-up]",
      ],
      [
        "a running total that falls",
        { [METRIC]: `${BASE[METRIC]}${totals(5000, 4000)}` },
        "metrics/phones-made.yaml:23:12 warning: observations.2.value: found 4000 up to 2020, after 5000 up to 2019; expected a running total that doesn't fall. Compare both with their sources; where both are printed so, say in `caveats` why they differ. [running-total-rises]",
      ],
      [
        "a target entered as actual",
        { [METRIC]: `${BASE[METRIC]}${next("2021", 24660000).replace("actual", "target")}` },
        "metrics/phones-made.yaml:13:12 warning: observations.0.value: found 24660000 as actual, which the same source gives as target for 2021; expected a figure that came to be. Compare both with their sources; where both are printed so, say in `caveats` why they differ. [target-as-actual]",
      ],
      [
        "parents that hold more than everything",
        {
          [MAKER]: `${BASE[MAKER]}parents:\n  - organisation: b-maker\n    share: 60\n    claims: [{ source: paper-2022-03-05 }]\n  - organisation: c-maker\n    share: 51\n    claims: [{ source: paper-2022-03-05 }]\n`,
          "organisations/b-maker.yaml": (BASE[MAKER] as string).replace("A Maker", "B Maker"),
          "organisations/c-maker.yaml": (BASE[MAKER] as string).replace("A Maker", "C Maker"),
        },
        "organisations/a-maker.yaml:6:1 error: parents: found shares of the present parents that add to 111; expected at most 100. Correct a share, or give a parent that left its `until`. [shares-agree]",
      ],
      [
        "shares that add to more than a hundred",
        { [METRIC]: shares(60, 55) },
        "metrics/phones-made.yaml:13:12 warning: observations.0.value: found shares that add to 115; expected shares that make a hundred. Compare both with their sources; where both are printed so, say in `caveats` why they differ. [shares-agree]",
      ],
      [
        "a figure of an event beside the same of its project",
        {
          [METRIC]:
            more("2021", 500, "subject: { project: a-plant }") +
            next("2021", 400, "subject: { event: plant-opening }"),
        },
        'metrics/phones-made.yaml:22:5 warning: observations.2: found a figure of an event beside "phones-made:project/a-plant:actual:during:2021" of its project; expected `partOf`, or a caveat that says that the two are different things. Add partOf: phones-made:project/a-plant:actual:during:2021; or a caveat. [part-of-unsaid]',
      ],
    ],
  ],
  [
    "of promises",
    [
      [
        "a flow promised by a date without what counts",
        { [METRIC]: promise("") },
        "metrics/phones-made.yaml:12:5 warning: observations.0: found a flow that is promised by a date, without `counts`; expected cumulative (all that is done until then), yearly (in the year of the deadline) or level. Add `counts`, as the source means it; `since` too where it gives a start. [promise-counts]",
      ],
      [
        "`counts` on a metric that can't be promised",
        { [METRIC]: promise("    counts: yearly\n").replace("promisable: true\n", "") },
        "metrics/phones-made.yaml:13:13 error: observations.0.counts: found `counts` on a metric that is not promisable; expected it on planned, target or committed values of a metric with `promisable: true`. Remove it, or declare the metric promisable. [promise-counts]",
      ],
      [
        "`counts` on an actual value",
        { [METRIC]: ["status: actual", "status: actual\n    counts: yearly"] },
        "metrics/phones-made.yaml:13:13 error: observations.0.counts: found `counts` on a metric that is not promisable; expected it on planned, target or committed values of a metric with `promisable: true`. Remove it, or declare the metric promisable. [promise-counts]",
      ],
      [
        "promises that are not in order",
        {
          [EVENT]: [
            "claims:",
            "promised:\n  - by: 2022-01\n    on: 2021-11-01\n    claims: [{ source: paper-2022-03-05 }]\n  - by: 2022-02\n    on: 2021-06-01\n    claims: [{ source: paper-2022-03-05 }]\nclaims:",
          ],
        },
        "events/plant-opening.yaml:17:5 error: promised.1: found a statement of 2021-06-01 behind one of 2021-11-01; expected the oldest statement first. Put the items in order of the day when they were said, or correct `on`. [promised-in-order]",
      ],
      [
        "a deadline before the promise",
        {
          [EVENT]: [
            "claims:",
            "promised:\n  - by: 2021-01\n    on: 2021-11-01\n    claims: [{ source: paper-2022-03-05 }]\nclaims:",
          ],
        },
        "events/plant-opening.yaml:14:9 warning: promised.0.by: found a deadline of 2021-01, said on 2021-11-01; expected a deadline on or after the day when it was promised. Correct one of the two. [promised-in-order]",
      ],
      [
        "an announcement after the event",
        {
          [EVENT]: ["project: a-plant", "project: a-plant\npromises: plant-plan"],
          "events/plant-plan.yaml": (BASE[EVENT] as string)
            .replace("2022-03-04, basis: resolved, text: on Friday", "2022-02-01")
            .replace("opened in Lahore", "planned for Punjab")
            .replace("A maker opened", "A firm planned"),
        },
        "events/plant-opening.yaml:13:11 error: promises: found an announcement of 2022-03-04 for an event of 2022-02-01; expected an announcement on or before the day of the event. Correct one of the dates, or remove `promises`. [announced-before]",
      ],
    ],
  ],
  [
    "of time that slips through",
    [
      [
        "a page that was read in the future",
        {
          [SOURCE]: ['accessed: "2026-11-24"', 'accessed: "2033-11-24"'],
          "sources/c-2022.yaml": (BASE[SOURCE] as string).replace("org/plant", "org/c"),
          [EVENT]: ["  - source: ministry-2022-03-04", "  - source: ministry-2022-03-04\n  - source: c-2022"],
        },
        `sources/paper-2022-03-05.yaml:7:11 error: accessed: found read on 2033-11-24, and today is ${new Date().toISOString().slice(0, 10)}; expected a day that is over. Correct the day. [read-in-past]`,
      ],
      [
        "an actual value for a period that is not over",
        { [METRIC]: ["during: 2021", "during: 2021/2022"] },
        "metrics/phones-made.yaml:11:13 warning: observations.0.time: found an actual value for 2021/2022, with sources published before 2022-12-31 only; expected a source from after the period, the shorter period that the source means, or a caveat. Correct the period (such as 2022-01/2022-05), set `forecast`, or say in `caveats` why the source could know. [period-over]",
      ],
    ],
  ],
  [
    "of what stands twice",
    [
      [
        "one event reworded under a second id",
        {
          "events/plant-start.yaml": (BASE[EVENT] as string)
            .replace("A plant was opened in Lahore", "Lahore plant of a maker opened")
            .replace("A maker opened a plant", "The maker started its plant"),
        },
        'events/plant-start.yaml:1:8 warning: title: found "Lahore plant of a maker opened", much like "plant-opening" of the same day with a body in common; expected one event, with all its claims, under one id. Merge the two; or tell them apart in their titles, or link them by `partOf` or `promises`. [entered-twice]',
      ],
      [
        "one summary for two events",
        {
          "events/plant-second.yaml": (BASE[EVENT] as string)
            .replace("A plant was opened in Lahore", "A second site began work")
            .replace("2022-03-04, basis: resolved, text: on Friday", "2022-02-01"),
        },
        'events/plant-opening.yaml:2:10 error: summary: found the summary of "plant-second"; expected a summary of its own, for an event of its own. Merge the two, or say what sets this one apart. [entered-twice]',
      ],
      [
        "one metric under a second id",
        {
          "metrics/phones-produced.yaml": (BASE[METRIC] as string).replace(
            "name: Phones made",
            "name: Phones made in Pakistan",
          ),
        },
        'metrics/phones-produced.yaml:1:7 warning: name: found "Phones made in Pakistan", much like "phones-made" in the same unit; expected one metric per quantity. Move the observations into one of the two, or say in both definitions what sets them apart. [entered-twice]',
      ],
      [
        "sources that are copies of one another",
        {
          [SOURCE]: ["seen: excerpt", "seen: excerpt\norigin: ministry-2022-03-04"],
          "sources/ministry-2022-03-04.yaml": ["seen: excerpt", "seen: excerpt\norigin: paper-2022-03-05"],
        },
        "sources/ministry-2022-03-04.yaml:8:9 error: origin: found ministry-2022-03-04 is a copy of paper-2022-03-05 is a copy of ministry-2022-03-04; expected the id of another source, or a name for the wire story or release. Leave `origin` out of the first page, or give the story a name of its own. [origin-ends]",
      ],
      [
        "a source that is a copy of itself",
        { [SOURCE]: ["seen: excerpt", "seen: excerpt\norigin: paper-2022-03-05"] },
        "sources/paper-2022-03-05.yaml:9:9 error: origin: found paper-2022-03-05 is a copy of paper-2022-03-05; expected the id of another source, or a name for the wire story or release. Leave `origin` out of the first page, or give the story a name of its own. [origin-ends]",
      ],
      [
        "a redirect into two collections",
        {
          "redirects.yaml":
            "old-plant: { kind: split, to: [plant-opening, a-plant], why: it was two things }\n",
        },
        "redirects.yaml:1:27 error: to: found records of events and projects; expected records of one collection, that of the retired id. Leave out those of the other collection. [redirect-ends-live]",
      ],
    ],
  ],
  [
    "of claims",
    [
      [
        "`saidBy` with nothing in it",
        { [EVENT]: ["    at: para 1", "    saidBy: {}"] },
        "events/plant-opening.yaml:15:5 error: claims.0.saidBy: found {}; expected who is quoted, or no `saidBy`. Correct it. [shape]",
      ],
      [
        "a preferred claim without a note",
        { [EVENT]: ["    at: para 1", "    rank: preferred"] },
        "events/plant-opening.yaml:15:11 error: claims.0.rank: found `rank: preferred` without a note; expected `note`, which says why. Add the note, or remove the rank. [rank-has-note]",
      ],
      [
        "claims that are all deprecated",
        {
          [EVENT]: [
            "    at: para 1\n  - source: ministry-2022-03-04",
            "    rank: deprecated\n    note: a slip",
          ],
        },
        "events/plant-opening.yaml:13:1 warning: claims: found deprecated claims only; expected a claim that holds, or a caveat that says what became of the record. Add a better source, or say in `caveats` that it was retracted. [rank-has-note]",
      ],
    ],
  ],
  [
    "of texts that slip through",
    [
      [
        "a person in a title",
        { [EVENT]: ["A plant was opened in Lahore", "Mr Example opened a plant in Lahore"] },
        'events/plant-opening.yaml:1:8 warning: title: found the person "Mr Example" in "Mr Example opened a plant in Lahore"; expected bodies and offices. Name the office or the body; who said it belongs into `saidBy` of the claim. [no-persons]',
      ],
      [
        "a person as an organisation",
        { [MAKER]: ["name: A Maker", "name: Dr Example Person"] },
        'organisations/a-maker.yaml:1:7 warning: name: found the person "Dr Example" in "Dr Example Person"; expected bodies and offices. Name the office or the body; who said it belongs into `saidBy` of the claim. [no-persons]',
      ],
      [
        "a mail address",
        { [EVENT]: ["for phones.", "for phones; ask press@example.org."] },
        'events/plant-opening.yaml:2:10 error: summary: found "A maker opened a plant for phones; ask press@example.org."; expected text without mail addresses and phone numbers. Leave it out: nobody\'s contact belongs into the dataset. [shape]',
      ],
      [
        "a phone number",
        { [EVENT]: ["for phones.", "for phones; call +92 51 2878127."] },
        'events/plant-opening.yaml:2:10 error: summary: found "A maker opened a plant for phones; call +92 51 2878127."; expected text without mail addresses and phone numbers. Leave it out: nobody\'s contact belongs into the dataset. [shape]',
      ],
      [
        "a sentence copied with its quotation marks",
        {
          [EVENT]: [
            "A maker opened a plant for phones.",
            "The maker said “this plant is a symbol of the friendship of two peoples and of many years to come”.",
          ],
        },
        'events/plant-opening.yaml:2:10 warning: summary: found a quotation or dateline in "The maker said “this plant is a symbol of the friendship of two peoples and ...; expected own words. Say what happened in one to three sentences of your own. [own-words]',
      ],
      [
        "a dateline",
        { [EVENT]: ["A maker opened a plant for phones.", '"LAHORE: A maker opened a plant for phones."'] },
        'events/plant-opening.yaml:2:10 warning: summary: found a quotation or dateline in "LAHORE: A maker opened a plant for phones."; expected own words. Say what happened in one to three sentences of your own. [own-words]',
      ],
      [
        "a summary in another language",
        {
          [EVENT]: [
            "A maker opened a plant for phones.",
            "厂家在拉合尔开设了一家手机工厂，工厂位于城市以南。",
          ],
        },
        'events/plant-opening.yaml:2:10 error: summary: found "厂家在拉合尔开设了一家手机工厂，工厂位于城市以南。"; expected English. Say it in English, in own words; native names belong into `names`. [in-english]',
      ],
      [
        "money in the summary of a project",
        { "projects/a-plant.yaml": ["A plant for phones.", "A plant for phones, of US$ 30 million."] },
        'projects/a-plant.yaml:2:10 warning: summary: found "US$ 3" in "A plant for phones, of US$ 30 million."; expected what the project is, without money. Make it an observation whose subject is the project. [no-money-in-project]',
      ],
      [
        "a text that a spreadsheet runs",
        { [EVENT]: ["A maker opened", "=HYPERLINK(A maker opened"] },
        'events/plant-opening.yaml:2:10 error: summary: found "=HYPERLINK(A maker opened a plant for phones."; expected text that a spreadsheet doesn\'t take for a formula. Start it with a letter, a figure or a quotation mark. [shape]',
      ],
    ],
  ],
  [
    "of addresses that slip through",
    [
      [
        "two addresses in one",
        { [SOURCE]: ["https://example.org/plant", "https://example.org/https://example.com/plant"] },
        'sources/paper-2022-03-05.yaml:5:6 error: url: found "https://example.org/https://example.com/plant"; expected one address. Keep the address of the page; an archived copy belongs into `archivedUrl`. [shape]',
      ],
      [
        "a session in the query",
        { [SOURCE]: ["org/plant", "org/plant?PHPSESSID=1234"] },
        'sources/paper-2022-03-05.yaml:5:6 error: url: found "https://example.org/plant?PHPSESSID=1234"; expected an address without a token or session. Cut the parameter, and see that the page still opens. [shape]',
      ],
      [
        "a page of search results",
        { [SOURCE]: ["example.org/plant", "www.google.com/search?q=plant"] },
        'sources/paper-2022-03-05.yaml:5:6 error: url: found "https://www.google.com/search?q=plant"; expected the page itself, not a search for it. Open the result and copy its address. [shape]',
      ],
      [
        "a redirector",
        { [SOURCE]: ["example.org/plant", "www.google.com/url?u=plant"] },
        'sources/paper-2022-03-05.yaml:5:6 error: url: found "https://www.google.com/url?u=plant"; expected the address of the page itself. Open the short link and copy where it leads. [shape]',
      ],
      [
        "a copy in a cache of AMP pages",
        { [SOURCE]: ["example.org/plant", "example-org.cdn.ampproject.org/c/plant"] },
        'sources/paper-2022-03-05.yaml:5:6 error: url: found "https://example-org.cdn.ampproject.org/c/plant"; expected the page itself, not a copy in a cache. Open the page at its publisher and copy its address. [shape]',
      ],
      [
        "a look-alike letter in the domain",
        { [SOURCE]: ["example.org", "exаmple.org"] },
        'sources/paper-2022-03-05.yaml:5:6 error: url: found "https://exаmple.org/plant"; expected an address in ASCII, as browsers copy it; letters of other scripts can look like Latin ones. Run `npm run fix`, or copy the address from the browser\'s bar. [shape]',
      ],
      [
        "a home page",
        { [SOURCE]: ["org/plant", "org/"] },
        'sources/paper-2022-03-05.yaml:5:6 warning: url: found the home page "https://example.org/"; expected the address of the page that was read. Open the page and copy its own address, or say in `caveats` that it was the home page. [address-of-page]',
      ],
      [
        "a fragment",
        { [SOURCE]: ["org/plant", "org/plant#comments"] },
        'sources/paper-2022-03-05.yaml:5:6 warning: url: found the fragment "#comments"; expected the address of the page; the place in it belongs into `at`. Cut the address before the #. [address-of-page]',
      ],
      [
        "an archived copy at no archive",
        { [SOURCE]: ["language: en", "archivedUrl: https://example.com/copy\nlanguage: en"] },
        'sources/paper-2022-03-05.yaml:6:14 error: archivedUrl: found "https://example.com/copy"; expected an address of an archive, such as web.archive.org. Archive the page, or remove the key. [address-of-page]',
      ],
      [
        "a language that does not exist",
        { [SOURCE]: ["language: en", "language: xx"] },
        'sources/paper-2022-03-05.yaml:6:11 error: language: found "xx"; expected a BCP 47 tag of a language that exists, such as en, ur, zh or zh-Hans. Correct it. [shape]',
      ],
      [
        "a title that is a number",
        { [SOURCE]: ["title: A plant was opened", 'title: "40269436"'] },
        'sources/paper-2022-03-05.yaml:2:8 warning: title: found the title "40269436"; expected the headline of the page, or the title on the cover. Copy the headline. [title-is-headline]',
      ],
      [
        "another publisher than the site has",
        {
          ...Object.fromEntries(
            [1, 2, 3, 4, 5, 6].map((n) => [
              `sources/paper-${n}.yaml`,
              (BASE[SOURCE] as string)
                .replace("org/plant", `org/${n}`)
                .replace("A paper", n === 3 ? "Another paper" : "A paper"),
            ]),
          ),
          [EVENT]: [
            "  - source: ministry-2022-03-04",
            `  - source: ministry-2022-03-04${[1, 2, 3, 4, 5, 6].map((n) => `\n  - source: paper-${n}`).join("")}`,
          ],
        },
        'sources/paper-3.yaml:3:12 warning: publisher: found "Another paper" at example.org; expected "A paper", as for the 6 other sources of this site. Name who runs the site; whoever wrote the document belongs into the title or a caveat. [publisher-fits-site]',
      ],
    ],
  ],
  [
    "of form that a newcomer makes",
    [
      [
        "quotes of a word processor around a text",
        { [EVENT]: ["title: A plant was opened in Lahore", "title: “A plant was opened in Lahore”"] },
        'events/plant-opening.yaml:1:8 error: title: found "“A plant was opened in Lahore”"; expected text without typographic quotes around it. Remove them: YAML knows straight quotes alone, "...". [shape]',
      ],
      [
        "a list for a text",
        { [EVENT]: ["title: A plant was opened in Lahore", "title: [A plant, was opened]"] },
        'events/plant-opening.yaml:1:1 error: title: found ["A plant","was opened"]; expected text. Correct the indentation, or write one value. [shape]',
      ],
      [
        "the rest of a text behind a #",
        { [EVENT]: ["title: A plant was opened in Lahore", "title: Plant #1 was opened in Lahore"] },
        'events/plant-opening.yaml:1:8 error: found "Plant", since the rest is a comment: #1 was opened in Lahore; expected text that holds a # in quotes. Put the whole text in quotes; a comment has a space behind its #. [yaml]',
      ],
      [
        "an address with the full stop of its sentence",
        { [SOURCE]: ["/plant", "/plant."] },
        'sources/paper-2022-03-05.yaml:5:6 error: url: found "https://example.org/plant."; expected an address without the punctuation of the sentence it was copied from. Remove the last character, and see that the page still opens. [shape]',
      ],
      [
        "a language by its longer code",
        { [SOURCE]: ["language: en", "language: eng"] },
        'sources/paper-2022-03-05.yaml:6:11 error: language: found "eng"; expected a BCP 47 tag of a language that exists, such as en, ur, zh or zh-Hans. Correct it. [shape]',
      ],
      [
        "a country by a code of everyday use",
        { [MAKER]: ["country: CN", "country: UK"] },
        'organisations/a-maker.yaml:3:10 error: country: found "UK"; expected two capital letters of ISO 3166-1, such as PK or CN. Did you mean "GB"? Correct the text. [shape]',
      ],
      [
        "a country that does not exist",
        { [MAKER]: ["country: CN", "country: XX"] },
        'organisations/a-maker.yaml:3:10 error: country: found "XX"; expected two capital letters of ISO 3166-1, such as PK or CN. Correct the text. [shape]',
      ],
      [
        "a country in small letters",
        { [MAKER]: ["country: CN", "country: cn"] },
        'organisations/a-maker.yaml:3:10 error: country: found "cn"; expected two capital letters of ISO 3166-1, such as PK or CN. Did you mean "CN"? Correct the text. [shape]',
      ],
      [
        "a title with a full stop",
        { [EVENT]: ["opened in Lahore\n", "opened in Lahore.\n"] },
        'events/plant-opening.yaml:1:8 error: title: found "A plant was opened in Lahore."; expected a title without a full stop. Remove it. [title-form]',
      ],
      [
        "a title in capitals",
        { [EVENT]: ["title: A plant was opened in Lahore", "title: A PLANT WAS OPENED IN LAHORE"] },
        'events/plant-opening.yaml:1:8 error: title: found "A PLANT WAS OPENED IN LAHORE"; expected lower-case letters, and capitals for names alone. Write it in plain case. [title-form]',
      ],
      [
        "a summary that repeats the title",
        {
          [EVENT]: ["summary: A maker opened a plant for phones.", "summary: A plant was opened in Lahore."],
        },
        'events/plant-opening.yaml:2:10 error: summary: found "A plant was opened in Lahore."; expected more than the title says. Say in one to three sentences who did what, and where. [title-form]',
      ],
      [
        "a placeholder",
        { [EVENT]: ["summary: A maker opened a plant for phones.", "summary: TODO write this summary."] },
        'events/plant-opening.yaml:2:10 error: summary: found "TODO write this summary."; expected the text itself, not a placeholder. Write it, or remove the key where it may be absent. [shape]',
      ],
      [
        "a row of x for a title",
        { [EVENT]: ["title: A plant was opened in Lahore", "title: xxxxxxx"] },
        'events/plant-opening.yaml:1:8 error: title: found "xxxxxxx"; expected the text itself, not a placeholder. Write it, or remove the key where it may be absent. [shape]',
      ],
      [
        "an emoji",
        { [EVENT]: ["title: A plant was opened in Lahore", "title: A plant was opened in Lahore 🎉"] },
        'events/plant-opening.yaml:1:8 error: title: found "A plant was opened in Lahore 🎉"; expected text without emoji. Remove it. [shape]',
      ],
      [
        "an event before there was Pakistan",
        { [EVENT]: ["edtf: 2022-03-04, basis: resolved, text: on Friday", "edtf: 1902-03-04"] },
        "events/plant-opening.yaml:5:1 error: date: found 1902-03-04; expected a day on or after 1947-08-14. Correct the year. [after-independence]",
      ],
      [
        "a date in words",
        { [EVENT]: ["edtf: 2022-03-04", "edtf: 4 March 2022"] },
        'events/plant-opening.yaml:5:15 error: date.edtf: found "4 March 2022"; expected a day "2021-09-23", a month "2021-09", a year "2021", a quarter "2021-33" (33 to 36), or a window "2023-05/2023-08". Did you mean "2022-03-04"? Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "a date with dots",
        { [EVENT]: ["edtf: 2022-03-04", "edtf: 04.03.2022"] },
        'events/plant-opening.yaml:5:15 error: date.edtf: found "04.03.2022"; expected a day "2021-09-23", a month "2021-09", a year "2021", a quarter "2021-33" (33 to 36), or a window "2023-05/2023-08". Did you mean "2022-03-04"? Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "a date with one digit for the month",
        { [EVENT]: ["edtf: 2022-03-04", "edtf: 2022-3-4"] },
        'events/plant-opening.yaml:5:15 error: date.edtf: found "2022-3-4"; expected a day "2021-09-23", a month "2021-09", a year "2021", a quarter "2021-33" (33 to 36), or a window "2023-05/2023-08". Did you mean "2022-03-04"? Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "a date of which day and month could be either",
        { [EVENT]: ["edtf: 2022-03-04", "edtf: 03/04/2022"] },
        'events/plant-opening.yaml:5:15 error: date.edtf: found "03/04/2022"; expected a day "2021-09-23", a month "2021-09", a year "2021", a quarter "2021-33" (33 to 36), or a window "2023-05/2023-08". Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "a date with the time of day",
        { [EVENT]: ["edtf: 2022-03-04", "edtf: 2022-03-04T10:00:00Z"] },
        'events/plant-opening.yaml:5:15 error: date.edtf: found "2022-03-04T10:00:00Z"; expected a day "2021-09-23", a month "2021-09", a year "2021", a quarter "2021-33" (33 to 36), or a window "2023-05/2023-08". Did you mean "2022-03-04"? Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "a quarter with a Q",
        { [METRIC]: ["during: 2021", "during: 2021-Q1"] },
        'metrics/phones-made.yaml:11:13 error: observations.0.during: found "2021-Q1"; expected a day "2021-09-23", a month "2021-09", a year "2021", a quarter "2021-33" (33 to 36), a fiscal year "FY2021-22", or a window "2023-05/2023-08". Did you mean "2021-33"? Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "two years with a hyphen",
        { [METRIC]: ["during: 2021", "during: 2020-2021"] },
        'metrics/phones-made.yaml:11:13 error: observations.0.during: found "2020-2021"; expected a day "2021-09-23", a month "2021-09", a year "2021", a quarter "2021-33" (33 to 36), a fiscal year "FY2021-22", or a window "2023-05/2023-08". Did you mean "2020/2021"? Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "an id of another collection",
        { [EVENT]: ["project: a-plant", "project: a-maker"] },
        'events/plant-opening.yaml:12:10 error: project: found "a-maker", which is one of the organisations; expected the id of one of the 1 projects. Correct the id, or move it to the key of its kind. [id-resolves]',
      ],
    ],
  ],
  [
    "of figures that slip through",
    [
      [
        "no value at all",
        { [METRIC]: ["    value: 24660000\n", ""] },
        "metrics/phones-made.yaml:11:5 error: observations.0.value: found no value, and no caveat; expected a value, or a caveat that says why there is none. Add `value`, or `caveats`; or leave the observation out. [value-present]",
      ],
      [
        "an octal number",
        { [METRIC]: ["value: 24660000", "value: 0o14"] },
        "metrics/phones-made.yaml:13:12 error: found the number 0o14, which YAML reads as 12; expected decimal digits, without leading zeros and exponents. Write the number out, or quote it if it is text. [yaml]",
      ],
      [
        "a leading zero",
        { [METRIC]: ["value: 24660000", "value: 024660000"] },
        "metrics/phones-made.yaml:13:12 error: found the number 024660000, which YAML reads as 24660000; expected decimal digits, without leading zeros and exponents. Write the number out, or quote it if it is text. [yaml]",
      ],
      [
        "a range of one number",
        { [METRIC]: ["value: 24660000", "value: { low: 24660000, high: 24660000 }"] },
        'metrics/phones-made.yaml:13:5 error: observations.0.value: found {"low":24660000,"high":24660000}; expected a range whose low is below its high. Write the number alone: 24660000. [shape]',
      ],
      [
        "more than, beside an exact value",
        { [METRIC]: ["stated: 24.66 million", "stated: more than 24.66 million"] },
        'metrics/phones-made.yaml:16:17 warning: observations.0.claims.0.stated: found "more than 24.66 million" beside the exact value 24660000; expected a value that keeps what the source leaves open. Write { approximate: N }, { moreThan: N }, { atLeast: N }, { lessThan: N }, { atMost: N } or { low: N, high: N }. [stated-exactly]',
      ],
      [
        "between, beside an exact value",
        { [METRIC]: ["stated: 24.66 million", "stated: between 24.66 and 25 million"] },
        'metrics/phones-made.yaml:16:17 warning: observations.0.claims.0.stated: found "between 24.66 and 25 million" beside the exact value 24660000; expected a value that keeps what the source leaves open. Write { approximate: N }, { moreThan: N }, { atLeast: N }, { lessThan: N }, { atMost: N } or { low: N, high: N }. [stated-exactly]',
      ],
      [
        "around, beside an exact value",
        { [METRIC]: ["stated: 24.66 million", "stated: around 24.66 million"] },
        'metrics/phones-made.yaml:16:17 warning: observations.0.claims.0.stated: found "around 24.66 million" beside the exact value 24660000; expected a value that keeps what the source leaves open. Write { approximate: N }, { moreThan: N }, { atLeast: N }, { lessThan: N }, { atMost: N } or { low: N, high: N }. [stated-exactly]',
      ],
      [
        "kilometres of phones",
        { [METRIC]: ["stated: 24.66 million", "stated: 24.66 million km"] },
        'metrics/phones-made.yaml:16:17 error: observations.0.claims.0.stated: found "24.66 million km" for a value in handset; expected a figure printed in handset; nothing is converted. Use a metric of the unit that the source prints. [unit-fits]',
      ],
      [
        "dollars of another country",
        {
          [METRIC]: (BASE[METRIC] as string)
            .replace("unit: handset", "unit: usd")
            .replace("stated: 24.66", "stated: HK$ 24.66"),
        },
        'metrics/phones-made.yaml:16:17 error: observations.0.claims.0.stated: found "HK$ 24.66 million" for a value in usd; expected a figure printed in usd; nothing is converted. Use a metric of the unit that the source prints. [unit-fits]',
      ],
    ],
  ],
  [
    "of files that slip through",
    [
      [
        "miles of phones",
        { [METRIC]: ["stated: 24.66 million", "stated: 24.66 million miles"] },
        'metrics/phones-made.yaml:16:17 error: observations.0.claims.0.stated: found "24.66 million miles" for a value in handset; expected a figure printed in handset; nothing is converted. Use a metric of the unit that the source prints. [unit-fits]',
      ],
      [
        "a token in the address",
        { [SOURCE]: ["/plant", "/plant?access_token=abc"] },
        'sources/paper-2022-03-05.yaml:5:6 error: url: found "https://example.org/plant?access_token=abc"; expected an address without a token or session. Cut the parameter, and see that the page still opens. [shape]',
      ],
      [
        "a word that means another one",
        { [MAKER]: ["kind: company", "kind: university"] },
        'organisations/a-maker.yaml:2:7 error: kind: found "university"; expected one of government, regulator, public-fund, state-enterprise, company, academia, association, bilateral-body, media, other. Did you mean "academia"? Choose one of these. [shape]',
      ],
      [
        "a marker of a merge conflict",
        { [EVENT]: ["kind: launch", "<<<<<<< HEAD\nkind: launch\n=======\nkind: milestone\n>>>>>>> main"] },
        'events/plant-opening.yaml:3:1 error: found a marker of a merge conflict, "<<<<<<<"; expected one of the two versions. Keep the lines that hold, and delete the other ones and the markers. [yaml]',
      ],
      [
        "a file of the system",
        { "events/.DS_Store": "x" },
        'events/.DS_Store:1:1 error: found the file ".DS_Store" of a system or editor; expected records alone. Delete the file. [file]',
      ],
    ],
  ],
];

describe.each(MISTAKES)("a mistake %s", (_, mistakes) => {
  it.each(mistakes)("%s", (_, change, message) => {
    const started = performance.now();
    const found = problems(change);
    expect(found[0]).toBe(message);
    expect(found.length).toBeLessThanOrEqual(10);
    for (const line of found)
      expect(line).toMatch(/^\S+:\d+:\d+ (?:error|warning): .*found .+; expected .+\. .+ \[[a-z-]+\]$/);
    expect(performance.now() - started, "milliseconds").toBeLessThan(5000);
  });
});

describe("the list of mistakes", () => {
  it("has more than eighty kinds, each once", () => {
    const kinds = MISTAKES.flatMap(([, mistakes]) => mistakes.map(([what]) => what));
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(kinds.length).toBeGreaterThanOrEqual(80);
  });
});

describe("a file that is none", () => {
  it("is reported, not followed, when it is a symbolic link", () => {
    const root = smallDataset();
    try {
      writeFileSync(join(root, "elsewhere"), BASE[EVENT] as string);
      symlinkSync(join(root, "elsewhere"), join(root, "events/linked-plant.yaml"));
      symlinkSync(root, join(root, "events/looped-plant.yaml"));
      symlinkSync(join(root, "nowhere"), join(root, "events/lost-plant.yaml"));
      expect(problemsIn(root)).toEqual(
        ["linked", "looped", "lost"].map(
          (name) =>
            `events/${name}-plant.yaml:1:1 error: found a symbolic link; expected a file. Put the file itself here. [file]`,
        ),
      );
    } finally {
      rmSync(root, { recursive: true });
    }
  });
  it("is reported when it stands where a folder should, or when there is no dataset", () => {
    const root = smallDataset();
    try {
      rmSync(join(root, "projects"), { recursive: true });
      writeFileSync(join(root, "projects"), "");
      expect(problemsIn(root)).toContain(
        "projects:1:1 error: found a file or link; expected a folder of records. Put the folder itself here. [file]",
      );
    } finally {
      rmSync(root, { recursive: true });
    }
    expect(problemsIn(root)[0]).toContain("found no folder; expected the folder of the dataset.");
  });
  it("is reported when a table is missing", () => {
    const root = smallDataset();
    try {
      rmSync(join(root, "redirects.yaml"));
      expect(problemsIn(root)).toEqual([
        "redirects.yaml:1:1 error: found no such file; expected a file of records. Add it, or correct the name. [file]",
      ]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

describe("a key of an object's prototype", () => {
  it("reaches no object", () => {
    problems({ [EVENT]: ["kind: launch", "kind: launch\n__proto__: { polluted: true }"] });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe("the check", () => {
  it("changes no file", () => {
    const root = smallDataset({ [EVENT]: ["kind: launch", "kind: lunch"] });
    try {
      mkdirSync(join(root, "metrics"), { recursive: true });
      const all = () =>
        readdirSync(root, { recursive: true, withFileTypes: true })
          .filter((e) => e.isFile())
          .map((e) => `${e.name} ${readFileSync(join(e.parentPath, e.name), "utf8")}`)
          .sort();
      const before = all();
      problemsIn(root);
      expect(all()).toEqual(before);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
