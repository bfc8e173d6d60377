// Runs while the page's code is on its way. A file of its own, because no script is inline here.

// Before the first paint, so that nobody sees the other theme flash.
try {
  const theme = localStorage.getItem("frontrow.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is switched off: the system's theme it is.
}

// What is asked for here is not asked for again: `src/lib/early.ts` hands it on.
const config = fetch("/config.json").then(
  (answer) => (answer.ok ? answer.json() : {}),
  () => ({}),
);
const answers = {};
globalThis.frontrowEarly = { config, answers };

// Where most visits begin, the address says what will be needed.
const landing = /^\/(?:events(?:\/(evt_[0-9a-z]+))?)?$/.exec(location.pathname);
if (landing) {
  for (const href of JSON.parse(document.currentScript.dataset.files ?? "[]")) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
  }
}
if (landing && landing[0] !== "/events") {
  const [, event] = landing;
  const address = event ? `/v1/events/${event}` : "/v1/events?limit=48";
  const base = config.then(({ apiBase = "" }) => apiBase);
  answers[address] = base.then((apiBase) => fetch(`${apiBase}${address}`, { signal: AbortSignal.timeout(10_000) }));
  Promise.all([base, answers[address].then((answer) => (answer.ok ? answer.clone().json() : {}))]).then(
    ([apiBase, { images, items }]) => {
      const picture = images?.[0] ?? items?.[0]?.image;
      if (!picture) return;
      const { url, alt } = picture;
      const poster = Object.assign(new Image(), { fetchPriority: "high", src: `${apiBase}${url}`, alt });
      // An event's page begins with its poster: there it is, before the code that draws everything else.
      if (event) document.getElementById("poster")?.append(poster);
    },
    // The page itself says what is wrong.
    () => {},
  );
}
