import { DuckDBInstance } from "@duckdb/node-api";

/** A database in memory; give it back with `close`. */
export async function database() {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  return {
    run: (sql: string) => connection.run(sql),
    /** Rows as plain objects of numbers, texts, lists and nulls; days as ISO texts. */
    rows: async <R = Record<string, unknown>>(sql: string): Promise<R[]> =>
      (await connection.runAndReadAll(sql)).getRowObjectsJson() as unknown as R[],
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
