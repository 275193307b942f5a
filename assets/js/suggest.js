// Offers what is being typed as a native list of suggestions, which every screen reader knows.
const WAIT_MS = 150;

export function suggest(input) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-suggestions`;
  input.after(list);
  input.setAttribute("list", list.id);
  let timer;
  let asked;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    asked?.abort();
    const typed = input.value.trim();
    if (typed) timer = setTimeout(() => ask(typed), WAIT_MS);
  });

  async function ask(typed) {
    asked = new AbortController();
    const address = new URL(input.dataset.suggest, location.href);
    address.searchParams.set("q", typed);
    try {
      const response = await fetch(address, { signal: asked.signal });
      if (!response.ok) return;
      const { results } = await response.json();
      list.replaceChildren(
        ...results.map((result) => {
          const option = document.createElement("option");
          option.value = result.text;
          return option;
        }),
      );
    } catch {
      // Without suggestions one types to the end.
    }
  }
}
