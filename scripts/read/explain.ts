/** Turns zod's issues into messages: what was found, what is expected, the nearest allowed value, and how to fix it. */
import type * as z from "zod";
import { MEANINGS } from "../../src/schema/meanings.js";
import { nearest, show } from "../../src/schema/problems.js";
import { fieldsAt, keysAnywhere } from "./shape.js";
import type { FileProblem } from "./yaml.js";

const AS_TYPED: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map of keys",
  record: "a map of keys",
  true: "true, or no such key",
};

/** How to fix a value of the wrong type. */
function retype(expected: string, at: unknown): string {
  if (at === null)
    return "Give it a value, or remove the key; if lines below belong to it, indent them by two spaces.";
  if (expected === "string" && (typeof at === "number" || typeof at === "boolean"))
    return `Quote it: "${at}".`;
  if (expected === "array")
    return "Write it as a list: [one, two], or a line that starts with - for each item.";
  if (expected === "number" && typeof at === "string")
    return /^[\d\s,._]+$/.test(at)
      ? "Write the digits alone, without quotes, commas or spaces."
      : "Write the number alone, in base units; the printed text belongs into the claim's `stated`.";
  if (typeof at === "object") return "Correct the indentation, or write one value.";
  return "Correct the value.";
}

/** The word whose meaning names what was written: "university" means `academia`. */
function meant(text: string, allowed: readonly string[]): string | undefined {
  const word = text.toLowerCase();
  if (word.length < 4) return undefined;
  const vocabulary = Object.values(MEANINGS).find((meanings) => allowed.every((key) => key in meanings));
  const found = Object.entries(vocabulary ?? {}).filter(([, meaning]) =>
    meaning
      .toLowerCase()
      .split(/\W+/)
      .some((w) => w === word || w === `${word}s` || `${w}s` === word),
  );
  return found.length === 1 ? found[0]?.[0] : undefined;
}

/** An id as it would be made from a name. */
export const slug = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

const at = (input: unknown, path: readonly (string | number)[]) =>
  path.reduce<unknown>((node, key) => (node as Record<string | number, unknown> | undefined)?.[key], input);

/** The problems that one issue stands for. `root` is the schema of the whole record. */
export function explain(issue: z.core.$ZodIssue, input: unknown, root: z.ZodType): FileProblem[] {
  const path = issue.path.filter((p): p is string | number => typeof p !== "symbol");
  const value = at(input, path);
  const base = {
    rule: "shape",
    level: "error" as const,
    path,
    found: value === null ? "no value" : show(value),
  };
  switch (issue.code) {
    case "unrecognized_keys": {
      const here = fieldsAt(root, path).map((f) => f.key);
      const given = Object.keys((value ?? {}) as object);
      return issue.keys.map((key) => {
        const near = nearest(
          key,
          here.filter((k) => !given.includes(k)),
        );
        const elsewhere = keysAnywhere(root).get(key);
        if (here.includes(key))
          return {
            ...base,
            path: [...path, key],
            found: `${show(key)} beside ${given.filter((k) => k !== key).join(", ")}`,
            expected: "one form alone",
            fix: "Remove one of the two.",
          };
        return {
          ...base,
          path: [...path, key],
          found: `the unknown key ${show(key)}`,
          expected: here.length > 0 ? `only ${here.join(", ")} here` : "no keys here",
          ...(near === undefined ? {} : { nearest: near }),
          fix:
            elsewhere !== undefined && near === undefined
              ? `It belongs ${elsewhere}: correct the indentation.`
              : "Correct the key or remove it; quote texts that hold a comma or a colon.",
        };
      });
    }
    case "invalid_value": {
      const allowed = issue.values.map(String);
      const near =
        typeof value === "string"
          ? (nearest(value.toLowerCase(), allowed) ?? meant(value, allowed))
          : undefined;
      return [
        {
          ...base,
          expected: AS_TYPED[allowed.join()] ?? `one of ${allowed.join(", ")}`,
          ...(near === undefined ? {} : { nearest: near }),
          fix: value === undefined ? "Add the key." : "Choose one of these.",
        },
      ];
    }
    case "invalid_type": {
      const expected = AS_TYPED[issue.expected] ?? `a ${issue.expected}`;
      return [
        value === undefined
          ? { ...base, expected: `${expected}, as it is required`, fix: "Add the key." }
          : { ...base, expected, fix: retype(issue.expected, value) },
      ];
    }
    case "invalid_union": {
      const branches = issue.errors.map((errors) =>
        errors.flatMap((e) =>
          explain({ ...e, path: [...issue.path, ...e.path] } as z.core.$ZodIssue, input, root),
        ),
      );
      // The branch with the fewest complaints is the one that was meant, unless it complains about the type alone.
      const meant = branches
        .filter((b) =>
          b.some((p) => p.path.length > path.length || !Object.values(AS_TYPED).includes(p.expected)),
        )
        .sort((a, b) => a.length - b.length || (b[0]?.path.length ?? 0) - (a[0]?.path.length ?? 0))[0];
      const types = new Set(branches.flatMap((b) => (b[0] ? [b[0].expected] : [])));
      return (
        meant ?? [
          {
            ...base,
            expected: [...types].join(" or "),
            fix: [...types].some((t) => t === AS_TYPED.number) ? retype("number", value) : retype("", value),
          },
        ]
      );
    }
    case "invalid_key":
      return [
        {
          ...base,
          found: `the key ${show(path.at(-1))}`,
          expected: issue.issues[0]?.message ?? "an id",
          ...suggestion(String(path.at(-1))),
          fix: "Correct the key.",
        },
      ];
    case "invalid_format":
      return [
        {
          ...base,
          expected: issue.message,
          ...(/\bid\b/.test(issue.message) && typeof value === "string" ? suggestion(value) : {}),
          fix:
            issue.format === "url" ? "Copy the address of the page, from https:// on." : "Correct the text.",
        },
      ];
    case "too_small":
    case "too_big": {
      const [bound, n] =
        issue.code === "too_small" ? ["at least", issue.minimum] : ["at most", issue.maximum];
      const what = { string: " characters", array: " item(s)" }[issue.origin as string] ?? "";
      return [
        {
          ...base,
          expected:
            issue.origin === "array" && n === 1
              ? "at least one item"
              : `${bound} ${n}${what}${issue.inclusive === false ? ", and not that itself" : ""}`,
          fix:
            issue.origin === "array"
              ? "Add an item, or remove the key where it may be absent."
              : issue.origin === "string"
                ? issue.code === "too_small"
                  ? "Say it in full."
                  : "Shorten it."
                : "Correct the number.",
        },
      ];
    }
    default: {
      // Rules of the schemas may say what they found, and how to fix it.
      const {
        found = base.found,
        nearest: near,
        fix = "Correct it.",
      } = issue.code === "custom" ? (issue.params ?? {}) : {};
      return [{ ...base, found, expected: issue.message, ...(near ? { nearest: near } : {}), fix }];
    }
  }
}

const suggestion = (text: string) => {
  const id = slug(text);
  return id.length >= 2 && id !== text && !/[./\\]/.test(text) ? { nearest: id } : {};
};
