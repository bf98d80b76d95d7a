// Touch a thought: pick, predict, see. And the table of all changes on all thoughts.
"use strict";
(() => {
  const { h, say, number, percent, shown } = codi;
  const { ops, strengths, donors, presets, characters } = window.CODI_CHOICES;
  const choice = { op: "zero", thought: 1, strength: {}, donor: "", preset: "", guess: "" };
  const tally = { right: 0, of: 0 };
  const WHOLE = /(?<![\w.,])\d+(?![\w%]|[.,:/]\d)/;

  // The same question with its first whole number one larger.
  const twin = (question) => question.replace(WHOLE, (digits) => String(Number(digits) + 1));
  const first = () => (choice.op === "stop" ? 0 : choice.op === "repeat" ? 2 : 1);
  const last = () => (choice.op === "stop" ? shown.count - 1 : shown.count);
  const strength = () => choice.strength[choice.op] ?? strengths[choice.op]?.[1] ?? 1;
  const opName = (op, value) => (strengths[op] ? `${say(`op_${op}`)} ${number(value)}` : say(`op_${op}`));

  codi.parts.experiment = (root, value, part) => {
    part.form = true;
    const key = [codi.lang, shown.model, shown.count, shown.question].join("|");
    if (part.key !== key || !root.firstChild) {
      if (part.question !== shown.question) [choice.donor, part.question] = ["", shown.question];
      part.key = key;
      part.results = h("div", { class: "codi-results" });
      root.replaceChildren(h("h2", { class: "codi-h2" }, say("experiment_head")),
        h("p", { class: "codi-lead" }, say("experiment_lead"), " ", h("q", { lang: "en" }, shown.question)));
      if (!shown.count) return root.append(h("p", { class: "codi-note" }, say("no_latents")));
      const form = h("div", { class: "codi-form" });
      root.append(form, part.results, codi.method("experiment"));
      build(form, part);
    }
    const found = codi.latest(part, value);
    const line = codi.progress(value);
    part.results?.replaceChildren(...(line ? [line] : []), ...(found ? outcome(found, part, value) : []));
    if (value?.state === "done" && part.told !== value) part.results.querySelector("h3")?.scrollIntoView({ block: "nearest" });
    part.told = value;
  };

  function build(form, part) {
    const again = () => build(form, part);
    const ask = (guess) => {
      choice.guess = guess;
      part.judged = false;
      codi.ask(part, { op: choice.op, thought: choice.thought, strength: strength(), donor: choice.donor });
    };
    choice.thought = Math.min(Math.max(choice.thought, first()), last());
    if (donors.includes(choice.op) && !choice.donor) choice.donor = twin(shown.question);
    const preset = presets.find(({ name }) => name === choice.preset);
    form.replaceChildren(h("div", {},
      h("div", { class: "codi-chips", role: "group", "aria-label": say("presets") }, presets.map((p) =>
        h("button", { type: "button", class: "codi-chip", "data-preset": p.name, "aria-pressed": String(p === preset),
          onclick: () => {
            Object.assign(choice, { preset: p.name, op: p.op, thought: p.thought, guess: "" });
            if (p.strength) choice.strength[p.op] = p.strength;
            again();
            form.querySelector(".codi-chip[aria-pressed=true]").focus();
          } }, say(`preset_${p.name}`)))),
      h("p", { class: "codi-story" }, say(preset ? `story_${preset.name}` : "story_none")),
      h("div", { class: "codi-choices" },
        h("label", { class: "codi-select" }, say("experiment_op"),
          h("select", { name: "op", onchange: (event) => {
            Object.assign(choice, { op: event.target.value, preset: "" });
            again();
            form.querySelector("select").focus();
          } }, ops.map((op) => h("option", { value: op, selected: op === choice.op }, say(`op_${op}`))))),
        strengths[choice.op] ? h("label", { class: "codi-select" }, say(`strength_${choice.op}`),
          h("select", { name: "strength",
            onchange: (event) => { choice.strength[choice.op] = Number(event.target.value); } },
          strengths[choice.op].map((s) => h("option", { value: s, selected: s === strength() }, number(s))))) : null),
      choice.op === "twin" ? null : thoughts(),
      donors.includes(choice.op) ? donor(again, form) : null,
      h("p", { class: "codi-small" }, say(`about_${choice.op}`)),
      h("div", { class: "codi-predict", role: "group", "aria-label": say("predict") },
        h("p", {}, say("predict")),
        ["changes", "stays", "show"].map((guess) => h("button", { type: "button", class: "codi-button",
          "data-guess": guess, onclick: () => ask(guess) }, say(`predict_${guess}`))))));
  }

  const thoughts = () => h("fieldset", { class: "codi-pick" },
    h("legend", {}, say(choice.op === "stop" ? "pick_stop" : "pick_thought")),
    h("div", { class: "codi-segments" }, [...Array(last() - first() + 1).keys()].map((i) => i + first()).map((k) =>
      h("label", {}, h("input", { type: "radio", name: "codi-thought", value: k, checked: k === choice.thought,
        onchange: () => { choice.thought = k; } }), h("span", {}, choice.op === "stop" ? String(k) : `z${k}`)))));

  function donor(again, form) {
    const box = h("textarea", { rows: 3, lang: "en", spellcheck: "false", maxlength: characters, "aria-describedby": "codi-donor-note",
      oninput: (event) => { choice.donor = event.target.value; } });
    box.value = choice.donor;
    return h("div", { class: "codi-donor" },
      h("label", {}, h("span", {}, say("donor_label")), box),
      h("p", { class: "codi-small", id: "codi-donor-note" }, say("donor_note")),
      h("button", { type: "button", class: "codi-chip",
        onclick: () => { choice.donor = twin(shown.question); again(); form.querySelector("textarea").focus(); } }, say("donor_twin")));
  }

  // ---- what it did -------------------------------------------------------------------------------

  function outcome(found, part, value) {
    const fresh = value === found && value.state === "done" && !part.judged;
    const changed = found.changed * 2 > found.of;
    if (fresh) {
      part.judged = true;
      part.guess = choice.guess;
      if (choice.guess !== "show") {
        tally.of += 1;
        tally.right += (choice.guess === "changes") === changed;
      }
    }
    const verdict = part.guess === "show" || !part.guess ? "" : say("judged", {
      guess: say(`predict_${part.guess}`), mark: say((part.guess === "changes") === changed ? "judged_right" : "judged_wrong"),
      right: tally.right, of: tally.of });
    const said = say(found.op === "twin" ? `twin_${found.rows[0].verdict}` : !found.changed ? "changed_no"
      : found.of > 1 ? "changed_some" : "changed_yes", { changed: found.changed, of: found.of,
      before: found.answer, after: found.outcomes?.[0].answer ?? found.rows[0].answer, donor: found.donor_answer });
    if (fresh) codi.announce(`${said} ${verdict}`);
    return [
      h("h3", { class: "codi-h3" }, found.op === "twin" || found.op === "stop"
        ? say(`did_${found.op}`, { count: found.thought ?? 0 })
        : say("did_edit", { what: opName(found.op, found.strength), label: `z${found.thought}` })),
      h("p", { class: "codi-said" }, h("b", {}, said), verdict ? ` ${verdict}` : null),
      ...(found.changed || found.op === "twin" ? [] : [h("p", { class: "codi-small codi-after" },
        say(mean(found) < found.probability / 2 ? "unsure_note" : "unchanged_note"))]),
      ...(found.op === "twin" ? [twins(found)] : [pair(found), later(found)]),
    ];
  }

  const box = (name, answer, ...more) => h("div", { class: `codi-box ${name}` }, h("p", { class: "codi-small" }, say(name)),
    h("p", { class: "codi-answer", lang: "en" }, answer), ...more);
  const mean = ({ outcomes }) => outcomes.reduce((sum, o) => sum + o.probability, 0) / outcomes.length;
  const chance = (answer, value, key = "own_probability") => h("p", { class: "codi-small" },
    say(key, { answer, value: percent(value) }),
    h("span", { class: "codi-meter", "aria-hidden": "true" }, h("i", { style: { width: `${100 * value}%` } })));

  function pair(found) {
    const { outcomes } = found;
    return h("div", { class: "codi-pair" },
      box("before", found.answer, chance(found.answer, found.probability)),
      h("span", { class: "codi-arrow", "aria-hidden": "true" }, "→"),
      box("after", outcomes.map((o) => o.answer).join(", "),
        chance(found.answer, mean(found), found.of > 1 ? "mean_probability" : "own_probability")),
      found.donor ? box("donor", found.donor_answer, h("p", { class: "codi-small", lang: "en" }, found.donor)) : null);
  }

  // The nearest word of every state, before and after; those from the change on could change.
  function later(found) {
    const { before, after } = found;
    const from = found.op === "stop" ? found.thought + 1 : found.thought;
    const name = (i) => (i ? `z${i}` : "bot");
    const row = (label, cells, other) => h("tr", {}, h("th", { scope: "row" }, label), before.map((_, i) => {
      const cell = cells[i];
      const moved = i >= from && cell && other[i] && cell[0] !== other[i][0];
      return h("td", { class: i < from ? "fixed" : moved ? "moved" : "" }, cell
        ? [h("b", { lang: "en" }, cell[0]), h("small", {}, percent(cell[1])),
          moved ? h("span", { class: "codi-unseen" }, say("moved")) : null] : say("not_thought"));
    }));
    return h("div", {},
      codi.scrolled(say("later_caption"), "codi-later",
        h("thead", {}, h("tr", {}, h("td", {}), before.map((_, i) => h("th", { scope: "col" }, name(i))))),
        h("tbody", {}, row(say("before"), before, after), row(say(found.of > 1 ? "after_first" : "after"), after, before))),
      h("p", { class: "codi-small" }, say("later_note")));
  }

  const twins = (found) => h("div", {},
    h("div", { class: "codi-pair" }, box("own", found.answer, h("p", { class: "codi-small", lang: "en" }, found.question)),
      box("donor", found.donor_answer, h("p", { class: "codi-small", lang: "en" }, found.donor))),
    codi.scrolled(say("twin_caption"), "codi-later",
      h("thead", {}, h("tr", {}, ["twin_moved", "twin_answer", "twin_whose"].map((key) => h("th", { scope: "col" }, say(key))))),
      h("tbody", {}, found.rows.map((row) => h("tr", {},
        h("th", { scope: "row" }, row.name === "all" ? say("twin_all") : row.thoughts.map((k) => `z${k}`).join(", ")),
        h("td", { lang: "en" }, row.answer),
        h("td", { class: row.verdict === "follows" ? "moved" : "" }, say(`verdict_${row.verdict}`)))))));

  // ---- which thoughts matter? --------------------------------------------------------------------

  codi.parts.effects = (root, value, part) => {
    part.form = true;
    const found = codi.latest(part, value);
    const line = codi.progress(value);
    const button = h("button", { type: "button", class: "codi-button", "data-run": "effects",
      onclick: () => codi.ask(part) }, say("effects_run"));
    root.replaceChildren(h("h2", { class: "codi-h2 codi-gap" }, say("effects_head")),
      h("p", { class: "codi-lead" }, say("effects_lead")));
    if (!shown.count) return;
    root.append(h("div", { class: "codi-choices" }, button), ...(line ? [line] : []),
      ...(found ? table(found) : []), codi.method("effects"));
    if (value?.state === "done" && part.told !== value) codi.announce(say("effects_done"));
    part.told = value;
  };

  function table(found) {
    const cell = (c, k, column) => {
      if (!c) return h("td", { class: "empty" }, column.op === "repeat" && k === 0 ? "–" : "");
      const kept = c.kept === c.of;
      const text = c.of > 1 ? say("effects_some", { kept: c.kept, of: c.of }) : say(kept ? "effects_kept" : "effects_lost");
      return h("td", { style: { "--shade": `${Math.round(40 * Math.min(1, Math.max(0, -c.change) / 5))}%` }, class: kept ? "" : "lost" },
        h("b", {}, `${kept ? "=" : "≠"} ${text}`),
        c.answers.length ? h("small", { lang: "en" }, `→ ${c.answers.join(", ")}`) : null,
        h("small", {}, say("effects_change", { value: number(c.change, 1, "exceptZero") })));
    };
    return codi.scrolled(say("effects_caption", { answer: found.answer, value: percent(found.probability) }),
      "codi-later effects",
      h("thead", {}, h("tr", {}, h("td", {}), found.columns.map((c) => h("th", { scope: "col" },
        c.op === "stop" ? say("effects_stop") : opName(c.op, c.strength))))),
      h("tbody", {}, found.rows.map((row, k) => h("tr", {}, h("th", { scope: "row" }, `z${k + 1}`),
        row.map((c, i) => cell(c, k, found.columns[i]))))));
  }
})();
