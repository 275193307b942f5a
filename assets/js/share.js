// Copies a page's address and opens the print dialogue; both buttons stay hidden without a script.
export function copyAndPrint(root) {
  for (const button of root.querySelectorAll("[data-print][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("[data-copy][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.parentElement.querySelector("[role=status]").textContent = button.dataset.done;
    });
  }
}
