/** Plain markup as nodes of this document. Text only ever becomes text nodes, so nothing in the data can turn into markup. */
import { isList, type Markup } from "./markup.js";

const SVG = new Set("svg g rect line circle text title path polygon polyline tspan desc".split(" "));

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
