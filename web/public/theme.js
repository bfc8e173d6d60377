// Before the first paint, so that nobody sees the other theme flash. A file of its own, because no script is inline here.
(() => {
  try {
    const theme = localStorage.getItem("frontrow.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is switched off: the system's theme it is.
  }
})();
