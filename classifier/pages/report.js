"use strict";
// Pointing at marks, going from one to the next, and the tip that says what they are. The page can be read without.
function attachReport(root) {
  const page = document;
  const text = root.querySelector("article");
  const marks = [...text.querySelectorAll("mark[id]")];
  const tip = page.createElement("div");
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  root.append(tip);
  page.documentElement.classList.add("scripted");

  const boxes = [...root.querySelectorAll(".legend input[id^=show-]")];
  const family = (mark) => [...mark.classList].find((name) => name.startsWith("f-")).slice(2);
  const hiddenFamilies = () => new Set(boxes.filter((box) => !box.checked).map((box) => box.id.slice(5)));
  let off = hiddenFamilies();
  const shown = (mark) => !off.has(family(mark)) && mark.checkVisibility(); // not where it is folded away
  const first = (mark) => (mark.id ? mark : page.getElementById(mark.dataset.m));

  let lit = [];
  function hide() {
    tip.hidden = true;
    lit.forEach((mark) => mark.classList.remove("lit"));
    lit = [];
    text.querySelector("[aria-describedby=tip]")?.removeAttribute("aria-describedby");
  }
  function show(piece) {
    const around = [];
    for (let at = piece; at && at !== text; at = at.parentElement) {
      if (at.localName === "mark" && shown(at)) around.push(first(at));
    }
    hide();
    if (!around.length) return;
    tip.replaceChildren(...around.map((mark) => {
      const line = page.createElement("p");
      line.textContent = `${mark.dataset.says} · at ${mark.dataset.at.replace("-", "–")}`;
      return line;
    }));
    const inner = around[0];
    const group = inner.dataset.g;
    lit = [...text.querySelectorAll(
      group ? `mark[data-g="${group}"].f-${family(inner)}` : `#${inner.id},[data-m="${inner.id}"]`)];
    lit.forEach((mark) => mark.classList.add("lit"));
    inner.setAttribute("aria-describedby", "tip");
    tip.hidden = false;
    const box = piece.getClientRects()[0];
    const within = (tip.offsetParent ?? page.documentElement).getBoundingClientRect();
    const room = page.documentElement.clientWidth - tip.offsetWidth - 8;
    tip.style.left = `${Math.max(8, Math.min(box.left, room)) - within.left}px`;
    const below = box.bottom + 6 + tip.offsetHeight < window.innerHeight;
    tip.style.top = `${(below ? box.bottom + 6 : box.top - tip.offsetHeight - 6) - within.top}px`;
  }
  // The mark that has the focus is told of unless another is pointed at, also where the text scrolls under the pointer.
  let told = null;
  const back = () => { if (told) show(told); else hide(); };
  text.addEventListener("pointerover", (event) => {
    const piece = event.target.closest("mark");
    if (piece) show(piece);
    else back();
  });
  text.addEventListener("pointerleave", back);
  text.addEventListener("focusin", (event) => {
    told = event.target.localName === "mark" ? event.target : null;
    if (told) show(told);
  });
  text.addEventListener("focusout", () => { told = null; hide(); });

  // One stop for Tab in the text; arrows go from mark to mark.
  marks.forEach((mark, i) => { mark.tabIndex = i ? -1 : 0; });
  let current = marks[0];
  function stopAt(mark) {
    if (current) current.tabIndex = -1;
    current = mark;
    if (current) current.tabIndex = 0;
  }
  text.addEventListener("focusin", (event) => { if (event.target.localName === "mark") stopAt(event.target); });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      told = null;
      return hide();
    }
    if (event.target.localName !== "mark" || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (!step) return;
    event.preventDefault();
    const order = marks.filter(shown);
    const at = order.indexOf(event.target) + step;
    order[Math.max(0, Math.min(order.length - 1, at))]?.focus();
  });
  const keepStop = () => { if (!current || !shown(current)) stopAt(marks.find(shown)); };
  window.addEventListener("resize", keepStop); // a narrow page leaves out what both versions share
  root.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const mark = link && page.getElementById(link.hash.slice(1));
    if (mark?.localName !== "mark") return;
    const box = boxes.find((one) => one.id === `show-${family(mark)}`);
    if (box && !box.checked) box.click();
    for (let at = mark.parentElement; at !== text; at = at.parentElement) if (at.localName === "details") at.open = true;
    mark.focus();
  });
  root.querySelector(".legend").addEventListener("change", () => {
    off = hiddenFamilies();
    hide();
    // The style sheet hides the families it knows; this is for those of other packages, and for where Tab stops.
    marks.forEach((mark) => mark.classList.toggle("off", !shown(mark)));
    stopAt(marks.find(shown));
  });
  root.querySelectorAll(".strips svg").forEach((strip) => strip.addEventListener("click", (event) => {
    const box = strip.getBoundingClientRect();
    const paragraphs = [...text.querySelectorAll("p:not(details p)")];
    const lengths = paragraphs.map((one) => one.textContent.length);
    let left = ((event.clientX - box.left) / box.width) * lengths.reduce((sum, one) => sum + one, 0);
    const at = lengths.findIndex((length) => (left -= length) <= 0);
    paragraphs[Math.max(0, at)]?.scrollIntoView({ block: "center" });
  }));
}
{
  const root = document.querySelector("main.report"); // the local page attaches each report itself
  if (root) attachReport(root);
}
