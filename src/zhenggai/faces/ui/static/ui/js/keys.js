// 快捷键: / search, ? help, J K rows; silent while typing and when switched off.
const TYPING = "input,textarea,select,[contenteditable]";
const STORE = "keys-off";

function step(by) {
  const rows = [...document.querySelectorAll("[data-row] a[data-open], a[data-row]")];
  const at = rows.indexOf(document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
}

function help() {
  const dialog = document.getElementById("keys");
  if (dialog?.open) dialog.close();
  else dialog?.showModal();
}

const ACTIONS = {
  "/": () => document.getElementById("site-search")?.focus(),
  "?": help,
  j: () => step(1),
  k: () => step(-1),
};

export function startKeys() {
  const choice = document.querySelector("[data-act=keys-off]");
  if (choice) {
    choice.checked = localStorage.getItem(STORE) === "1";
    choice.addEventListener("change", () => localStorage.setItem(STORE, choice.checked ? "1" : "0"));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest(TYPING) || localStorage.getItem(STORE) === "1") return;
    const action = ACTIONS[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
