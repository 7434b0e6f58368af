/** Rows of an index as columns, so that a view loads few bytes: words that come back are written once. */

type Row = Readonly<Record<string, unknown>>;
type Column = readonly [words: 0 | 1, values: readonly unknown[]];
export interface Packed {
  readonly words: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
}

const isText = (value: unknown): value is string => typeof value === "string";

export function pack<R extends object>(rows: readonly R[]): Packed {
  const words = new Map<string, number>();
  const number = (word: string) => {
    const known = words.get(word);
    if (known !== undefined) return known;
    words.set(word, words.size);
    return words.size - 1;
  };
  const columns: Record<string, Column> = {};
  for (const key of Object.keys(rows[0] ?? {})) {
    const values = rows.map((row) => (row as Row)[key]);
    const texts = values.flat().filter(isText);
    const lists = values.some(Array.isArray);
    const often = texts.length > 0 && new Set(texts).size * 2 < texts.length;
    const plain = values.every((v) => v === null || isText(v) || (Array.isArray(v) && v.every(isText)));
    columns[key] =
      (often || lists) && plain
        ? [1, values.map((v) => (Array.isArray(v) ? v.map(number) : v === null ? null : number(v as string)))]
        : [0, values];
  }
  return { words: [...words.keys()], columns };
}

export function unpack<R extends object>({ words, columns }: Packed): R[] {
  const rows: Record<string, unknown>[] = [];
  for (const [key, [coded, values]] of Object.entries(columns))
    values.forEach((value, i) => {
      rows[i] ??= {};
      (rows[i] as Record<string, unknown>)[key] = !coded
        ? value
        : Array.isArray(value)
          ? value.map((n: number) => words[n])
          : value === null
            ? null
            : words[value as number];
    });
  return rows as R[];
}
