// The library's list: only the results change; the address, the focus, the fold on the phone and the screen reader follow.

const said = document.querySelector("[data-announce]");
const form = document.querySelector("[data-library]");
let opened = new Set();

const hideSubmit = () => {
  for (const part of document.querySelectorAll("[data-without-script]")) part.hidden = true;
};
const first = () => ({ scope: "everything", sort: document.getElementById("sort")?.options[0].value });
const isSpare = (name, value) => value === "" || first()[name] === value;

hideSubmit();

// Addresses say only what was asked, with htmx and without.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  for (const name of Object.keys(detail.parameters)) {
    if (isSpare(name, detail.parameters[name])) delete detail.parameters[name];
  }
});
form.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) if (isSpare(name, value)) formData.delete(name);
});

document.addEventListener("htmx:beforeSwap", () => {
  opened = new Set([...document.querySelectorAll("details[data-keep][open]")].map((fold) => fold.dataset.keep));
});

document.addEventListener("htmx:afterSettle", () => {
  hideSubmit();
  for (const fold of document.querySelectorAll("details[data-keep]")) if (opened.has(fold.dataset.keep)) fold.open = true;
  const heading = document.querySelector("[data-results]");
  if (!heading) return;
  if (said) said.textContent = heading.textContent.trim();
  if (document.activeElement === document.body) heading.focus({ preventScroll: true });
});
