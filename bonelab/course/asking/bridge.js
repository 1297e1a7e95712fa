// What core ipywidgets cannot say: names, values with units, states, one voice, keys that stay.
// One of these stands in every card (bridge.py). It finds what it mends by the classes of the
// style sheet, and mends it again whenever something in the card has changed.

const QUIET = 700; // ms without a change before something is said
const LONGEST = 4000; // ms after which something is said even while things change
const PATIENCE = 3000; // ms without a word from Python before a card goes to sleep
const LOST = ["dead", "terminating"]; // what Jupyter says of a Python that is gone
const WATCHED = ["title", "class", "role", "disabled", "aria-valuetext"];

const put = (element, name, value) => {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
};

const words = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

// A handle's name, and its value as the kernel writes it: "56.1 ng/ml", on a log scale too.
function name(slider, { stops, exact }) {
  const target = slider.querySelector(".noUi-target");
  const handle = slider.querySelector(".noUi-handle");
  if (!handle || !target.noUiSlider) return;
  put(handle, "aria-label", words(slider.querySelector(".widget-label")));
  put(handle, "aria-disabled", String(target.hasAttribute("disabled")));
  const key = Object.keys(stops).find((key) => slider.classList.contains(key));
  if (!key) return;
  const now = target.noUiSlider.get(true);
  const nearest = stops[key].reduce((a, b) => (Math.abs(b[0] - now) < Math.abs(a[0] - now) ? b : a));
  const [at, text] = exact[key] ?? [Infinity, ""];
  const half = 0.499 * (stops[key][1][0] - stops[key][0][0]);
  put(handle, "aria-valuetext", Math.abs(at - now) < half ? text : nearest[1]);
}

function mend(card, data) {
  put(card, "role", "group");
  put(card, "aria-label", words(card.querySelector(".bonelab-name")));
  for (const slider of card.querySelectorAll(".widget-slider")) name(slider, data);
  for (const picture of card.querySelectorAll("img[title]")) {
    picture.alt = picture.title; // a text alternative does not pop up
    picture.removeAttribute("title");
  }
  const states = ".bonelab-options button, .jupyter-widget-toggle-button, .widget-toggle-button";
  for (const button of card.querySelectorAll(states))
    put(button, "aria-pressed", String(button.classList.contains("mod-active")));
  for (const part of card.querySelectorAll(".bonelab-picture"))
    put(part, "aria-busy", String(part.classList.contains("bonelab-old")));
}

// Messages come as new elements, which screen readers may miss or read over each other. Their
// words go to one region that lasts, once nothing has changed for a moment.
class Voice {
  constructor(region) {
    this.region = region;
    this.last = new Map(); // place of a message -> words last seen there
    this.next = new Map();
  }

  hear(card, silently) {
    const gone = [...this.last].filter(([place, text]) => !words(place).includes(text));
    for (const [place] of gone) this.last.delete(place); // it may be said anew
    for (const message of card.querySelectorAll("[role=status], [role=alert]")) {
      if (message === this.region) continue;
      message.removeAttribute("role");
      const place = message.closest(".widget-html") ?? message;
      const text = words(message);
      if (this.last.get(place) === text) continue;
      this.last.set(place, text);
      if (!silently && text) this.soon(place, text);
    }
    const stale = gone.some(([, text]) => this.region.textContent.includes(text));
    if (stale && !this.next.size) this.region.textContent = ""; // else it is replaced soon
  }

  soon(place, text) {
    const now = Date.now();
    if (!this.next.size) this.first = now;
    this.next.set(place, text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.say(), Math.min(QUIET, this.first + LONGEST - now));
  }

  say() {
    const still = [...this.next].filter(
      ([place, text]) => place.isConnected && words(place).includes(text));
    this.next.clear();
    this.region.textContent = still.map(([, text]) => text).join(" ");
  }
}

