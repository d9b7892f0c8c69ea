// <script src="https://…/embed.js" async></script> shows the dates of an organisation where it stands, on any site.
// Options: data-formation (one course, as in its address), data-theme, data-lieu, data-limit. No cookie, no tracking.
(() => {
  "use strict";
  const tag = document.currentScript;
  if (!tag) return;
  const here = new URL(tag.src);
  const feed = new URL("catalogue.json", here);
  feed.searchParams.set("limit", tag.dataset.limit || "12");
  for (const name of ["formation", "theme", "lieu"]) if (tag.dataset[name]) feed.searchParams.set(name, tag.dataset[name]);

  const host = document.createElement("div");
  tag.after(host);
  const root = host.attachShadow({ mode: "open" });
  const make = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  // The page decides: its colour of text, and light or dark as it says itself, whatever the reader's machine prefers.
  const rules = (colour) => `
    :host { all: initial; display: block; color-scheme: inherit; font: 1rem/1.5 system-ui, sans-serif; color: inherit; }
    ul { list-style: none; margin: 0; padding: 0; border-top: 3px solid currentColor; }
    li { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: center; padding: 1rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
    div { flex: 1 1 16rem; } p { margin: 0; } .soft { color: color-mix(in srgb, currentColor 78%, transparent); font-size: .9375rem; } strong { font-weight: 600; }
    a { color: light-dark(${colour.light}, ${colour.dark}); } a:focus-visible { outline: 2px solid; outline-offset: 2px; }
    .go { display: inline-block; padding: .5rem 1rem; border: 1px solid; border-radius: 3px; font-weight: 600; text-decoration: none; }
    .end { margin-top: 1rem; }`;

  const row = (session, labels) => {
    const item = make("li");
    const what = item.appendChild(make("div"));
    what.append(
      make("strong", session.title),
      make("p", [session.shown.when, session.shown.hours].filter(Boolean).join(", ")),
      make("p", [session.shown.where, session.shown.seats].filter(Boolean).join(" · "), { class: "soft" }),
    );
    item.append(make("span", session.shown.price));
    const link = item.appendChild(make("a", labels.choose, { href: session.url, class: "go" }));
    link.setAttribute("aria-label", `${labels.choose} : ${session.title}, ${session.shown.when}`);
    if (!session.shown.can_sign_up) link.remove();
    return item;
  };

  const show = (catalogue) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules(catalogue.organisation.colour));
    root.adoptedStyleSheets = [sheet];
    const list = make("ul");
    list.append(...catalogue.sessions.map((session) => row(session, catalogue.labels)));
    const end = make("p", "", { class: "end" });
    end.append(make("a", `${catalogue.labels.all}, ${catalogue.organisation.name}`, { href: catalogue.organisation.url }));
    root.replaceChildren(catalogue.sessions.length ? list : make("p", catalogue.labels.none), end);
  };

  fetch(feed, { credentials: "omit" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .then(show)
    .catch(() => { root.replaceChildren(make("a", here.hostname, { href: new URL(".", here).href })); });
})();
