// What the examples of imported flows would begin beside what is published: asked for once the page is there,
// since each example is looked at for the first time. Without this the editor of each flow says the same.

const line = document.querySelector("[data-examples]");
const AGAIN = 1500; // ms, while there are examples that were not looked at yet
const MOST = 40; // times

function show(flows) {
  for (const list of document.querySelectorAll("[data-foreseen]")) {
    const found = flows[list.dataset.foreseen] ?? [];
    list.replaceChildren(...found.map(row));
    list.hidden = !found.length;
  }
  line.textContent = Object.keys(flows).length ? line.dataset.done : line.dataset.fine;
}

function row(problem) {
  const item = document.createElement("li");
  item.className = "bring__warning";
  item.append(problem.text);
  if (problem.page) {
    const link = document.createElement("a");
    link.href = problem.page;
    link.textContent = line.dataset.open;
    item.append(" ", link);
  }
  return item;
}

async function look() {
  line.hidden = false;
  for (let times = 0; times < MOST; times += 1) {
    const answer = await fetch(line.dataset.examples, { headers: { Accept: "application/json" } });
    if (!answer.ok) break;
    const said = await answer.json();
    if (said.known) return show(said.flows);
    await new Promise((done) => setTimeout(done, AGAIN));
  }
  line.textContent = line.dataset.failed;
}

if (line) look().catch(() => (line.textContent = line.dataset.failed));
