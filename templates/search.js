/* Search: loaded when it is first opened. The index lies in small scripts beside it, which call `docwrightSearch`;
   src/render/search says how they are written. Nothing that a reader types leaves the browser. */
(function () {
  "use strict";
  /* All words that readers see. */
  var texts = window.docwrightTexts;
  var SAY = {
    label: texts["search-site"],
    hint: texts["search-hint"],
    close: texts.close,
    kinds: [texts.runbooks, texts.api, texts.alerts, texts.guides],
    all: texts.all,
    filter: texts.kinds,
    recent: texts.searched,
    forget: texts.forget,
    none: texts.nothing,
    broken: texts.broken,
    index: texts["all-pages"],
    count: texts.results,
    one: texts["one-result"],
    keys: [["↑ ↓", texts.move], ["Enter", texts.open], ["Esc", texts.close.toLowerCase()]]
  };
  var FIRST = 2, SHOWN = 24, A_PAGE = 5, RECENT = 6, STORE = "docwright-searches";
  var ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  var VALUE = {};
  ALPHABET.split("").forEach(function (c, at) { VALUE[c] = at; });

  var button = document.querySelector("button.find");
  var at = { index: button.dataset.index, root: button.dataset.root, all: button.dataset.all };
  var folder = at.index.replace(/index\.js$/, "");
  var files = {}, waiting = {};
  var manifest = null, chosen = -1, turn = 0, active = -1, options = [];
  var dialog, input, list, status, bar, note;

  /* Files */

  function load(kind, number) {
    var name = kind === "index" ? at.index : folder + kind + number + ".js?v=" + manifest.version;
    var key = kind + number;
    if (!files[key]) {
      files[key] = new Promise(function (resolve, reject) {
        waiting[key] = resolve;
        var script = document.createElement("script");
        script.src = name;
        script.onerror = function () { delete files[key]; reject(new Error(name)); };
        script.onload = function () { script.remove(); };
        document.head.appendChild(script);
      });
    }
    return files[key];
  }

  function lines(text, take) {
    text.split("\n").forEach(function (line) { if (line) take(line); });
  }

  function received(kind, number, data) {
    var key = kind + number;
    if (kind === "t") {
      var lists = new Map();
      lines(data, function (line) {
        var space = line.indexOf(" ");
        lists.set(line.slice(0, space), line.slice(space + 1));
      });
      data = lists;
    }
    if (kind === "w") {
      var words = [];
      lines(data, function (line) { words.push(line); });
      data = words;
    }
    if (waiting[key]) waiting[key](data);
  }

  /* The part whose words begin with or before this one: parts are named by the first of theirs. */
  function part(names, word) {
    var low = 0, high = names.length - 1;
    while (low < high) {
      var middle = (low + high + 1) >> 1;
      if (names[middle] <= word) low = middle; else high = middle - 1;
    }
    return low;
  }

  function parts(names, prefix) {
    var found = [];
    for (var it = part(names, prefix); it <= part(names, prefix + "\uffff"); it++) {
      if (names[it] !== "\uffff") found.push(it);
    }
    return found;
  }

  /* Words: the same as in src/render/search/words.rs. */

  var PAIRED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3134f}]/u;
  var LETTER = /[\p{Alphabetic}\p{N}]/u;
  var MARK = /[\u0300-\u036f]/g;
  var SPECIAL = { "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ĳ": "ij", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "n", "ŧ": "t", "ĸ": "k", "ς": "σ", "ŉ": "n", "ŀ": "l", "ſ": "s", "ẚ": "a" };

  function fold(text) {
    return text.replace(/[^\x00-\x7f]|[A-Z]/gu, function (c) {
      c = c.toLowerCase().replace(MARK, "");
      if (SPECIAL[c]) return SPECIAL[c];
      if (/[\u00c0-\u017f\u1e00-\u1eff]/.test(c)) {
        var base = c.normalize("NFD").charAt(0);
        if (/[a-z]/.test(base)) return base;
      }
      return c;
    });
  }

  /* What was typed as words that must be there, and compounds that count extra. */
  function queryWords(text) {
    var must = [], extra = [];
    function add(to, word) { if (word && word.length <= 40 && to.indexOf(word) < 0) to.push(word); }
    var runs = text.normalize("NFC").split(/([^\p{Alphabetic}\p{N}\u0300-\u036f_.\/-]+)/u);
    runs.forEach(function (run) {
      var letters = Array.from(run);
      var plain = "", pair = "";
      function endPlain() {
        if (!plain) return;
        var segments = plain.split(/[_.\/-]+/).filter(Boolean);
        segments.forEach(function (segment) {
          var camel = segment.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2").replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2").split(" ");
          camel.forEach(function (it) { add(must, fold(it)); });
          if (camel.length > 1) add(extra, fold(segment));
        });
        if (segments.length > 1) add(extra, fold(segments.join("")));
        plain = "";
      }
      function endPair() {
        var all = Array.from(pair);
        if (all.length === 1) add(must, pair);
        for (var i = 1; i < all.length; i++) add(must, all[i - 1] + all[i]);
        pair = "";
      }
      letters.forEach(function (c) {
        if (PAIRED.test(c) && LETTER.test(c)) { endPlain(); pair += c; } else { endPair(); plain += c; }
      });
      endPlain();
      endPair();
    });
    return { must: must.slice(0, 8), extra: extra.slice(0, 4) };
  }

  /* The least edits from a word to another, or to the beginning of another. */
  function edits(word, other, asPrefix, most) {
    if (!asPrefix && Math.abs(word.length - other.length) > most) return most + 1;
    var before = null, last = [], length = Math.min(other.length, word.length + most);
    for (var j = 0; j <= length; j++) last.push(j);
    for (var i = 1; i <= word.length; i++) {
      var row = [i], best = i;
      for (j = 1; j <= length; j++) {
        var same = word[i - 1] === other[j - 1];
        var value = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1]) value = Math.min(value, before[j - 2] + 1);
        row.push(value);
        best = Math.min(best, value);
      }
      if (best > most) return most + 1;
      before = last;
      last = row;
    }
    if (!asPrefix) return other.length > length ? most + 1 : last[length];
    return Math.min.apply(null, last.slice(Math.max(0, word.length - most)));
  }

  /* Ranking */

  function read(postings, quality, into) {
    var place = 0;
    function number() {
      var value = 0, unit = 1, digit;
      do {
        digit = VALUE[postings[place++]];
        value += (digit & 31) * unit;
        unit *= 32;
      } while (digit >= 32);
      return value;
    }
    var total = manifest.kinds[manifest.kinds.length - 1];
    var count = number();
    var rarity = Math.log(1 + (total - count + 0.5) / (count + 0.5)) * quality;
    for (var section = 0; place < postings.length;) {
      section += number();
      var score = VALUE[postings[place++]] * rarity;
      if (!(into.get(section) >= score)) into.set(section, score);
    }
  }

  /* Section → score for a word as it stands, and as the beginning of others. */
  function exact(word) {
    var spread = parts(manifest.shards, word);
    var home = part(manifest.shards, word);
    var wide = spread.length > 2;
    var wanted = wide ? [part(manifest.shards, word + "*"), home] : spread.concat(home);
    return Promise.all(wanted.map(function (it) { return load("t", it); })).then(function (shards) {
      var found = new Map();
      shards.forEach(function (lists) {
        if (lists.has(word)) read(lists.get(word), 1, found);
        if (lists.has(word + "*")) return read(lists.get(word + "*"), 0.6, found);
        lists.forEach(function (postings, term) {
          if (term.length > word.length && term.startsWith(word) && !term.endsWith("*")) {
            read(postings, 0.5 + 0.4 * word.length / term.length, found);
          }
        });
      });
      return found;
    });
  }

  /* The nearest words where there is none. */
  function near(word) {
    var most = word.length > 7 ? 2 : word.length > 3 ? 1 : 0;
    if (!most) return Promise.resolve([]);
    function look(letter) {
      return Promise.all(parts(manifest.words, letter).slice(0, 3).map(function (it) { return load("w", it); })).then(function (all) {
        var found = [];
        all.forEach(function (words) {
          words.forEach(function (other) {
            var whole = edits(word, other, false, most);
            var far = whole <= most ? whole : edits(word, other, true, 1) + 0.5;
            if (far <= most) found.push({ word: other, far: far });
          });
        });
        return found.sort(function (a, b) { return a.far - b.far || a.word.length - b.word.length || (a.word < b.word ? -1 : 1); });
      });
    }
    return look(word[0]).then(function (found) {
      return found.length || word[1] === word[0] ? found : look(word[1]);
    }).then(function (found) {
      return found.filter(function (it) { return it.far === found[0].far; }).slice(0, 2);
    });
  }

  function scores(word, marks) {
    marks.push(word);
    return exact(word).then(function (found) {
      if (found.size) return found;
      return near(word).then(function (words) {
        return Promise.all(words.map(function (it) {
          marks.push(it.word);
          return exact(it.word).then(function (sections) { return { sections: sections, quality: 0.7 / it.far }; });
        }));
      }).then(function (all) {
        all.forEach(function (it) {
          it.sections.forEach(function (score, section) {
            score *= it.quality;
            if (!(found.get(section) >= score)) found.set(section, score);
          });
        });
        return found;
      });
    });
  }

  function find(text) {
    var words = queryWords(text), marks = [];
    var all = words.must.map(function (it) { return scores(it, marks); });
    var extra = words.extra.map(function (it) { marks.push(it); return exact(it); });
    return Promise.all([Promise.all(all), Promise.all(extra)]).then(function (both) {
      var sums = new Map();
      both[0].forEach(function (sections) {
        sections.forEach(function (score, section) {
          var sum = sums.get(section) || { section: section, score: 0, words: 0 };
          sum.score += score;
          sum.words++;
          sums.set(section, sum);
        });
      });
      both[1].forEach(function (sections) {
        sections.forEach(function (score, section) {
          var sum = sums.get(section);
          if (sum) sum.score += score;
          else sums.set(section, { section: section, score: score, words: words.must.length });
        });
      });
      var kinds = manifest.kinds;
      var found = Array.from(sums.values()).filter(function (it) {
        return chosen < 0 || (it.section >= kinds[chosen] && it.section < kinds[chosen + 1]);
      });
      found.sort(function (a, b) { return b.words - a.words || b.score - a.score || a.section - b.section; });
      /* Sections with fewer of the words only where none has all of them. */
      if (found.length) found = found.filter(function (it) { return it.words === found[0].words; });
      return { found: found, marks: marks };
    });
  }

  /* What is seen */

  function element(name, attributes, children) {
    var it = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { it.setAttribute(key, attributes[key]); });
    [].concat(children || []).forEach(function (child) { it.append(child); });
    return it;
  }

  /* A text with what was looked for in `mark`. */
  function marked(text, marks) {
    var it = document.createDocumentFragment(), end = 0;
    text.replace(/[\p{Alphabetic}\p{N}\u0300-\u036f]+/gu, function (run, from) {
      var paired = PAIRED.test(run);
      /* Parts of camelCase are marked as a whole. */
      var folded = fold(run), pieces = queryWords(run).must;
      var hit = paired ? marks.some(function (mark) { return run.indexOf(mark) >= 0; }) : marks.some(function (mark) {
        return folded.startsWith(mark) || pieces.some(function (piece) { return piece.startsWith(mark); });
      });
      if (!hit) return run;
      it.append(text.slice(end, from), element("mark", {}, run));
      end = from + run.length;
      return run;
    });
    it.append(text.slice(end));
    return it;
  }

  /* The words around the first match. */
  function excerpt(text, marks) {
    var first = -1;
    text.replace(/[\p{Alphabetic}\p{N}]+/gu, function (run, from) {
      var folded = fold(run);
      if (first < 0 && marks.some(function (mark) { return folded.startsWith(mark) || (PAIRED.test(run) && run.indexOf(mark) >= 0); })) first = from;
      return run;
    });
    if (first < 100) return text.length > 180 ? text.slice(0, 170).replace(/\s\S*$/, "") + "…" : text;
    var from = text.lastIndexOf(" ", first - 60) + 1;
    var rest = text.slice(from, from + 170);
    return "…" + (from + 170 < text.length ? rest.replace(/\s\S*$/, "") + "…" : rest);
  }

  function kindOf(section) {
    for (var it = 0; section >= manifest.kinds[it + 1]; it++);
    return it;
  }

  function option(attributes, children) {
    attributes.role = "option";
    attributes.id = "dw-option-" + options.length;
    attributes["aria-selected"] = "false";
    attributes.tabindex = "-1";
    var it = element("a", attributes, children);
    var number = options.length;
    it.addEventListener("mousemove", function () { if (active !== number) move(number, false); });
    options.push(it);
    return it;
  }

  function clear() {
    list.replaceChildren();
    note.replaceChildren();
    options = [];
    move(-1);
  }

  function move(to, scroll) {
    if (options[active]) options[active].setAttribute("aria-selected", "false");
    active = to;
    input.setAttribute("aria-expanded", String(options.length > 0));
    if (!options[to]) return input.removeAttribute("aria-activedescendant");
    options[to].setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", options[to].id);
    if (scroll !== false) options[to].scrollIntoView({ block: "nearest" });
  }

  /* So many of the results, each of whose text may lie in a file of its own. */
  function show(result, text, many) {
    var top = result.found.slice(0, many);
    var now = turn;
    var groups = {};
    top.forEach(function (it) { groups[Math.floor(it.section / manifest.group)] = true; });
    var loads = Object.keys(groups).map(function (it) { return load("d", Number(it)).then(function (data) { groups[it] = data; }); });
    return Promise.all(loads).then(function () {
      if (now !== turn) return;
      var pages = new Map();
      top.forEach(function (it) {
        var data = groups[Math.floor(it.section / manifest.group)];
        var section = data && data.sections[it.section % manifest.group];
        if (!section) return;
        var page = data.pages[section[0]];
        var key = page.join("\n");
        if (!pages.has(key)) pages.set(key, { title: page[0], path: page[1], kind: kindOf(it.section), sections: [] });
        if (pages.get(key).sections.length < A_PAGE) pages.get(key).sections.push(section);
      });
      var kept = options[active] && active > 0 && many > FIRST ? options[active].href : "";
      clear();
      var number = 0;
      pages.forEach(function (page) {
        var id = "dw-group-" + number++;
        var title = element("div", { class: "group-title", id: id }, [
          element("span", {}, marked(page.title, result.marks)), element("span", { class: "badge plain" }, SAY.kinds[page.kind])
        ]);
        var group = element("div", { role: "group", "aria-labelledby": id }, title);
        page.sections.forEach(function (section) {
          var parts = [element("span", { class: "hit" }, marked(section[1] || page.title, result.marks))];
          if (section[3]) parts.push(element("span", { class: "hit-note" }, marked(section[3], result.marks)));
          if (section[4]) parts.push(element("span", { class: "hit-text" }, marked(excerpt(section[4], result.marks), result.marks)));
          var link = option({ href: at.root + page.path + (section[2] ? "#" + section[2] : "") }, parts);
          link.addEventListener("click", function () { remember(text); });
          group.append(link);
        });
        list.append(group);
      });
      status.textContent = result.found.length === 1 ? SAY.one : SAY.count.replace("{}", result.found.length);
      move(Math.max(0, options.findIndex(function (it) { return it.href === kept; })));
    });
  }

  function nothing(say) {
    clear();
    status.textContent = say;
    note.append(element("p", {}, [say, " ", element("a", { href: at.all }, SAY.index)]));
  }

  function update() {
    var text = input.value.trim();
    var now = ++turn;
    if (!text) return recent();
    load("index", 0).then(function (data) {
      manifest = data;
      filters();
      return find(text);
    }).then(function (result) {
      if (now !== turn) return;
      if (!result.found.length) return nothing(SAY.none.replace("{}", text));
      return show(result, text, FIRST).then(function () {
        if (now === turn && result.found.length > FIRST) return show(result, text, SHOWN);
      });
    }).catch(function () {
      if (now === turn) nothing(SAY.broken);
    });
  }

  function filters() {
    if (bar.children.length) return;
    var present = [-1, 0, 1, 2, 3].filter(function (it) { return it < 0 || manifest.kinds[it] < manifest.kinds[it + 1]; });
    if (present.length < 3) return;
    present.forEach(function (kind) {
      var it = element("button", { type: "button", "aria-pressed": String(kind === chosen) }, kind < 0 ? SAY.all : SAY.kinds[kind]);
      it.addEventListener("click", function () {
        chosen = kind;
        Array.from(bar.children).forEach(function (other) { other.setAttribute("aria-pressed", String(other === it)); });
        update();
      });
      bar.append(it);
    });
  }

  /* Queries of before: they stay in this browser. */

  function remembered() {
    try {
      var stored = JSON.parse(localStorage.getItem(STORE));
      return Array.isArray(stored) ? stored.filter(function (it) { return typeof it === "string"; }).slice(0, RECENT) : [];
    } catch (e) {
      return [];
    }
  }

  function remember(text) {
    try {
      var others = remembered().filter(function (it) { return it !== text; });
      localStorage.setItem(STORE, JSON.stringify([text].concat(others).slice(0, RECENT)));
    } catch (e) {
      /* Storage is closed. */
    }
  }

  function recent() {
    clear();
    status.textContent = "";
    var queries = remembered();
    if (!queries.length) return;
    var group = element("div", { role: "group", "aria-labelledby": "dw-recent" }, element("div", { class: "group-title", id: "dw-recent" }, SAY.recent));
    queries.forEach(function (query) {
      var it = option({ href: "#" }, element("span", { class: "hit" }, query));
      it.addEventListener("click", function (event) {
        event.preventDefault();
        input.value = query;
        input.focus();
        update();
      });
      group.append(it);
    });
    list.append(group);
    input.setAttribute("aria-expanded", "true");
    var forget = element("button", { type: "button", class: "forget" }, SAY.forget);
    forget.addEventListener("click", function () {
      try { localStorage.removeItem(STORE); } catch (e) { /* Storage is closed. */ }
      input.focus();
      recent();
    });
    note.append(forget);
  }

  function build() {
    input = element("input", {
      type: "search", role: "combobox", "aria-expanded": "false", "aria-controls": "dw-results", "aria-autocomplete": "list",
      "aria-label": SAY.label, placeholder: SAY.hint, autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go"
    });
    list = element("div", { id: "dw-results", role: "listbox", "aria-label": SAY.label });
    status = element("p", { role: "status" });
    note = element("div", { class: "note" });
    bar = element("div", { class: "kinds", role: "group", "aria-label": SAY.filter });
    var close = element("button", { type: "button", class: "icon", "aria-label": SAY.close }, element("span", { class: "i i-close" }));
    var keys = element("p", { class: "keys", "aria-hidden": "true" }, SAY.keys.map(function (it) {
      return element("span", {}, [element("kbd", {}, it[0]), " " + it[1]]);
    }));
    dialog = element("dialog", { class: "palette", "aria-label": SAY.label }, [
      element("div", { class: "ask" }, [element("span", { class: "i i-find", "aria-hidden": "true" }), input, close]),
      bar, element("div", { class: "results" }, [list, note]), element("div", { class: "palette-foot" }, [status, keys])
    ]);
    close.addEventListener("click", function () { dialog.close(); });
    dialog.addEventListener("click", function (event) { if (event.target === dialog) dialog.close(); });
    /* A result on the same page leaves the dialog in the way. */
    list.addEventListener("click", function (event) {
      var link = event.target.closest("a");
      if (link && !event.defaultPrevented && link.pathname === location.pathname && !event.ctrlKey && !event.metaKey) dialog.close();
    });
    input.addEventListener("input", update);
    input.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      var last = options.length - 1;
      if (event.key === "ArrowDown") move(active < last ? active + 1 : 0);
      else if (event.key === "ArrowUp") move(active > 0 ? active - 1 : last);
      else if (event.key === "Enter") { if (options[active]) options[active].click(); }
      /* The first Escape would only empty the field. */
      else if (event.key === "Escape") dialog.close();
      else return;
      event.preventDefault();
    });
    document.body.append(dialog);
  }

  function open() {
    if (!dialog) build();
    if (dialog.open) return input.select();
    dialog.showModal();
    input.focus();
    input.select();
    update();
    /* What the first query needs in any case. */
    load("index", 0).then(function (data) { manifest = data; filters(); }, function () {});
  }

  window.docwrightSearch = function (kind, number, data) {
    if (kind === "open") open(); else received(kind, number, data);
  };
})();
