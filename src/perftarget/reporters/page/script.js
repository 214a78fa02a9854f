"use strict";
(() => {
  const form = document.getElementById("filter");
  const output = document.getElementById("shown");
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const findings = all(".findings > li");
  const facts = all("[data-level]");
  const tables = all("article, .amounts tbody tr");

  const chosen = () => {
    const data = new FormData(form);
    return { levels: new Set(data.getAll("level")), box: data.get("box"), table: data.get("table") };
  };

  const matches = (element, { levels, box, table }) =>
    levels.has(element.dataset.level) &&
    (!box || element.dataset.box === box) &&
    (!table || element.dataset.table === table);

  const apply = () => {
    const filter = chosen();
    for (const element of facts) element.hidden = !matches(element, filter);
    for (const element of tables) element.hidden = Boolean(filter.table) && element.dataset.table !== filter.table;
    for (const element of all("section.box")) element.hidden = Boolean(filter.box) && element.dataset.box !== filter.box;
    for (const cell of all(".form .at")) cell.classList.toggle("unlit", all(".mark", cell).every((mark) => mark.hidden));
    const shown = findings.filter((element) => !element.hidden).length;
    output.textContent = output.dataset.words.replace("%a", shown).replace("%b", findings.length);
  };

  const theme = form.elements.theme;
  theme.addEventListener("change", () => { document.documentElement.dataset.theme = theme.value; });
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
})();
