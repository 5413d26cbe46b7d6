"use strict";
// Sends a text to the local program and shows the page that comes back. What was sent stays in this tab's memory.
const part = (id) => document.getElementById(id);
const text = part("text-in");
const MOST = 2_000_000; // bytes; the program refuses more
let sent = null; // { body, type, name }: what is shown
let page = "";
let asked = 0; // only the last answer is shown

async function ask(path, { body, type, name }) {
  let answer;
  try {
    answer = await fetch(`${path}${path.includes("?") ? "&" : "?"}id=${encodeURIComponent(name)}`, {
      method: "POST", body, headers: { "content-type": type }, credentials: "omit", cache: "no-store" });
  } catch {
    throw new Error("The local program does not answer. Is “misinfo serve” still running?");
  }
  if (!answer.ok) {
    const { error } = await answer.json();
    throw new Error(`${error.message[0].toUpperCase()}${error.message.slice(1)}; ${error.remedy}.`);
  }
  return answer.text();
}

function say(status, error = "") {
  part("status").textContent = status;
  part("error").textContent = error;
}

// What was shown belongs to another text than the one that could not be marked.
function fail(error) {
  part("found").hidden = true;
  say("", error);
}

async function mark(what) {
  const turn = ++asked;
  const size = what.body.size ?? new Blob([what.body]).size;
  if (size > MOST) return fail(`The text has ${size.toLocaleString()} bytes; at most ${MOST.toLocaleString()} are taken. Give a shorter one.`);
  say("Marking …");
  const begun = performance.now();
  let found;
  try {
    found = await ask("/v1/report", what);
  } catch (error) {
    if (turn === asked) fail(error.message);
    return;
  }
  if (turn !== asked) return;
  sent = what;
  page = found;
  // Without its style and script: this page has both, and its policy allows none inside.
  const body = page.slice(page.indexOf("<main"), page.lastIndexOf("<script>"));
  const report = new DOMParser().parseFromString(body, "text/html").getElementById("report");
  const fresh = document.createElement("div");
  fresh.id = "report";
  fresh.className = "report";
  fresh.append(...report.childNodes);
  part("report").replaceWith(fresh);
  part("found").hidden = false;
  attachReport(fresh);
  const marks = fresh.querySelectorAll("article mark[id]").length;
  const heading = fresh.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  part("found").scrollIntoView();
  say(`${marks} mark${marks === 1 ? "" : "s"} found in ${Math.round(performance.now() - begun)} ms.`);
}

const pasted = () => mark({ body: JSON.stringify({ text: text.value }), type: "application/json", name: "pasted text" });
function file(chosen) {
  if (!chosen) return;
  const html = /\.x?html?$/i.test(chosen.name) || chosen.type === "text/html";
  mark({ body: chosen, type: html ? "text/html" : "text/plain", name: chosen.name });
}

part("form").addEventListener("submit", (event) => { event.preventDefault(); pasted(); });
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); pasted(); }
});
text.addEventListener("paste", () => setTimeout(pasted));
part("file-in").addEventListener("change", (event) => {
  file(event.target.files[0]);
  event.target.value = ""; // so that the same file can be chosen again
});
part("clear").addEventListener("click", () => {
  asked += 1;
  text.value = "";
  sent = null;
  page = "";
  part("report").replaceChildren();
  part("found").hidden = true;
  say("");
  text.focus();
});
document.addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dropping"); });
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("dropping"); });
document.addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("dropping");
  if (event.dataTransfer.files.length) return file(event.dataTransfer.files[0]);
  text.value = event.dataTransfer.getData("text/plain");
  if (text.value) pasted();
});

function save(content, type, ending) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = `${sent.name.replace(/\.[^.]*$/, "").replace(/[^\p{L}\p{N}._-]+/gu, "-")}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
part("save-html").addEventListener("click", () => save(page, "text/html", "html"));
part("save-json").addEventListener("click", async () => {
  try {
    save(await ask("/v1/score?signals=true&all_reasons=true", sent), "application/json", "json");
  } catch (error) {
    say("", error.message);
  }
});
part("print").addEventListener("click", () => window.print());
