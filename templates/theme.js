/* Sets the stored colour scheme before anything is painted, and says that scripts run. */
(function () {
  document.documentElement.classList.add("script");
  /* Beside a site on a disk stand no other versions of it. */
  if (location.protocol === "file:") document.documentElement.classList.add("local");
  try {
    var stored = localStorage.getItem("docwright-theme");
    if (stored === "light" || stored === "dark") document.documentElement.dataset.theme = stored;
  } catch (e) {
    /* Storage is closed: the system's scheme stays. */
  }
})();
