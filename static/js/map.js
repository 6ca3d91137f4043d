// A map of countries is one stop of the Tab key; arrows go from country to country, to the nearest that way.

const KEYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const links = (map) => [...map.querySelectorAll("svg a")];
// A country is where most of it lies: what France has overseas would put its middle into the sea.
const middle = (link) => {
  const [x, y] = link.dataset.at.split(" ").map(Number);
  return { x, y };
};

// Straight ahead counts once, to the side twice: the eye follows the arrow.
const nearest = (from, others, [across, down]) => {
  const here = middle(from);
  let best = null;
  let least = Infinity;
  for (const link of others) {
    const there = middle(link);
    const ahead = (there.x - here.x) * across + (there.y - here.y) * down;
    const aside = Math.abs((there.x - here.x) * down) + Math.abs((there.y - here.y) * across);
    const far = ahead + 2 * aside;
    if (link !== from && ahead > 0 && aside <= 2 * ahead && far < least) [best, least] = [link, far];
  }
  return best;
};

const stopAt = (map, link) => {
  for (const each of links(map)) each.setAttribute("tabindex", each === link ? "0" : "-1");
};

const prepare = () => {
  for (const map of document.querySelectorAll("[data-map]")) {
    stopAt(map, map.querySelector("svg a[aria-current]") ?? map.querySelector("svg a"));
  }
};

document.addEventListener("focusin", ({ target }) => {
  const map = target.closest?.("[data-map]");
  if (map && target.matches("svg a")) stopAt(map, target);
});

document.addEventListener("keydown", (event) => {
  const map = event.target.closest?.("[data-map]");
  if (!map || !event.target.matches("svg a") || event.altKey || event.ctrlKey || event.metaKey) return;
  const all = links(map);
  const next = event.key === "Home" ? all[0] : event.key === "End" ? all.at(-1) : KEYS[event.key] && nearest(event.target, all, KEYS[event.key]);
  if (!next && !KEYS[event.key]) return;
  event.preventDefault();
  next?.focus();
});

document.addEventListener("htmx:afterSettle", prepare);
prepare();
