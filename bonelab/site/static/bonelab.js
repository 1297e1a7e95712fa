// Labs that move along pictures computed beforehand, and questions that keep their answers in this
// browser. Without a script everything is open and each option of a check opens its feedback.
(() => {
  "use strict";
  document.documentElement.classList.add("bl-script");
  const page = location.pathname.split("/").pop().replace(/\.html$/, "");
  const key = (kind, id) => `bonelab/${page}/${kind}/${id}`;
  const kept = {
    get(kind, id) { try { return JSON.parse(localStorage.getItem(key(kind, id))); } catch { return null; } },
    put(kind, id, value) { try { localStorage.setItem(key(kind, id), JSON.stringify(value)); } catch { /* private window: kept while the page is open */ } },
  };

  // One number as people write it: 12.5 or 12,5, with or without its unit; anything else is refused.
  function read(text, unit) {
    let rest = text.trim().replace(/[\u2212\u2013]/, "-");
    if (unit && rest.endsWith(unit)) rest = rest.slice(0, -unit.length).trim();
    if (!/^[+-]?\d+([.,]\d+)?$/.test(rest)) return null;
    if (/^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(rest)) return null; // 1,500 and 1.500 can be read in two ways
    return Number(rest.replace(",", "."));
  }
  const three = (value) => Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en") : String(Number(Number(value).toPrecision(3)));
  const quantity = (value, unit) => unit === "%" ? `${three(value)}%` : `${three(value)} ${unit}`.trim();

  function verdict(form, answer, truth) {
    if (form.dataset.low === undefined)
      return answer === truth ? `You predicted “${answer}”, and that is what the run shows.`
        : `You predicted “${answer}”, but the run shows “${truth}”.`;
    const unit = form.dataset.unit, gap = answer - Number(truth);
    const span = Number(form.dataset.high) - Number(form.dataset.low);
    const close = form.dataset.close ? Number(form.dataset.close) : Math.max(0.01 * span, 0.1 * Math.abs(truth));
    const shown = Math.abs(truth) < 1e-5 * span ? 0 : truth;
    const said = `You predicted ${quantity(answer, unit)}, and the run gives ${quantity(shown, unit)}`;
    return Math.abs(gap) <= close * (1 + 1e-9) ? `${said}, so you were close.` : `${said}, so your guess was too ${gap > 0 ? "high" : "low"}.`;
  }

  function open(id, form, entry) {
    for (const part of document.querySelectorAll(`.bl-waits[data-question="${id}"]`)) {
      part.classList.remove("bl-closed");
      const result = part.closest(".bl-reveal");
      if (!result) continue;
      result.classList.add("bl-opened");
      if ("answer" in entry) part.querySelector(".bl-verdict").textContent = verdict(form, entry.answer, result.dataset.truth);
    }
    const told = form.querySelector(".bl-told");
    if (!("answer" in entry)) told.textContent = "Skipped.";
    else if (form.dataset.truth !== undefined) told.textContent = verdict(form, entry.answer, form.dataset.truth);
    else told.textContent = `Kept in this browser: ${form.dataset.low === undefined ? entry.answer : quantity(entry.answer, form.dataset.unit)}.`;
  }

  for (const form of document.querySelectorAll(".bl-predict")) {
    const id = form.dataset.question, told = form.querySelector(".bl-told");
    const before = kept.get("prediction", id);
    for (const part of document.querySelectorAll(`.bl-waits[data-question="${id}"]`)) part.classList.add("bl-closed");
    if (before) {
      open(id, form, before);
      const box = form.querySelector("input[type=text]");
      if (box && "answer" in before) box.value = before.answer;
      for (const radio of form.querySelectorAll("input[type=radio]")) radio.checked = radio.value === before.answer;
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const box = form.querySelector("input[type=text]");
      let answer;
      if (box) {
        answer = read(box.value, form.dataset.unit);
        const low = Number(form.dataset.low), high = Number(form.dataset.high);
        if (answer === null || answer < low || answer > high) {
          told.textContent = `Type one number from ${quantity(low, form.dataset.unit)} to ${quantity(high, form.dataset.unit)}, such as ${three((low + high) / 2)}.`;
          box.focus();
          return;
        }
      } else {
        answer = form.querySelector("input[type=radio]:checked")?.value;
        if (answer === undefined) { told.textContent = "Choose one of the answers, or skip."; return; }
      }
      const entry = { answer };
      kept.put("prediction", id, entry);
      open(id, form, entry);
    });
    form.querySelector(".bl-skip").addEventListener("click", () => {
      kept.put("prediction", id, { skipped: true });
      open(id, form, { skipped: true });
    });
  }

  for (const check of document.querySelectorAll(".bl-check")) {
    const options = [...check.querySelectorAll(".bl-option")], told = check.querySelector(".bl-told");
    const letters = "ABCDEFGH";
    const chosen = kept.get("check", check.dataset.check);
    if (Number.isInteger(chosen) && options[chosen]) { options[chosen].open = true; told.textContent = `You chose ${letters[chosen]}.`; }
    options.forEach((option, i) => {
      const keep = () => kept.put("check", check.dataset.check, i);
      // kept at once: "toggle" comes later, and the page may be closed before
      option.querySelector("summary").addEventListener("click", () => { if (!option.open) keep(); });
      option.addEventListener("toggle", () => {
        if (!option.open) return;
        for (const other of options) if (other !== option) other.open = false;
        keep();
        told.textContent = `You chose ${letters[i]}. ${option.querySelector("p").textContent}`;
      });
    });
  }

  for (const lab of document.querySelectorAll(".bl-lab")) {
    const box = lab.querySelector(".bl-frames"), frames = JSON.parse(box.textContent);
    const controls = [...lab.querySelectorAll(".bl-control input, .bl-control select")];
    const picture = lab.querySelector(".bl-moves > .bl-picture"), sentence = lab.querySelector(".bl-sentence");
    const ready = new Map();
    const fetched = (src) => { if (!ready.has(src)) { const image = new Image(); image.src = box.dataset.folder + src; ready.set(src, image); } return ready.get(src).src; };
    lab.addEventListener("pointerenter", () => frames.forEach((frame) => fetched(frame.src)), { once: true });
    lab.addEventListener("focusin", () => frames.forEach((frame) => fetched(frame.src)), { once: true });
    const show = () => {
      let index = 0;
      for (const control of controls) index = index * Number(control.dataset.count) + Number(control.value);
      const frame = frames[index];
      picture.src = fetched(frame.src);
      picture.alt = frame.alt;
      sentence.textContent = frame.text;
    };
    for (const control of controls) control.addEventListener("input", () => {
      if (control.type === "range") {
        const words = JSON.parse(control.dataset.values)[Number(control.value)];
        control.setAttribute("aria-valuetext", words);
        lab.querySelector(`output[for="${control.id}"]`).textContent = words;
      }
      show();
    });
  }
})();
