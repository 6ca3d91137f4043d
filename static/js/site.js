// What every page gains with JavaScript. Nothing here is needed to read, search or send.

const menus = () => document.querySelectorAll("details[data-menu][open]");

// Menus close with Escape, giving the focus back, with a press beside them, and when the focus has left them.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }
});

const closeOthers = (target) => {
  for (const menu of menus()) if (!menu.contains(target)) menu.open = false;
};
document.addEventListener("pointerdown", (event) => closeOthers(event.target));
document.addEventListener("focusin", (event) => closeOthers(event.target));

// The summary of errors is read first.
document.querySelector("[data-focus]")?.focus();

// A part runs where its mark is on the page. While developing it is fetched then; collectstatic puts it here.
if (document.querySelector("[data-video]")) import("./video.js");
if (document.querySelector("[data-copy]")) import("./copy.js");
if (document.querySelector("[data-library]")) import("./library.js");
if (document.querySelector("[data-map]")) import("./map.js");
if (document.querySelector("[data-kept]")) import("./keep.js");
if (document.querySelector("[data-suggest]")) import("./suggest.js");
if (document.querySelector("[data-visited]")) import("./visited.js");

// Lists that change in place can wait for it: until it is here, links and forms are what they are anywhere. So on a slow line text
// and letters come first; and it is only run, for a moment that a phone notices, when somebody reaches for the page.
const htmx = document.querySelector('meta[name="htmx"]')?.content;

// No pointerover: a browser says that as soon as something lies below a pointer that nobody moves.
const REACHES = ["pointermove", "pointerdown", "keydown", "focusin", "change"];
const CALM = 1000; // milliseconds after which nothing that is seen first still waits for the line
const runHtmx = () => {
  for (const reach of REACHES) removeEventListener(reach, runHtmx);
  const script = document.createElement("script");
  script.src = htmx;
  document.head.append(script);
};
const bringHtmx = async () => {
  try {
    const answer = await fetch(htmx, { priority: "low" });
    await answer.arrayBuffer(); // else the browser may drop it half-way
  } catch {
    // No network: it is asked for again when it has to run.
  }
};
if (htmx) {
  for (const reach of REACHES) addEventListener(reach, runHtmx, { passive: true });
  addEventListener("load", () => setTimeout(bringHtmx, CALM));
  // Back to what it put in place on an earlier visit; also where somebody was quicker than this script.
  addEventListener("popstate", ({ state }) => {
    if (state?.htmx && !window.htmx) location.reload();
  });
  const [arrival] = performance.getEntriesByType("navigation");
  if (history.state?.htmx && arrival.name.split("#")[0] !== location.href.split("#")[0]) location.reload();
}

// Visited pages can be read without a connection; where the site has switched that off, nothing of it stays.
const worker = document.querySelector('meta[name="worker"]')?.content;
const keepPages = () => navigator.serviceWorker.register(worker);
const forgetPages = async () => {
  for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
};
if ("serviceWorker" in navigator) {
  if (worker) addEventListener("load", () => setTimeout(keepPages, CALM));
  else forgetPages();
}
