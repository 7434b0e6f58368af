// Asks every address of the sources whether it still answers, and proposes archived copies for those that don't. It changes nothing.
import { appendFileSync } from "node:fs";
import { command, misuse } from "./cli/command.js";
import { DATA, named } from "./cli/files.js";
import { readRecords } from "./read/dataset.js";

/** What became of an address. `refused` pages are mostly alive, and closed to programs. */
export type Verdict = "answers" | "moved" | "gone" | "refused" | "silent";

export interface Answer {
  readonly id: string;
  readonly url: string;
  readonly verdict: Verdict;
  /** Status, or what went wrong. */
  readonly detail: string;
  /** Where a moved page is now. */
  readonly to?: string;
  /** An archived copy from about the day when it was read. */
  readonly archived?: string;
}

export interface Options {
  /** Requests at a time; one per host. */
  readonly workers?: number;
  readonly attempts?: number;
  /** Milliseconds before the second attempt; each later one waits twice as long. */
  readonly backOff?: number;
  readonly timeout?: number;
  /** The Wayback Machine's look-up. */
  readonly archive?: string;
}

const DEFAULTS = {
  workers: 8,
  attempts: 4,
  backOff: 2000,
  timeout: 20_000,
  archive: "https://archive.org/wayback/available",
} as const satisfies Required<Options>;

/** The longest wait that a server may ask for. */
const LONGEST_WAIT = 60_000;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One request; the body is not read. */
async function ask(url: string, method: "HEAD" | "GET", timeout: number) {
  const response = await fetch(url, {
    method,
    redirect: "manual",
    signal: AbortSignal.timeout(timeout),
    headers: { "user-agent": "cpec-it-data links (checks that cited pages still answer)" },
  });
  await response.body?.cancel();
  return response;
}

const RETRIED: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** A request that is repeated while a server is busy, each time after a longer wait, or the one that it asks for. */
async function patiently(url: string, { attempts, backOff, timeout }: Required<Options>) {
  for (let attempt = 1; ; attempt++) {
    try {
      let response = await ask(url, "HEAD", timeout);
      // Many servers know GET alone.
      if (response.status >= 400 && !RETRIED.has(response.status)) response = await ask(url, "GET", timeout);
      if (!RETRIED.has(response.status) || attempt >= attempts) return response;
      const asked = Number(response.headers.get("retry-after")) * 1000;
      await wait(Math.min(asked > 0 ? asked : backOff * 2 ** (attempt - 1), LONGEST_WAIT));
    } catch (error) {
      if (attempt >= attempts) throw error;
      await wait(backOff * 2 ** (attempt - 1));
    }
  }
}

/** Follows an address to its end. */
async function follow(url: string, options: Required<Options>): Promise<Omit<Answer, "id" | "url">> {
  let at = url;
  let permanent = true;
  for (let step = 0; step < 10; step++) {
    let response: Response;
    try {
      response = await patiently(at, options);
    } catch (error) {
      const { cause, name, message } = error as Error & { cause?: { code?: string } };
      return {
        verdict: "silent",
        detail: cause?.code ?? (name === "TimeoutError" ? "no answer in time" : message),
      };
    }
    const { status } = response;
    const location = response.headers.get("location");
    if (status >= 300 && status < 400 && location) {
      permanent &&= status === 301 || status === 308;
      at = new URL(location, at).href;
    } else if (status === 404 || status === 410) return { verdict: "gone", detail: String(status) };
    else if (status >= 500) return { verdict: "silent", detail: String(status) };
    else if (status >= 400) return { verdict: "refused", detail: String(status) };
    // Whoever leads a page that is gone to the front page says that it is gone.
    else if (at !== url && new URL(at).pathname === "/" && new URL(url).pathname !== "/")
      return { verdict: "gone", detail: `leads to ${at}` };
    else
      return at !== url && permanent
        ? { verdict: "moved", detail: String(status), to: at }
        : { verdict: "answers", detail: String(status) };
  }
  return { verdict: "silent", detail: "too many redirects" };
}

/** An archived copy from about a day, if there is one. */
async function archivedCopy(url: string, day: string, { archive, timeout }: Required<Options>) {
  try {
    const query = new URLSearchParams({ url, timestamp: day.replaceAll("-", "") });
    const response = await fetch(`${archive}?${query}`, { signal: AbortSignal.timeout(timeout) });
    const { archived_snapshots } = (await response.json()) as {
      archived_snapshots?: { closest?: { available?: boolean; url?: string } };
    };
    const closest = archived_snapshots?.closest;
    return closest?.available ? closest.url?.replace(/^http:/, "https:") : undefined;
  } catch {
    return undefined;
  }
}

