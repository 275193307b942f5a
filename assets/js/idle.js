// On a computer that many use: says a minute before that the session ends, and leaves the page when
// it has. Opening a page, typing and pointing put the end off; the server holds the clock.
const mark = document.cookie.match(/(?:^|; )public-computer=(\d+)-(\d+)/);
const start = document.documentElement.lang === "en" ? "/en" : "";
const ended = `${start}/accounts/ended/`;
let isTouched = false;
let timer;
let dialog;

if (mark && location.pathname !== ended) {
  for (const kind of ["keydown", "pointerdown"]) {
    addEventListener(kind, () => (isTouched = true), { passive: true });
  }
  ask("POST");
}

// Going back must not show again what was one's own, neither here nor on one's own computer.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted && document.documentElement.hasAttribute("data-own")) location.reload();
});

async function ask(method) {
  const answer = await fetch(`${start}/accounts/stay/`, { method, redirect: "manual" }).catch(() => null);
  if (answer === null) return wait(Number(mark[2])); // no connection: the server ends it by itself
  if (!answer.ok) return leave();
  const { seconds, warning } = await answer.json();
  if (method === "POST") {
    isTouched = false;
    dialog?.close();
    return wait(seconds - mark[2]);
  }
  if (seconds > mark[2]) return wait(seconds - mark[2]); // another window put it off
  if (seconds > 0) {
    if (!dialog?.open) warn(warning);
    return wait(seconds);
  }
  leave();
}

function wait(seconds) {
  clearTimeout(timer);
  timer = setTimeout(() => ask(isTouched && !dialog?.open ? "POST" : "GET"), Math.max(1, seconds) * 1000);
}

function warn(markup) {
  dialog?.remove();
  document.body.insertAdjacentHTML("beforeend", markup);
  dialog = document.querySelector("dialog.idle");
  dialog.querySelector("[data-idle-stay]").addEventListener("click", () => ask("POST"));
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault(); // Escape means “go on”, as a hand on the keyboard does
    ask("POST");
  });
  dialog.showModal();
}

function leave() {
  if (document.documentElement.hasAttribute("data-own")) location.replace(ended);
  else dialog?.close();
}
