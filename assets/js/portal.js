// What the pages do better with a script. No task needs it: links and forms work without.
import "htmx.org/dist/htmx.esm.js";
import { copyAndPrint } from "./share.js";
import { suggest } from "./suggest.js";

copyAndPrint(document);
document.querySelectorAll("[data-suggest]").forEach(suggest);
document.querySelector(".errors[autofocus]")?.focus();

// What is folded on the screen belongs on paper.
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("main details:not([open])")) {
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
