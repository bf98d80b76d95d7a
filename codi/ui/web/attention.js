// The heatmap: a Plotly figure from `plots.py`, restyled in place. Plotly itself is fetched when this
// part is first shown. All layers and heads are in the figure's meta, so no choice asks the server.
"use strict";
(() => {
  const { h, say, number } = codi;
  const choice = { layer: "", head: "", sink: false };
  let loading = null;

  const plotly = (url) => (loading ??= window.Plotly ? Promise.resolve() : new Promise((done, fail) => {
    document.head.append(h("script", { src: url, onload: done, onerror: fail }));
  }));

  // meta -> the mean over the chosen layers and heads, 0..1; null where a row cannot look
  function reader(meta) {
    const values = Float32Array.from(atob(meta.weights), (c) => (c.charCodeAt(0) / 255) ** 2);
    const [L, H, R, C] = meta.shape;
    const reach = meta.reach;
    const all = (n, pick) => (pick === "" ? [...Array(n).keys()] : [Number(pick)]);
    return (layer, head) => {
      const layers = all(L, layer), heads = all(H, head);
      const share = 1 / (layers.length * heads.length);
      return Array.from({ length: R }, (_, r) => Array.from({ length: C }, (_, c) => {
        let sum = 0;
        for (const l of layers) for (const k of heads) sum += values[((l * H + k) * R + r) * C + c];
        return c < reach[r] ? sum * share : null;
      }));
    };
  }

  const rowName = (label) => (/^(bot|z\d+)$/.test(label) ? label : say("answer_row", { token: label }));
  const columnName = (column) => (column.kind === "written" && column.label.includes(" ")
    ? say("cue_column") : column.label);
  const percent = (value) => number(100 * value, 1);

  codi.parts.attention = (root, figure, part) => {
    root.replaceChildren(h("h2", { class: "codi-h2" }, say("attention_head")));
    if (!figure?.data) return root.append(h("p", { class: "codi-lead" }, say("attention_none")));
    const meta = figure.layout.meta;
    const read = reader(meta);
    const [layers, heads] = meta.shape;
    const graph = h("div", { class: "codi-graph", "aria-hidden": "true" });
    const formula = h("p", { class: "codi-small codi-formula" });
    const note = h("p", { class: "codi-small" });
    const table = h("div", { class: "codi-table", tabindex: "0", role: "region",
      "aria-label": say("attention_table") });

    const show = () => {
      const z = read(choice.layer, choice.head);
      const from = choice.sink ? 0 : 1;
      formula.textContent = say("attention_formula", { what: formulaOf(layers, heads) });
      const sink = z.reduce((sum, row) => sum + row[0], 0) / z.length;
      note.textContent = say(sink < 0.05 ? "attention_sink_small" : "attention_sink_note", {
        token: meta.columns[0].label, share: percent(sink),
        state: say(choice.sink ? "sink_shown" : "sink_hidden") });
      table.replaceChildren(twin(meta, z, from));
      if (!window.Plotly || !graph.isConnected) return;
      const top = Math.max(...z.flatMap((row) => row.slice(from)), 1e-6);
      const text = z.map((row, r) => row.map((value, c) => say("attention_hover",
        { row: rowName(meta.rows[r]), column: columnName(meta.columns[c]), value: percent(value ?? 0) })));
      Plotly.react(graph, [{ ...figure.data[0], z, text, zmax: top, colorbar: bar(figure) }],
        laid(figure, meta, from), { displayModeBar: false, responsive: false });
    };
    const select = (name, label, count) => h("label", { class: "codi-select" }, say(label),
      h("select", { onchange: (e) => { choice[name] = e.target.value; show(); } },
        h("option", { value: "" }, say("attention_mean")),
        [...Array(count).keys()].map((i) =>
          h("option", { value: i, selected: choice[name] === String(i) }, String(i + 1)))));
    if (choice.layer >= layers) choice.layer = "";
    if (choice.head >= heads) choice.head = "";
    root.append(
      h("p", { class: "codi-lead" }, say("attention_lead")),
      h("div", { class: "codi-choices" },
        select("layer", "attention_layer", layers), select("head", "attention_head_choice", heads),
        h("label", { class: "codi-check" }, h("input", { type: "checkbox", checked: choice.sink,
          onchange: (e) => { choice.sink = e.target.checked; show(); } }), say("attention_sink"))),
      h("div", { class: "codi-scroll", tabindex: "0", role: "region",
        "aria-label": say("attention_head") }, graph),
      formula, note,
      h("details", { class: "codi-details" }, h("summary", {}, say("attention_table")), table),
      codi.method("attention"));
    show();
    plotly(window.CODI_PLOTLY).then(show);
    part.theme ??= new MutationObserver(() => part.draw());
    part.theme.disconnect();
    part.theme.observe(document.body, { attributeFilter: ["class"] });
  };

  function formulaOf(layers, heads) {
    const layer = Number(choice.layer) + 1, head = Number(choice.head) + 1;
    if (choice.layer === "" && choice.head === "") return say("formula_mean", { layers, heads });
    if (choice.head === "") return say("formula_layer", { layer, heads });
    if (choice.layer === "") return say("formula_head", { layers, head });
    return say("formula_one", { layer, head });
  }

  const ink = () => getComputedStyle(document.body).getPropertyValue("--body-text-color").trim() || "#444";
  const bar = (figure) => ({ ...figure.data[0].colorbar, thickness: 12, tickformat: ".0%",
    title: { text: say("attention_scale"), side: "right" }, tickfont: { color: ink() } });

  function laid(figure, meta, from) {
    const columns = meta.columns.length, { xaxis, yaxis } = figure.layout;
    return { ...figure.layout, font: { color: ink(), size: 12 },
      width: figure.layout.width,
      xaxis: { ...xaxis, range: [from - 0.5, columns - 0.5], title: { text: say("attention_x") },
        ticktext: meta.columns.map((c) => columnName(c).slice(0, 14)) },
      yaxis: { ...yaxis, title: { text: say("attention_y") }, ticktext: meta.rows.map(rowName) } };
  }

  function twin(meta, z, from) {
    const columns = meta.columns.slice(from);
    return h("table", {}, h("caption", {}, say("attention_caption")),
      h("thead", {}, h("tr", {}, h("td", {}), columns.map((c) => h("th", { scope: "col" }, columnName(c))))),
      h("tbody", {}, z.map((row, r) => h("tr", {}, h("th", { scope: "row" }, rowName(meta.rows[r])),
        row.slice(from).map((value) => h("td", {}, value === null ? "" : percent(value)))))));
  }
})();
