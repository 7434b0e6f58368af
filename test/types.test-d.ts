import { describe, expectTypeOf, it } from "vitest";
import type { z } from "zod";
import {
  type CpecEvent,
  type EventId,
  type EventRecord,
  events,
  getEvent,
  getMetric,
  type Metric,
  type MetricRecord,
  metrics,
  type Observation,
  type ObservationRecord,
  type OrganisationRecord,
  observations,
  type ProjectRecord,
  SECTORS,
  type SectorId,
  type SourceRecord,
  total,
} from "../src/index.js";
import type {
  eventSchema,
  metricSchema,
  observationSchema,
  organisationSchema,
  projectSchema,
  sourceSchema,
} from "../src/schema/index.js";

describe("types", () => {
  it("are narrow and readonly", () => {
    expectTypeOf(events).toEqualTypeOf<readonly CpecEvent[]>();
    expectTypeOf(metrics).toEqualTypeOf<readonly Metric[]>();
    expectTypeOf(observations).toEqualTypeOf<readonly Observation[]>();
    expectTypeOf(SECTORS).toEqualTypeOf<readonly SectorId[]>();
    // @ts-expect-error the array is readonly
    events.push;
    // @ts-expect-error the records are readonly
    (events[0] as CpecEvent).title = "another";
  });
  it("know the ids", () => {
    expectTypeOf<"phones-assembled">().toExtend<Metric["id"]>();
    // @ts-expect-error an id that does not exist
    const bad: EventId = "no-such-event";
    void bad;
  });
  it("give a sure record for a known id, and an unsure one for any string", () => {
    expectTypeOf(getMetric("phones-assembled")).toEqualTypeOf<Metric>();
    expectTypeOf(getEvent("anything" as string)).toEqualTypeOf<CpecEvent | undefined>();
  });
  it("let rows of one's own in", () => {
    expectTypeOf(total).parameter(0).toEqualTypeOf<Iterable<ObservationRecord>>();
    expectTypeOf<Observation>().toExtend<ObservationRecord>();
  });
  it("are those of the schemas", () => {
    expectTypeOf<z.output<typeof eventSchema>>().toEqualTypeOf<EventRecord>();
    expectTypeOf<z.output<typeof observationSchema>>().toEqualTypeOf<ObservationRecord>();
    expectTypeOf<z.output<typeof metricSchema>>().toEqualTypeOf<MetricRecord>();
    expectTypeOf<z.output<typeof organisationSchema>>().toEqualTypeOf<OrganisationRecord>();
    expectTypeOf<z.output<typeof projectSchema>>().toEqualTypeOf<ProjectRecord>();
    expectTypeOf<z.output<typeof sourceSchema>>().toEqualTypeOf<SourceRecord>();
  });
});