/** Asks all addresses, one at a time per host, so that nobody is flooded. */
export async function askAll(
  sources: readonly {
    readonly id: string;
    readonly url: string | null;
    readonly archivedUrl?: string;
    readonly published: string | null;
    readonly accessed: string;
  }[],
  given: Options = {},
): Promise<Answer[]> {
  const options = { ...DEFAULTS, ...given };
  const hosts = new Map<string, (typeof sources)[number][]>();
  for (const source of sources) {
    if (source.url === null) continue;
    const { host } = new URL(source.url);
    hosts.set(host, [...(hosts.get(host) ?? []), source]);
  }
  const queues = [...hosts.values()].sort((a, b) => b.length - a.length);
  const answers: Answer[] = [];
  const work = async () => {
    for (let queue = queues.shift(); queue; queue = queues.shift())
      for (const { id, url, archivedUrl, published, accessed } of queue) {
        const found = await follow(url as string, options);
        const lost = found.verdict === "gone" || found.verdict === "silent";
        const archived =
          lost && archivedUrl === undefined
            ? await archivedCopy(url as string, published ?? accessed, options)
            : undefined;
        answers.push({ id, url: url as string, ...found, ...(archived === undefined ? {} : { archived }) });
      }
  };
  await Promise.all(Array.from({ length: options.workers }, work));
  return answers.sort((a, b) => (a.id < b.id ? -1 : 1));
}

const TITLES: Readonly<Record<Exclude<Verdict, "answers">, string>> = {
  gone: "Gone",
  silent: "No answer",
  moved: "Moved for good",
  refused: "Refused to a program; a browser may open them",
};

/** The answers as a page. */
export function report(answers: readonly Answer[]): string {
  const of = (verdict: Verdict) => answers.filter((a) => a.verdict === verdict);
  const proposal = ({ to, archived, id }: Answer) =>
    to
      ? `; data/sources/${id}.yaml: url: ${to}`
      : archived
        ? `; data/sources/${id}.yaml: archivedUrl: ${archived}`
        : "";
  return [
    "## Addresses of sources",
    "",
    `${answers.length} asked, ${of("answers").length} answer.`,
    ...(Object.keys(TITLES) as Exclude<Verdict, "answers">[]).flatMap((verdict) => {
      const found = of(verdict);
      return found.length === 0
        ? []
        : [
            "",
            `### ${TITLES[verdict]} (${found.length})`,
            "",
            ...found.map((a) => `- \`${a.id}\`: ${a.url} (${a.detail})${proposal(a)}`),
          ];
    }),
  ].join("\n");
}

export const main = command(
  {
    name: "links",
    about:
      "Asks every address of the sources whether it still answers, waits where a server is busy, and proposes archived copies and new addresses. It changes nothing; in a workflow the report goes into the summary of the job.",
    args: "[FILE, FOLDER or ID ...]",
    example: "npm run links -- pta-2022-03-05",
    flags: {
      limit: { about: "How many sources at most." },
      attempts: { about: `How often a busy server is asked; default ${DEFAULTS.attempts}.` },
      "back-off": {
        about: `Milliseconds before the second attempt, doubled each time; default ${DEFAULTS.backOff}.`,
      },
      archive: { about: "Where archived copies are looked up; default the Wayback Machine." },
    },
    more: ["Exit code: 0, also where pages are gone: that is for the report to say."],
  },
  async ({ positionals, values }) => {
    const number = (flag: string) => {
      const text = values[flag];
      if (text === undefined) return undefined;
      if (!/^[1-9]\d*$/.test(text))
        throw misuse(`found --${flag} ${text}; expected a whole number above zero.`);
      return Number(text);
    };
    const isNamed = named(positionals);
    const { sources } = readRecords(DATA);
    const chosen = sources
      .filter((s) => s.url !== null && isNamed(`${DATA}/sources/${s.id}.yaml`))
      .slice(0, number("limit") ?? sources.length);
    const [attempts, backOff] = [number("attempts"), number("back-off")];
    const text = report(
      await askAll(chosen, {
        ...(attempts ? { attempts } : {}),
        ...(backOff ? { backOff } : {}),
        ...(values.archive ? { archive: values.archive } : {}),
      }),
    );
    const summary = process.env.GITHUB_STEP_SUMMARY;
    if (summary) appendFileSync(summary, `${text}\n`);
    else console.log(text);
  },
);
