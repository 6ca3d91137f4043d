// While somebody types, what is typed is kept: a closed tab or an empty battery loses nothing. Without JavaScript each step is
// kept when it is sent.
const PAUSE = 1200; // milliseconds without a key

for (const form of document.querySelectorAll("[data-kept]")) {
  const page = Math.random().toString(36).slice(2);
  const note = form.querySelector("[data-kept-note]");
  let timer;
  let changed = false;

  // Everything that leaves this page is numbered, so that what is late doesn't undo what is newer.
  form.addEventListener("formdata", ({ formData }) => {
    formData.set("page", page);
    formData.set("turn", Date.now());
  });

  const typed = () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  };

  const keep = async () => {
    if (!changed) return;
    changed = false;
    try {
      const answer = await fetch(form.dataset.kept, { method: "POST", body: typed() });
      if (answer.ok && note) note.textContent = note.dataset.keptNote;
      changed ||= !answer.ok;
    } catch {
      changed = true; // no network: again with the next key
    }
  };

  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    changed = false;
  });
  addEventListener("pagehide", () => {
    if (changed) navigator.sendBeacon(form.dataset.kept, typed());
    changed = false;
  });
}
