"use strict";
// Lights up what belongs together and filters.  Without it everything is there to read and every link works.
(() => {
  const words = (value) => (value || "").split(" ").filter(Boolean);

  /** Elements of one article by attribution id and by source id. */
  function indexed(article) {
    const by = { a: new Map(), s: new Map() };
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

  function start(article) {
    const by = indexed(article);
    const cards = new Map([...article.querySelectorAll(".card")].map((card) => [card.dataset.s, card]));
    let lit = [];
    let held = null; // what was tapped or focused stays lit when the pointer goes elsewhere

    function dark() {
      for (const element of lit) element.classList.remove("lit");
      lit = [];
      article.classList.remove("lighting");
    }

    function light(element) {
      dark();
      if (!element) return;
      const ids = words(element.dataset.pick || element.dataset.a);
      const sources = new Set(ids.length ? [] : words(element.dataset.s));
      const found = new Set();
      for (const id of ids) {
        for (const part of by.a.get(id) || []) {
          found.add(part);
          if (part.classList.contains("ref")) sources.add(part.dataset.s);
        }
      }
      for (const id of sources) {
        for (const part of by.s.get(id) || []) {
          // A source lights its card and its mentions everywhere; its other statements only if it was itself chosen.
          if (!ids.length || !part.dataset.a || part.classList.contains("mention")) found.add(part);
        }
      }
      if (element.dataset.finding) {
        for (const part of article.querySelectorAll(`[data-finding="${element.dataset.finding}"]`)) found.add(part);
      }
      lit = [...found];
      for (const part of lit) part.classList.add("lit");
      article.classList.toggle("lighting", lit.length > 0);
    }

    const target = (event) => event.target.closest("[data-a], [data-s], [data-finding]");
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
      dark();
    });
    article.addEventListener("click", (event) => {
      const chosen = target(event);
      held = chosen === held && !event.target.closest("a") ? null : chosen;
      light(held);
      const card = held && cards.get(words(lit.find((e) => e.classList.contains("card"))?.dataset.s)[0]);
      const link = event.target.closest("a.ref");
      if (link && getComputedStyle(inspector).display !== "none") event.preventDefault();
      inspect(card && !event.target.closest(".card") ? card : null, held);
      if (card && !event.target.closest(".card")) within(card);
    });

    /** Scrolls the panel of sources, where it has a scroll bar of its own, and never the page. */
    function within(card) {
      const panel = card.closest(".sources");
      if (panel.scrollHeight > panel.clientHeight + 1) {
        panel.scrollTop += card.getBoundingClientRect().top - panel.getBoundingClientRect().top - 16;
      }
    }

    const form = article.querySelector(".filters");
    if (form) {
      form.hidden = false;
      const chosen = (name) => new Set([...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value));
      const all = (name) => form.querySelectorAll(`[name=${name}]:not(:checked)`).length === 0;
      const apply = () => {
        const [levels, types, severities] = ["level", "type", "severity"].map(chosen);
        const everything = all("level") && all("type");
        const shown = new Set();
        for (const [id, card] of cards) {
          const fits = levels.has(card.dataset.level) && words(card.dataset.types).some((type) => types.has(type));
          if (fits || everything) shown.add(id);
        }
        for (const element of article.querySelectorAll("[data-s]:not(.note)")) {
          element.classList.toggle("off", !words(element.dataset.s).some((id) => shown.has(id)));
        }
        const suppressed = form.querySelector("[name=suppressed]");
        for (const note of article.querySelectorAll(".note")) {
          const accepted = note.classList.contains("suppressed");
          const off = accepted ? suppressed && !suppressed.checked : !severities.has(note.dataset.severity);
          for (const part of article.querySelectorAll(`[data-finding="${note.dataset.finding}"]`)) part.classList.toggle("off", off);
        }
      };
      form.addEventListener("change", apply);
      form.addEventListener("reset", () => setTimeout(apply));
    }
    return () => {
      held = null;
      dark();
    };
  }

  const inspector = document.querySelector(".inspector");

  /** On a small screen, where the panel of sources is far away: who stands behind the words just tapped. */
  function inspect(card, element) {
    inspector.hidden = !card || !element;
    if (inspector.hidden) return;
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
