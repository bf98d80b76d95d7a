// Many minds: shake, answer n times, count.
"use strict";
(() => {
  const { h, say, number, percent, shown } = codi;
  const { shakes, samples } = window.CODI_CHOICES;
  const choice = { shake: "noise", strength: {}, n: samples[1] };

  codi.parts.votes = (root, value, part) => {
    part.form = true;
    const key = [codi.lang, shown.model, shown.count, shown.question].join("|");
    if (part.key !== key || !root.firstChild) {
      part.key = key;
      if (!shown.count) choice.shake = "temperature";
      const form = h("div", { class: "codi-form" });
      part.results = h("div", { class: "codi-results" });
      root.replaceChildren(h("h2", { class: "codi-h2" }, say("votes_head")),
        h("p", { class: "codi-lead" }, say("votes_lead"), " ", h("q", { lang: "en" }, shown.question)),
        ...(shown.count ? [] : [h("p", { class: "codi-note" }, say("votes_zero"))]),
        form, part.results, codi.method("votes"));
      build(form, part);
    }
    const found = codi.latest(part, value);
    const line = codi.progress(value);
    part.results.replaceChildren(...(line ? [line] : []), ...(found ? [counted(found)] : []));
    if (value?.state === "done" && part.told !== value) codi.announce(sentence(value));
    part.told = value;
  };

  function build(form, part) {
    const kinds = Object.keys(shakes).filter((kind) => shown.count || kind === "temperature");
    const strength = () => choice.strength[choice.shake] ?? shakes[choice.shake][1];
    const select = (name, label, options, chosen, pick) => h("label", { class: "codi-select" }, say(label),
      h("select", { name, onchange: (event) => pick(event.target.value) },
        options.map(([v, text]) => h("option", { value: v, selected: v === chosen }, text))));
    form.replaceChildren(
      h("div", { class: "codi-choices" },
        select("shake", "votes_shake", kinds.map((kind) => [kind, say(`shake_${kind}`)]), choice.shake,
          (kind) => { choice.shake = kind; build(form, part); form.querySelector("select").focus(); }),
        select("strength", "votes_strength", shakes[choice.shake].map((v) => [v, number(v)]), strength(),
          (v) => { choice.strength[choice.shake] = Number(v); }),
        select("n", "votes_n", samples.map((v) => [v, number(v)]), choice.n, (v) => { choice.n = Number(v); }),
        h("button", { type: "button", class: "codi-button", "data-run": "votes", onclick: () =>
          codi.ask(part, { shake: choice.shake, strength: strength(), n: choice.n }) },
        say("votes_run"))),
      h("p", { class: "codi-small" }, say(`about_${choice.shake}_shake`)));
  }

  const sentence = (found) => (found.winner === null ? say("votes_nothing")
    : say("votes_said", { winner: found.winner, votes: found.counts[0][1],
      n: found.done, share: percent(found.agreement) }));

  function counted(found) {
    const rows = [...found.counts, ...(found.wordless ? [[null, found.wordless]] : [])]
      .sort(([, a], [, b]) => b - a);
    const marks = (answer) => [
      answer === shown.answer ? say("votes_plain") : "",
      answer !== null && answer === found.best ? say("votes_best") : "",
      found.right === null ? "" : say(answer === found.right ? "right" : "wrong")].filter(Boolean).join(" · ");
    const got = new Set(found.counts.map(([answer]) => answer));
    const missed = found.state !== "done" ? [] : [["votes_none_right", found.right], ["votes_none_plain", shown.answer]]
      .filter(([, answer]) => answer !== null && !got.has(answer));
    const most = Math.max(...rows.map(([, count]) => count), 1);
    return h("div", {},
      h("p", { class: "codi-said" }, h("b", {}, sentence(found))),
      h("table", { class: "codi-votes" }, h("caption", { class: "codi-unseen" }, say("votes_head")),
        h("thead", { class: "codi-unseen" }, h("tr", {}, ["votes_answer", "votes_count"].map((key) =>
          h("th", { scope: "col" }, say(key))))),
        h("tbody", {}, rows.slice(0, 12).map(([answer, count]) => h("tr", { class: answer === found.winner ? "won" : "" },
          h("th", { scope: "row", lang: answer === null ? null : "en" }, answer ?? say("nothing")),
          h("td", {}, h("span", { class: "codi-tally", style: { "--count": count / most } }, h("i", { "aria-hidden": "true" }),
            h("b", {}, `${number(count)} · ${percent(count / found.done)}`)),
          h("span", { class: "codi-small" }, marks(answer))))))),
      missed.map(([key, answer]) => h("p", { class: "codi-small" }, say(key, { answer }))),
      rows.length > 12 ? h("p", { class: "codi-small" }, say("votes_more", { count: rows.length - 12 })) : null);
  }
})();
