// 来文审阅的快捷键: J K field, Y accept, E edit, U unknown, 1-4 readings; all of it works without.
const TYPING = "input:not([type=radio]):not([type=checkbox]),textarea,select,[contenteditable]";
const STORE = "keys-off";
const fields = [...document.querySelectorAll("[data-field]")];
let at = Math.max(0, fields.findIndex((field) => field.id && `#${field.id}` === location.hash));

function go(by) {
  at = Math.min(fields.length - 1, Math.max(0, at + by));
  fields[at]?.focus();
  fields[at]?.scrollIntoView({ block: "nearest" });
  document.getElementById(`m-${fields[at]?.id}`)?.scrollIntoView({ block: "center" });
}

function readings() {
  return [...(fields[at]?.querySelectorAll("[data-reading]") ?? [])];
}

function choose(input) {
  if (!input) return;
  input.checked = true;
  input.focus();
}

function accept() {
  fields[at]?.querySelector("[data-confirm]")?.requestSubmit();
}

function edit() {
  const more = fields[at]?.querySelector("[data-edit]");
  if (!more) return;
  more.open = true;
  more.querySelector("input,select")?.focus();
}

const ACTIONS = {
  j: () => go(1),
  k: () => go(-1),
  y: accept,
  e: edit,
  u: () => choose(readings().find((input) => "unknown" in input.dataset)),
};

for (const n of [1, 2, 3, 4]) ACTIONS[n] = () => choose(readings()[n - 1]);

document.addEventListener("focusin", (event) => {
  const found = fields.indexOf(event.target.closest("[data-field]"));
  if (found >= 0) at = found;
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest(TYPING) || localStorage.getItem(STORE) === "1") return;
  const action = ACTIONS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
