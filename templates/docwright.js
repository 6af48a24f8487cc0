/* Additions to pages that work without them: theme toggle, tools of code blocks, boxes to tick, search, drawer, reading
   position. */
(function () {
  "use strict";
  var root = document.documentElement;
  /* What the site says; the build writes it in the language of the pages. */
  var texts = window.docwrightTexts;

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
        button(tools, texts.all, texts["all-lines"], toggle.bind(null, figure, "all")).setAttribute("aria-pressed", "false");
      }
      if (pre.scrollWidth > pre.clientWidth + 1 && pre.clientWidth) {
        var wrap = button(tools, texts.wrap, texts["wrap-lines"], toggle.bind(null, figure, "wrap"));
        wrap.className = "wide-code";
        wrap.setAttribute("aria-pressed", "false");
      }
      if (navigator.clipboard) {
        button(tools, texts.copy, texts["copy-code"], function (made) {
          navigator.clipboard.writeText(commands(figure)).then(
            function () { made.textContent = texts.copied; },
            function () { made.textContent = texts["not-allowed"]; }
          ).then(function () {
            setTimeout(function () { made.textContent = texts.copy; }, 2000);
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
    var made = button(reset, texts.reset, texts["reset-page"], function () {
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

  /* A list that hangs from the bar closes when the reader is elsewhere. */
  function closes(details) {
    details.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      details.querySelector("summary").focus();
    });
    details.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !details.contains(event.relatedTarget)) details.open = false;
    });
    document.addEventListener("click", function (event) {
      if (!details.contains(event.target)) details.open = false;
    });
  }

  /* Versions stand in folders beside each other. The list above them says which there are by now, so that a version
     learns of those that came after it. */
  function versions() {
    var link = document.querySelector("a.versions");
    if (!link || !/^http/.test(location.protocol)) return;
    var own = new URL(link.dataset.root, location.href);
    var above = new URL("..", own);
    var inside = location.pathname.indexOf(own.pathname) === 0;
    var page = inside ? location.pathname.slice(own.pathname.length) : "";
    function element(name, words) {
      var made = document.createElement(name);
      made.textContent = words;
      return made;
    }
    function address(folder, path) {
      return new URL("./" + encodeURIComponent(folder) + "/" + path, above).href;
    }
    /* The same page of another version, else its start. */
    function find(folder) {
      return fetch(address(folder, page), { method: "HEAD" })
        .then(function (it) { return it.ok; }, function () { return false; })
        .then(function (there) {
          return { there: there, href: there ? address(folder, page) + location.hash : address(folder, "index.html") };
        });
    }
    function menu(all) {
      var details = document.createElement("details");
      var summary = element("summary", link.textContent);
      var list = document.createElement("ul");
      details.className = "versions";
      summary.setAttribute("aria-label", texts.versions.replace("{}", link.dataset.version));
      all.forEach(function (it) {
        var entry = document.createElement("li");
        var to = element("a", [it.title || it.version].concat(it.aliases || []).join(" · "));
        to.href = address(it.version, page);
        if (it.version === link.dataset.version) to.setAttribute("aria-current", "true");
        to.addEventListener("click", function (event) {
          if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          find(it.version).then(function (found) { location.href = found.href; });
        });
        entry.append(to);
        list.append(entry);
      });
      details.append(summary, list);
      link.replaceWith(details);
      closes(details);
    }
    /* It lies over the lower edge of the window, so that no line moves when it comes. */
    function banner(current, folder) {
      find(folder).then(function (found) {
        var note = document.createElement("aside");
        var says = texts["other-version"].replace("{}", link.dataset.version).replace("{}", current);
        var to = element("a", texts[found.there ? "same-page" : "start-of"].replace("{}", current));
        note.className = "other-version";
        note.setAttribute("aria-label", texts["this-version"].replace("{}", link.dataset.version));
        to.href = found.href;
        note.append(element("p", says), to);
        document.querySelector("header.bar").after(note);
      });
    }
    fetch(link.dataset.list)
      .then(function (it) { return it.ok ? it.json() : []; })
      .then(function (all) {
        function named(name) {
          return all.filter(function (it) { return (it.aliases || []).indexOf(name) >= 0; })[0];
        }
        var alias = ["latest", "stable"].filter(named)[0];
        var current = alias ? named(alias) : all[0];
        var known = all.some(function (it) { return it.version === link.dataset.version; });
        if (all.length > 1) menu(all);
        if (known && current.version !== link.dataset.version) {
          banner(current.title || current.version, alias || current.version);
        }
      })
      .catch(function () { /* The link to the page with all versions stays. */ });
  }

  themeToggle();
  versions();
  document.querySelectorAll("details.pick").forEach(closes);
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
