/** What all commands share: flags, `--help` with an example, and exit codes (0: success, 1: a problem with the data, 2: wrong usage). */
import { parseArgs } from "node:util";
import { nearest } from "../../src/schema/problems.js";

/** Ends a command with a message on standard error. */
export class Exit extends Error {
  constructor(
    readonly code: 1 | 2,
    ...lines: string[]
  ) {
    super(lines.join("\n"));
  }
}

/** Wrong usage, with the way to correct it. */
export const misuse = (...lines: string[]) => new Exit(2, ...lines);

export interface Flag {
  /** What it is for; empty where the help explains it otherwise. */
  readonly about: string;
  /** Without a value. */
  readonly boolean?: true;
}

export interface Usage {
  /** Behind `npm run`. */
  readonly name: string;
  readonly about: string;
  /** What comes behind the name, such as `[FILE or ID ...]`. */
  readonly args: string;
  readonly example: string;
  readonly flags?: Readonly<Record<string, Flag>>;
  /** Further lines of the help. */
  readonly more?: readonly string[];
}

export interface Call {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly has: (flag: string) => boolean;
}

/** The help of a command. */
export function help({ name, about, args, example, flags = {}, more = [] }: Usage): string {
  const lines = Object.entries({ ...flags, help: { about: "Shows this." } }).filter(
    ([, f]) => f.about !== "",
  );
  const wide = Math.max(...lines.map(([flag]) => flag.length)) + 4;
  return [
    `npm run ${name} -- ${args}`,
    "",
    about,
    "",
    "Example:",
    ...example.split("\n").map((line) => `  ${line}`),
    "",
    ...lines.map(([flag, { about: what }]) => `  ${`--${flag}`.padEnd(wide)} ${what}`),
    ...(more.length > 0 ? ["", ...more] : []),
  ].join("\n");
}

/** Parses the arguments of a command. Where `dimension:NAME` is a flag, any `dimension:...` is accepted. */
export function parse(usage: Usage, argv: readonly string[]): Call {
  const flags: Readonly<Record<string, Flag>> = { ...usage.flags, help: { about: "", boolean: true } };
  const dimensions = argv.flatMap((arg) => /^--(dimension:[a-z0-9-]+)/.exec(arg)?.[1] ?? []);
  const known = new Map(Object.entries(flags));
  if (known.has("dimension:NAME")) for (const name of dimensions) known.set(name, { about: "" });
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      [...known].map(([name, { boolean }]) => [
        name,
        { type: boolean ? ("boolean" as const) : ("string" as const) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, string> = {};
  const given = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const { name, rawName, value } = token;
    const flag = known.get(name);
    if (!flag) {
      const near = nearest(name, known.keys());
      throw misuse(
        `found ${rawName}; expected one of ${[...known.keys()].map((k) => `--${k}`).join(", ")}.${near ? ` Did you mean --${near}?` : ""} npm run ${usage.name} -- --help explains them.`,
      );
    }
    if (given.has(name)) throw misuse(`found --${name} twice; expected it once. Write lists with commas.`);
    given.add(name);
    if (flag.boolean && value !== undefined)
      throw misuse(`found --${name}=${value}; expected --${name} without a value.`);
    if (!flag.boolean && value === undefined)
      throw misuse(`found --${name} without a value; expected one behind it.`);
    if (value !== undefined) values[name] = value;
  }
  return { positionals, values, has: (flag) => given.has(flag) };
}

/** Makes a command: a function that parses its arguments, runs, and returns its exit code. */
export function command(
  usageOf: Usage | ((argv: readonly string[]) => Usage),
  body: (call: Call) => void | Promise<void>,
): (argv: readonly string[]) => Promise<number> {
  return async (argv) => {
    try {
      const usage = typeof usageOf === "function" ? usageOf(argv) : usageOf;
      const call = parse(usage, argv);
      if (call.has("help")) {
        console.log(help(usage));
        return 0;
      }
      await body(call);
      return 0;
    } catch (error) {
      if (!(error instanceof Exit)) throw error;
      if (error.message !== "") console.error(error.message);
      return error.code;
    }
  };
}
