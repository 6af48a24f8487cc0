/* Additions to pages that work without them: theme toggle, tools of code blocks, boxes to tick, search, drawer, reading
   position. */
(function () {
  "use strict";
  var root = document.documentElement;

  function themeToggle() {
    var button = document.querySelector("button.theme");
    if (!button) return;
    var dark = window.matchMedia("(prefers-color-scheme: dark)");
    button.hidden = false;
    function current() {
      return root.dataset.theme || (dark.matches ? "dark" : "light");
    }
    function show() {
      button.setAttribute("aria-pressed", String(current() === "dark"));
    }
    button.addEventListener("click", function () {
      var next = current() === "dark" ? "light" : "dark";
      root.dataset.theme = next;
      try {
        localStorage.setItem("docwright-theme", next);
      } catch (e) {
        /* The choice holds for this page only. */
      }
      show();
    });
    dark.addEventListener("change", show);
    show();
  }

  /* What a reader wants to paste: in a session the commands, without prompts and output. */
  function commands(figure) {
    var code = figure.querySelector("code").cloneNode(true);
    var drop = code.querySelector(".tok-prompt") ? ".tok-prompt, .tok-out" : ".tok-prompt";
    if (!figure.classList.contains("all")) drop += ", .boring";
    code.querySelectorAll(drop).forEach(function (it) { it.remove(); });
    return code.textContent.replace(/\s+$/, "");
  }

  function button(parent, words, name, press) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.setAttribute("aria-label", name);
    made.addEventListener("click", function () { press(made); });
    parent.appendChild(made);
    return made;
  }

  function toggle(figure, name, made) {
    made.setAttribute("aria-pressed", String(figure.classList.toggle(name)));
  }

  function codeTools() {
    document.querySelectorAll("figure.code").forEach(function (figure) {
      var pre = figure.querySelector("pre");
      if (!pre || !figure.querySelector("code")) return;
      var tools = document.createElement("div");
      tools.className = "tools";
      if (figure.querySelector(".boring")) {
        button(tools, "All", "Show all lines", toggle.bind(null, figure, "all")).setAttribute("aria-pressed", "false");
      }
      if (pre.scrollWidth > pre.clientWidth + 1 && pre.clientWidth) {
        var wrap = button(tools, "Wrap", "Wrap long lines", toggle.bind(null, figure, "wrap"));
        wrap.className = "wide-code";
        wrap.setAttribute("aria-pressed", "false");
      }
      if (navigator.clipboard) {
        button(tools, "Copy", "Copy the code", function (made) {
          navigator.clipboard.writeText(commands(figure)).then(
            function () { made.textContent = "Copied"; },
            function () { made.textContent = "Not allowed"; }
          ).then(function () {
            setTimeout(function () { made.textContent = "Copy"; }, 2000);
          });
        }).className = "copy";
      }
      figure.appendChild(tools);
    });
  }

  /* The boxes of a list can be ticked while it is worked through; the browser keeps them, and nobody else. */
  function tasks() {
    var boxes = Array.prototype.slice.call(document.querySelectorAll("article .task input[type=checkbox]"));
    if (!boxes.length) return;
    var store;
    try {
      store = window.localStorage;
    } catch (e) {
      return;
    }
    if (!store) return;
    var seen = {};
    var written = boxes.map(function (box) { return box.checked; });
    var keys = boxes.map(function (box) {
      var words = box.closest("li").textContent.trim().replace(/\s+/g, " ").slice(0, 200);
      var times = (seen[" " + words] = (seen[" " + words] || 0) + 1);
      box.setAttribute("aria-label", words);
      return "docwright-task:" + location.pathname + ":" + words + (times > 1 ? ":" + times : "");
    });
    var reset = document.createElement("p");
    var made = button(reset, "Reset the boxes", "Reset the boxes of this page", function () {
      boxes.forEach(function (box, at) {
        store.removeItem(keys[at]);
        box.checked = written[at];
      });
      made.hidden = true;
    });
    made.className = "reset";
    boxes.forEach(function (box, at) {
      var kept = store.getItem(keys[at]);
      box.disabled = false;
      if (kept !== null) box.checked = kept === "1";
      box.addEventListener("change", function () {
        try {
          store.setItem(keys[at], box.checked ? "1" : "0");
        } catch (e) {
          /* The tick holds until the page is left. */
        }
        made.hidden = false;
      });
    });
    made.hidden = !keys.some(function (key) { return store.getItem(key) !== null; });
    var list = boxes[0].closest("li").parentNode;
    while (list.parentNode.closest("article li")) list = list.parentNode.closest("li").parentNode;
    list.parentNode.insertBefore(reset, list);
  }

  /* Who chose a tab once means it everywhere on the page. */
  function sameTabs() {
    function name(input) {
      var label = document.querySelector("label[for='" + input.id + "']");
      return label ? label.textContent : "";
    }
    document.addEventListener("change", function (event) {
      if (!event.target.matches(".tabs > input")) return;
      var chosen = name(event.target);
      var top = event.target.getBoundingClientRect().top;
      document.querySelectorAll(".tabs > input").forEach(function (it) {
        if (name(it) === chosen) it.checked = true;
      });
      window.scrollBy(0, event.target.getBoundingClientRect().top - top);
    });
  }

  function drawer() {
    var nav = document.getElementById("dw-nav");
    if (!nav) return;
    function reveal() {
      var current = nav.querySelector(".tree [aria-current]");
      if (!current) return;
      var top = current.getBoundingClientRect().top - nav.getBoundingClientRect().top;
      if (top > nav.clientHeight * 0.8) nav.scrollTop += top - nav.clientHeight / 3;
    }
    reveal();
    nav.addEventListener("toggle", function (event) {
      var opened = event.newState === "open";
      document.querySelectorAll("button.menu").forEach(function (button) {
        button.setAttribute("aria-expanded", String(opened));
      });
      /* What is behind the drawer cannot be reached while it is open. */
      document.querySelectorAll("main, .toc, .skip").forEach(function (it) { it.inert = opened; });
      if (opened) {
        reveal();
        var first = nav.querySelector(".tree [aria-current]") || nav.querySelector("a");
        if (first) first.focus({ preventScroll: true });
      }
    });
    nav.addEventListener("keydown", function (event) {
      if (event.key !== "Tab" || !nav.matches(":popover-open")) return;
      var all = Array.prototype.filter.call(nav.querySelectorAll("a, button, summary"), function (it) {
        return it.getClientRects().length;
      });
      var ends = event.shiftKey ? [all[0], all[all.length - 1]] : [all[all.length - 1], all[0]];
      if (document.activeElement !== ends[0]) return;
      event.preventDefault();
      ends[1].focus();
    });
    /* A link to a section of the same page leaves the drawer in the way. */
    nav.addEventListener("click", function (event) {
      if (event.target.closest("a") && nav.matches(":popover-open")) nav.hidePopover();
    });
  }

  function readingPosition() {
    var links = Array.prototype.slice.call(document.querySelectorAll(".toc a"));
    if (!links.length || !window.IntersectionObserver) return;
    var byId = {};
    links.forEach(function (link) {
      byId[decodeURIComponent(link.hash.slice(1))] = link;
    });
    var headings = Array.prototype.filter.call(
      document.querySelectorAll("article :is(h1, h2, h3)[id]"),
      function (it) { return Object.prototype.hasOwnProperty.call(byId, it.id); }
    );
    function mark() {
      var line = window.innerHeight * 0.25;
      var now = null;
      headings.forEach(function (it) {
        if (it.getBoundingClientRect().top <= line) now = it;
      });
      links.forEach(function (link) { link.removeAttribute("aria-current"); });
      if (now) {
        var link = byId[now.id];
        link.setAttribute("aria-current", "location");
        var box = link.closest(".toc");
        var top = link.getBoundingClientRect().top - box.getBoundingClientRect().top;
        if (top < 40 || top > box.clientHeight - 40) box.scrollTop += top - box.clientHeight / 2;
      }
    }
    var observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -75% 0px" });
    headings.forEach(function (it) { observer.observe(it); });
    mark();
  }

  /* Samples are written for the first server; the choice of another holds on all pages of the spec. */
  function servers() {
    var select = document.querySelector("select[data-server]");
    if (!select) return;
    var key = "docwright-server-" + select.dataset.server;
    var samples = Array.prototype.map.call(document.querySelectorAll("[data-base] .panel code"), function (code) {
      return { code: code, text: code.textContent, base: code.closest("[data-base]").dataset.base };
    });
    /* Host and path, which HTTP writes apart. */
    function parts(base) {
      var rest = base.slice(base.indexOf("://") + 3);
      var at = rest.indexOf("/");
      return at < 0 ? [rest, ""] : [rest.slice(0, at), rest.slice(at)];
    }
    function show() {
      var now = parts(select.value);
      samples.forEach(function (it) {
        var old = parts(it.base);
        var text = it.text.split(it.base).join(select.value);
        if (it.code.className === "language-http") {
          var lines = text.split("\n");
          lines[0] = lines[0].replace(" " + old[1], " " + now[1]);
          lines[1] = "Host: " + now[0];
          text = lines.join("\n");
        }
        it.code.textContent = text;
      });
    }
    select.addEventListener("change", function () {
      show();
      try { localStorage.setItem(key, select.value); } catch (e) { /* The choice holds for this page only. */ }
    });
    try {
      var known = localStorage.getItem(key);
      Array.prototype.forEach.call(select.options, function (it) { if (it.value === known) it.selected = true; });
    } catch (e) { /* Nothing is remembered. */ }
    select.closest("[hidden]").hidden = false;
    show();
  }

  /* A `details` around the target of a link opens. */
  function openTarget() {
    var id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch (e) {
      /* A percent sign that encodes nothing. */
    }
    var target = id && document.getElementById(id);
    for (var it = target; it; it = it.parentElement) if (it.tagName === "DETAILS") it.open = true;
  }

  /* The palette is loaded when it is first asked for. */
  function search() {
    var button = document.querySelector("button.find");
    if (!button) return;
    var loading = false;
    function open() {
      if (window.docwrightSearch) return window.docwrightSearch("open");
      if (loading) return;
      loading = true;
      var script = document.createElement("script");
      script.src = button.dataset.script;
      script.onload = function () { window.docwrightSearch("open"); };
      script.onerror = function () { location.href = button.dataset.all; };
      document.head.appendChild(script);
    }
    button.addEventListener("click", open);
    document.addEventListener("keydown", function (event) {
      var typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
      var slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
      var k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!slash && !k) return;
      event.preventDefault();
      open();
    });
  }

  themeToggle();
  codeTools();
  tasks();
  sameTabs();
  search();
  drawer();
  readingPosition();
  servers();
  openTarget();
  window.addEventListener("hashchange", openTarget);
})();
