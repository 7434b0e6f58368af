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
        "a dimension that is no id",
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
        'events/plant-opening.yaml:5:15 error: date.edtf: found "4 March 2022"; expected a day "2021-09-23", a month "2021-09", a year "2021", a quarter "2021-33" (33 to 36), or a window "2023-05/2023-08". Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "single digits",
        { [EVENT]: ["edtf: 2022-03-04", "edtf: 2022-3-4"] },
        'events/plant-opening.yaml:5:15 error: date.edtf: found "2022-3-4"; expected a day "2021-09-23", a month "2021-09", a year "2021", a quarter "2021-33" (33 to 36), or a window "2023-05/2023-08". Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
      ],
      [
        "a time of day",
        { [EVENT]: ["edtf: 2022-03-04", "edtf: 2022-03-04T10:00"] },
        'events/plant-opening.yaml:5:15 error: date.edtf: found "2022-03-04T10:00"; expected a day "2021-09-23", a month "2021-09", a year "2021", a quarter "2021-33" (33 to 36), or a window "2023-05/2023-08". Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
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
        'metrics/phones-made.yaml:11:13 error: observations.0.during: found "FY2021/22"; expected a day "2021-09-23", a month "2021-09", a year "2021", a quarter "2021-33" (33 to 36), a fiscal year "FY2021-22", or a window "2023-05/2023-08". Write the date as EDTF: year, month, day, with hyphens; docs/data-guidelines.md shows the forms. [shape]',
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
  it("is told, not followed, when it is a symbolic link", () => {
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
  it("is told when it stands where a folder should, or when there is no dataset", () => {
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
  it("is told when a table is missing", () => {
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
