/** Flags of a command whose names are the keys of a schema: `--key value` or `--key=value`. */
import { nearest } from "../../src/schema/problems.js";

export function flags(
  args: readonly string[],
  keys: readonly string[],
): { values: Record<string, string> } | { problem: string } {
  const values: Record<string, string> = {};
  for (let i = 0; i < args.length; i++) {
    const [, key, inline] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(args[i] as string) ?? [];
    if (key === undefined)
      return { problem: `found "${args[i]}"; expected --FIELD VALUE. Quote a value that holds spaces.` };
    if (!keys.includes(key)) {
      const near = nearest(key, keys);
      return {
        problem: `found --${key}; expected one of ${keys.map((k) => `--${k}`).join(", ")}.${near ? ` Did you mean --${near}?` : ""}`,
      };
    }
    if (Object.hasOwn(values, key))
      return { problem: `found --${key} twice; expected it once. Write lists with commas.` };
    const value = inline ?? args[++i];
    if (value === undefined) return { problem: `found --${key} without a value; expected one behind it.` };
    values[key] = value;
  }
  return { values };
}
