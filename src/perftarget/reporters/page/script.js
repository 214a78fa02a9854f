"use strict";
(() => {
  const form = document.getElementById("filter");
  const output = document.getElementById("shown");
  const queryAll = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const findings = queryAll(".findings > li");
  const tagged = queryAll("[data-level]");
  const tableElements = queryAll("article, .amounts tbody tr");

  const readFilter = () => {
    const data = new FormData(form);
    return { levels: new Set(data.getAll("level")), box: data.get("box"), table: data.get("table") };
  };

  const matches = (element, { levels, box, table }) =>
    levels.has(element.dataset.level) &&
    (!box || element.dataset.box === box) &&
    (!table || element.dataset.table === table);

  const apply = () => {
    const filter = readFilter();
    for (const element of tagged) element.hidden = !matches(element, filter);
    for (const element of tableElements) element.hidden = Boolean(filter.table) && element.dataset.table !== filter.table;
    for (const element of queryAll("section.box")) element.hidden = Boolean(filter.box) && element.dataset.box !== filter.box;
    for (const cell of queryAll(".form .at")) cell.classList.toggle("unlit", queryAll(".mark", cell).every((mark) => mark.hidden));
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
