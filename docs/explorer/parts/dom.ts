/** Elements from plain values. Text only ever becomes text nodes, so nothing in the data can turn into markup. */
import { isList, type Markup } from "./markup.js";

type Child = Node | string | number | null | undefined | false | readonly Child[];
type Listener = (event: Event) => void;
type Props = Readonly<Record<string, string | number | boolean | Listener | null | undefined>>;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(element: HTMLElement, children: readonly Child[]) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(child instanceof Node ? child : String(child));
  }
}

/** Puts something between the items: `a, b, c`. */
export function joined(items: readonly (Node | string)[], between = ", "): Child[] {
  return items.flatMap((item, i) => (i === 0 ? [item] : [between, item]));
}

/** A link out of the site; an address that isn't plain web stays text. */
export function outward(url: string, text: string): Node {
  return /^https?:\/\//.test(url)
    ? h("a", { href: url, rel: "noreferrer noopener external" }, text)
    : document.createTextNode(text);
}

const SVG = new Set("svg g rect line circle text title path polygon polyline tspan desc".split(" "));

/** Plain markup as nodes of this document. */
export function nodesOf(markup: Markup, inSvg = false): Node[] {
  if (markup === null || markup === undefined || markup === false) return [];
  if (typeof markup === "string" || typeof markup === "number")
    return [document.createTextNode(String(markup))];
  if (isList(markup)) return markup.flatMap((m) => nodesOf(m, inSvg));
  const svg = inSvg || markup.tag === "svg";
  const element =
    svg && (SVG.has(markup.tag) || markup.tag === "a")
      ? document.createElementNS("http://www.w3.org/2000/svg", markup.tag)
      : document.createElement(markup.tag);
  for (const [name, value] of Object.entries(markup.attributes))
    if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : String(value));
  element.append(...markup.children.flatMap((child) => nodesOf(child, svg)));
  return [element];
}
