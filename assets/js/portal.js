// What the pages do better with a script. No task needs it: links and forms work without.
import "htmx.org/dist/htmx.esm.js";
import { takeFromHash } from "./after-hash.js";
import { count } from "./count.js";
import { tellFound } from "./found.js";
import "./idle.js";
import { offerMap, showNumbers } from "./maps.js";
import { offerNear } from "./near.js";
import { copyAndPrint } from "./share.js";
import { suggest } from "./suggest.js";

enhance();
document.addEventListener("htmx:after:swap", () => {
  enhance();
  tellFound(document);
  showNumbers();
});
document.querySelector(".errors[autofocus]")?.focus();
takeFromHash(document);
// Whoever opens the search box wants to type into it.
document.querySelector(".header__toggle--search")?.addEventListener("toggle", (event) => {
  if (event.target.open) document.getElementById("site-q").focus();
});

// Runs again over what htmx brought; what was made better before is left alone.
function enhance() {
  copyAndPrint(document);
  document.querySelectorAll("[data-suggest]:not([role=combobox])").forEach(suggest);
  document.querySelectorAll("textarea[data-most]:not([data-counting])").forEach(count);
  document.querySelectorAll("[data-near][hidden]").forEach(offerNear);
  document.querySelectorAll("[data-map][hidden]").forEach(offerMap);
}

// What is folded on the screen belongs on paper.
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("main details:not([open], .screen-only)")) {
    fold.open = true;
    fold.dataset.openForPrint = "";
  }
});
addEventListener("afterprint", () => {
  for (const fold of document.querySelectorAll("[data-open-for-print]")) {
    fold.open = false;
    delete fold.dataset.openForPrint;
  }
});
