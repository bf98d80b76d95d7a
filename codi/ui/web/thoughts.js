// The thoughts: cards tied to the question's words both ways, to Aloud's steps, and to each other.
"use strict";
(() => {
  const { h, svg, say, percent, fixed } = codi;
  const bare = (word) => word.replace(/^[.,?!;:"'()]+|[.,?!;:"'()]+$/g, "") || word;

  codi.parts.thoughts = (root, value, part) => {
    const cards = value?.cards ?? [];
    part.free = null; // what was held is gone with the cards
    const thoughts = cards.filter((card) => card.n);
    root.replaceChildren(h("h2", { class: "codi-h2" }, say("thoughts_head")));
    if (!cards.length) return root.append(h("p", { class: "codi-lead" }, say("thoughts_none")));
    const list = h("ul", { class: "codi-cards" }, cards.map((card) => drawn(card)));
    root.append(
      h("p", { class: "codi-lead" }, say("thoughts_lead")),
      ...notes(value, thoughts),
      ...(value.words ? [question(value), h("p", { class: "codi-readout", role: "status", "aria-live": "polite" })] : []),
      list,
      codi.method("thoughts"),
      ...(value.steps?.length ? [ribbons(value)] : []),
      ...(value.recovered ? [rebuilt(value)] : []),
      ...(value.similarity ? [alike(value.similarity)] : []));
    codi.roving([...list.querySelectorAll("button")]);
    if (value.words) tie(root, value, part);
  };

  function notes(value, thoughts) {
    const keys = [];
    if (!thoughts.length) keys.push("thoughts_zero");
    else if (value.words && !thoughts.some((card) => card.readable)) keys.push("thoughts_unreadable");
    if (value.whole_numbers === false) keys.push("numbers_split");
    return keys.map((key) => h("p", { class: "codi-note" }, say(key)));
  }

  function drawn(value) {
    return h("li", { class: value.readable ? "codi-card" : "codi-card dim" },
      h("h3", {}, h("button", { type: "button", "aria-pressed": "false" },
        h("span", {}, value.label), value.n ? h("small", {}, say("thought_n", { n: value.n })) : null)),
      h("ol", { class: "codi-top" }, value.top.map((c) => h("li", { class: c.step ? "match" : "" },
        h("i", { class: `codi-class ${c.class}`, role: "img", "aria-label": say(`class_${c.class}`),
          title: say(`class_${c.class}`) }),
        h("b", { lang: "en" }, c.text),
        h("span", {}, percent(c.probability)),
        h("u", { "aria-hidden": "true", style: { width: `${100 * c.probability}%` } }),
        c.step ? h("em", {}, say("equals_step", { step: c.step })) : null))),
      value.readable ? null : h("p", { class: "codi-small" }, say("unreadable")),
      h("p", { class: "codi-share" }));
  }

  const question = (value) => {
    const words = h("p", { class: "codi-words", lang: "en", role: "group", "aria-label": say("words_label") },
      value.words.flatMap((word, i) => [
        h("span", { class: "codi-word", role: "button", "aria-pressed": "false", "data-word": i }, word), " "]));
    codi.roving([...words.children]);
    return words;
  };

  // Hover or focus previews, click or Enter locks, Esc or a second click frees.
  function tie(root, value, part) {
    const words = [...root.querySelectorAll(".codi-word")], cards = [...root.querySelectorAll(".codi-card")];
    const buttons = cards.map((card) => card.querySelector("button"));
    const readout = root.querySelector(".codi-readout");
    const most = (shares, names) => shares.map((share, i) => [share, names[i]])
      .filter(([share]) => share > 0.0005).sort((a, b) => b[0] - a[0]).slice(0, 3)
      .map(([share, name]) => `${name} (${percent(share)})`).join(", ") || "–";
    const marked = (nodes, shares) => {
      const top = Math.max(...(shares ?? []), 1e-6);
      nodes.forEach((node, i) => { // a word that hardly counts stays bare
        const share = shares ? shares[i] / top : 0;
        node.style.setProperty("--share", share < 0.12 ? 0 : share.toFixed(3));
      });
    };
    let locked = null;

    const draw = (link) => {
      const card = link?.card, word = link?.word;
      marked(words, card === undefined ? null : value.links[card]);
      const column = word === undefined ? null : value.links.map((row) => row[word]);
      marked(cards, column);
      cards.forEach((node, i) => {
        node.classList.toggle("chosen", card === i);
        node.querySelector(".codi-share").textContent = column ? say("card_share", { value: percent(column[i]) }) : "";
      });
      words.forEach((node, i) => node.classList.toggle("chosen", word === i));
      buttons.forEach((node, i) => node.setAttribute("aria-pressed", String(locked?.card === i)));
      words.forEach((node, i) => node.setAttribute("aria-pressed", String(locked?.word === i)));
      readout.textContent = card !== undefined
        ? say("read_card", { label: value.cards[card].label, words: most(value.links[card], value.words.map(bare)) })
        : word !== undefined
          ? say(word === value.sink ? "read_first" : "read_word",
              { word: bare(value.words[word]), states: most(column, value.cards.map((c) => c.label)) })
          : say("read_nothing");
      if (locked) readout.append(" ", say("read_locked"));
    };
    const same = (a, b) => a && b && a.card === b.card && a.word === b.word;
    const preview = (link) => { if (!locked) draw(link); };
    const toggle = (link) => { locked = same(locked, link) ? null : link; draw(link); };
    part.free = () => {
      if (!locked || !root.isConnected || !root.checkVisibility()) return false;
      locked = null;
      draw(null);
      return true;
    };
    const wire = (node, target, link) => {
      node.addEventListener("mouseenter", () => preview(link));
      node.addEventListener("mouseleave", () => preview(null));
      target.addEventListener("focus", () => preview(link));
      target.addEventListener("blur", () => preview(null));
      node.addEventListener("click", () => toggle(link));
    };
    cards.forEach((node, i) => wire(node, buttons[i], { card: i }));
    words.forEach((node, i) => {
      wire(node, node, { word: i });
      node.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        if (event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        toggle({ word: i });
      });
    });
    draw(null);
  }

  const section = (key, ...content) => h("section", { class: "codi-section" },
    h("h3", { class: "codi-h3" }, say(key)), ...content);

  // Aloud's steps, and which thought names their result.
  const ribbons = (value) => section("ribbons_head",
    h("ul", { class: "codi-ribbons" }, value.steps.map((step) => h("li", { class: step.found.length ? "found" : "" },
      h("b", { lang: "en" }, step.step),
      step.found.length
        ? h("span", {}, step.found.map(([state, rank]) => h("i", {},
            say("ribbon_state", { label: value.cards[state].label, rank }))))
        : h("span", {}, say("ribbon_none"))))));

  function rebuilt(value) {
    const { equations, verified, thoughts_needed: count } = value.recovered;
    const key = !verified ? (equations.length ? "rebuilt_part" : "rebuilt_nothing")
      : count ? "rebuilt_verified" : "rebuilt_alone";
    return section("rebuilt_head",
      equations.length ? h("ol", { class: "codi-ribbons" }, equations.map((step) => h("li", { class: "silent" },
        h("b", { lang: "en" }, step.text),
        h("span", {}, h("i", {}, step.state === null ? say("rebuilt_answer")
          : say("rebuilt_state", { label: value.cards[step.state]?.label ?? "" })))))) : null,
      h("p", { class: "codi-mark" }, say(!verified ? "not_verified" : count ? "verified" : "verified_alone")),
      h("p", { class: "codi-small" }, say(key, { count })), codi.method("rebuilt"));
  }

  function alike({ labels, cosine, path, kept }) {
    const table = codi.scrolled(say("alike_caption"), "codi-alike",
      h("thead", {}, h("tr", {}, h("td", {}), labels.map((label) => h("th", { scope: "col" }, label)))),
      h("tbody", {}, cosine.map((row, i) => h("tr", {}, h("th", { scope: "row" }, labels[i]),
        row.map((v) => h("td", { style: { "--shade": `${Math.round(40 * Math.max(v, 0))}%` } }, fixed(v, 2)))))));
    const share = percent(kept[0] + kept[1]);
    return section("alike_head",
      h("div", { class: "codi-two" },
        h("div", {}, table),
        h("figure", {}, drawnPath(labels, path, say("path_alt", { share })),
          h("figcaption", { class: "codi-small" }, say("path_caption", { share })))),
      codi.method("alike"));
  }

  function drawnPath(labels, path, alt) {
    const W = 340, H = 230, edge = 26;
    const scale = (axis, size) => {
      const values = path.map((point) => point[axis]);
      const low = Math.min(...values), span = Math.max(...values) - low || 1;
      return (v) => edge + ((v - low) / span) * (size - 2 * edge);
    };
    const x = scale(0, W), y = scale(1, H);
    const points = path.map(([a, b]) => [x(a), H - y(b)]);
    const labelled = [];
    for (const [a, b] of points) { // one above the other where they would overlap, towards the middle
      const left = a + (a > W / 2 ? -20 : 20);
      let top = b - 8;
      while (labelled.some(([l, t]) => Math.abs(l - left) < 26 && Math.abs(t - top) < 13)) top += b > H / 2 ? -13 : 13;
      labelled.push([left, top]);
    }
    return svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": alt, class: "codi-path" },
      svg("polyline", { points: points.map((p) => p.map((v) => v.toFixed(1)).join(",")).join(" ") }),
      points.flatMap(([a, b], i) => [
        svg("circle", { cx: a, cy: b, r: i ? 5 : 6, class: i ? "" : "start" }),
        svg("text", { x: a + (a > W / 2 ? -8 : 8), y: labelled[i][1], "text-anchor": a > W / 2 ? "end" : "start" }, labels[i])]));
  }
})();
