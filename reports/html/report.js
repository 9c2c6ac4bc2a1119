// What a report can do with JavaScript that it cannot do without: search, filters, buttons to copy,
// and links and printers that find what is folded away. It has no words of its own (they stand in
// data- attributes, in the language of the report), asks no host for anything, and writes text only
// as text.
"use strict";
(() => {
  const words = document.body.dataset;

  // --- folded parts -----------------------------------------------------------------------------
  const unfold = (element) => {
    for (let at = element; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  };
  const showTarget = () => {
    const id = location.hash.slice(1);  // an id is ASCII
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let at = target; at; at = at.parentElement) {
      if (at.dataset.row !== undefined || at.dataset.group !== undefined) at.hidden = false;
    }
    unfold(target);
    target.scrollIntoView();
  };
  addEventListener("hashchange", showTarget);
  showTarget();

  // On paper nothing can be unfolded, so everything is; afterwards it is as it was.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    opened = [];
  });

  // --- buttons to copy --------------------------------------------------------------------------
  const copyText = async (text) => {
    if (navigator.clipboard && isSecureContext) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch (refused) {
        // A browser may refuse it; the old way below asks for less.
      }
    }
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "offscreen";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  // One live region: a screen reader says what happened.
  const said = document.createElement("div");
  said.setAttribute("role", "status");
  said.className = "offscreen";
  document.body.append(said);

  // A report has thousands of blocks: a button is made when its part is first unfolded.
  const addButtons = (part) => {
    for (const block of part.querySelectorAll("pre[data-copy]:not([data-has-button])")) {
      if (block.closest("details:not([open])")) continue;
      block.dataset.hasButton = "";
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = words.copy;
      if (block.getAttribute("aria-label")) {
        button.setAttribute("aria-label", words.copy + ": " + block.getAttribute("aria-label"));
      }
      button.addEventListener("click", async () => {
        const done = await copyText(block.textContent);
        said.textContent = done ? words.copied : words.notCopied;
        button.textContent = said.textContent;
        button.focus();
        setTimeout(() => { button.textContent = words.copy; }, 2000);
      });
      block.before(button);
    }
  };
  addButtons(document);
  addEventListener("toggle", (event) => { if (event.target.open) addButtons(event.target); }, true);

  // --- tables that can be sorted ----------------------------------------------------------------
  // <div data-sort> holds a table; a click on the head of a column sorts by it, another one turns it
  // around. Figures by their value, what has none last; words as the language of the page has them.
  for (const table of document.querySelectorAll("[data-sort] table")) {
    const heads = [...table.querySelectorAll("thead th")];
    const body = table.querySelector("tbody");
    heads.forEach((head, column) => {
      if (!head.textContent) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const cell = (row) => row.children[column].textContent.trim();
        const figures = head.classList.contains("number");
        const value = (row) => Number.parseFloat(cell(row));
        const compare = (a, b) => {
          if (!figures) return cell(a).localeCompare(cell(b), document.documentElement.lang) * (down ? -1 : 1);
          if (Number.isNaN(value(a)) || Number.isNaN(value(b))) return Number.isNaN(value(a)) - Number.isNaN(value(b));
          return (value(a) - value(b)) * (down ? -1 : 1);
        };
        body.append(...[...body.rows].sort(compare));
      });
    });
  }

  // --- filters ----------------------------------------------------------------------------------
  // <form data-filter="LIST"> rules the elements with data-row inside #LIST. A row is shown when the
  // search box (type=search) is found in its text, and when for each group of checkboxes the value
  // of its data-NAME is ticked. <output> tells how many are left; a data-group without any is hidden.
  for (const form of document.querySelectorAll("form[data-filter]")) {
    const list = document.getElementById(form.dataset.filter);
    const rows = [...list.querySelectorAll("[data-row]")];
    const groups = [...list.querySelectorAll("[data-group]")];
    const box = form.querySelector("input[type=search]");
    const output = form.querySelector("output");
    const nothing = document.getElementById(form.dataset.filter + "-nothing");
    const textOf = new Map();
    const text = (row) => {
      if (!textOf.has(row)) {
        const head = row.querySelector("summary") || row;
        textOf.set(row, (head.textContent + " " + (row.dataset.find || "")).toLowerCase());
      }
      return textOf.get(row);
    };
    const apply = () => {
      const asked = box ? box.value.toLowerCase().split(/\s+/).filter(Boolean) : [];
      const ticked = {};
      for (const tick of form.querySelectorAll("input[type=checkbox]")) {
        ticked[tick.name] = ticked[tick.name] || new Set();
        if (tick.checked) ticked[tick.name].add(tick.value);
      }
      let shown = 0;
      for (const row of rows) {
        const fits = Object.entries(ticked).every(([name, values]) =>
          row.dataset[name] === undefined || values.has(row.dataset[name]));
        const found = fits && asked.every((word) => text(row).includes(word));
        row.hidden = !found;
        if (found) shown += 1;
      }
      for (const group of groups) group.hidden = !group.querySelector("[data-row]:not([hidden])");
      if (nothing) nothing.hidden = shown > 0;
      if (output) {
        output.textContent = output.dataset.shown.replace("{shown}", shown).replace("{all}", rows.length);
      }
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    for (const button of form.querySelectorAll("button[data-fold]")) {
      button.addEventListener("click", () => {
        const open = button.dataset.fold === "open";
        const visible = rows.filter((row) => !row.hidden);
        for (const row of visible) {
          const details = row.querySelector("details");
          if (details) details.open = open;
        }
      });
    }
    form.hidden = false;
    apply();
    if (box) {
      addEventListener("keydown", (event) => {
        const typing = event.target.matches("input, textarea, select, [contenteditable]");
        if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
          event.preventDefault();
          box.focus();
        }
        if (event.key === "Escape" && event.target === box && box.value !== "") {
          box.value = "";
          apply();
        }
      });
    }
  }
})();
