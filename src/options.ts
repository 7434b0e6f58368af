/** One check of what callers pass beside their rows: closed options, closed vocabularies, known ids (law L9). */
import { CpecDataError } from "./errors.js";
import { nearest, show } from "./nearest.js";

/** "Did you mean …?", where something is near. */
export const suggestion = (word: unknown, known: Iterable<string>) => {
  const close = typeof word === "string" ? nearest(word, known) : undefined;
  return close === undefined ? "" : `Did you mean "${close}"? `;
};

/** Checks one value of an option. */
export type Check = (value: unknown, name: string) => void;

/** Options as an object with no keys but the known ones, each of which passes its check. */
export function checkOptions(helper: string, options: unknown, known: Readonly<Record<string, Check>>): void {
  if (options === undefined) return;
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new CpecDataError("UNKNOWN_OPTION", `${helper} got ${show(options)} where it expects options.`, {
      hint: `Pass an object with any of: ${Object.keys(known).join(", ")}.`,
    });
  const names = Object.keys(known);
  const unknown = Object.keys(options).filter((key) => !Object.hasOwn(known, key));
  if (unknown.length > 0)
    throw new CpecDataError(
      "UNKNOWN_OPTION",
      `${helper} has no option ${unknown.map((key) => `"${key}"`).join(" or ")}.`,
      {
        ids: unknown,
        hint: `${unknown.map((key) => suggestion(key, names)).join("")}Its options: ${names.join(", ")}.`,
      },
    );
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined)
      throw new CpecDataError("UNKNOWN_VALUE", `${helper}: "${key}" is undefined.`, {
        ids: [key],
        hint: `Leave "${key}" out when it is not wanted: an undefined id would silently let everything through.`,
      });
    (known[key] as Check)(value, `${helper}: "${key}"`);
  }
}

/** A list short enough to be named whole in a message. */
export const SHORT_LIST = 40;

/** A value of a closed list. */
export const oneOf =
  (known: readonly string[]): Check =>
  (value, name) => {
    if (typeof value !== "string" || !known.includes(value))
      throw new CpecDataError("UNKNOWN_VALUE", `${name} is ${show(value)}.`, {
        ids: [String(value)],
        hint: `${suggestion(value, known)}${known.length > SHORT_LIST ? `Expected one of the ${known.length} known words.` : `Expected ${known.map(show).join(", ")}.`}`,
      });
  };

/** One value or a list of values, each of which passes. */
export const oneOrMore =
  (check: Check): Check =>
  (value, name) => {
    if (!Array.isArray(value)) check(value, name);
    else for (const item of value) check(item, name);
  };

/** Any text. */
export const text: Check = (value, name) => {
  if (typeof value !== "string")
    throw new CpecDataError("UNKNOWN_VALUE", `${name} is ${show(value)}.`, {
      hint: typeof value === "number" ? `Expected a text, such as "${value}".` : "Expected a text.",
    });
};

/** True or false. */
export const flag: Check = (value, name) => {
  if (typeof value !== "boolean")
    throw new CpecDataError("UNKNOWN_VALUE", `${name} is ${show(value)}.`, {
      hint: "Expected true or false.",
    });
};

/** A field name, several, or a function. */
export const fieldsOrFunction =
  (known: readonly string[]): Check =>
  (value, name) => {
    if (typeof value === "function") return;
    if (Array.isArray(value) && value.length === 0)
      throw new CpecDataError("UNKNOWN_VALUE", `${name} is an empty list.`, {
        hint: `Name at least one of ${known.join(", ")}.`,
      });
    oneOrMore(oneOf(known))(value, name);
  };

/**
 * Refuses options where a helper takes none, since they would silently be ignored. Numbers pass, so that such a helper can
 * be handed to `map()`.
 */
export function noOptions(helper: string, options: unknown): void {
  if (typeof options === "object" && options !== null)
    throw new CpecDataError("UNKNOWN_OPTION", `${helper} takes no options, and got ${show(options)}.`, {
      ids: Object.keys(options),
      hint: "Filter the rows first, with filterObservations() or filterEvents().",
    });
}

/** One value or several as a list; none where nothing was given. */
export const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];
