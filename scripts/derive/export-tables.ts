/**
 * The flat tables of the exports, derived from the schemas of what ships: a table for each collection, and one for each
 * list inside its records, so that every id is a column that can be joined.
 */
import * as z from "zod";
import type { Column, ColumnType, Table } from "../../src/export/table.js";
import { COLLECTION_SCHEMAS } from "../../src/schema/shipped.js";
import { DIRECTIONS, PROMISE_COUNTS, SUBJECT_TYPES, VERDICTS } from "../../src/vocabulary.js";

/** What is read of a JSON Schema. */
interface Node {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly references?: string;
  readonly description?: string;
  readonly title?: string;
  readonly anyOf?: readonly Node[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly items?: Node;
  readonly additionalProperties?: Node | false;
}

/** Words that SQL keeps for itself. */
const RENAMED: Readonly<Record<string, string>> = {
  start: "start_day",
  end: "end_day",
  group: "sector_group",
  from: "from_date",
  until: "until_date",
  to: "moved_to",
  by: "by_date",
  on: "on_date",
};
/** A column, by default of what stands under its own name in a row. */
const column = (
  name: string,
  type: ColumnType,
  required: boolean,
  description: string,
  references?: string,
  path: readonly string[] = [name],
): Column => ({ name, path, type, required, description, ...(references ? { references } : {}) });
/** A column of which no single field of a row holds the value. */
const computed = (
  name: string,
  type: ColumnType,
  required: boolean,
  description: string,
  references?: string,
) => column(name, type, required, description, references, []);

/** Columns of observations that save a reader of the flat form from reading inside the claims and dimensions. */
const DERIVED: Readonly<Record<string, readonly Column[]>> = {
  observations: [
    computed(
      "dimension_key",
      "string",
      true,
      "All dimensions as one text (`a=b;c=d`, by name); empty for the total.",
    ),
    computed(
      "days",
      "integer",
      false,
      "Days from the first to the last, both counted; null when one of them is open.",
    ),
    computed("retracted", "boolean", true, "Whether all claims are deprecated, so that no sum takes it."),
  ],
};

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
/** The table that an id points into. */
const target = (node: Node | undefined) => node?.references;

function typeOf(node: Node): ColumnType {
  if (node.type === "boolean" || node.type === "number") return node.type;
  if (node.type === "string") return node.format === "date" ? "date" : "string";
  if (node.type === "array")
    return target(node.items) ? "list" : node.items?.properties ? "records" : "texts";
  if (node.type === "object") return (node.additionalProperties as Node).type === "string" ? "map" : "json";
  throw new Error(`No column type for ${JSON.stringify(node)}.`);
}

/** Columns of an object; objects inside it are laid flat, `date.edtf` as `date_edtf`. */
function columnsOf(node: Node, at: readonly string[] = [], certain = true): Column[] {
  return Object.entries(node.properties ?? {}).flatMap(([key, given]): Column[] => {
    const path = [...at, key];
    const nullable: Node | undefined = Array.isArray(given.type)
      ? { type: given.type.find((t) => t !== "null") }
      : given.anyOf?.find((n) => n.type !== "null");
    const inner = { ...given, ...nullable, description: given.description ?? nullable?.description } as Node;
    const required = certain && !nullable && (node.required ?? []).includes(key);
    if (inner.properties) return columnsOf(inner, path, required);
    if (key === "observations") return [];
    const type = typeOf(inner);
    const joined = path.map(snake).join("_");
    const references = target(type === "list" ? inner.items : inner);
    const whose =
      at.length > 0 && inner.description ? `${inner.description} (\`${path.join(".")}\`)` : inner.description;
    if (!whose)
      throw new Error(
        `The schema of ${path.join(".")} says nothing of it: add a description in src/schema/shipped.ts.`,
      );
    return [
      {
        name: RENAMED[joined] ?? joined,
        path,
        type,
        required,
        description: whose,
        ...(inner.enum ? { values: inner.enum } : {}),
        ...(references ? { references } : {}),
        ...(type === "records" ? { fields: columnsOf(inner.items as Node) } : {}),
      },
    ];
  });
}

const singular = (table: string) => table.slice(0, -1);

/** An id of something else bears its name; an organisation among an organisation's parents is the parent. */
const nameInList = ({ name, references }: Column, owner: string) =>
  name === owner ? "parent" : name === "id" && references ? singular(references) : name;

/** The table of a list: its owner, the position in it, and what stands there. */
function listTable(owner: Table, list: Column): Table {
  const idOf = (table: string) =>
    computed(singular(table), "string", true, `Id of the ${singular(table)}.`, table);
  const own = idOf(owner.name);
  const position = computed("position", "integer", true, "Place in the list, from 1.");
  const shared = { of: owner.of, list: list.path.join("."), title: `${owner.title}: ${list.name}` };
  const name = `${singular(owner.name)}_${list.name}`;
  const description = `${list.description} One row for each.`;
  if (list.type === "map")
    return {
      ...shared,
      name,
      description,
      key: [own.name, "name"],
      columns: [
        own,
        computed("name", "string", true, "Name of the dimension."),
        computed("value", "string", true, "Its value."),
      ],
    };
  const columns: Column[] =
    list.type === "list"
      ? [idOf(list.references as string)]
      : (list.fields as Column[]).map((field) => ({
          ...field,
          name: nameInList(field, own.name),
        }));
  return {
    ...shared,
    name,
    description,
    key: [own.name, position.name],
    columns: [own, position, ...columns],
  };
}

/** Subjects inside one another: not a collection, but what the guard needs to see that one value holds another. */
const CONTAINMENT: Table = {
  name: "containment",
  of: "containment",
  title: "Containment",
  description: "Which subject of an observation lies in which other, directly or through others.",
  key: ["subject_type", "subject_id", "container_type", "container_id", "position"],
  columns: [
    column("subject_type", "string", true, "Kind of the subject."),
    column("subject_id", "string", true, "Id of the subject."),
    column("container_type", "string", true, "Kind of the subject that holds it."),
    column("container_id", "string", true, "Id of the subject that holds it."),
    column("position", "integer", true, "Which of the times in which it holds it, from 1."),
    column("from_date", "date", false, "First day on which it holds it; null when it always did."),
    column("until_date", "date", false, "Last day on which it holds it; null when it always did."),
  ],
};

/** What may be added, laid out so that tools without the guard add it rightly: the rows of `toTidy()`. */
const SERIES: Table = {
  name: "series",
  of: "series",
  title: "Series",
  description:
    "The values that count, one row each: a plain sum of `value` within a metric is right. Repeats, parts and overlaps are left out.",
  key: ["observation"],
  columns: (
    [
      ["metric", "string", true, "Id of the metric.", "metrics"],
      ["sector", "string", true, "Id of the sector.", "sectors"],
      ["scope", "string", true, "cpec, bilateral or context (no Chinese party)."],
      ["subjectType", "string", true, "What the value is about: place, organisation, project or event."],
      ["subjectId", "string", true, "Its id."],
      [
        "dimensions",
        "string",
        false,
        "All dimensions as one text (`a=b;c=d`, by name); empty for the total.",
      ],
      ["status", "string", true, "actual, committed, planned, target or forecast."],
      ["timing", "string", true, "at, during, to-date, per-year or by."],
      ["period", "string", true, "The time as written."],
      ["start", "date", false, "First day; empty for running totals and deadlines."],
      ["end", "date", false, "Last day or deadline; empty where open or unknown."],
      [
        "year",
        "integer",
        false,
        "The calendar year in which the whole period lies; empty where it lies in none, and where another value, such as one of a fiscal year, holds a part of that year.",
      ],
      ["days", "integer", false, "Days that the value covers; empty where an end is open."],
      ["unit", "string", true, "Id of the unit.", "units"],
      [
        "value",
        "number",
        false,
        "What came to be during a period: adds up within a metric. Empty for a range or bound.",
      ],
      [
        "low",
        "number",
        false,
        "The lower end of the same; equals `value` for a single value, and adds up too.",
      ],
      ["high", "number", false, "The upper end of the same; empty where open."],
      [
        "level",
        "number",
        false,
        "What was at a time (levels, shares, rates, running totals): never add it over time.",
      ],
      [
        "promised",
        "number",
        false,
        "What was planned, signed, aimed at or expected: never add it to what came to be.",
      ],
      ["approximate", "boolean", true, "Whether the number is approximate, a range or a bound."],
      ["confidence", "string", true, "high, medium or low."],
      ["observation", "string", true, "Id of the observation, which holds the claims.", "observations"],
      ["sources", "list", true, "Ids of the sources.", "sources"],
    ] as const
  ).map(([name, type, required, description, references]) =>
    column(name, type, required, description, references),
  ),
};

const promiseColumn = (
  path: string,
  type: ColumnType,
  description: string,
  more: Partial<Pick<Column, "required" | "values" | "references">> = {},
): Column => ({
  ...column(path.split(".").map(snake).join("_"), type, false, description, undefined, path.split(".")),
  ...more,
});
const must = { required: true };
/** The ledger of promises: what the helper of this name gives, as known on the day of the newest source. */
const PROMISES: Table = {
  name: "promises",
  of: "promises",
  title: "Promises",
  description: "What was promised, and what came of it, as known on the day of the newest source.",
  key: ["id"],
  columns: [
    promiseColumn(
      "id",
      "string",
      "Id of the observation or event; a restated deadline of an event adds its number.",
      must,
    ),
    promiseColumn("type", "string", "Whether a quantity or an event was promised.", {
      ...must,
      values: ["quantity", "event"],
    }),
    promiseColumn("title", "string", "Name of the metric, or title of the event.", must),
    promiseColumn("metric", "string", "Metric of a promised quantity.", { references: "metrics" }),
    promiseColumn("unit", "string", "Its unit.", { references: "units" }),
    promiseColumn("sector", "string", "Sector of the metric, or first sector of the event.", {
      ...must,
      references: "sectors",
    }),
    promiseColumn("subject.type", "string", "Kind of the subject.", { ...must, values: SUBJECT_TYPES }),
    promiseColumn("subject.id", "string", "Id of the subject.", must),
    promiseColumn("dimensions", "map", "Dimensions of a promised quantity.", must),
    promiseColumn("project", "string", "The project.", { references: "projects" }),
    promiseColumn("organisations", "list", "Bodies that take part in what was promised.", {
      ...must,
      references: "organisations",
    }),
    promiseColumn("promisedBy", "list", "Bodies that made the promise, as its sources say.", {
      ...must,
      references: "organisations",
    }),
    promiseColumn("promised.value", "number", "The promised quantity where it is a single number."),
    promiseColumn("promised.low", "number", "Its lower end; null when open."),
    promiseColumn("promised.high", "number", "Its upper end; null when open."),
    promiseColumn("promised.approximate", "boolean", "Whether it was called approximate."),
    promiseColumn("madeOn.earliest", "date", "First day on which it can have been made."),
    promiseColumn("madeOn.latest", "date", "Last day on which it can have been made."),
    promiseColumn("by.earliest", "date", "First day of the deadline; null when none was given."),
    promiseColumn("by.latest", "date", "Last day of the deadline, on which it is still met."),
    promiseColumn("counts", "string", "How fulfilment is measured.", {
      values: [...PROMISE_COUNTS, "event"],
    }),
    promiseColumn("direction", "string", "Whether more or less is better.", { ...must, values: DIRECTIONS }),
    promiseColumn("restates", "string", "The earlier wording that this one replaced.", {
      references: "promises",
    }),
    promiseColumn("restatedBy", "string", "The later wording that replaced this one.", {
      references: "promises",
    }),
    promiseColumn("verdict", "string", "What came of it.", { ...must, values: VERDICTS }),
    promiseColumn("reached.value", "number", "What was reached, where it is a single number."),
    promiseColumn("reached.low", "number", "Its lower end; null when open."),
    promiseColumn("reached.high", "number", "Its upper end; null when open."),
    promiseColumn("reached.approximate", "boolean", "Whether it is approximate."),
    promiseColumn("reached.start", "date", "First day of what was reached."),
    promiseColumn("reached.end", "date", "Last day of what was reached."),
    promiseColumn("share.low", "number", "Reached over promised, at least; null when open."),
    promiseColumn("share.high", "number", "Reached over promised, at most; null when open."),
    promiseColumn("delay.min", "integer", "Days after the deadline, at least; negative when early."),
    promiseColumn("delay.max", "integer", "Days after the deadline, at most."),
    promiseColumn("knownOn", "date", "Newest day on which evidence was published."),
    promiseColumn(
      "newestWord",
      "date",
      "Newest day on which anything was published about the subject or project.",
    ),
    promiseColumn(
      "evidence",
      "texts",
      "Ids of the observations and events on which the verdict rests.",
      must,
    ),
    promiseColumn("sources", "list", "Sources of the promise and of the evidence.", {
      ...must,
      references: "sources",
    }),
    promiseColumn("caveats", "texts", "What to bear in mind.", must),
    promiseColumn("sentence", "string", "The verdict in a sentence.", must),
  ],
};

/** All tables, those of the collections first. */
export function deriveTables(): Table[] {
  const schemaOf = (schema: z.ZodType) =>
    z.toJSONSchema(schema, { target: "draft-7", io: "output", unrepresentable: "any" }) as Node;
  const collection = (name: string, node: Node): Table => ({
    name,
    of: name,
    title: `${name[0]?.toUpperCase()}${name.slice(1)}`,
    description: node.description as string,
    key: ["id"],
    columns: [...columnsOf(node), ...(DERIVED[name] ?? [])],
  });
  const bases = Object.entries(COLLECTION_SCHEMAS).flatMap(([name, schema]) => {
    const node = schemaOf(schema);
    if (name === "redirects") {
      const redirect = node.additionalProperties as Node;
      const id: Node = { type: "string", description: "The retired id." };
      return [
        collection(name, {
          ...redirect,
          properties: { id, ...redirect.properties },
          required: ["id", ...(redirect.required ?? [])],
        }),
      ];
    }
    const row = node.items as Node;
    const observations = row.properties?.observations;
    return observations
      ? [
          collection(name, row),
          collection("observations", { ...(observations.items as Node), description: OBSERVATIONS }),
        ]
      : [collection(name, row)];
  });
  bases.push(PROMISES);
  const lists = bases.flatMap((table) =>
    table.columns.filter((c) => ["list", "records", "map"].includes(c.type)).map((c) => listTable(table, c)),
  );
  return [...bases, ...lists, CONTAINMENT, SERIES];
}
const OBSERVATIONS = "One value of one metric, for one subject, at or over one time, with one status.";
