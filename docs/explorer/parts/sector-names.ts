import { sectors } from "../../../src/data/sectors.js";

export const SECTORS: readonly (readonly [id: string, name: string])[] = sectors.map((s) => [s.id, s.name]);
const names = new Map<string, string>(SECTORS);
export const sectorName = (id: string) => names.get(id) ?? id;
