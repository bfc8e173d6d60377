// An event's page is known from its address: its data and its picture are asked for while the page's code is still on its way. The page asks
// again and is answered out of the browser's cache.
(async () => {
  const event = /^\/events\/(evt_[0-9a-z]+)$/.exec(location.pathname);
  if (!event) return;
  try {
    const settings = await fetch("/config.json");
    const { apiBase = "" } = settings.ok ? await settings.json() : {};
    const answer = await fetch(`${apiBase}/v1/events/${event[1]}`);
    const picture = answer.ok && (await answer.json()).images[0];
    if (picture) Object.assign(new Image(), { fetchPriority: "high", src: `${apiBase}${picture.url}` });
  } catch {
    // The page itself says what is wrong.
  }
})();
