// Known answers: figures read off the sources by hand, so that a slip in the data shows.
import { describe, expect, it } from "vitest";
import { observations } from "../src/index.js";

const byId = new Map(observations.map((o) => [o.id, o]));
const M = 1_000_000;
const BN = 1_000_000_000;

const KNOWN: Record<string, [id: string, value: number][]> = {
  "phones made, a year": [
    ["phones-assembled:pakistan:actual:during:2016", 0.29 * M],
    ["phones-assembled:pakistan:actual:during:2019", 11.7 * M],
    ["phones-assembled:pakistan:actual:during:2022", 21.94 * M],
    ["phones-assembled:pakistan:actual:during:2023", 21.28 * M],
    ["phones-assembled:pakistan:technology=2g:actual:during:2023", 13 * M],
    ["phones-assembled:pakistan:technology=smartphone:actual:during:2023", 8.28 * M],
    ["phones-assembled:pakistan:actual:during:2024", 31.38 * M],
    ["phones-assembled:pakistan:actual:during:2025", 30.21 * M],
  ],
  "phones imported, a year": [
    ["phones-imported:pakistan:actual:during:2016", 21.36 * M],
    ["phones-imported:pakistan:actual:during:2022", 1.53 * M],
    ["phones-imported:pakistan:actual:during:2024", 1.71 * M],
  ],
  "imports of phones and telecom goods, dollars a fiscal year": [
    ["phone-imports-value:pakistan:actual:during:FY2018-19", 755.548 * M],
    ["phone-imports-value:pakistan:actual:during:FY2022-23", 570.071 * M],
    ["phone-imports-value:pakistan:actual:during:FY2023-24", 1_898 * M],
    ["telecom-imports-value:pakistan:actual:during:FY2015-16", 1_361 * M],
  ],
  "exports of IT services, dollars a fiscal year": [
    ["it-services-exports:pakistan:actual:during:FY2015-16", 788.64 * M],
    ["it-services-exports:pakistan:actual:during:FY2021-22", 2_619 * M],
    ["it-services-exports:pakistan:actual:during:FY2023-24", 3_223 * M],
  ],
  "telecom revenue and investment": [
    ["telecom-revenue-pkr:pakistan:actual:during:FY2020-21", 644 * BN],
    ["telecom-revenue-pkr:pakistan:actual:during:FY2021-22", 694 * BN],
    ["telecom-revenue-pkr:pakistan:actual:during:FY2022-23", 817 * BN],
    ["telecom-revenue-pkr:pakistan:actual:during:FY2024-25", 1_075 * BN],
    ["telecom-investment:pakistan:actual:during:FY2016-17", 644.5 * M],
  ],
  "investment from China, dollars a fiscal year": [
    ["fdi-from-china:pakistan:actual:during:FY2015-16", 593.9 * M],
    ["fdi-from-china:pakistan:actual:during:FY2023-24", 643.2 * M],
  ],
  subscriptions: [
    ["mobile-subscribers:pakistan:actual:at:2004-12", 7.9 * M],
    ["mobile-subscribers:pakistan:actual:at:2011-04", 107 * M],
    ["broadband-subscribers:pakistan:actual:at:2007-03", 65_000],
    ["mobile-subscribers:organisation/zong:technology=4g:actual:at:2017-07", 4.4 * M],
  ],
  "cables and networks": [
    ["fibre-network-length:project/sunwalk-fibre-network:actual:during:2022", 302],
    ["fibre-network-length:project/sunwalk-fibre-network:planned:by:unknown", 100_000],
    ["project-cost-fibre-backbone:project/khunjerab-rawalpindi-fibre:actual:to-date:2018-07-13", 44 * M],
    ["acquisition-price-mobile-networks:event/china-mobile-paktel-acquisition:actual:during:2007", 284 * M],
    ["cpec-direct-investment:pakistan:actual:to-date:2021-09-23", 25.4 * BN],
  ],
};

describe.each(Object.entries(KNOWN))("%s", (_, rows) => {
  it.each(rows)("%s is %d", (id, value) => {
    const found = byId.get(id);
    expect(found, `no observation ${id}`).toBeDefined();
    expect(found?.value).toBeCloseTo(value, 3);
  });
});
