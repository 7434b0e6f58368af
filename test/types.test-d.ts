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
  type PlaceRecord,
  type ProjectRecord,
  type Redirect,
  SECTORS,
  type SectorId,
  type SectorRecord,
  type SourceRecord,
  total,
  type UnitRecord,
} from "../src/index.js";
import type { SHAPES } from "../src/schema/shipped.js";

type DeepReadonly<T> = T extends readonly (infer I)[]
  ? readonly DeepReadonly<I>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

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
  it("are those of the schemas, field by field", () => {
    // The bare shapes: the exported schemas are annotated with these very types, and would agree with anything.
    type Shape<C extends keyof typeof SHAPES> = DeepReadonly<z.output<(typeof SHAPES)[C]>>;
    expectTypeOf<Shape<"events">>().toEqualTypeOf<EventRecord>();
    expectTypeOf<Shape<"metrics">>().toEqualTypeOf<MetricRecord>();
    expectTypeOf<Shape<"metrics">["observations"][number]>().toEqualTypeOf<ObservationRecord>();
    expectTypeOf<Shape<"organisations">>().toEqualTypeOf<OrganisationRecord>();
    expectTypeOf<Shape<"projects">>().toEqualTypeOf<ProjectRecord>();
    expectTypeOf<Shape<"sources">>().toEqualTypeOf<SourceRecord>();
    expectTypeOf<Shape<"sectors">>().toEqualTypeOf<SectorRecord>();
    expectTypeOf<Shape<"places">>().toEqualTypeOf<PlaceRecord>();
    expectTypeOf<Shape<"units">>().toEqualTypeOf<UnitRecord>();
    expectTypeOf<Shape<"redirects">>().toEqualTypeOf<Redirect>();
  });
});
