import { places } from "../../../src/data/places.js";

const names = new Intl.DisplayNames("en", { type: "region" });
const own = new Map(places.filter((p) => p.kind === "country").map((p) => [p.iso as string, p.name]));

/** The name of a country; a body of two countries has none of its own. */
export const countryName = (code: string | null) =>
  code === null ? "both countries" : (own.get(code) ?? names.of(code) ?? code);
