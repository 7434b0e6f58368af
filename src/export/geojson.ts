import { CpecDataError } from "../errors.js";
import type { Row } from "./table.js";

/** Longitude and latitude in degrees, WGS 84. @group Types */
export type Position = readonly [longitude: number, latitude: number];

/** Where a feature lies. @group Types */
export type Geometry =
  | { readonly type: "Point"; readonly coordinates: Position }
  | { readonly type: "MultiPoint"; readonly coordinates: readonly Position[] };

/** A record as GeoJSON. @group Types */
export interface Feature {
  readonly type: "Feature";
  readonly id: string;
  /** `null` where no place of the record has coordinates. */
  readonly geometry: Geometry | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Records as GeoJSON. @group Types */
export interface FeatureCollection {
  readonly type: "FeatureCollection";
  readonly features: readonly Feature[];
}

/** A record that lies somewhere: an event or project with its places, or a place. @group Types */
export interface Located {
  readonly id: string;
  readonly places?: readonly string[];
}

/**
 * Turns events, projects or places into GeoJSON (RFC 7946). The dataset holds no coordinates, so geometries are `null`,
 * which GeoJSON allows, until you give coordinates of your own by the id of the place. A record of several places becomes
 * a MultiPoint of those that have coordinates.
 *
 * @param rows - events, projects or places.
 * @param options - `coordinates`: longitude and latitude by the id of a place.
 * @throws CpecDataError `INVALID_DATA` for a row without id, `OUT_OF_RANGE` for coordinates that aren't on Earth.
 * @example
 * ```ts
 * import { places } from "cpec-it-data";
 * import { toGeoJSON } from "cpec-it-data/export";
 * const khunjerab = places.filter((place) => place.id === "khunjerab");
 * console.log(toGeoJSON(khunjerab).features[0]?.geometry); // → null
 * console.log(toGeoJSON(khunjerab, { coordinates: { khunjerab: [75, 37] } }).features[0]?.geometry?.type); // → Point
 * ```
 * @group Formats
 */
export function toGeoJSON<R extends Located>(
  rows: Iterable<R>,
  options: { readonly coordinates?: Readonly<Record<string, Position>> } = {},
): FeatureCollection {
  const { coordinates = {} } = options;
  for (const [id, position] of Object.entries(coordinates)) check(id, position);
  const features: Feature[] = [];
  for (const row of rows as Iterable<Located & Row>) {
    if (typeof row !== "object" || row === null || typeof row.id !== "string")
      throw new CpecDataError("INVALID_DATA", "A row has no id.", {
        hint: "Expected events, projects or places.",
      });
    const { id, ...properties } = row;
    const found = (Array.isArray(row.places) ? row.places : [id]).flatMap((place) => {
      const position = Object.hasOwn(coordinates, place) ? coordinates[place] : undefined;
      return position ? [position] : [];
    });
    const [first] = found;
    const geometry: Geometry | null = !first
      ? null
      : found.length === 1
        ? { type: "Point", coordinates: first }
        : { type: "MultiPoint", coordinates: found };
    features.push({ type: "Feature", id, geometry, properties });
  }
  return { type: "FeatureCollection", features };
}

function check(id: string, position: unknown) {
  const [longitude, latitude] = Array.isArray(position) ? position : [];
  if (Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90) return;
  throw new CpecDataError("OUT_OF_RANGE", `The coordinates of "${id}" are ${JSON.stringify(position)}.`, {
    ids: [id],
    hint: "Expected [longitude, latitude] in degrees, longitude first.",
  });
}
