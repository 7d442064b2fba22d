// Small helps; every page works without them.
(() => {
  const KEY = "jichitai-scheme";
  const root = document.documentElement;

  // Light or dark by hand: kept in this browser only.
  const kept = localStorage.getItem(KEY);
  if (kept) root.dataset.scheme = kept;
  for (const button of document.querySelectorAll("[data-jc-scheme]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const dark = root.dataset.scheme
        ? root.dataset.scheme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.scheme = dark ? "light" : "dark";
      localStorage.setItem(KEY, root.dataset.scheme);
    });
  }

  // A select or a tick that submits its form by itself.
  for (const form of document.querySelectorAll("form[data-jc-auto]")) {
    form.addEventListener("change", () => form.requestSubmit());
  }

  // What is long on a phone begins folded there.
  if (matchMedia("(max-width: 767px)").matches) {
    for (const fold of document.querySelectorAll("details[data-jc-fold]")) fold.open = false;
  }

  // CKAN's select2 gives its text areas a role that text areas may not have, and its boxes no name.
  const mend = () => {
    for (const area of document.querySelectorAll("textarea.select2-search__field[role]")) area.removeAttribute("role");
    for (const box of document.querySelectorAll(".select2-selection:not([aria-label], [aria-labelledby])")) {
      const field = box.closest(".select2-container").previousElementSibling;
      const label = field?.id && document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
      if (label) box.setAttribute("aria-label", label.textContent.trim());
    }
  };
  if (root.classList.contains("js")) {
    new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
    mend();
  }

  // A page that waits for a job asks again.
  const waiting = document.querySelector("[data-jc-reload]");
  if (waiting) setTimeout(() => location.reload(), Number(waiting.dataset.jcReload) * 1000);

  // Busy while a long form is under way.
  for (const form of document.querySelectorAll("form[data-jc-busy]")) {
    form.addEventListener("submit", () => {
      form.setAttribute("aria-busy", "true");
      const note = form.querySelector("[data-jc-busy-note]");
      if (note) note.hidden = false;
    });
  }
})();