// JupyterLab's commands have single letters: in command mode X deletes the cell. Keys without Ctrl,
// Alt or Cmd stay with what has the focus here; Shift+Enter goes on, Escape returns to the cell.
// JupyterLab hears keys on their way back, Notebook 7 on their way in: to that one a mark on what
// has the focus says in time that its commands are not meant.
const plain = (event) =>
  !(event.ctrlKey || event.metaKey || event.altKey || event.key === "Tab") &&
  !(event.key === "Enter" && event.shiftKey);

function warn(card, event) {
  const { target } = event;
  if (card.contains(target)) target.toggleAttribute("data-lm-suppress-shortcuts", plain(event));
}

function keep(card, event) {
  if (event.key === "Escape") card.closest(".jp-Cell")?.focus();
  else if (plain(event)) event.stopPropagation();
}

// Where a picture was clicked, as shares of its width and height from the upper left corner.
function clicked(event, model) {
  const picture = event.target.closest?.(".bonelab-clickable");
  if (!picture) return;
  const { left, top, width, height } = picture.getBoundingClientRect();
  const x = (event.clientX - left) / width, y = (event.clientY - top) / height;
  model.send({ kind: "clicked", x, y });
}

// How many dots of the screen there are for each pixel of the picture as it was drawn.
function measure(card, model) {
  const picture = card.querySelector(".bonelab-frame img");
  if (!picture?.width) return;
  const wide = picture.getBoundingClientRect().width / picture.getAttribute("width");
  const density = Math.round(100 * wide * devicePixelRatio) / 100;
  if (density === model.get("density") || !(density > 0)) return;
  model.set("density", density);
  model.save_changes();
}

function fill(event, card) {
  if (!event.target.closest?.(".bonelab-fill")) return;
  if (document.fullscreenElement) document.exitFullscreen();
  else card.requestFullscreen();
}

// The page may stay open when Python is gone: its server was stopped, the computer slept, a cable
// came loose. Jupyter tells it in a corner; here the still copy takes the place of the card, which
// comes back with the same Python. A page that was cut off is told to load again: see style_sheet.
function lookOut(manager, card, signal) {
  if (!manager || !("kernel" in manager)) return; // a page that does not say
  let since = null, cut = false;
  const look = () => {
    const { kernel } = manager;
    const off = Boolean(kernel) && kernel.connectionStatus !== "connected";
    const here = kernel && !kernel.isDisposed && !off && !LOST.includes(kernel.status);
    since = here ? null : (since ?? Date.now());
    cut = !here && (cut || off);
    const gone = !here && Date.now() - since >= PATIENCE;
    card.classList.toggle("bonelab-gone", gone);
    card.classList.toggle("bonelab-cut", gone && cut);
  };
  const ticking = setInterval(look, 1000);
  signal.addEventListener("abort", () => clearInterval(ticking));
}

async function connected(element) {
  while (!element.isConnected) await new Promise((done) => requestAnimationFrame(done));
}

function render({ model, el }) {
  const ending = new AbortController();
  el.classList.add("bonelab-voice");
  put(el, "role", "status");
  connected(el).then(() => {
    const card = el.closest(".bonelab-lab, .bonelab-check");
    if (!card || ending.signal.aborted) return;
    const voice = new Voice(el);
    const look = (silently) => {
      mend(card, { stops: model.get("stops"), exact: model.get("exact") });
      voice.hear(card, silently === true);
    };
    look(true);
    const observer = new MutationObserver(look);
    observer.observe(card, {
      subtree: true, childList: true, attributes: true, attributeFilter: WATCHED,
    });
    const { signal } = ending;
    lookOut(model.widget_manager, card, signal);
    model.on("change:exact", look);
    window.addEventListener("keydown", (event) => warn(card, event), { signal, capture: true });
    card.addEventListener("keydown", (event) => keep(card, event), { signal });
    card.addEventListener("click", (event) => clicked(event, model), { signal });
    card.addEventListener("click", (event) => fill(event, card), { signal });
    const sizes = new ResizeObserver(() => measure(card, model));
    for (const frame of card.querySelectorAll(".bonelab-frame")) sizes.observe(frame);
    signal.addEventListener("abort", () => {
      observer.disconnect();
      sizes.disconnect();
      model.off("change:exact", look);
    });
  });
  return () => ending.abort();
}

export default { render };
