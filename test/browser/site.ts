/** A browser and a server for the built site, under a sub-path as on a project page. */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};
const PREFIX = "/some/project";

function findChromium(): string {
  const places = [
    process.env.CHROMIUM,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  ];
  const found = places.find((place) => place !== undefined && existsSync(place));
  if (found === undefined)
    throw new Error(
      "The browser test needs Chromium or Chrome, and found none. Install it (Debian: apt-get install chromium), or give its path in the variable CHROMIUM.",
    );
  return found;
}

export interface Site {
  /** Folder of the views: `${explorer}/timeline.html`. */
  readonly explorer: string;
  readonly root: string;
  readonly browser: Browser;
  /** A page that remembers what went wrong on it. */
  open(view: string, options?: Parameters<Browser["newPage"]>[0]): Promise<{ page: Page; errors: string[] }>;
  /** Other contents for a file of the explorer, until `restore`. */
  replace(file: string, change: (text: string) => string): void;
  restore(): void;
  close(): Promise<void>;
}

export async function startSite(): Promise<Site> {
  if (!existsSync("site/explorer/index.html"))
    throw new Error("The site is not built. Run `npm run docs` first.");
  const replaced = new Map<string, string>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = normalize(decodeURIComponent(pathname.slice(PREFIX.length))).replace(/\/$/, "/index.html");
    const file = join("site", path);
    if (!pathname.startsWith(`${PREFIX}/`) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    response.end(replaced.get(file) ?? readFileSync(file));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}${PREFIX}`;
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const explorer = `${root}/explorer`;
  return {
    explorer,
    root,
    browser,
    async open(view, options) {
      const page = await browser.newPage(options);
      await page.addInitScript({ content: axe.source });
      page.setDefaultTimeout(25_000);
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      page.on("requestfailed", (request) => errors.push(`failed: ${request.url()}`));
      page.on("request", (request) => {
        if (!/^(http:\/\/127\.0\.0\.1|data:|blob:)/.test(request.url()))
          errors.push(`outward: ${request.url()}`);
      });
      await page.goto(`${explorer}/${view}`);
      await shown(page).catch((error: unknown) => {
        throw new Error(`${view}: ${String(error)}\n${errors.join("\n")}`);
      });
      return { page, errors };
    },
    replace(file, change) {
      const path = join("site", "explorer", file);
      replaced.set(path, change(readFileSync(path, "utf8")));
    },
    restore: () => replaced.clear(),
    async close() {
      await browser.close();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Opens a view as a shared link would, and waits until it is drawn. */
export async function visit(page: Page, site: Site, view: string): Promise<void> {
  await page.goto(`${site.explorer}/${view}`);
  await shown(page);
}

/** Waits until a view or a search is drawn. */
export async function shown(page: Page): Promise<void> {
  await page.waitForSelector("html:not(.asked) #main:not([aria-busy]) h1");
  await page.waitForSelector("#view:not([aria-busy])");
}
