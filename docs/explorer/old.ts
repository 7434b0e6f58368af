/** Leads from an old address (`index.html#/event/jcc-10`) to the page that has it now. */
import { FOLDERS, recordPath, viewPath } from "./parts/paths.js";

async function lead() {
  const [path = "", search = ""] = location.hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const [view = "", ...rest] = path.split("/");
  if (view === "" || view === "start") {
    location.replace("../index.html");
    return;
  }
  const query = Object.fromEntries(new URLSearchParams(search));
  let id = rest.join("/");
  try {
    id = decodeURIComponent(id);
  } catch {
    // A stray % is no reason to fail.
  }
  const to = id !== "" && Object.hasOwn(FOLDERS, view) ? recordPath(view, id) : viewPath(view, query);
  const there = await fetch(to, { method: "HEAD" }).then(
    (answer) => answer.ok,
    () => location.protocol === "file:",
  );
  if (there) {
    location.replace(to);
    return;
  }
  const heading = document.querySelector("h1") as HTMLElement;
  const link = document.createElement("a");
  link.href = viewPath("search", { q: (id || view).replaceAll("-", " ") });
  link.textContent = "Search for it";
  const text = document.createElement("p");
  text.append(id ? `There is no ${view} "${id}". ` : `There is no view "${view}". `, link, ".");
  heading.textContent = id ? "No such record" : "Not found";
  heading.after(text);
}
lead();
addEventListener("hashchange", lead);
