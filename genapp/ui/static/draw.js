// The Draw view: a pad, and what the models make of what is drawn on it.

function drawView(root, tab) {
  const ui = refs(root);
  const SIDE = 280;
  const BRUSH = 22;
  const pen = ui.pad.getContext("2d");
  let strokes = []; // a stroke is a list of points, or the canvas of a sample
  let stroke = null; // the one being drawn
  let salt = randomSeed();
  let answer = null;
  let greeting = false; // the digit that stands here at first goes when the visitor starts

  // --- the pad ------------------------------------------------------------------------------------------------------

  function redraw() {
    pen.globalAlpha = 1;
    pen.shadowBlur = 0;
    pen.fillStyle = "#000";
    pen.fillRect(0, 0, SIDE, SIDE);
    for (const one of strokes) {
      if (one instanceof HTMLCanvasElement) stamp(one);
      else brush(one);
    }
    ui.ghost.hidden = strokes.length > 0;
    ui.undo.disabled = ui.clear.disabled = !strokes.length;
  }

  // Thick and soft at the rim, like the scanned pencil that MNIST is made of.
  function brush(points) {
    pen.strokeStyle = pen.shadowColor = "#fff";
    pen.lineWidth = BRUSH - 4;
    pen.shadowBlur = 5;
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    pen.moveTo(...points[0]);
    if (points.length === 1) pen.lineTo(points[0][0] + 0.1, points[0][1]);
    for (let index = 1; index < points.length; index += 1) {
      const [[ax, ay], [bx, by]] = [points[index - 1], points[index]];
      pen.quadraticCurveTo(ax, ay, (ax + bx) / 2, (ay + by) / 2);
    }
    pen.stroke();
  }

  function stamp(digit) {
    pen.imageSmoothingEnabled = true;
    pen.imageSmoothingQuality = "high";
    pen.drawImage(digit, 0, 0, SIDE, SIDE);
  }

  function spot(event) {
    const box = ui.pad.getBoundingClientRect();
    return [((event.clientX - box.left) * SIDE) / box.width, ((event.clientY - box.top) * SIDE) / box.height];
  }

  ui.pad.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    ui.pad.setPointerCapture(event.pointerId);
    if (greeting) strokes = [];
    greeting = false;
    stroke = [spot(event)];
    strokes.push(stroke);
    redraw();
  });
  ui.pad.addEventListener("pointermove", (event) => {
    if (!stroke) return;
    for (const part of event.getCoalescedEvents?.() ?? [event]) stroke.push(spot(part));
    redraw();
    ask();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    ui.pad.addEventListener(end, () => {
      if (stroke) ask();
      stroke = null;
    });
  }

  // --- the answer ---------------------------------------------------------------------------------------------------

  const ask = latest(async () => {
    const png = ui.pad.toDataURL("image/png").split(",")[1];
    const reply = await call("draw", { png, salt });
    root.classList.toggle("empty", !reply.parts);
    if (reply.parts) await show(reply);
  });

  async function show(reply) {
    const sheet = await openSheet(reply);
    answer = { ...reply, sheet };
    const { parts } = reply;
    drawCell(ui.seen, sheet, 0);
    sayReading(ui.reading, reply);
    tiles(sheet);
    let first = parts.seen + parts.back;
    fill(ui.siblings, ui.siblingsBox, sheet, first, parts.siblings, (index) => ["cell.near", { number: index + 1 }]);
    first += parts.siblings || 0;
    fill(ui.neighbours, ui.neighboursBox, sheet, first, parts.neighbours, () => ["draw.neighbours", {}]);
    ui.onMap.hidden = !(reply.place && tab.flat.length);
    badge(ui.badge, tab.coders.find((model) => model.name === reply.models[0]), reply);
    layout();
  }

  function layout() {
    if (!answer || !root.offsetParent) return;
    ui.answers.querySelectorAll("canvas").forEach((canvas) => sizeCanvas(canvas, roomIn(canvas.parentElement)));
  }

  function tiles(sheet) {
    if (ui.back.children.length !== answer.models.length) {
      ui.back.replaceChildren(
        ...answer.models.map(() => {
          const tile = document.createElement("figure");
          const board = document.createElement("span");
          board.className = "board";
          board.append(document.createElement("canvas"));
          const caption = document.createElement("figcaption");
          caption.append(document.createElement("b"), document.createElement("small"));
          tile.append(board, caption);
          return tile;
        }),
      );
    }
    [...ui.back.children].forEach((tile, index) => {
      const canvas = tile.querySelector("canvas");
      drawCell(canvas, sheet, answer.parts.seen + index);
    });
    speak();
  }

  function speak() {
    ui.badge.speak?.();
    [...ui.back.children].forEach((tile, index) => {
      const model = tab.coders.find((one) => one.name === answer.models[index]);
      tile.title = modelTip(model);
      const [title, size] = tile.querySelector("figcaption").children;
      title.textContent = modelTitle(model);
      size.textContent = t("draw.numbers", { count: model.numbers });
    });
  }

  function fill(row, box, sheet, first, count, name) {
    box.hidden = !count;
    if (!count) return;
    const cells = row.children.length === count ? [...row.children] : pictureCells(row, count, name);
    cells.forEach((cell, index) => drawCell(canvasOf(cell), sheet, first + index));
  }

  // --- what the visitor does ----------------------------------------------------------------------------------------

  async function sample() {
    const sheet = await openSheet(await call("digit", { salt: randomSeed() }));
    const digit = document.createElement("canvas");
    drawCell(digit, sheet, 0);
    strokes = [digit];
    greeting = false;
    redraw();
    ask();
  }

  const another = () => sample().catch(complain);
  ui.sample.addEventListener("click", another);
  ui.sample.hidden = !tab.real;
  ui.clear.addEventListener("click", () => {
    strokes = [];
    salt = randomSeed();
    redraw();
    ask();
  });
  const undo = () => {
    strokes.pop();
    redraw();
    ask();
  };
  ui.undo.addEventListener("click", undo);
  document.addEventListener("keydown", (event) => {
    if (root.offsetParent && (event.ctrlKey || event.metaKey) && event.key === "z" && strokes.length) undo();
  });
  ui.siblings.addEventListener("click", (event) => {
    const cell = event.target.closest(".cell");
    if (!cell) return;
    const index = Number(cell.dataset.index);
    page.take(tab, answer.model, { w: answer.ws[index] }, ["of.near", {}]);
  });
  ui.neighbours.addEventListener("click", (event) => {
    const cell = event.target.closest(".cell");
    if (!cell) return;
    strokes = [canvasOf(cell).cloneNode()];
    strokes[0].getContext("2d").drawImage(canvasOf(cell), 0, 0);
    redraw();
    ask();
  });
  ui.onMap.addEventListener("click", () => page.find(tab, answer.place));
  new ResizeObserver(layout).observe(ui.answers);
  redraw();

  return {
    primary: another,
    async shown() {
      layout();
      if (answer) return;
      if (!tab.real) return;
      await sample().catch(complain);
      greeting = true;
    },
    speak,
  };
}
