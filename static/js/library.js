// A list that is searched, the library's or the partners': only the results change; the address, the title, the focus, the folds and the screen reader follow.

const form = document.querySelector("[data-library]");
const said = form.querySelector("[data-announce]");
const failed = form.querySelector("[data-failed]");
const folds = new Map();
let focused = "";

// Once htmx is here, ticking a box is enough; the button is only kept where the facets are a sheet, to leave it.
let ticked = false;
const note = (event) => {
  ticked ||= Boolean(event.target.closest(".facets, [data-live]"));
};
const live = () => {
  form.removeEventListener("change", note);
  form.dataset.scripted = "";
  form.addEventListener("click", (event) => {
    if (!event.target.closest("[data-apply]")) return;
    event.preventDefault();
    form.querySelector("[data-keep=facets]").open = false;
    const heading = form.querySelector("[data-results]");
    heading.scrollIntoView();
    heading.focus({ preventScroll: true });
  });
  // What was ticked in the meantime counts.
  if (ticked) form.requestSubmit();
};
if (window.htmx) live();
else {
  form.addEventListener("change", note);
  document.addEventListener("htmx:load", live, { once: true });
}

document.addEventListener("htmx:beforeSwap", () => {
  for (const fold of form.querySelectorAll("details[data-keep]")) folds.set(fold.dataset.keep, fold.open);
  focused = document.activeElement?.id;
});

document.addEventListener("htmx:afterSwap", () => {
  for (const fold of form.querySelectorAll("details[data-keep]")) fold.open = folds.get(fold.dataset.keep) ?? fold.open;
  // What had the focus may be gone: a chip, or a page's link. Then it goes to what has changed.
  const heading = form.querySelector("[data-results]");
  if (document.activeElement === document.body) {
    (document.getElementById(focused) ?? heading).focus({ preventScroll: true });
    if (document.activeElement === document.body) heading.focus({ preventScroll: true });
  }
});

document.addEventListener("htmx:afterSettle", () => {
  failed.hidden = true;
  said.textContent = form.querySelector("[data-results]").textContent.trim();
  // Where a link was followed, the rest of the form is as the address says.
  const asked = new URLSearchParams(location.search);
  const { q, exact, scope } = form.elements;
  if (document.activeElement !== q) q.value = asked.get("q") ?? "";
  if (exact) exact.checked = asked.has("exact");
  if (scope) scope.value = asked.get("scope") ?? "everything";
  for (const name of ["sort", "show"]) asked.delete(name);
  form.querySelector(".ask")?.classList.toggle("arrival", !asked.size);
});

for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, () => {
    failed.hidden = false;
  });
}
