// Known answers: figures read off the sources by hand, so that a slip in the data shows.
import { describe, expect, it } from "vitest";
import { observations } from "../src/index.js";

const byId = new Map(observations.map((o) => [o.id, o]));
const M = 1_000_000;
const BN = 1_000_000_000;

const KNOWN: Record<string, [id: string, value: number][]> = {
  "phones made, a year": [
    ["phones-assembled:pakistan:actual:during:2016", 0.29 * M],
    ["phones-assembled:pakistan:actual:during:2019", 11.74 * M],
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
  "satellites and space": [
    ["satellite-mass:project/paksat-1r:actual:at:2011-08-12", 5_119.5],
    ["satellite-transponders:project/paksat-1r:actual:at:2011-08-12", 30],
    ["financing-satellites-cny:project/paksat-1r:committed:by:unknown", 1_350 * M],
    ["project-cost-satellites-pkr:project/pakistan-space-centre:planned:by:unknown", 29_506_233_000],
  ],
  "safe cities and data centres": [
    [
      "contract-value-smart-cities-security:project/islamabad-safe-city:committed:during:2009-12-29",
      124_719_018,
    ],
    ["financing-smart-cities-security-cny:project/islamabad-safe-city:committed:during:2010-12-17", 850 * M],
    ["cameras:project/lahore-safe-city:kind=fixed:planned:by:unknown", 8_023],
    ["investment-data-centres-cloud:organisation/whale-cloud:planned:by:2020-12/2021-12", 70 * M],
  ],
  "plants and batteries": [
    ["plant-capacity-yearly:project/transsion-tecno-karachi-plant:target:by:2021-03", 13 * M],
    ["plant-capacity-monthly:project/vivo-faisalabad-plant:actual:at:2021-08", 500_000],
    ["vehicle-plant-capacity:project/byd-karachi-plant:planned:by:2026", 25_000],
  ],
  "documents, fairs and people": [
    ["cooperation-documents:event/xi-jinping-visit-2015:actual:during:2015-04-20", 51],
    ["cooperation-documents:event/jcc-10:actual:during:2021-09-23", 5],
    ["enterprise-agreements:event/pakistan-business-conference-shenzhen-2024:actual:during:2024-06-05", 32],
    ["people-trained:event/geomatics-seminar:actual:during:2022-07-27/2022-09-03", 19],
  ],
  "television and finance": [
    ["financing-broadcasting-pkr:project/ptv-dtmb-a:planned:during:FY2020-21", 60_908_000],
    ["exchange-share-sold:project/psx-chinese-shareholding:actual:at:2017-01-20", 40],
  ],
};

describe.each(Object.entries(KNOWN))("%s", (_, rows) => {
  it.each(rows)("%s is %d", (id, value) => {
    const found = byId.get(id);
    expect(found, `no observation ${id}`).toBeDefined();
    expect(found?.value).toBeCloseTo(value, 3);
  });
});
