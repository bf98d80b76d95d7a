// The logit lens: a grid of layers and states. Pointing at a cell lists its candidates.
"use strict";
(() => {
  const { h, say, number, percent } = codi;
  const choice = { show: "token" };

  codi.parts.lens = (root, value) => {
    root.replaceChildren(h("h2", { class: "codi-h2" }, say("lens_head")));
    if (!value?.cells) return root.append(h("p", { class: "codi-lead" }, say("lens_none")));
    const layers = value.cells[0].length;
    const ranks = Object.keys(value.ranks);
    if (choice.show !== "token" && !ranks.includes(choice.show)) choice.show = "token";
    const name = (i) => (value.kinds[i] === "bot" || value.kinds[i] === "latent" ? value.labels[i]
      : say("answer_row", { token: value.labels[i].trim() || "␣" }));
    const layerName = (l) => (l === 0 ? say("lens_input") : l === layers - 1 ? say("lens_last")
      : say("lens_layer", { layer: l }));
    const readout = h("div", { class: "codi-readout tall", role: "status", "aria-live": "polite" });
    const box = h("div", { class: "codi-scroll" });

    const point = (s, l) => readout.replaceChildren(
      h("p", {}, h("b", {}, `${name(s)} · ${layerName(l)}`), " ",
        say("lens_lock", { layer: layerName(value.lock_in[s]) })),
      h("ol", { class: "codi-inline", lang: "en" }, value.cells[s][l].map(([text, p]) =>
        h("li", {}, h("b", {}, text), ` ${percent(p)}`))),
      ...(ranks.length ? [h("p", { class: "codi-small" }, ranks.map((key) =>
        say(`lens_rank_${key}`, { answer: value.answers[key], rank: value.ranks[key][s][l] })).join(" "))] : []));

    const cell = (s, l) => {
      const [text, p] = value.cells[s][l][0];
      const rank = choice.show === "token" ? 0 : value.ranks[choice.show][s][l];
      const weight = rank ? 1 / (1 + Math.log2(rank)) : p;
      const locked = value.lock_in[s] === l;
      return h("td", { role: "gridcell", class: locked ? "locked" : "",
        style: { "--shade": `${Math.round(40 * weight)}%` },
        onmouseenter: () => point(s, l), onclick: () => point(s, l), onfocus: () => point(s, l) },
        h("span", { lang: rank ? null : "en" }, rank ? number(rank) : text),
        locked ? h("span", { class: "codi-unseen" }, ` ${say("lens_locked_here")}`) : null);
    };
    const draw = () => {
      const rows = [...Array(layers).keys()].map((l) => h("tr", { role: "row" },
        h("th", { scope: "row", role: "rowheader" }, layerName(l)), value.labels.map((_, s) => cell(s, l))));
      box.replaceChildren(h("table", { class: "codi-lens", role: "grid", "aria-label": say("lens_head") },
        h("thead", {}, h("tr", { role: "row" }, h("td", { role: "gridcell" }),
          value.labels.map((_, s) => h("th", { scope: "col", role: "columnheader" }, name(s))))),
        h("tbody", {}, rows)));
      codi.roving([...box.querySelectorAll("tbody td")], value.labels.length);
    };
    const select = h("select", { onchange: (event) => { choice.show = event.target.value; draw(); } },
      h("option", { value: "token" }, say("lens_show_token")),
      ranks.map((key) => h("option", { value: key, selected: choice.show === key },
        say(`lens_show_${key}`, { answer: value.answers[key] }))));
    root.append(
      h("p", { class: "codi-lead" }, say("lens_lead")),
      h("div", { class: "codi-choices" }, h("label", { class: "codi-select" }, say("lens_show"), select),
        h("span", { class: "codi-small codi-key" }, h("i", { class: "codi-swatch locked" }), say("lens_key_lock")),
        h("span", { class: "codi-small codi-key" }, h("i", { class: "codi-swatch shade" }), say("lens_key_shade"))),
      box, readout, codi.method("lens"));
    draw();
    readout.append(h("p", {}, say("lens_point")));
  };
})();
