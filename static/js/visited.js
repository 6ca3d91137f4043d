// On the page for when there is no connection: the pages of this language that were kept, the newest first.
const visited = document.querySelector("[data-visited]");
const prefix = `/${document.documentElement.lang}/`;

const listVisited = async () => {
  const cache = await caches.open("kept");
  for (const key of (await cache.keys()).reverse()) {
    const { pathname, search } = new URL(key.url);
    if (!pathname.startsWith(prefix)) continue;
    const text = await (await cache.match(key)).text();
    const title = new DOMParser().parseFromString(text, "text/html").title;
    const link = Object.assign(document.createElement("a"), { href: pathname + search, textContent: title || pathname });
    visited.querySelector("ul").appendChild(document.createElement("li")).append(link);
    visited.hidden = false;
  }
};
// Without https there are no caches.
if ("caches" in window) listVisited();
