/** What the search finds: records, guides and the glossary, in a file for each start of their words. */

import { plural, when, words } from "../../docs/explorer/parts/format.js";
import { promiseName, subjectName } from "../../docs/explorer/parts/naming.js";
import { recordPath, viewPath } from "../../docs/explorer/parts/paths.js";
import { VERDICT_NAMES } from "../../docs/explorer/parts/promise-words.js";
import { MOST_IN_FILE, searchWords, startOf } from "../../docs/explorer/parts/search-words.js";
import { events } from "../../src/data/events.js";
import { metrics } from "../../src/data/metrics.js";
import { observations } from "../../src/data/observations.js";
import { organisations } from "../../src/data/organisations.js";
import { places } from "../../src/data/places.js";
import { projects } from "../../src/data/projects.js";
import { sectors } from "../../src/data/sectors.js";
import { sources } from "../../src/data/sources.js";
import { units } from "../../src/data/units.js";
import { getOrganisation } from "../../src/find.js";
import { GLOSSARY } from "./glossary.js";
import { ledger } from "./ledger.js";
import { clip } from "./page.js";

/** Kind, address, title, other names, text, what is said beside the title. */
export type Entry = readonly [
  kind: string,
  href: string,
  title: string,
  names: string,
  text: string,
  about: string,
];

/** Chinese and Urdu words for what readers look for; names of bodies are in the data. */
const WORDS: Readonly<Record<string, string>> = {
  "smart-cities-security": "سیف سٹی سیف سٹیز 平安城市 智慧城市 safe city",
  "fibre-backbone": "فائبر آپٹک 光缆 光纤 fiber optic",
  "submarine-cables": "سب میرین کیبل 海底电缆 海缆 undersea",
  "mobile-networks": "موبائل نیٹ ورک 移动网络 移动通信 5G 4G",
  "device-manufacturing": "موبائل فون 手机 制造 phones plants factories",
  satellites: "سیٹلائٹ 卫星",
  "data-centres-cloud": "ڈیٹا سینٹر 数据中心 云",
  "e-commerce-fintech": "ای کامرس 电子商务 支付",
  "skills-research": "تربیت 培训 教育",
  "software-it-services": "سافٹ ویئر 软件",
};
const cut = (text: string, most: number) => (text.length > most ? text.slice(0, most) : text);

const VIEW_ENTRIES: readonly Entry[] = [
  [
    "view",
    viewPath("map"),
    "Map of places, cables and fibre routes",
    "map where location coordinates نقشہ 地图",
    "",
    "a view",
  ],
  [
    "view",
    viewPath("promises"),
    "Promises and what came of them",
    "overdue late broken kept delays deadlines وعدے 承诺",
    "",
    "a view",
  ],
  [
    "view",
    viewPath("promises", { verdict: "late" }),
    "Promises kept late",
    "overdue delayed late delay",
    "",
    "a view",
  ],
  [
    "view",
    viewPath("timeline"),
    "Timeline of events",
    "timeline new this year newest latest events 时间线",
    "",
    "a view",
  ],
  [
    "view",
    viewPath("conflicts"),
    "Conflicts: where sources disagree",
    "disagree dispute contradiction",
    "",
    "a view",
  ],
  [
    "view",
    viewPath("organisations"),
    "Organisations and who works with whom",
    "network companies firms",
    "",
    "a view",
  ],
  ["view", "../guide/projects.html", "All projects and their state", "status finished", "", "a list"],
  ["view", "../guide/sources.html", "All sources by year", "", "", "a list"],
  [
    "view",
    "../guide/changes.html",
    "Changes since the last release",
    "changelog what changed new version",
    "",
    "a page",
  ],
];

type Guides = readonly { title: string; href: string; text: string }[];

/** Above this a file is split by a third letter. */
const SPLIT = 250;
/** Kinds that stand in the file of names too, where slips are looked for. */
const NAMED = new Set(["view", "organisation", "project", "metric", "word", "sector", "place"]);

