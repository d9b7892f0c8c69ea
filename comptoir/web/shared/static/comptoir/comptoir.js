// Progressive enhancement only: every page works without this file. No inline code, no eval (strict CSP).
// Behaviours are declared in the markup with data- attributes (docs/design.md) and survive htmx swaps:
// one listener on the document for each kind of event, never one per element.
(() => {
  "use strict";
  const doc = document;
  doc.documentElement.classList.add("js");

  const all = (selector, root = doc) => [...root.querySelectorAll(selector)];
  const say = (text) => {
    const live = doc.querySelector("[data-live]");
    if (live) { live.textContent = ""; requestAnimationFrame(() => { live.textContent = text; }); }
  };

  // --- « / » goes to the search; Escape closes menus ------------------------
  doc.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
      const search = doc.querySelector("[data-search]");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    }
    if (event.key === "Escape") {
      for (const menu of all("details[data-menu][open]")) { menu.open = false; menu.querySelector("summary").focus(); }
    }
  });
  const typing = (node) => node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName);

  // --- Submit once ------------------------------------------------------------
  // The button keeps its name and value in the request, says it is busy, and wakes up if the person comes back.
  doc.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]") || event.defaultPrevented || event.submitter?.formTarget) return;  // a preview may be asked again
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    const button = event.submitter;
    if (button) setTimeout(() => { button.setAttribute("aria-busy", "true"); button.setAttribute("aria-disabled", "true"); });
  });
  const wake = (root) => {
    for (const form of all("form[data-sent]", root)) {
      delete form.dataset.sent;
      for (const button of all("[aria-busy]", form)) { button.removeAttribute("aria-busy"); button.removeAttribute("aria-disabled"); }
    }
  };
  addEventListener("pageshow", () => wake(doc));
  doc.addEventListener("htmx:afterRequest", (event) => { if (event.target.closest) wake(event.target.closest("form")?.parentNode ?? doc); });

  // --- Ticking rows, and the bar that says how many ------------------------------
  // <form data-ticks> holds [data-tick] boxes, an optional [data-tick-all], and an [data-action-bar] with [data-ticked].
  const count = (form) => {
    const boxes = all("[data-tick]", form).filter((box) => !box.disabled);
    const ticked = boxes.filter((box) => box.checked).length;
    const head = form.querySelector("[data-tick-all]");
    if (head) { head.checked = ticked > 0 && ticked === boxes.length; head.indeterminate = ticked > 0 && ticked < boxes.length; }
    const bar = form.querySelector("[data-action-bar]");
    if (!bar) return;
    bar.hidden = ticked === 0;
    const shown = bar.querySelector("[data-ticked]");
    const every = form.querySelector("[data-all-results]");
    if (every && ticked < boxes.length) every.value = "";
    const number = every && every.value ? Number(every.dataset.total) : ticked;
    if (shown) shown.textContent = (number > 1 ? shown.dataset.many : shown.dataset.one).replace("{n}", number.toLocaleString(doc.documentElement.lang));
    const offer = bar.querySelector("[data-take-all]");
    if (offer) offer.hidden = !every || Boolean(every.value) || ticked < boxes.length || Number(every.dataset.total) <= ticked;
  };
  let last = null;
  doc.addEventListener("click", (event) => {
    const box = event.target.closest("[data-tick]");
    if (!box) return;
    if (event.shiftKey && last && last.form === box.form) {   // Shift ticks a whole range
      const boxes = all("[data-tick]", box.form);
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const one of boxes.slice(from, to + 1)) if (!one.disabled) one.checked = box.checked;
    }
    last = box;
  });
  doc.addEventListener("change", (event) => {
    const form = event.target.closest("[data-ticks]");
    if (!form) return;
    if (event.target.matches("[data-tick-all]")) for (const box of all("[data-tick]", form)) if (!box.disabled) box.checked = event.target.checked;
    if (event.target.matches("[data-tick], [data-tick-all]")) count(form);
  });
  doc.addEventListener("click", (event) => {
    const form = event.target.closest("[data-ticks]");
    if (event.target.closest("[data-take-all]")) { form.querySelector("[data-all-results]").value = "1"; count(form); }
    if (event.target.closest("[data-untick]")) { for (const box of all("[data-tick]", form)) box.checked = false; count(form); }
  });

  // --- Rows walked with the arrows: ↑ ↓ from box to box, Enter opens the row's first link ---------
  doc.addEventListener("keydown", (event) => {
    const box = event.target.closest?.("[data-tick]");
    if (!box || !["ArrowUp", "ArrowDown", "Enter"].includes(event.key)) return;
    event.preventDefault();
    if (event.key === "Enter") { box.closest("tr, li")?.querySelector("a[href]")?.click(); return; }
    const boxes = all("[data-tick]", box.form ?? doc);
    boxes[boxes.indexOf(box) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  });

  // --- Dialogs: a link that leads to a page asking the same opens the dialog instead -----------------
  doc.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener && !event.ctrlKey && !event.metaKey) {
      const dialog = doc.getElementById(opener.dataset.dialog);
      if (dialog?.showModal) { event.preventDefault(); dialog.showModal(); }
    }
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest("dialog")?.close();
    if (event.target.matches("dialog[open]")) {
      const box = event.target.getBoundingClientRect();
      if (event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom) event.target.close();
    }
    for (const menu of all("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  // --- Copy, print, and forms sent as soon as they change ----------------------------------------------
  doc.addEventListener("click", async (event) => {
    const copier = event.target.closest("[data-copy]");
    if (copier) {
      const source = doc.getElementById(copier.dataset.copy);
      try { await navigator.clipboard.writeText(source ? (source.value ?? source.textContent).trim() : copier.dataset.copyText); say(copier.dataset.copied ?? ""); copier.classList.add("copied"); setTimeout(() => copier.classList.remove("copied"), 2000); }
      catch { source?.select?.(); }
    }
    if (event.target.closest("[data-print]")) print();
  });
  doc.addEventListener("change", (event) => { if (event.target.closest("[data-autosubmit]")) event.target.form.requestSubmit(); });

  // --- A form that shows what it would give, in a frame beside it, a moment after the last key -----------------------
  let settled;
  doc.addEventListener("input", (event) => {
    const form = event.target.type === "file" ? null : event.target.closest("[data-preview]");  // a file is not for looking at
    clearTimeout(settled);
    if (form) settled = setTimeout(() => form.querySelector("button[formtarget]").click(), 500);
  });

  // --- Steppers: minus and plus around a number ---------------------------------------------------------------
  doc.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    const input = button.parentNode.querySelector("input[type=number]");
    if (Number(button.dataset.step) > 0) input.stepUp(); else input.stepDown();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // --- Combobox (ARIA 1.2): an input, a list fetched as people type, a hidden value --------------------------------
  // <div class="combobox" data-combobox data-url="…" > <input type="text"> <input type="hidden" name="client"> </div>
  // The endpoint answers ?q= with JSON {"results": [{"value", "label", "detail"}], "nothing": "…"}.
  // Without this file the text itself is sent under the text input's name and the server looks it up.
  const boxes = new WeakMap();
  let serial = 0;
  const combobox = (root) => {
    const input = root.querySelector("input:not([type=hidden])");
    const value = root.querySelector("input[type=hidden]");
    const list = doc.createElement("div");
    list.id = `liste-${++serial}`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels?.[0]?.textContent.trim() ?? "");
    list.hidden = true;
    root.append(list);
    for (const [name, text] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id], ["autocomplete", "off"]]) input.setAttribute(name, text);
    const state = { root, input, value, list, at: -1, timer: 0, asked: 0, results: [] };
    boxes.set(root, state);
    return state;
  };
  const of = (node) => { const root = node.closest?.("[data-combobox]"); return root && (boxes.get(root) ?? combobox(root)); };
  const shut = (box) => { box.list.hidden = true; box.at = -1; box.input.setAttribute("aria-expanded", "false"); box.input.removeAttribute("aria-activedescendant"); };
  const show = (box, answer) => {
    box.results = answer.results ?? [];
    box.at = -1;
    box.list.replaceChildren(...box.results.map((one, index) => {
      const option = doc.createElement("div");
      option.id = `${box.list.id}-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.index = index;
      const label = doc.createElement("span");
      label.textContent = one.label;
      option.append(label);
      if (one.detail) { const detail = doc.createElement("small"); detail.textContent = one.detail; option.append(detail); }
      return option;
    }));
    if (!box.results.length) {
      if (!answer.nothing) { shut(box); return; }
      const nothing = doc.createElement("div");
      nothing.className = "combobox-nothing";
      nothing.setAttribute("role", "option");
      nothing.setAttribute("aria-disabled", "true");
      nothing.textContent = answer.nothing;
      box.list.append(nothing);
    }
    box.list.hidden = false;
    box.input.setAttribute("aria-expanded", "true");
    say(answer.said ?? answer.nothing ?? "");
  };
  const ask = async (box) => {
    const turn = ++box.asked;
    const text = box.input.value.trim();
    if (text.length < Number(box.root.dataset.min ?? 2)) { shut(box); return; }
    const url = new URL(box.root.dataset.url, location.href);
    url.searchParams.set("q", text);
    try {
      const answer = await fetch(url, { headers: { accept: "application/json" }, credentials: "same-origin" });
      if (answer.ok && turn === box.asked) show(box, await answer.json());
    } catch { shut(box); }
  };
  const move = (box, to) => {
    const options = all("[role=option]:not([aria-disabled])", box.list);
    if (!options.length) return;
    box.at = (to + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === box.at)));
    options[box.at].scrollIntoView({ block: "nearest" });
    box.input.setAttribute("aria-activedescendant", options[box.at].id);
  };
  const choose = (box, index) => {
    const one = box.results[index];
    if (!one) return;
    box.input.value = one.label;
    if (box.value) { box.value.value = one.value; box.value.dispatchEvent(new Event("change", { bubbles: true })); }
    shut(box);
    if (box.root.hasAttribute("data-submit")) box.input.form?.requestSubmit();
  };
  doc.addEventListener("input", (event) => {
    const box = of(event.target);
    if (!box || event.target !== box.input) return;
    if (box.value) box.value.value = "";
    clearTimeout(box.timer);
    box.timer = setTimeout(() => ask(box), 150);
  });
  doc.addEventListener("focusin", (event) => of(event.target));
  doc.addEventListener("focusout", (event) => { const box = of(event.target); if (box) setTimeout(() => { if (!box.root.contains(doc.activeElement)) shut(box); }, 100); });
  doc.addEventListener("keydown", (event) => {
    const box = of(event.target);
    if (!box || event.target !== box.input) return;
    const open = !box.list.hidden;
    if (event.key === "ArrowDown") { event.preventDefault(); if (open) move(box, box.at + 1); else ask(box); }
    else if (event.key === "ArrowUp" && open) { event.preventDefault(); move(box, box.at - 1); }
    else if (event.key === "Enter" && open && box.at >= 0) { event.preventDefault(); choose(box, box.at); }
    else if (event.key === "Escape" && open) { event.preventDefault(); event.stopPropagation(); shut(box); }
    else if (event.key === "Tab") shut(box);
  });
  doc.addEventListener("mousedown", (event) => {
    const option = event.target.closest?.("[data-combobox] [role=option]");
    if (option) { event.preventDefault(); choose(of(option), Number(option.dataset.index)); }
  });

  // --- Board: dragging a card fills and sends the form that the keyboard uses ------------------------------------------
  let lifted = null;
  doc.addEventListener("dragstart", (event) => { lifted = event.target.closest?.("[data-card]"); lifted?.classList.add("lifted"); });
  doc.addEventListener("dragend", () => { lifted?.classList.remove("lifted"); all("[data-stage].over").forEach((one) => one.classList.remove("over")); lifted = null; });
  doc.addEventListener("dragover", (event) => {
    const column = lifted && event.target.closest?.("[data-stage]");
    if (!column) return;
    event.preventDefault();
    all("[data-stage].over").forEach((one) => one !== column && one.classList.remove("over"));
    column.classList.add("over");
  });
  doc.addEventListener("drop", (event) => {
    const column = lifted && event.target.closest?.("[data-stage]");
    const select = lifted?.querySelector("select");
    if (!column || !select || lifted.closest("[data-stage]") === column) return;
    event.preventDefault();
    select.value = column.dataset.stage;
    select.form.requestSubmit();
  });

  // --- On arrival and after each swap: errors get the focus, bars and cards are ready ---------------------------------------
  const ready = (root) => {
    for (const form of all("[data-ticks]")) count(form);
    for (const card of all("[data-card]", root)) card.draggable = true;
    root.querySelector?.("[data-errors]")?.focus({ preventScroll: false });
  };
  doc.addEventListener("htmx:afterSwap", (event) => ready(event.target));
  for (const kind of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) doc.addEventListener(kind, () => {
    const place = doc.getElementById("messages");
    const alert = doc.createElement("p");
    alert.className = "alert off";
    alert.setAttribute("role", "alert");
    const words = doc.createElement("div");
    words.textContent = doc.body.dataset.fault;
    alert.append(words);
    place?.replaceChildren(alert);
  });
  if (doc.readyState === "loading") doc.addEventListener("DOMContentLoaded", () => ready(doc)); else ready(doc);
})();
