/* Sets the stored colour scheme before anything is painted, and says that scripts run. */
(function () {
  document.documentElement.classList.add("script");
  try {
    var stored = localStorage.getItem("docwright-theme");
    if (stored === "light" || stored === "dark") document.documentElement.dataset.theme = stored;
  } catch (e) {
    /* Storage is closed: the system's scheme stays. */
  }
})();
