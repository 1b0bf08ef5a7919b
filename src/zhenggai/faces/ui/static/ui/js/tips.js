// 提示: shows data-tip beside the pointer or the focus; the words also stand in the page or its label.
const EDGE = 8;
const AWAY = 12;

export function startTips() {
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  const hide = () => tip.classList.remove("on");

  function show(mark, x, y) {
    tip.textContent = mark.dataset.tip;
    tip.classList.add("on");
    tip.style.left = `${Math.min(innerWidth - tip.offsetWidth - EDGE, Math.max(EDGE, x + AWAY))}px`;
    tip.style.top = `${Math.max(EDGE, y - tip.offsetHeight - AWAY)}px`;
  }

  document.addEventListener("pointermove", (event) => {
    const mark = event.target.closest?.("[data-tip]");
    if (mark) show(mark, event.clientX, event.clientY);
    else hide();
  });
  document.addEventListener("focusin", (event) => {
    if (!event.target.dataset?.tip) return;
    const box = event.target.getBoundingClientRect();
    show(event.target, box.left + box.width / 2, box.top);
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
}
