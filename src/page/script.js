"use strict";
// Frames: one of them is shown, as the slider says.
for (const frames of document.querySelectorAll(".frames")) {
  const slider = frames.querySelector("input");
  const all = frames.querySelectorAll(".frame");
  const show = () => all.forEach((frame, index) => { frame.hidden = index !== Number(slider.value); });
  slider.addEventListener("input", show);
  show();
}
const copies = (button) => button.addEventListener("click", async () => {
  try { await navigator.clipboard.writeText(button.dataset.copy); button.textContent = "✓"; } catch { button.textContent = button.dataset.copy; }
});
// A sphere: what faces the reader is drawn anew whenever it is turned. Unit vectors are exact to 1/10,000.
const balls = new Map();
const ball = (figure) => {
  const svg = figure.querySelector("svg"), xmlns = "http://www.w3.org/2000/svg";
  const middle = [180, 200], radius = 150, fine = 0.09;
  // To the right, upwards, towards the reader.
  let seen = [[-0.6, 0.8, 0], [-0.48, -0.36, 0.8], [0.64, 0.48, 0.6]];
  const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  const scaled = (a, f) => a.map((x) => x * f);
  const plus = (a, b) => a.map((x, i) => x + b[i]);
  const unit = (a) => scaled(a, 1 / Math.hypot(...a));
  const arc = (a, b, found) => {
    if (Math.hypot(...plus(a, scaled(b, -1))) < fine) { found.push(a); return; }
    const half = unit(plus(a, b));
    arc(a, half, found);
    arc(half, b, found);
  };
  const shapes = [...svg.querySelectorAll("polygon[data-rays]")].map((shape) => {
    const rays = shape.dataset.rays.split(" ").map((ray) => unit(ray.split(",").map(Number)));
    const rim = [];
    rays.forEach((ray, i) => arc(ray, rays[(i + 1) % rays.length], rim));
    return { shape, rim };
  });
  for (const old of svg.querySelectorAll("circle")) old.remove();
  const names = [...svg.querySelectorAll("text")];
  const third = names.some((name) => name.textContent.endsWith("bias")) ? "bias" : "x₃";
  for (const name of names) if (/^−?(x[₁₂₃]|bias)$/.test(name.textContent)) name.remove();
  const marks = [0, 1, 2].flatMap((axis) => [1, -1].map((sign) => {
    const dot = document.createElementNS(xmlns, "circle"), name = document.createElementNS(xmlns, "text");
    dot.setAttribute("r", "2.5");
    dot.setAttribute("class", "d");
    name.textContent = (sign < 0 ? "−" : "") + ["x₁", "x₂", third][axis];
    svg.append(dot, name);
    return { at: [0, 1, 2].map((i) => (i === axis ? sign : 0)), dot, name };
  }));
  const flat = (x) => [middle[0] + radius * dot(seen[0], x), middle[1] - radius * dot(seen[1], x)];
  const draw = () => {
    for (const { shape, rim } of shapes) {
      const high = rim.map((x) => dot(seen[2], x));
      const points = [];
      let left = null, back = null;
      rim.forEach((x, i) => {
        const j = (i + 1) % rim.length;
        if (high[i] >= 0) points.push(x);
        if (high[i] >= 0 === high[j] >= 0) return;
        const t = high[i] / (high[i] - high[j]);
        const edge = unit(plus(scaled(x, 1 - t), scaled(rim[j], t)));
        if (high[i] >= 0) left = { at: points.push(edge), edge }; else { back = { at: points.length, edge }; points.push(edge); }
      });
      // Between where the boundary goes behind and where it comes back lies the rim of the sphere.
      if (left && back) {
        const along = [];
        arc(left.edge, back.edge, along);
        points.splice(left.at, 0, ...along.slice(1));
      }
      const shown = points.length > 2;
      shape.setAttribute("points", shown ? points.map((x) => flat(x).map((c) => c.toFixed(2)).join(",")).join(" ") : "");
      shape.setAttribute("display", shown ? "inline" : "none");
    }
    for (const { at, dot: mark, name } of marks) {
      const [x, y] = flat(at), shown = dot(seen[2], at) >= 0 ? "inline" : "none";
      mark.setAttribute("cx", x); mark.setAttribute("cy", y); mark.setAttribute("display", shown);
      name.setAttribute("x", x + 6); name.setAttribute("y", y); name.setAttribute("display", shown);
    }
  };
  // Turns what is seen, so many radians to the right and upwards.
  const turn = (right, up) => {
    const about = (i, j, angle) => {
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const [a, b] = [seen[i], seen[j]];
      seen[i] = plus(scaled(a, c), scaled(b, s));
      seen[j] = plus(scaled(b, c), scaled(a, -s));
    };
    about(2, 0, -right);
    about(2, 1, -up);
    draw();
  };
  // Turns a direction to the front.
  const face = (x) => {
    const to = unit(x), side = plus(seen[0], scaled(to, -dot(seen[0], to)));
    const right = Math.hypot(...side) < 1e-6 ? unit(plus(seen[2], scaled(to, -dot(seen[2], to)))) : unit(side);
    const up = [to[1] * right[2] - to[2] * right[1], to[2] * right[0] - to[0] * right[2], to[0] * right[1] - to[1] * right[0]];
    seen = [right, up, to];
    draw();
  };
  const keys = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] };
  svg.addEventListener("keydown", (event) => {
    if (keys[event.key]) { event.preventDefault(); turn(...keys[event.key]); }
  });
  for (const button of figure.querySelectorAll("button[data-turn]")) button.addEventListener("click", () => turn(...keys[button.dataset.turn]));
  let held = null;
  svg.addEventListener("pointerdown", (event) => { held = [event.clientX, event.clientY]; });
  addEventListener("pointerup", () => { held = null; });
  addEventListener("pointermove", (event) => {
    if (!held) return;
    const scale = svg.viewBox.baseVal.width / svg.clientWidth / radius;
    turn((event.clientX - held[0]) * scale, (held[1] - event.clientY) * scale);
    held = [event.clientX, event.clientY];
  });
  draw();
  return face;
};
for (const figure of document.querySelectorAll("figure.ball")) balls.set(figure, ball(figure));
// Regions: the one that is chosen is told, with those beside it, exactly as they were found.
for (const figure of document.querySelectorAll("figure.told")) {
  const regions = [...figure.querySelectorAll("polygon[data-region]")];
  const telling = figure.querySelector(".telling");
  const most = 40;
  const choose = (region, byName) => {
    const { region: number, exact } = region.dataset;
    const near = region.dataset.beside.split(" ").filter((other) => other);
    for (const other of regions) {
      other.classList.toggle("chosen", other.dataset.region === number);
      other.classList.toggle("beside", near.includes(other.dataset.region));
    }
    const told = region.getAttribute("aria-label");
    telling.textContent = told + "; beside it: " + (near.length ? "" : "none");
    const copy = document.createElement("button");
    copy.type = "button";
    copy.dataset.copy = exact ?? told;
    copy.textContent = "copy";
    copy.setAttribute("aria-label", "copy what is said of the region, exactly");
    copies(copy);
    const buttons = near.slice(0, most).map((other) => {
      const neighbour = regions.find((shape) => shape.dataset.region === other);
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = neighbour.dataset.signs;
      button.addEventListener("click", () => choose(neighbour, true));
      return button;
    });
    telling.append(...buttons, ...(near.length > most ? [`and ${near.length - most} more `] : []), copy);
    if (byName) {
      balls.get(figure)?.(region.dataset.inside.slice(1, -1).split(", ").map(Number));
      buttons[0]?.focus();
    }
  };
  const svg = figure.querySelector("svg");
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", figure.querySelector("figcaption").textContent);
  for (const region of regions) {
    region.setAttribute("tabindex", "0");
    region.setAttribute("role", "button");
    region.addEventListener("click", () => choose(region, false));
    region.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(region, false); }
    });
  }
}
// Everything opened or closed at once; exact values to copy.
for (const button of document.querySelectorAll("button[data-open]")) {
  button.addEventListener("click", () => document.querySelectorAll("details").forEach((part) => { part.open = button.dataset.open === "yes"; }));
}
for (const button of document.querySelectorAll("button[data-copy]")) copies(button);
