// "From where I am": asks the browser when the button is pressed, fills in the form, sends nothing by itself.
for (const button of document.querySelectorAll("[data-js-here]")) {
  if (!("geolocation" in navigator)) continue;
  const form = button.form;
  const note = form.querySelector("[data-js-note]");
  const words = button.dataset;
  const DIGITS = 4; // about ten metres, near enough for a list

  button.hidden = false;
  button.addEventListener("click", () => {
    button.setAttribute("aria-busy", "true");
    note.textContent = words.asking;
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      button.removeAttribute("aria-busy");
      form.elements.lat.value = coords.latitude.toFixed(DIGITS);
      form.elements.lon.value = coords.longitude.toFixed(DIGITS);
      // A town chosen before would hide what is near across its boundary.
      form.elements.m.value = "";
      form.querySelector("[data-js-point]").open = true;
      note.textContent = words.done;
      form.querySelector("[type=submit]").focus();
    }, () => {
      button.removeAttribute("aria-busy");
      note.textContent = words.denied;
    }, { timeout: 15000, maximumAge: 60000 });
  });
}
