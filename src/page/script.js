"use strict";
// Frames: one of them is shown, as the slider says.
for (const frames of document.querySelectorAll(".frames")) {
  const slider = frames.querySelector("input");
  const all = frames.querySelectorAll(".frame");
  const show = () => all.forEach((frame, index) => { frame.hidden = index !== Number(slider.value); });
  slider.addEventListener("input", show);
  show();
}
// Regions: the one that is chosen is told, with those beside it: they lie on other sides of one hyperplane alone.
for (const figure of document.querySelectorAll("figure.told")) {
  const regions = [...figure.querySelectorAll("polygon[data-signs]")];
  const telling = figure.querySelector(".telling");
  const choose = (region) => {
    const signs = region.dataset.signs;
    const apart = (other) => [...other].filter((sign, place) => sign !== signs[place]).length;
    const beside = regions.filter((other) => apart(other.dataset.signs) === 1);
    regions.forEach((other) => { other.classList.toggle("chosen", other === region); other.classList.toggle("beside", beside.includes(other)); });
    telling.textContent = region.getAttribute("aria-label") + "; beside it: " + (beside.map((other) => other.dataset.signs).join(", ") || "none");
  };
  const svg = figure.querySelector("svg");
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", figure.querySelector("figcaption").textContent);
  for (const region of regions) {
    region.setAttribute("tabindex", "0");
    region.setAttribute("role", "button");
    region.addEventListener("click", () => choose(region));
    region.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(region); }
    });
  }
}
// Everything opened or closed at once; exact values to copy.
for (const button of document.querySelectorAll("button[data-open]")) {
  button.addEventListener("click", () => document.querySelectorAll("details").forEach((part) => { part.open = button.dataset.open === "yes"; }));
}
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(button.dataset.copy); button.textContent = "✓"; } catch { button.textContent = button.dataset.copy; }
  });
}
