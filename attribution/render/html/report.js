"use strict";
// Lights up what belongs together and filters.  Without it everything is there to read and every link works.
//
// Elements say what they belong to: data-a attributions, data-s sources, data-f findings, each a list of ids that are
// unique within an article.  data-pick names, among data-a, the innermost: those a reader who points there means.
(() => {
  const words = (value) => (value || "").split(" ").filter(Boolean);
  const inspector = document.querySelector(".inspector");
  const wide = matchMedia("(min-width: 74rem)"); // the panel of sources stands beside the article, as in report.css

  /** Elements of one article by what they belong to. */
  function indexed(article) {
    const by = { a: new Map(), s: new Map(), f: new Map() };
    for (const [kind, map] of Object.entries(by)) {
      for (const element of article.querySelectorAll(`[data-${kind}]`)) {
        for (const id of words(element.dataset[kind])) {
          if (!map.has(id)) map.set(id, []);
          map.get(id).push(element);
        }
      }
    }
    return by;
  }

  /** All that is lit with an element: a statement with its source's mentions, or all of a source, or a finding. */
  function together(by, element) {
    const found = new Set();
    const ids = words(element.dataset.pick || element.dataset.a);
    for (const id of ids) {
      for (const part of by.a.get(id) || []) found.add(part);
    }
    const spoken = [...found].filter((part) => part.classList.contains("ref")).map((ref) => ref.dataset.s);
    for (const id of ids.length ? spoken : words(element.dataset.s)) {
      for (const part of by.s.get(id) || []) {
        if (!ids.length || part.matches(".mention, .card, g")) found.add(part);
      }
    }
    for (const id of words(element.dataset.f)) {
      for (const part of by.f.get(id) || []) found.add(part);
    }
    return found;
  }

  function start(article) {
    const by = indexed(article);
    const cards = new Map([...article.querySelectorAll(".card")].map((card) => [card.dataset.s, card]));
    let lit = new Set();
    let held = null; // what was tapped or focused stays lit when the pointer goes elsewhere

    function light(element) {
      for (const part of lit) part.classList.remove("lit");
      lit = element ? together(by, element) : new Set();
      for (const part of lit) part.classList.add("lit");
      article.classList.toggle("lighting", lit.size > 0);
    }

    const target = (event) => event.target.closest("[data-a], [data-s], [data-f]");
    article.addEventListener("pointerover", (event) => {
      if (event.pointerType === "mouse") light(target(event) || held);
    });
    article.addEventListener("pointerleave", () => light(held));
    article.addEventListener("focusin", (event) => {
      held = target(event);
      light(held);
    });
    article.addEventListener("focusout", () => {
      held = null;
      light(null);
    });
    article.addEventListener("click", (event) => {
      if (event.target.closest(".card, .note, summary")) return;
      held = target(event);
      light(held);
      const card = [...lit].find((part) => part.classList.contains("card"));
      if (!held || !card) return inspect(null);
      const ref = event.target.closest("a.ref");
      const typed = event.detail === 0; // by the keyboard: then the link leads to its source wherever that is
      if (!wide.matches) {
        if (ref && !typed) event.preventDefault();
        if (!typed) inspect(card);
        return;
      }
      const panel = card.closest(".sources");
      panel.scrollTop += card.getBoundingClientRect().top - panel.getBoundingClientRect().top - 16;
      if (ref) {
        event.preventDefault();
        if (typed) card.focus({ preventScroll: true });
      }
    });

    const form = article.querySelector(".filters");
    if (form) {
      form.hidden = false;
      form.addEventListener("change", () => filter(article, form, by, cards));
      form.addEventListener("reset", () => setTimeout(() => filter(article, form, by, cards)));
    }
    return () => {
      held = null;
      light(null);
    };
  }

  /** Hides what the form leaves out; the article's words stay, unmarked. */
  function filter(article, form, by, cards) {
    const chosen = (name) => new Set([...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value));
    const [levels, types, severities, accepted] = ["level", "type", "severity", "suppressed"].map(chosen);
    const everything = !form.querySelector("[name=level]:not(:checked), [name=type]:not(:checked)");
    const shown = new Set();
    for (const [id, card] of cards) {
      const fits = levels.has(card.dataset.level) && words(card.dataset.types).some((type) => types.has(type));
      if (fits || everything) shown.add(id);
    }
    for (const element of article.querySelectorAll("[data-s]")) {
      element.classList.toggle("off", !words(element.dataset.s).some((id) => shown.has(id)));
    }
    for (const note of article.querySelectorAll(".note")) {
      const on = note.classList.contains("suppressed") ? accepted.size > 0 : severities.has(note.dataset.severity);
      for (const part of by.f.get(note.dataset.f) || []) {
        if (part.matches(".note, .finding-ref")) part.classList.toggle("off", !on);
      }
    }
  }

  /** Where the panel of sources is far away: who stands behind the words just tapped. */
  function inspect(card) {
    inspector.hidden = !card;
    if (!card) return;
    const lines = [".who", ".what", ".weight", ".remarks"].map((part) => card.querySelector(part)?.cloneNode(true));
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "×";
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", clear);
    inspector.replaceChildren(...lines.filter(Boolean), close);
  }

  const articles = [...document.querySelectorAll("[data-article]")].map(start);
  function clear() {
    for (const dark of articles) dark();
    inspect(null);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });
})();
