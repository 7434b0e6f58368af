/** The views with filters, in the order of the navigation. Each is loaded when a reader filters, sorts or turns pages there. */
import type { View } from "../parts/view.js";

export const VIEWS: Readonly<Record<string, () => Promise<{ default: View }>>> = {
  timeline: () => import("./timeline.js"),
  sectors: () => import("./sectors.js"),
  metrics: () => import("./metrics.js"),
  promises: () => import("./promises.js"),
  conflicts: () => import("./conflicts.js"),
  organisations: () => import("./organisations.js"),
  map: () => import("./map.js"),
};
