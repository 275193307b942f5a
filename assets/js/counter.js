// At the counter the page changes in place: no step of it becomes a page that "back" could show
// again, and what was typed goes with the page.
const HERE = "[data-counter]";

addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-counter-form]")) return;
  event.preventDefault();
  send(new FormData(form, event.submitter));
});
addEventListener("pagehide", () => document.querySelector(HERE)?.replaceChildren());
addEventListener("pageshow", ({ persisted }) => {
  if (persisted && document.querySelector(HERE)) location.reload();
});

async function send(body) {
  const answer = await fetch(location.href, { method: "POST", body }).catch(() => null);
  if (!answer?.ok) return sayFault();
  if (answer.redirected) return location.replace(answer.url);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = document.adoptNode(page.querySelector(HERE));
  document.querySelector(HERE).replaceWith(fresh);
  (fresh.querySelector(".desk-error")?.parentElement.querySelector("input, select") ??
    (body.get("do") === "add" ? added(fresh) : fresh.querySelector("[data-focus]")))?.focus();
}

// Whoever was added is asked about next.
function added(page) {
  return [...page.querySelectorAll("[name$='-birth_date']")].at(-1);
}

function sayFault() {
  const said = document.querySelector("[data-counter-fault]");
  said.textContent = document.querySelector(HERE).dataset.offline;
  said.hidden = false;
}
