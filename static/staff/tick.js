// Every box of a group at once, or none of them.

for (const group of document.querySelectorAll("[data-tick]")) {
  const both = group.querySelector("[data-tick-all]");
  if (!both) continue;
  both.hidden = false;
  both.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    for (const box of group.querySelectorAll("input[type=checkbox]")) box.checked = button.value === "all";
  });
}
