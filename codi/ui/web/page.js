// Draws the parts of the page. Values are facts, words come from CODI_WORDS, and everything is written
// with textContent: nothing that a visitor or the model wrote is ever parsed as HTML.
"use strict";
window.codi = (() => {
  const LANGS = Object.keys(window.CODI_WORDS);
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

  // An element: h("p", {class: "x", onclick: f}, "text", child, null)
  function h(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (name === "style") for (const [k, v] of Object.entries(value)) node.style.setProperty(k, v);
      else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
    return node;
  }

  const number = (value, digits = 2) =>
    value.toLocaleString(lang, { maximumFractionDigits: digits, minimumFractionDigits: 0 });
  const fixed = (value, digits) =>
    value.toLocaleString(lang, { maximumFractionDigits: digits, minimumFractionDigits: digits });
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
    trigger("language", { lang });
  }

  function announce(text) {
    let live = document.getElementById("codi-live");
    if (!live) {
      live = h("div", { id: "codi-live", class: "codi-unseen", role: "status", "aria-live": "polite" });
      document.body.append(live);
    }
    if (live.textContent !== text) live.textContent = text;
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
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) press("codi-start");
    if (event.key === "Escape") press("codi-stop");
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
      const length = text.trim().replace(/\s+/g, " ").length;
      counter.textContent = say("counter", { count: length, limit: 400 });
      counter.classList.toggle("over", length > 400);
      const example = examples.find((e) => e.question === text);
      gloss.textContent = lang === "zh" && example ? example.gloss : "";
      for (const chip of root.querySelectorAll(".codi-chip"))
        chip.setAttribute("aria-pressed", String(chip.dataset.id === example?.id));
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
      const settle = () => {
        const box = area();
        if (!box?.value) return setTimeout(settle, 100);
        box.lang = "en";
        box.spellcheck = false;
        part.update();
      };
      settle();
    }
    update();
  };

  parts.notice = (root, notice) => {
    root.replaceChildren();
    if (!notice?.key) return;
    root.append(h("div", { class: "codi-notice", role: "alert" },
      h("p", {}, say(notice)), notice.more ? h("p", { class: "codi-small" }, say(notice.more)) : null));
  };

  parts.race = (root, race, part) => {
    root.replaceChildren();
    if (!race?.stage) return root.append(h("p", { class: "codi-status" }, say("status_empty")));
    const longest = Math.max(race.aloud.seconds || 0, race.silent.seconds || 0, 1e-6);
    const verdict = race.verdict.map((line) => say(line));
    root.append(
      h("p", { class: `codi-status ${race.stage}` }, say(race.status)),
      h("div", { class: "codi-lanes", role: "group", "aria-label": say("lanes") },
        lane("aloud", race.aloud, longest, say("aloud_what")),
        lane("silent", race.silent, longest, say("silent_what", { count: race.num_latents }))),
      h("p", { class: "codi-verdict" }, verdict.map((line) => h("span", {}, line + " "))),
      race.machine && verdict.length ? h("p", { class: "codi-small" }, say({ key: race.machine.key,
        values: { ...race.machine.values, when: say(race.live ? "when_live" : "when_start") } })) : null);
    const news = race.stage === "done" && race.live ? verdict.join(" ") : say(race.status);
    if (part.stage !== race.stage && race.live) announce(news);
    part.stage = race.stage;
  };

  function lane(name, value, longest, what) {
    const known = value.seconds !== undefined;
    const running = value.state === "running";
    const mark = value.right === true || value.right === false
      ? h("span", { class: value.right ? "codi-right" : "codi-wrong" },
          (value.right ? "✓ " : "✗ ") + say(value.right ? "right" : "wrong")) : null;
    return h("section", { class: `codi-lane ${name} ${value.state}`, "aria-label": say(name) },
      h("div", { class: "codi-lane-head" },
        h("h2", {}, h("i", { class: "codi-shape", "aria-hidden": "true" }), say(name)),
        h("span", { class: "codi-what" }, what)),
      h("div", { class: "codi-result" },
        h("span", { class: value.answer ? "codi-answer" : "codi-answer none" },
          value.answer ?? (running ? "…" : known ? "–" : "")),
        mark,
        h("span", { class: "codi-clock" }, known ? say("seconds", { value: seconds(value.seconds) })
          : say(running ? "seconds" : "waiting", { value: "0" }))),
      known ? bar(name, value, longest) : h("div", { class: "codi-bar" }),
      value.state === "cut" ? h("p", { class: "codi-small" }, say("cut_off")) : null,
      name === "aloud" ? steps(value) : dots(value));
  }

  function bar(name, value, longest) {
    const middle = say(name === "aloud" ? "phase_writing" : "phase_thinking");
    const parts = [["reading", say("phase_reading")], ["thinking", middle], ["answering", say("phase_answering")]];
    const alt = say("phases_alt", { middle, ...Object.fromEntries(
      Object.entries(value.phases).map(([k, v]) => [k, seconds(v)])) });
    return h("div", {},
      h("div", { class: "codi-bar", role: "img", "aria-label": alt }, parts.map(([phase]) =>
        h("i", { class: phase, style: { width: `${(100 * value.phases[phase]) / longest}%` } }))),
      h("div", { class: "codi-legend-row" },
        h("ul", { class: "codi-legend", "aria-hidden": "true" }, parts.map(([phase, label]) =>
          h("li", {}, h("i", { class: phase }), `${label} `, h("b", {}, seconds(value.phases[phase]))))),
        h("span", { class: "codi-small" }, say("passes", { count: value.passes }))));
  }

  const steps = (value) => h("ol", { class: "codi-steps", lang: "en" },
    (value.steps ?? []).map((step) => h("li", {}, step)));

  const dots = (value) => h("ol", { class: "codi-dots" }, (value.thoughts ?? []).map((thought) =>
    h("li", {}, h("i", { "aria-hidden": "true" }), h("b", {}, thought.label),
      h("span", { lang: "en" }, thought.text ?? "·"))));

  parts.thoughts = (root, value) => {
    const cards = value?.cards ?? [];
    root.replaceChildren(
      h("h2", { class: "codi-h2" }, say("thoughts_head")),
      h("p", { class: "codi-lead" }, say(cards.length ? "thoughts_lead" : "thoughts_none")),
      h("ul", { class: "codi-cards" }, cards.map(card)));
  };

  function card(value) {
    return h("li", { class: value.readable ? "codi-card" : "codi-card dim" },
      h("h3", {}, value.label, value.n ? h("small", {}, say("thought_n", { n: value.n })) : null),
      h("ol", { class: "codi-top" }, value.top.map((c) => h("li", { class: c.step ? "match" : "" },
        h("i", { class: `codi-class ${c.class}`, role: "img", "aria-label": say(`class_${c.class}`),
          title: say(`class_${c.class}`) }),
        h("b", { lang: "en" }, c.text),
        h("span", {}, say("probability", { value: number(100 * c.probability, c.probability < 0.01 ? 1 : 0) })),
        h("u", { "aria-hidden": "true", style: { width: `${100 * c.probability}%` } }),
        c.step ? h("em", {}, say("equals_step", { step: `${c.step}=${c.text}` })) : null))),
      value.readable ? null : h("p", { class: "codi-small" }, say("unreadable")),
      value.looked_at.length ? h("p", { class: "codi-small" }, say("looked_at") + ": ",
        h("span", { lang: "en" }, value.looked_at.join(", "))) : null);
  }

  parts.about = (root, facts) => {
    const values = facts ?? { model: "–", objective: "–", count: 6, layers: "–", heads: "–" };
    const keys = ["about_1", "about_2", "about_3", "about_4", ...(facts ? ["about_5"] : []), "about_6"];
    root.replaceChildren(h("div", { class: "codi-about" }, keys.map((key) => h("p", {}, say(key, values))),
      facts ? h("p", {}, say(facts.whole_numbers ? "numbers_whole" : "numbers_split")) : null));
  };

  return { parts, mount, h, say, number, fixed };
})();
