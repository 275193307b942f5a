// Tells under a long answer how many characters there are; nothing is cut off, the server says how
// many are too many. It is read aloud only near the limit, and not at every key.
const NEAR = 0.9;

export function count(area) {
  const most = Number(area.dataset.most);
  const shown = document.createElement("p");
  shown.className = "form-hint counter";
  shown.id = `${area.id}_count`;
  area.setAttribute("aria-describedby", `${area.getAttribute("aria-describedby") ?? ""} ${shown.id}`.trim());
  area.after(shown);
  area.dataset.counting = "";
  const tell = () => {
    const number = [...area.value].length;
    const words = { most: most.toLocaleString("ko"), number: number.toLocaleString("ko") };
    shown.ariaLive = number > most * NEAR ? "polite" : "off";
    shown.classList.toggle("counter--over", number > most);
    shown.textContent = area.dataset.counted.replace(/\{(\w+)\}/g, (_, name) => words[name]);
  };
  let waiting = 0;
  area.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(tell, 300);
  });
  tell();
}
