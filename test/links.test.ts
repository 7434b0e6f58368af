import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askAll, report } from "../scripts/links.js";

/** What the server was asked, in order. */
const asked: string[] = [];
let server: Server;
let base = "";
let busy = 0;
let open = 0;
let most = 0;
const PAGES: Readonly<Record<string, (response: ServerResponse, method: string) => void>> = {
  "/fine": (r) => r.end("a page"),
  "/gone": (r) => r.writeHead(404).end(),
  "/closed": (r) => r.writeHead(403).end(),
  "/old": (r) => r.writeHead(301, { location: "/fine" }).end(),
  "/for-now": (r) => r.writeHead(302, { location: "/fine" }).end(),
  "/dropped": (r) => r.writeHead(301, { location: "/" }).end(),
  "/": (r) => r.end("a home page"),
  "/ring": (r) => r.writeHead(302, { location: "/ring" }).end(),
  "/get-alone": (r, method) => r.writeHead(method === "HEAD" ? 405 : 200).end(),
  "/busy": (r) => (busy++ < 2 ? r.writeHead(429, { "retry-after": "0" }).end() : r.end("a page")),
  "/broken": (r) => r.writeHead(503).end(),
};

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", base);
    asked.push(`${request.method} ${url.pathname}`);
    most = Math.max(most, ++open);
    response.on("finish", () => open--);
    if (url.pathname === "/archive") {
      const of = url.searchParams.get("url") as string;
      const copy = {
        available: true,
        url: `http://web.archive.org/web/${url.searchParams.get("timestamp")}/${of}`,
      };
      response.end(JSON.stringify({ archived_snapshots: of.endsWith("/gone") ? { closest: copy } : {} }));
      return;
    }
    setTimeout(() => PAGES[url.pathname]?.(response, request.method ?? ""), 2);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const ask = (...paths: string[]) =>
  askAll(
    paths.map((path) => ({
      id: path.slice(1) || "home",
      url: `${base}${path}`,
      published: "2022-03-05",
      accessed: "2026-11-24",
    })),
    { attempts: 3, backOff: 5, archive: `${base}/archive` },
  );

describe("the check of addresses", () => {
  it("distinguishes pages that answer from those that moved, are gone, refuse programs or say nothing", async () => {
    const answers = await ask(
      "/fine",
      "/gone",
      "/closed",
      "/old",
      "/for-now",
      "/dropped",
      "/ring",
      "/get-alone",
      "/broken",
    );
    expect(Object.fromEntries(answers.map((a) => [a.id, a.verdict]))).toEqual({
      fine: "answers",
      gone: "gone",
      closed: "refused",
      old: "moved",
      "for-now": "answers",
      dropped: "gone",
      ring: "silent",
      "get-alone": "answers",
      broken: "silent",
    });
    expect(answers.find((a) => a.id === "old")?.to).toBe(`${base}/fine`);
  });
  it("waits for a busy server, and gives up on a broken one", async () => {
    asked.length = 0;
    expect((await ask("/busy"))[0]?.verdict).toBe("answers");
    expect(asked).toEqual(["HEAD /busy", "HEAD /busy", "HEAD /busy"]);
    asked.length = 0;
    await ask("/broken");
    expect(asked.filter((a) => a.endsWith("/broken"))).toHaveLength(3);
  });
  it("asks a host one page at a time", async () => {
    most = 0;
    await ask("/fine", "/get-alone", "/for-now");
    expect(most).toBe(1);
  });
  it("says when nobody listens", async () => {
    const [answer] = await askAll(
      [{ id: "nobody", url: "http://127.0.0.1:9/x", published: null, accessed: "2026-11-24" }],
      { attempts: 1, archive: `${base}/archive` },
    );
    expect(answer).toMatchObject({ verdict: "silent", detail: expect.stringMatching(/\w/) });
  });
  it("reports what to change, with an archived copy from the day of the page", async () => {
    const text = report(await ask("/fine", "/gone", "/old"));
    expect(text).toContain("3 asked, 1 answer.");
    expect(text).toContain("### Gone (1)");
    expect(text).toContain(
      `data/sources/gone.yaml: archivedUrl: https://web.archive.org/web/20220305/${base}/gone`,
    );
    expect(text).toContain(`data/sources/old.yaml: url: ${base}/fine`);
  });
});
