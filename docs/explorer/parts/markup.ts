/** Elements as plain values, for pages that are written as files and for charts that both files and the explorer show. */
export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly children: readonly Markup[];
}
export type Markup = Element | string | number | null | undefined | false | readonly Markup[];

export const el = (
  tag: string,
  attributes: Element["attributes"] = {},
  ...children: readonly Markup[]
): Element => ({ tag, attributes, children });

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => ESCAPES[c] as string);
const VOID = new Set(["br", "hr", "img", "input", "link", "meta"]);

/** The text of a page; whatever comes from the data is escaped. */
export function html(markup: Markup): string {
  if (markup === null || markup === undefined || markup === false) return "";
  if (typeof markup === "string" || typeof markup === "number") return escaped(String(markup));
  if (isList(markup)) return markup.map(html).join("");
  const attributes = Object.entries(markup.attributes)
    .filter(([, value]) => value !== null && value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(String(value))}"`))
    .join("");
  const start = `<${markup.tag}${attributes}>`;
  return VOID.has(markup.tag) ? start : `${start}${markup.children.map(html).join("")}</${markup.tag}>`;
}

export const isList = (markup: Markup): markup is readonly Markup[] => Array.isArray(markup);

/** Puts something between the items: `a, b, c`. */
export const between = (items: readonly Markup[], mark = ", "): Markup[] =>
  items.flatMap((item, i) => (i === 0 ? [item] : [mark, item]));
