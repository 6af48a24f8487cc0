// Leads on from an old address with a fragment. Without this script the reader finds a link there.
(function () {
  "use strict";
  function lead() {
    var id = location.hash.slice(1);
    if (!id) return;
    var whole = document.getElementById("dw-whole");
    try { id = decodeURIComponent(id); } catch (error) { /* as it is written */ }
    var part = document.getElementById(id);
    var link = part && part.closest(".moved") && part.querySelector("a");
    if (link) return location.replace(link.href);
    if (!whole) return;
    var url = new URL(whole.href);
    if (!url.hash) url.hash = location.hash;
    location.replace(url.href);
  }
  addEventListener("hashchange", lead);
  lead();
})();
