// The rows of an import: tick all of the page, or all there are. The first button says how many.

for (const rows of document.querySelectorAll("[data-rows]")) {
  const all = rows.querySelector("[data-all]");
  const every = rows.querySelector("[data-every]");
  const count = rows.querySelector("[data-count]");
  const ticks = () => [...rows.querySelectorAll('[name="row"]')];
  const show = () => {
    const ticked = ticks().filter((tick) => tick.checked).length;
    all.checked = ticked === ticks().length;
    all.indeterminate = ticked > 0 && !all.checked;
    const decided = every?.checked ? Number(every.dataset.every) : ticked;
    count.textContent = `(${decided.toLocaleString(document.documentElement.lang)})`;
  };
  if (!all) continue;
  all.addEventListener("change", () => ticks().forEach((tick) => (tick.checked = all.checked)));
  every?.addEventListener("change", () => ticks().forEach((tick) => (tick.disabled = every.checked)));
  rows.addEventListener("change", show);
  show();
}
