// The Make view: a grid of pictures from seeds, one of them on the stage.

function makeView(root, tab) {
  const LARGEST_SEED = 2 ** 32 - 1 - 64;
  const ui = refs(root);
  const models = new Map(tab.models.map((model) => [model.name, model]));
  const past = [];
  const future = [];
  let asked = { model: tab.models[0].name, ...tab.usual, near: null };
  let seen = asked;
  let cells = [];
  let points = []; // of the grid's pictures
  let chosen = null;
  let picking = false;

  const picker = modelPicker(ui.models, tab.models, (name) => change({ model: name, near: null }));
  const stage = makeStage(ui, tab, (picture) => {
    chosen = picture;
    mark();
  });

  // --- the grid -----------------------------------------------------------------------------------------------------

  const show = latest(async (request, soft) => {
    const { near, ...plain } = request;
    const { model, count } = plain;
    try {
      const reply = near ? await call("siblings", { model, count, ...near }) : await call("sample", plain);
      await showGrid(request, reply, soft);
      seen = request;
    } catch (error) {
      if (asked === request) asked = seen; // the controls say what can be seen
      showControls();
      throw error;
    }
  });

  async function showGrid(request, reply, soft) {
    const sheet = await openSheet(reply);
    const { near, seed, truncation } = request;
    points = near
      ? reply.ws.map((w) => ({ w }))
      : Array.from({ length: sheet.count }, (_, index) => ({ seed: seed + index, truncation }));
    const same = cells.length === sheet.count;
    if (!same) {
      cells = pictureCells(ui.grid, sheet.count, () => ["cell", { seed }]);
      cells.forEach((cell) => cell.setAttribute("role", "option"));
      ui.grid.style.setProperty("--columns", columns());
      focusable(0);
    }
    cells.forEach((cell, index) => {
      if (near) label(cell, "cell.near", { number: index + 1 });
      else label(cell, "cell", { seed: seed + index });
    });
    (soft && same ? fade : paint)(cells.map(canvasOf), sheet);
    ui.grid.dataset.shown = JSON.stringify(request);
    layout();
    mark();
    badge(ui.badge, models.get(request.model), reply);
  }

  // All that decides the grid goes through here, so that all of it can be undone.
  function change(wish, { soft = true, remembered = true } = {}) {
    if (remembered) {
      past.push(asked);
      future.length = 0;
    }
    asked = { ...asked, ...wish };
    showControls();
    show(asked, soft);
  }

  function travel(from, to) {
    if (!from.length) return;
    to.push(asked);
    asked = from.pop();
    showControls();
    show(asked, true);
  }

  function showControls() {
    picker.set(asked.model);
    ui.seed.value = asked.seed;
    ui.count.value = asked.count;
    ui.variety.value = asked.truncation;
    ui.varietyOut.textContent = asked.truncation.toFixed(2);
    ui.undo.disabled = !past.length;
    ui.redo.disabled = !future.length;
  }

  const columns = () => Math.ceil(Math.sqrt(cells.length));

  function layout() {
    const gap = parseFloat(getComputedStyle(ui.grid).columnGap) || 0;
    const room = (roomIn(ui.grid) - gap * (columns() - 1)) / columns();
    cells.forEach((cell) => sizeCanvas(canvasOf(cell), room));
  }

  function mark() {
    const here = chosen?.model === asked.model ? JSON.stringify(chosen.point) : null;
    cells.forEach((cell, index) => cell.setAttribute("aria-selected", JSON.stringify(points[index]) === here));
  }

  function inGrid(index) {
    const said = asked.near ? ["of.near", {}] : ["of.seed", { seed: points[index].seed }];
    return { model: asked.model, point: points[index], said };
  }

  // --- what the visitor does ----------------------------------------------------------------------------------------

  const fresh = () => change({ seed: randomSeed(), near: null });

  function pick(on) {
    picking = on;
    ui.walkTo.setAttribute("aria-pressed", on);
    say(ui.walkTo, on ? "walk.cancel" : "walk.to");
    root.classList.toggle("picking", on);
    if (on) stage.hold();
    say(ui.hint, on ? "walk.pick" : null);
  }

  ui.new.addEventListener("click", fresh);
  ui.undo.addEventListener("click", () => travel(past, future));
  ui.redo.addEventListener("click", () => travel(future, past));
  ui.seed.addEventListener("change", () => {
    const seed = Number(ui.seed.value);
    if (/^\d+$/.test(ui.seed.value.trim()) && seed <= LARGEST_SEED) change({ seed, near: null });
    else ui.seed.value = asked.seed;
  });
  ui.count.addEventListener("change", () => change({ count: Number(ui.count.value) }));

  // A drag is one step to undo, however many pictures it showed.
  let beforeDrag = null;
  ui.variety.addEventListener("input", () => {
    beforeDrag ??= asked;
    change({ truncation: Number(ui.variety.value), near: null }, { soft: false, remembered: false });
  });
  ui.variety.addEventListener("change", () => {
    if (!beforeDrag) return;
    past.push(beforeDrag);
    future.length = 0;
    beforeDrag = null;
    showControls();
  });
  ui.varietyReset.addEventListener("click", () => change({ truncation: tab.usual.truncation, near: null }));

  ui.grid.addEventListener("click", (event) => {
    const cell = event.target.closest(".cell");
    if (!cell) return;
    const index = Number(cell.dataset.index);
    focusable(index);
    const walk = picking || event.shiftKey;
    if (picking) pick(false);
    if (walk) stage.walkTo(inGrid(index), canvasOf(cell));
    else stage.show(inGrid(index), canvasOf(cell));
  });
  ui.grid.addEventListener("keydown", (event) => {
    const at = cells.indexOf(event.target.closest(".cell"));
    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns(), ArrowDown: columns(), Home: -at, End: cells.length };
    if (at < 0 || !(event.key in moves)) return;
    event.preventDefault();
    const next = Math.min(cells.length - 1, Math.max(0, at + moves[event.key]));
    focusable(next);
    cells[next].focus();
  });

  // Tab enters the grid once; arrow keys move inside.
  function focusable(index) {
    cells.forEach((cell, other) => (cell.tabIndex = other === index ? 0 : -1));
  }

  ui.walkTo.addEventListener("click", () => pick(!picking));
  ui.surprise.addEventListener("click", () => stage.tour(asked.model, asked.truncation));
  ui.siblings.addEventListener("click", () => {
    const held = stage.hold();
    if (held) change({ model: held.model, near: { point: held.point, salt: randomSeed() } });
  });
  ui.open.addEventListener("change", () => {
    if (ui.open.files[0]) page.openFile(ui.open.files[0]);
    ui.open.value = "";
  });
  document.addEventListener("keydown", (event) => {
    if (!root.offsetParent || event.target.matches("input[type=text]")) return;
    if (event.key === "Escape" && picking) pick(false);
    const key = event.ctrlKey || event.metaKey ? event.key.toLowerCase() : "";
    if (key === "z" && !event.shiftKey) travel(past, future);
    if (key === "y" || (key === "z" && event.shiftKey)) travel(future, past);
  });
  new ResizeObserver(layout).observe(ui.grid);

  // --- the first pictures came with the page ------------------------------------------------------------------------

  if (tab.first) {
    showGrid(asked, tab.first.grid, false);
    const { tour, asked: walk } = tab.first;
    stage.showWalk(walk, tour, [`stage.tour.${tab.noun}`, { count: walk.points.length }]);
  } else {
    show(asked, false);
    stage.tour(asked.model, asked.truncation);
  }
  showControls();

  return {
    primary: fresh,
    shown: layout,
    speak() {
      picker.speak();
      ui.badge.speak?.();
    },
    // A picture from elsewhere takes the stage: an opened PNG, a sibling of a drawing. Its settings come with it.
    take(picture) {
      const { seed, truncation } = picture.point;
      change({ model: picture.model, near: null, ...(seed === undefined ? {} : { seed, truncation }) });
      return stage.put(picture);
    },
  };
}
