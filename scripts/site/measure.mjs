// Measures the built site as a reader with a slow phone meets it: `node scripts/site/measure.mjs [PATH...]` after `npm run docs`.
// Slow 4G (1.6 Mbit/s down, 150 ms), CPU four times slower, gzip, an empty cache; a table on the output, an error beyond the limits.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

/** Limits of every page: of views with a filter too, which are drawn by a script. */
const LIMITS = { kilobytes: 60, ready: 1500, shift: 0.05 };
const PAGES = [
  "index.html",
  "event/jcc-10.html",
  "organisation/huawei.html",
  "organisation/zong.html",
  "project/usf-gwadar-fibre.html",
  "project/peace-cable.html",
  "metric/phones-assembled.html",
  "metric/investment-mobile-networks.html",
  "place/gwadar.html",
  "place/pakistan.html",
  "source/tribune-2022-05-03.html",
  "sector/mobile-networks.html",
  "guide/glossary.html",
  "guide/projects.html",
  "guide/sources.html",
];
const VIEWS = [
  "timeline.html",
  "sectors.html",
  "metrics.html",
  "promises.html",
  "conflicts.html",
  "organisations.html",
  "map.html",
  "timeline.html?sector=fibre-backbone",
  "sectors.html?from=2020",
  "metrics.html?organisation=zong",
  "promises.html?verdict=late",
  "promises.html?asOf=2022",
  "conflicts.html?field=date",
  "organisations.html?country=CN",
  "map.html?area=world",
  "search.html?q=zong",
  "search.html?q=pakistan",
  "search.html?q=hauwei",
].map((view) => `explorer/${view}`);
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
};

const packed = new Map();
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const file = join("site", decodeURIComponent(pathname));
  if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
  if (!packed.has(file)) packed.set(file, gzipSync(readFileSync(file)));
  response.writeHead(200, {
    "content-type": TYPES[extname(file)] ?? "application/octet-stream",
    "content-encoding": "gzip",
  });
  response.end(packed.get(file));
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const root = `http://127.0.0.1:${server.address().port}`;
const executablePath = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
].find((path) => path && existsSync(path));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });

async function measure(path, width, height) {
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1024 * 1024) / 8,
    uploadThroughput: (750 * 1024) / 8,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  let own = 0;
  let all = 0;
  page.on("response", (response) => {
    const file = join("site", decodeURIComponent(new URL(response.url()).pathname));
    const size = packed.get(file)?.length ?? 0;
    all += size;
    // What all pages share is loaded once, and kept.
    if (!/explorer\/[a-z]+\.(?:css|js)$/.test(response.url())) own += size;
  });
  const started = performance.now();
  await page.goto(`${root}/${path}`, { waitUntil: "commit" });
  // With a filter or a search a page is ready when it is drawn, else when its text is painted.
  await page.waitForSelector("html:not(.asked) #main:not([aria-busy]) h1");
  if (path.includes("search.html?")) await page.waitForSelector(".hits a");
  const shown = performance.now() - started;
  await page.waitForTimeout(600);
  const painted = await page.evaluate(
    () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
  );
  const ready = path.includes("?") ? Math.max(shown, painted ?? 0) : (painted ?? shown);
  const shift = await page.evaluate(() => globalThis.shift);
  await context.close();
  return { own: own / 1000, all: all / 1000, ready, shift };
}

const asked = process.argv.slice(2);
const paths = asked.length > 0 ? asked : [...PAGES, ...VIEWS];
let failed = false;
console.log(
  "| page | own kB | all kB | ready ms, phone | shift, phone | shift, desktop |\n|---|---|---|---|---|---|",
);
for (const path of paths) {
  if (!existsSync(join("site", path.split("?")[0]))) {
    console.log(`| ${path} | is not there | | | | |`);
    failed = true;
    continue;
  }
  let phone = await measure(path, 390, 844);
  // Other work on the machine only ever makes it slower: the better of two counts.
  for (let n = 0; n < 2 && phone.ready > LIMITS.ready * 0.7; n++) {
    const again = await measure(path, 390, 844);
    if (again.ready < phone.ready) phone = again;
  }
  const desktop = await measure(path, 1280, 820);
  const bad =
    Math.max(phone.shift, desktop.shift) > LIMITS.shift ||
    phone.own > LIMITS.kilobytes ||
    phone.ready > LIMITS.ready;
  failed ||= bad;
  console.log(
    `| ${path}${bad ? " **beyond a limit**" : ""} | ${phone.own.toFixed(1)} | ${phone.all.toFixed(1)} | ${phone.ready.toFixed(0)} | ${phone.shift.toFixed(3)} | ${desktop.shift.toFixed(3)} |`,
  );
}
await browser.close();
server.close();
if (failed) {
  console.log(
    `\nLimits: ${LIMITS.kilobytes} kB and ready in ${LIMITS.ready} ms, a shift of ${LIMITS.shift}.`,
  );
  process.exitCode = 1;
}
