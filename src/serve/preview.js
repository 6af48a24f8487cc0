/* Keeps an open page as its files are: fetches the page anew when told to, and changes only what is different, so
   that scrolling, open details, the focus and what other scripts added stay. */
(function () {
  "use strict";
  /* The page as it was sent: this script is the first to run. */
  var sent = document.cloneNode(true);
  var busy = false;
  var again = false;
  var connected = true;

  function state(page) {
    var meta = page.querySelector('meta[name="docwright-preview"]');
    try { return JSON.parse(meta.content); } catch (e) { return { findings: [], problem: null }; }
  }

  function attributes(live, was, next) {
    Array.prototype.forEach.call(next.attributes, function (it) {
      if (was.getAttribute(it.name) !== it.value) live.setAttribute(it.name, it.value);
    });
    Array.prototype.forEach.call(was.attributes, function (it) {
      if (!next.hasAttribute(it.name)) live.removeAttribute(it.name);
    });
  }

  /* Makes of `live`, which began as `was`, what `next` is. */
  function patch(live, was, next) {
    if (was.isEqualNode(next)) return;
    if (was.nodeName !== next.nodeName || live.nodeName !== was.nodeName) {
      live.replaceWith(document.importNode(next, true));
    } else if (next.nodeType !== Node.ELEMENT_NODE) {
      live.data = next.data;
    } else {
      attributes(live, was, next);
      children(live, was, next);
    }
  }

  function children(live, was, next) {
    var lives = Array.prototype.slice.call(live.childNodes);
    var old = Array.prototype.slice.call(was.childNodes);
    var fresh = Array.prototype.slice.call(next.childNodes);
    /* Scripts add at the end; where one did more, the element is made anew. */
    var known = old.every(function (it, at) { return lives[at] && lives[at].nodeName === it.nodeName; });
    if (!known) {
      live.replaceChildren.apply(live, fresh.map(function (it) { return document.importNode(it, true); }));
      return;
    }
    var from = 0;
    while (from < old.length && from < fresh.length && old[from].isEqualNode(fresh[from])) from++;
    var oldEnd = old.length;
    var freshEnd = fresh.length;
    while (oldEnd > from && freshEnd > from && old[oldEnd - 1].isEqualNode(fresh[freshEnd - 1])) {
      oldEnd--;
      freshEnd--;
    }
    var behind = lives[oldEnd] || null;
    var paired = Math.min(oldEnd, freshEnd);
    for (var at = from; at < paired; at++) patch(lives[at], old[at], fresh[at]);
    for (var gone = paired; gone < oldEnd; gone++) lives[gone].remove();
    for (var came = paired; came < freshEnd; came++) live.insertBefore(document.importNode(fresh[came], true), behind);
  }

  function styles(next, changed) {
    var selector = 'link[rel="stylesheet"]';
    var now = Array.prototype.slice.call(document.head.querySelectorAll(selector));
    var edited = changed.some(function (it) { return /\.css$/.test(it); });
    Array.prototype.forEach.call(next.head.querySelectorAll(selector), function (it) {
      var href = it.getAttribute("href");
      var same = now.filter(function (old) { return old.getAttribute("href").split("?")[0] === href; })[0];
      if (same) now.splice(now.indexOf(same), 1);
      if (same && !edited) return;
      var link = document.importNode(it, true);
      if (same) link.href = href + "?" + state(next).generation;
      /* The old one stays until the new one is there: no flash of a bare page. */
      link.addEventListener("load", function () { if (same) same.remove(); });
      document.head.appendChild(link);
    });
    now.forEach(function (old) { setTimeout(function () { old.remove(); }, 500); });
  }

  function pictures(changed) {
    Array.prototype.forEach.call(document.images, function (it) {
      var name = decodeURIComponent(it.src.split("?")[0].split("/").pop());
      if (changed.some(function (path) { return path.split("/").pop() === name; })) {
        it.src = it.src.split("?")[0] + "?" + Date.now();
      }
    });
  }

  function scripts(page) {
    return Array.prototype.map.call(page.querySelectorAll("head script[src]"), function (it) {
      return it.getAttribute("src");
    }).join(" ");
  }

  /* The first part of the text that can be seen, to hold it where it is. */
  function held() {
    if (!window.scrollY) return null;
    return Array.prototype.filter.call(document.querySelectorAll("main article > *"), function (it) {
      return it.getBoundingClientRect().bottom > 80;
    })[0] || null;
  }

  function show(next, changed) {
    if (scripts(next) !== scripts(sent)) {
      location.reload();
      return;
    }
    var focused = document.activeElement;
    var anchor = held();
    var top = anchor && anchor.getBoundingClientRect().top;
    styles(next, changed);
    if (document.title !== next.title) document.title = next.title;
    attributes(document.documentElement, sent.documentElement, next.documentElement);
    patch(document.body, sent.body, next.body);
    if (anchor && anchor.isConnected) {
      window.scrollBy({ top: anchor.getBoundingClientRect().top - top, behavior: "instant" });
    }
    if (focused && focused.id && !focused.isConnected) {
      var same = document.getElementById(focused.id);
      if (same) same.focus({ preventScroll: true });
    }
    pictures(changed);
    sent = next;
    panel();
    document.dispatchEvent(new CustomEvent("docwright:patched"));
  }

  function refresh(changed) {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    fetch(location.pathname, { cache: "no-store" })
      .then(function (response) { return response.text(); })
      .then(function (html) { show(new DOMParser().parseFromString(html, "text/html"), changed); })
      .catch(function () { /* The stream of events says when the server is back. */ })
      .then(function () {
        busy = false;
        if (again) {
          again = false;
          refresh([]);
        }
      });
  }

  function element(name, kind, text) {
    var it = document.createElement(name);
    if (kind) it.className = kind;
    if (text) it.textContent = text;
    return it;
  }

  function jump(anchor) {
    var target = anchor && document.getElementById(anchor);
    if (!target) {
      window.scrollTo(0, 0);
      return;
    }
    for (var it = target; it; it = it.parentElement) if (it.tagName === "DETAILS") it.open = true;
    target.scrollIntoView();
    target.classList.add("dw-jumped");
    setTimeout(function () { target.classList.remove("dw-jumped"); }, 1500);
  }

  function row(finding) {
    var item = element("li");
    var button = element("button");
    button.type = "button";
    button.append(element("span", finding.severity, finding.severity), " line " + finding.line + ": " + finding.message);
    button.addEventListener("click", function () { jump(finding.anchor); });
    item.append(button);
    var about = element("p", "", finding.help ? finding.help + " · " : "");
    var rule = element(finding.href ? "a" : "code", "", finding.rule);
    if (finding.href) rule.href = finding.href;
    about.append(rule);
    item.append(about);
    return item;
  }

  function panel() {
    var now = state(sent);
    var box = document.getElementById("dw-preview");
    if (!box) {
      box = element("details");
      box.id = "dw-preview";
      document.body.appendChild(box);
    }
    var summary = element("summary");
    var words = { error: ["error", "errors"], warning: ["warning", "warnings"], info: ["hint", "hints"] };
    Object.keys(words).forEach(function (level) {
      var count = now.findings.filter(function (it) { return it.severity === level; }).length;
      if (count) summary.append(element("span", level, count + " " + words[level][count === 1 ? 0 : 1]), " ");
    });
    if (now.draft) summary.append(element("span", "draft", "Draft"), " ");
    if (!connected) summary.append(element("span", "off", "Preview stopped"));
    var list = element("ol");
    now.findings.forEach(function (it) { list.append(row(it)); });
    box.replaceChildren(summary);
    if (now.findings.length) box.append(list);
    box.hidden = !summary.hasChildNodes();
    problem(now.problem);
  }

  function problem(now) {
    var box = document.getElementById("dw-problem");
    if (!box) {
      box = element("div");
      box.id = "dw-problem";
      box.setAttribute("role", "alert");
      document.body.appendChild(box);
    }
    box.hidden = !now;
    if (!now) {
      box.replaceChildren();
      return;
    }
    var place = (now.path || "docwright") + (now.line ? ":" + now.line : "");
    box.replaceChildren(element("strong", "", place), element("pre", "", now.message));
    if (now.help) box.append(element("p", "", now.help));
  }

  function listen() {
    var events = new EventSource("/_docwright/events");
    events.onopen = function () {
      if (!connected) {
        connected = true;
        refresh([]);
      }
    };
    events.onerror = function () {
      connected = false;
      panel();
    };
    events.onmessage = function (message) {
      var news = JSON.parse(message.data);
      var here = decodeURIComponent(location.pathname.slice(1)).replace(/(^|\/)$/, "$1index.html");
      if (news.moved[here]) location.replace("/" + news.moved[here].split("/").map(encodeURIComponent).join("/"));
      else refresh(news.paths);
    };
  }

  panel();
  listen();
})();
