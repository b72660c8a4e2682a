// Adds to the page what only a script can: keys, and news without a reload. All reading works
// without it. Nothing is ever made of text: pages come from our own server, already escaped.
"use strict";

const TYPING = "input, select, textarea, [contenteditable]";
const SOON = 1500;

// --- keys ---

function items() {
  return [...document.querySelectorAll("main [data-event]")];
}

function step(by) {
  const all = items().filter((item) => item.matches("li"));
  if (!all.length) return;
  const place = all.findIndex((item) => item.contains(document.activeElement));
  const next = place < 0 ? (by > 0 ? 0 : all.length - 1) : place + by;
  const item = all[Math.min(Math.max(next, 0), all.length - 1)];
  const link = item.querySelector("a[href]") || item;
  link.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  n: () => news?.button.click(),
  "/": () => {
    const field = document.querySelector("input[type=search]");
    if (field) {
      field.focus();
      field.select();
    } else {
      location.assign("/#search");
    }
  },
  "?": () => {
    const list = document.getElementById("keys");
    if (list.open) list.close();
    else list.showModal();
  },
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.(TYPING)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const open = document.querySelector("dialog[open]");
  if (open && event.key !== "?") return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

for (const button of document.querySelectorAll("[data-shows-keys]")) {
  button.hidden = false;
  button.addEventListener("click", keys["?"]);
}

// --- news ---

class News {
  constructor(place) {
    this.place = place;
    this.button = place.querySelector("button");
    this.seq = Number(place.dataset.seq);
    this.fresh = null;
    this.source = null;
    this.timer = null;
    this.button.addEventListener("click", () => this.show());
    document.addEventListener("visibilitychange", () => this.attend());
    addEventListener("pagehide", () => this.leave());
    addEventListener("pageshow", () => this.attend());
    this.attend();
  }

  // Browsers open few connections to one server: a page that nobody sees holds none.
  attend() {
    if (document.hidden) this.leave();
    else if (!this.source) this.follow();
  }

  leave() {
    this.source?.close();
    this.source = null;
  }

  follow() {
    this.source = new EventSource(`/api/v1/changes?after=${this.seq}`);
    this.source.addEventListener("message", (message) => {
      this.seq = Number(message.lastEventId);
      this.timer ??= setTimeout(() => this.look(), SOON);
    });
  }

  // What is new is asked of the page itself, so that its filters hold.
  async look() {
    this.timer = null;
    try {
      const answer = await fetch(location.pathname + location.search);
      if (!answer.ok) return;
      const text = await answer.text();
      this.fresh = new DOMParser().parseFromString(text, "text/html");
    } catch {
      return;
    }
    const known = new Set(items().map(nameOf));
    const found = [...this.fresh.querySelectorAll("main [data-event]")].map(nameOf);
    const count = new Set(found.filter((name) => !known.has(name))).size;
    if (!count) return;
    const words = count === 1 ? this.place.dataset.one : this.place.dataset.many;
    this.button.textContent = words.replace("{count}", count);
    this.button.hidden = false;
  }

  show() {
    if (!this.fresh) return;
    const known = new Set(items().map(nameOf));
    const main = document.querySelector("main");
    const open = document.querySelector("main details")?.open;
    main.replaceChildren(...document.adoptNode(this.fresh.querySelector("main")).childNodes);
    const details = document.querySelector("main details");
    if (details && open) details.open = true;
    this.fresh = null;
    this.button.hidden = true;
    const fresh = items().filter((item) => !known.has(nameOf(item)));
    for (const item of fresh) item.classList.add("fresh");
    (fresh[0]?.querySelector("a[href]") || main).focus();
  }
}

function nameOf(item) {
  return `${item.dataset.event} ${item.dataset.state || ""}`;
}

const live = document.getElementById("news");
const news = live && "EventSource" in window ? new News(live) : null;
