// Draws the parts of the page. Values are facts, words come from CODI_WORDS, and everything is written
// with textContent: nothing that a visitor or the model wrote is ever parsed as HTML.
"use strict";
window.codi = (() => {
  const LANGS = Object.keys(window.CODI_WORDS);
  const limit = window.CODI_CHOICES.characters;
  const mounted = [];
  const parts = {};
  let lang = firstLang();

  function stored(value) {
    try {
      if (value) localStorage.setItem("codi-lang", value);
      return localStorage.getItem("codi-lang");
    } catch { return null; } // private mode
  }
  function firstLang() {
    const asked = new URLSearchParams(location.search).get("lang");
    const wish = asked || stored() || navigator.language || "en";
    return LANGS.find((l) => wish.toLowerCase().startsWith(l)) || "en";
  }

  // An element: h("p", {class: "x", onclick: f}, "text", child, null); svg for drawings
  const h = (tag, ...rest) => filled(document.createElement(tag), ...rest);
  const svg = (tag, ...rest) => filled(document.createElementNS("http://www.w3.org/2000/svg", tag), ...rest);
  function filled(node, attributes = {}, ...children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (name === "style") for (const [k, v] of Object.entries(value)) node.style.setProperty(k, v);
      else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
    return node;
  }

  const number = (value, digits = 2, signDisplay = "negative") => // "negative": no sign on -0
    value.toLocaleString(lang, { maximumFractionDigits: digits, signDisplay });
  const fixed = (value, digits) =>
    value.toLocaleString(lang, { maximumFractionDigits: digits, minimumFractionDigits: digits });
  const percent = (value) => say("probability", { value: number(100 * value, value < 0.01 ? 1 : 0) });
  const seconds = (value) => fixed(value, value < 0.1 ? 3 : 2);

  // The words of a key, or of a message {key, values}; values may be messages themselves.
  function say(message, values = {}) {
    if (typeof message === "object") [message, values] = [message.key, message.values];
    const text = window.CODI_WORDS[lang][message] ?? message;
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name];
      if (value === undefined) return whole;
      if (typeof value === "number") return number(value);
      return typeof value === "object" ? say(value) : value;
    });
  }

  function mount(name, element, props, watch, trigger) {
    const root = element.firstElementChild || element.appendChild(document.createElement("div"));
    const part = { name, root, props, trigger, draw: () => parts[name](root, props.value, part) };
    for (let i = mounted.length; i--;) if (!mounted[i].root.isConnected) mounted.splice(i, 1);
    mounted.push(part);
    watch("value", part.draw);
    part.draw();
  }

  function setLang(next, trigger) {
    lang = next;
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    document.title = say("title");
    for (const part of mounted) part.draw();
    translate(next, trigger);
  }

  // The labels outside of our parts come from the server. An update that meets a part still loading can be
  // lost, so they are asked for again until they are there.
  function translate(wanted, trigger, tries = 5) {
    if (wanted !== lang) return;
    trigger("language", { lang });
    setTimeout(() => {
      const page = document.body.innerText;
      const there = ["question_label", "stop", "tab_thoughts", "tab_votes", "about"].every((key) => page.includes(say(key)));
      if (!there && tries > 1) translate(wanted, trigger, tries - 1);
    }, 2000);
  }

  function announce(text) {
    let live = document.getElementById("codi-live");
    if (!live) {
      live = h("div", { id: "codi-live", class: "codi-unseen", role: "status", "aria-live": "polite" });
      document.body.append(live);
    }
    if (live.textContent !== text) live.textContent = text;
  }

  // The race on screen: what the experiments are about. Parts with a form are drawn again with it.
  const shown = { question: "", model: "", count: 0, answer: null };
  function show(race) {
    const { question, model, num_latents: count, silent } = race;
    const asked = shown.question !== question || shown.model !== model;
    Object.assign(shown, { question, model, count, answer: silent.answer ?? null });
    if (asked) for (const part of mounted) if (part.form) part.draw();
    compare();
  }

  // Whether the answers on screen are those of the question in the box.
  const typed = () => (area()?.value ?? "").trim().replace(/\s+/g, " ");
  const compare = () => document.getElementById("codi-race")?.classList.toggle("edited", shown.question !== typed());

  // A run begins in sight of its lanes, and the page below keeps its height until it has ended.
  const tabs = () => document.getElementById("codi-tabs");
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("#codi-start")) return;
    tabs().style.minHeight = `${tabs().offsetHeight}px`;
    document.getElementById("codi-race").scrollIntoView({ block: "nearest" });
  });
  const settle = () => { tabs()?.style.removeProperty("min-height"); };

  // What a form asks is about the race on screen, and about the model that ran it.
  const ask = (part, wish = {}) => part.trigger(part.name, { question: shown.question, model: shown.model, ...wish });

  // One sentence on how a view is computed, one on what it does not prove.
  const method = (name, values = {}) => h("dl", { class: "codi-method" },
    ["how", "not"].map((kind) => h("div", {},
      h("dt", {}, say(`method_${kind}`)), h("dd", {}, say(`${name}_${kind}`, values)))));

  // A table that scrolls in its own box, under its caption.
  const scrolled = (caption, name, ...rows) => [h("p", { class: "codi-small" }, caption),
    h("div", { class: "codi-scroll", tabindex: "0", role: "region", "aria-label": caption },
      h("table", { class: name, "aria-label": caption }, ...rows))];

  // One stop of the Tab key for many nodes; arrows, Home and End move inside.
  function roving(nodes, columns = nodes.length) {
    nodes.forEach((node, i) => {
      node.tabIndex = i ? -1 : 0;
      node.addEventListener("keydown", (event) => {
        const to = { ArrowLeft: i - 1, ArrowRight: i + 1, ArrowUp: i - columns, ArrowDown: i + columns,
          Home: 0, End: nodes.length - 1 }[event.key];
        if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        nodes[to]?.focus();
      });
      node.addEventListener("focus", () => nodes.forEach((other) => { other.tabIndex = other === node ? 0 : -1; }));
    });
  }

  const area = () => document.querySelector("#codi-question textarea");
  function setQuestion(text) {
    const box = area();
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  }

  document.addEventListener("keydown", (event) => {
    const press = (id) => { event.preventDefault(); document.getElementById(id)?.click(); };
    if (event.key === "Enter" && !event.target.closest?.(".codi-form") && (event.ctrlKey || event.metaKey)) press("codi-start");
    if (event.key === "Escape" && !mounted.some((part) => part.free?.())) press("codi-stop");
  });

  // ---- parts -------------------------------------------------------------------------------------

  parts.header = (root, _, part) => {
    const button = (value, label) => h("button", {
      type: "button", lang: value, "aria-pressed": String(lang === value),
      onclick: () => { stored(value); setLang(value, part.trigger); },
    }, label);
    root.replaceChildren(h("header", { class: "codi-header" },
      h("div", {}, h("h1", {}, say("title")), h("p", {}, say("subtitle"))),
      h("div", { class: "codi-langs", role: "group", "aria-label": say("language") },
        button("en", "EN"), button("zh", "中文"))));
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    if (!part.begun) {
      part.begun = true;
      if (lang !== "en") setTimeout(() => setLang(lang, part.trigger));
    }
  };

  parts.examples = (root, examples, part) => {
    const counter = h("span", { class: "codi-counter" });
    const gloss = h("p", { class: "codi-gloss", lang: "zh-CN" });
    const update = () => {
      const text = area()?.value ?? "";
      const { length } = typed();
      counter.textContent = say("counter", { count: length, limit });
      counter.classList.toggle("over", length > limit);
      const example = examples.find((e) => e.question === text);
      gloss.textContent = lang === "zh" && example ? example.gloss : "";
      for (const chip of root.querySelectorAll(".codi-chip"))
        chip.setAttribute("aria-pressed", String(chip.dataset.id === example?.id));
      compare();
    };
    const chips = examples.map((e) => h("button", {
      type: "button", class: "codi-chip", "data-id": e.id, title: lang === "zh" ? e.gloss : e.question,
      onclick: () => setQuestion(e.question),
    }, e.label[lang]));
    root.replaceChildren(
      h("div", { class: "codi-bar-row" },
        h("div", { class: "codi-chips", role: "group", "aria-label": say("examples") }, chips),
        h("div", { class: "codi-under" }, h("span", { class: "codi-keys" }, say("keys")), counter)),
      gloss);
    part.update = update;
    if (!part.listening) {
      part.listening = true;
      document.addEventListener("input", () => part.update());
      const ready = () => {
        const box = area();
        if (!box?.value) return setTimeout(ready, 100);
        box.lang = "en";
        box.spellcheck = false;
        part.update();
      };
      ready();
    }
    update();
  };

  const warning = (notice) => h("div", { class: "codi-notice", role: "alert" },
    h("p", {}, say(notice)), notice.more ? h("p", { class: "codi-small" }, say(notice.more)) : null);

  parts.notice = (root, notice) => {
    root.replaceChildren(...(notice?.key ? [warning(notice)] : []));
    if (!notice?.key) return;
    settle(); // no run began
    root.scrollIntoView({ block: "nearest" });
  };

  // How an experiment is getting on: a notice, or a line with a bar and a Stop button; null at its end.
  function progress(value) {
    if (value?.notice) return warning(value.notice);
    if (!value?.state || value.state === "done") return null;
    const busy = value.state === "queued" || value.state === "running";
    return h("div", { class: "codi-progress", role: "status" },
      h("span", {}, say(value.state === "running" ? "working" : value.state === "timeout" ? "too_slow"
        : `status_${value.state}`, { ahead: value.ahead })),
      busy && value.total ? h("progress", { max: value.total, value: value.done, "aria-label": say("working") }) : null,
      busy ? h("button", { type: "button", class: "codi-chip",
        onclick: () => document.getElementById("codi-stop").click() }, say("stop")) : null);
  }

  // Keeps what a part found last while a notice or a newer run is shown; forgets it with its question
  // and with its model.
  function latest(part, value) {
    if (value?.question) part.found = value;
    if (["question", "model"].some((name) => part.found?.[name] !== shown[name])) part.found = null;
    return value?.state === "running" && !value.question ? null : part.found;
  }

  parts.about = (root, facts) => {
    const values = facts ?? { model: "–", objective: "–", count: 6, layers: "–", heads: "–" };
    const keys = ["about_1", "about_2", "about_3", "about_4", ...(facts ? ["about_5"] : []),
      ...(facts?.supervised ? ["about_supervised"] : []), "about_6"];
    root.replaceChildren(h("div", { class: "codi-about" }, keys.map((key) => h("p", {}, say(key, values))),
      facts ? h("p", {}, say(facts.whole_numbers ? "numbers_whole" : "numbers_split")) : null));
  };

  return { parts, mount, h, svg, say, number, percent, fixed, seconds, announce, shown, show, method, roving,
    scrolled, progress, latest, ask, settle,
    get lang() { return lang; } };
})();
