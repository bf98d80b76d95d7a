// The two lanes: answers, clocks, steps, verdict.
"use strict";
(() => {
  const { h, say, seconds } = codi;

  codi.parts.race = (root, race, part) => {
    root.replaceChildren();
    if (!race?.stage) return root.append(h("p", { class: "codi-status" }, say("status_empty")));
    codi.show(race);
    const longest = Math.max(race.aloud.seconds || 0, race.silent.seconds || 0, 1e-6);
    const verdict = race.verdict.map((line) => say(line));
    root.append(
      h("p", { class: `codi-status ${race.stage}` }, say(race.status)),
      h("p", { class: "codi-note codi-stale" }, say("stale"), " ", h("q", { lang: "en" }, race.question)),
      h("div", { class: "codi-lanes", role: "group", "aria-label": say("lanes") },
        lane("aloud", race.aloud, longest, say("aloud_what")),
        lane("silent", race.silent, longest, say("silent_what", { count: race.num_latents }))),
      h("p", { class: "codi-verdict" }, verdict.map((line) => h("span", {}, line + " "))),
      ...(verdict.length ? [h("p", { class: "codi-small" }, say({ key: race.machine.key,
        values: { ...race.machine.values, when: say(race.live ? "when_live" : "when_start") } }))] : []));
    if (["done", "stopped", "timeout"].includes(race.stage)) codi.settle();
    const news = race.stage === "done" && race.live ? verdict.join(" ") : say(race.status);
    if (part.stage !== race.stage && race.live) codi.announce(news);
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

  const steps = (value) => h("div", {},
    h("ol", { class: "codi-steps", lang: "en" }, (value.steps ?? []).map((step) => h("li", {}, step))),
    value.state === "done" ? h("p", { class: "codi-small" }, say("last_step")) : null);

  const dots = (value) => h("ol", { class: "codi-dots" }, (value.thoughts ?? []).map((thought) =>
    h("li", {}, h("i", { "aria-hidden": "true" }), h("b", {}, thought.label),
      h("span", { lang: "en" }, thought.text ?? "·"))));
})();
