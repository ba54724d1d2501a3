"use strict";

const at = (id) => document.getElementById(id);
const text = at("text");
const state = { name: "story.txt", result: null, asked: 0 };

const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

function say(words, wrong = false) {
  at("status").textContent = words;
  at("status").classList.toggle("wrong", wrong);
}

function warn(warnings) {
  at("warnings").replaceChildren(...warnings.map((words) => {
    const item = document.createElement("li");
    item.textContent = words;
    return item;
  }));
  at("warnings").hidden = warnings.length === 0;
}

function describe() {
  const words = text.value.trim() ? text.value.trim().split(/\s+/).length : 0;
  at("words").textContent = `${words.toLocaleString("en")} word${words === 1 ? "" : "s"}`;
  at("name").textContent = state.name === "story.txt" ? "" : state.name;
}

async function ask(address, options) {
  const response = await fetch(address, { method: "POST", ...options });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

async function check() {
  const number = ++state.asked;
  const body = JSON.stringify({ text: text.value, name: state.name, profile: at("profile").value, genre: at("genre").value });
  at("check").disabled = true;
  at("report").setAttribute("aria-busy", "true");
  say("Reading …");
  try {
    const result = await ask("/check", { body, headers: { "Content-Type": "application/json" } });
    if (number !== state.asked) return;
    state.result = result;
    const found = ["error", "warning", "info"].filter((s) => result.findings[s]).map((s) => count(result.findings[s], s === "info" ? "note" : s));
    say(`Checked. Findings: ${found.join(", ") || "none"}.`);
    warn(result.warnings);
    at("report").srcdoc = result.html;
    at("report").hidden = false;
    at("export").hidden = false;
  } catch (error) {
    if (number !== state.asked) return;
    say(error instanceof TypeError ? "The server does not answer; is it still running?" : `Not checked: ${error.message}`, true);
  } finally {
    if (number === state.asked) {
      at("check").disabled = false;
      at("report").removeAttribute("aria-busy");
    }
  }
}

async function open(file) {
  if (!file) return;
  const body = new FormData();
  body.append("story", file);
  say(`Opening ${file.name} …`);
  try {
    const opened = await ask("/open", { body });
    text.value = opened.text;
    state.name = opened.name;
    describe();
    await check();
  } catch (error) {
    say(`${file.name} was not opened: ${error.message}`, true);
  }
}

function save(content, type, suffix) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = state.name.replace(/\.[^.]*$/, "") + suffix;
  link.click();
  URL.revokeObjectURL(link.href);
}

at("form").addEventListener("submit", (event) => { event.preventDefault(); check(); });
text.addEventListener("input", describe);
text.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) check(); });
at("file").addEventListener("change", (event) => { open(event.target.files[0]); event.target.value = ""; });
at("save-html").addEventListener("click", () => save(state.result.html, "text/html", ".html"));
at("save-json").addEventListener("click", () => save(state.result.json, "application/json", ".json"));
for (const name of ["dragenter", "dragover"]) document.addEventListener(name, (event) => { event.preventDefault(); text.classList.add("dropping"); });
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) text.classList.remove("dropping"); });
document.addEventListener("drop", (event) => {
  text.classList.remove("dropping");
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  open(event.dataTransfer.files[0]);
});
describe();