/** The files of the search, and how many pages have a word that starts so. */
export function searchFiles(guides: Guides) {
  const named = searchEntries(guides);
  const starts = { 2: new Map<string, Map<Entry, boolean>>(), 3: new Map<string, Map<Entry, boolean>>() };
  for (const [kind, href, title, names, text, about] of [...named, ...moreEntries()]) {
    const entry: Entry = [kind, href, title, names, [...new Set(searchWords(text))].join(" "), about];
    const nearest = new Set(searchWords(title));
    for (const word of searchWords(`${title} ${names} ${text}`))
      for (const letters of [2, 3] as const) {
        const start = startOf(word, letters);
        const own = starts[letters].get(start) ?? new Map<Entry, boolean>();
        own.set(entry, own.get(entry) || nearest.has(word));
        starts[letters].set(start, own);
      }
  }
  const files = new Map<string, readonly Entry[]>();
  const sizes = new Map<string, number>();
  for (const [letters, list] of [[2, starts[2]] as const, [3, starts[3]] as const])
    for (const [start, own] of list) {
      const whole = start === "_" || (starts[2].get(start.slice(0, 2))?.size ?? 0) <= SPLIT;
      if (whole !== (letters === 2)) continue;
      const entries = [...own.keys()];
      const sorted = [...entries.filter((e) => own.get(e)), ...entries.filter((e) => !own.get(e))];
      files.set(start, sorted.slice(0, MOST_IN_FILE));
      sizes.set(start, entries.length);
    }
  files.set(
    "names",
    named.filter(([kind]) => NAMED.has(kind)).map(([a, b, c, d, , f]) => [a, b, c, d, "", f] as const),
  );
  return { files, sizes };
}

function searchEntries(guides: Guides): Entry[] {
  const subjects = new Map<string, Set<string>>();
  for (const o of observations) {
    const own = subjects.get(o.metric) ?? new Set();
    own.add(subjectName(o.subject));
    if (o.subject.type === "organisation")
      for (const n of getOrganisation(o.subject.id)?.names ?? []) if (n.use === "acronym") own.add(n.name);
    subjects.set(o.metric, own);
  }
  const names = new Map(
    organisations.map((o) => [o.id as string, [o.name, ...o.names.map((n) => n.name)].join(" ")]),
  );
  return [
    ...VIEW_ENTRIES,
    ...organisations.map(
      (o): Entry => [
        "organisation",
        recordPath("organisation", o.id),
        o.name,
        `${o.names.map((n) => n.name).join(" ")} ${words(o.id)}`,
        o.description ?? "",
        words(o.kind),
      ],
    ),
    ...projects.map(
      (p): Entry => [
        "project",
        recordPath("project", p.id),
        p.name,
        `${words(p.id)} ${WORDS[p.sectors[0] ?? ""] ?? ""}`,
        p.summary,
        clip(p.summary, 90),
      ],
    ),
    ...metrics.map(
      (m): Entry => [
        "metric",
        recordPath("metric", m.id),
        m.name,
        `${words(m.id)} ${/fdi|foreign direct/i.test(m.name + m.id) ? "fdi foreign direct investment" : ""}`,
        `${m.definition} ${cut([...(subjects.get(m.id) ?? [])].join(" "), 900)}`,
        plural(m.observations.length, "value"),
      ],
    ),
    ...ledger
      .filter((p) => p.restatedBy === null)
      .map(
        (p): Entry => [
          "promise",
          recordPath("promise", p.id),
          promiseName(p),
          p.organisations.slice(0, 4).map(words).join(" "),
          "",
          VERDICT_NAMES[p.verdict],
        ],
      ),
    ...events.map(
      (e): Entry => [
        "event",
        recordPath("event", e.id),
        e.title,
        e.organisations.map((o) => cut(names.get(o.id) ?? "", 40)).join(" "),
        "",
        `${when(e.date)}, ${words(e.status)}`,
      ],
    ),
    ...sectors.map(
      (s): Entry => [
        "sector",
        recordPath("sector", s.id),
        s.name,
        `${words(s.id)} ${WORDS[s.id] ?? ""}`,
        s.definition,
        clip(s.definition, 90),
      ],
    ),
    ...places.map((p): Entry => ["place", recordPath("place", p.id), p.name, p.iso ?? "", "", p.kind]),
    ...units.map(
      (u): Entry => ["unit", recordPath("unit", u.id), u.name, `${u.symbol} ${u.code ?? ""}`, "", u.kind],
    ),
    ...GLOSSARY.map(
      (w): Entry => [
        "word",
        `../guide/glossary.html#${w.id}`,
        w.word,
        words(w.id),
        w.meaning,
        clip(w.meaning, 110),
      ],
    ),
    ...guides.map((g): Entry => ["guide", g.href, g.title, "", g.text, clip(g.text, 90)]),
  ];
}

/** What is searched second: sources, and the summaries of events. */
const moreEntries = (): Entry[] => [
  ...events.map(
    (e): Entry => [
      "summary",
      recordPath("event", e.id),
      e.title,
      "",
      e.summary,
      `${when(e.date)}, ${words(e.status)}`,
    ],
  ),
  ...sources.map(
    (s): Entry => [
      "source",
      recordPath("source", s.id),
      s.title,
      s.publisher,
      "",
      `${s.publisher}, ${s.published ?? "undated"}`,
    ],
  ),
];
