/* Sets the stored colour scheme before anything is painted. */
(function () {
  try {
    var stored = localStorage.getItem("docwright-theme");
    if (stored === "light" || stored === "dark") document.documentElement.dataset.theme = stored;
  } catch (e) {
    /* Storage is closed: the system's scheme stays. */
  }
})();
