// Keys and progress. Everything works without this file: through forms, links and a look at the page again.
"use strict";
(() => {
  const typing = (el) => el.closest("input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]");

  // Whether single keys decide; kept for the next page, and off for whom they disturb (WCAG 2.1.4).
  const toggle = document.getElementById("keys");
  if (toggle) {
    toggle.checked = localStorage.getItem("keys") !== "off";
    toggle.addEventListener("change", () => localStorage.setItem("keys", toggle.checked ? "on" : "off"));
  }

  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && typing(e.target)) { e.target.blur(); return; }
    if (e.ctrlKey || e.altKey || e.metaKey || e.repeat || typing(e.target) || (toggle && !toggle.checked)) return;
    const wanted = [...document.querySelectorAll("[data-key]")].find((el) => el.dataset.key === e.key.toLowerCase());
    if (wanted) { e.preventDefault(); wanted.click(); }
  });

  // "Correct" with nothing changed leads to the first field instead of being refused.
  const changed = (form) => [...form.elements].some((el) => el.name && el.name !== "why" && (
    el.matches("select") ? [...el.options].some((o) => o.selected !== o.defaultSelected)
      : el.matches("input:not([type=hidden])") && el.value !== el.defaultValue));
  for (const button of document.querySelectorAll("[data-changed]")) {
    button.addEventListener("click", (e) => {
      if (changed(button.form)) return;
      e.preventDefault();
      button.form.querySelector(".fields input, .fields select").focus();
    });
  }
  // A form is sent once, however often its key is pressed.
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (e) => { if (form.dataset.sent) e.preventDefault(); else form.dataset.sent = "1"; });
  }
  addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });

  // A part of the page that grows while work goes on is fetched again until it says that it is done.
  const live = document.querySelector("[data-live]");
  const again = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
    const old = document.querySelector("[data-live]");
    if (!fresh || !old) return;
    old.replaceWith(document.adoptNode(fresh));
    if (fresh.dataset.live === "working") setTimeout(again, 500);
  };
  if (live && live.dataset.live === "working") setTimeout(again, 300);

  // A page that has nothing to show yet looks whether there is something, and is loaded again then.
  const awaits = document.querySelector("[data-awaits]");
  const look = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.headers.has("Retry-After")) setTimeout(look, 1000 * awaits.dataset.awaits);
    else location.reload();
  };
  if (awaits) setTimeout(look, 1000 * awaits.dataset.awaits);
})();
