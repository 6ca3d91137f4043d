// Pages from the network, kept for when there is none. Set above: FILES, what every page needs; OFFLINE, the page that is shown
// where nothing was kept, by language; CLOSED, where nothing is for readers; COVERS, how strata are drawn.
const KEPT = "kept";
const PARTS = "parts";
const MOST = { [KEPT]: 40, [PARTS]: 150 };
const PUBLIC = /\bpublic\b/;
// Their names change with what is in them.
const LASTING = /^\/static\/.*\.[0-9a-f]{12}\.\w+$|^\/art\/cover\//;

const language = (url) => new URL(url).pathname.split("/")[1];

// What every page needs is never in the way.
const needed = new Set([...FILES, ...Object.values(OFFLINE)]);

// The oldest go first.
const keep = async (name, request, response) => {
  const cache = await caches.open(name);
  await cache.delete(request, { ignoreVary: true });
  await cache.put(request, response);
  const keys = (await cache.keys()).filter((key) => !needed.has(new URL(key.url).pathname));
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST[name])).map((key) => cache.delete(key)));
};

const keepOffline = async (code) => {
  if (!OFFLINE[code]) return;
  const cache = await caches.open(PARTS);
  if (!(await cache.match(OFFLINE[code]))) await cache.add(OFFLINE[code]);
};

const mayKeep = (response) =>
  response.status === 200 && response.type === "basic" && !response.redirected && PUBLIC.test(response.headers.get("Cache-Control") || "");

const page = async (event) => {
  const { request } = event;
  try {
    const response = await fetch(request);
    if (mayKeep(response)) event.waitUntil(Promise.all([keep(KEPT, request, response.clone()), keepOffline(language(request.url))]));
    return response;
  } catch (error) {
    const kept = await caches.match(request, { cacheName: KEPT, ignoreVary: true });
    const offline = OFFLINE[language(request.url)] || Object.values(OFFLINE)[0];
    return kept || (await caches.match(offline, { cacheName: PARTS, ignoreVary: true })) || Promise.reject(error);
  }
};

const part = async (event) => {
  const kept = await caches.match(event.request, { cacheName: PARTS });
  if (kept) return kept;
  const response = await fetch(event.request);
  if (response.ok) event.waitUntil(keep(PARTS, event.request, response.clone()));
  return response;
};

// Whoever saves data gets strata in the place of photographs: three kilobytes, always the same for the same picture.
const strata = async (event, path) => {
  let seed = 2166136261;
  for (const letter of path) seed = Math.imul(seed ^ letter.codePointAt(0), 16777619) >>> 0;
  const address = `${COVERS.path}${COVERS.soils[seed % COVERS.soils.length]}-5-${seed.toString(16).padStart(8, "0")}.svg`;
  try {
    const drawn = await (await fetch(address)).text();
    const filling = drawn.replace(/ width="\d+" height="\d+"/, ' preserveAspectRatio="none"');
    return new Response(filling, { headers: { "Content-Type": "image/svg+xml" } });
  } catch {
    return fetch(event.request);
  }
};

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      await self.skipWaiting();
      await (await caches.open(PARTS)).addAll(FILES);
      const open = await self.clients.matchAll({ includeUncontrolled: true });
      await Promise.all([...new Set(open.map((client) => language(client.url)))].map(keepOffline));
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      // What an earlier version kept of the site's own parts isn't asked for any more; pages stay.
      const cache = await caches.open(PARTS);
      for (const key of await cache.keys()) {
        const { pathname } = new URL(key.url);
        if (pathname.startsWith("/static/") && !needed.has(pathname)) await cache.delete(key);
      }
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || CLOSED.some((path) => pathname.startsWith(path))) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (LASTING.test(pathname)) event.respondWith(part(event));
  else if (request.destination === "image" && navigator.connection?.saveData && pathname.startsWith(COVERS.media))
    event.respondWith(strata(event, pathname));
});
