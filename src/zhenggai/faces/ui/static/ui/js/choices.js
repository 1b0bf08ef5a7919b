// 深浅色与大字: remembered in a cookie, so the server draws the right page at once.
const YEAR = 31536000;

function remember(name, value) {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
}

export function startChoices() {
  const root = document.documentElement;
  for (const button of document.querySelectorAll("[data-act=theme],[data-act=text]")) {
    button.hidden = false;
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (button?.dataset.act === "theme") {
      root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
      remember("theme", root.dataset.theme);
    }
    if (button?.dataset.act === "text") {
      const large = root.dataset.text !== "large";
      root.dataset.text = large ? "large" : "";
      button.setAttribute("aria-pressed", String(large));
      remember("text", root.dataset.text);
    }
  });
}
