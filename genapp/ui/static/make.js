// The Make view: a grid of pictures from seeds, one of them on the stage, walks between them.

const SHOWN_STEPS = 9;

function makeView(root, tab) {
  const ui = refs(root);
  const models = new Map(tab.models.map((model) => [model.name, model]));
  const player = makePlayer(ui.stage, onFrame);
  const past = [];
  const future = [];
  let asked = { model: tab.models[0].name, seed: 7, count: 36, truncation: 0.8, near: null };
  let cells = [];
  let points = []; // of the grid's pictures
  let current = null; // { model, point, said: [key, values] }
  let walk = null; // { request, ws, stops }
  let picking = false;

  const picker = modelPicker(ui.models, tab.models, (name) => change({ model: name, near: null }));

  // --- the grid -----------------------------------------------------------------------------------------------------

  const show = latest(async (request, soft) => {
    const { near, ...plain } = request;
    const reply = near
      ? await call("siblings", { model: plain.model, count: plain.count, ...near })
      : await call("sample", plain);
    await showGrid(request, reply, soft);
  });

  async function showGrid(request, reply, soft) {
    const sheet = await openSheet(reply);
    points = reply.ws
      ? reply.ws.map((w) => ({ w }))
      : Array.from({ length: request.count }, (_, index) => ({ seed: request.seed + index, truncation: request.truncation }));
    if (cells.length !== sheet.count) {
      cells = pictureCells(ui.grid, sheet.count, () => ["cell", { seed: 0 }]);
      cells.forEach((cell) => cell.setAttribute("role", "option"));
      soft = false;
    }
    cells.forEach((cell, index) => {
      if (request.near) label(cell, "cell.near", { number: index + 1 });
      else label(cell, "cell", { seed: request.seed + index });
      cell.tabIndex = index === 0 ? 0 : -1;
    });
    (soft ? fade : paint)(cells.map(canvasOf), sheet);
    ui.grid.dataset.state = JSON.stringify(request);
    layout();
    mark();
    badge(ui.badge, models.get(request.model), reply);
  }

  // Everything that decides the grid goes through here, so that everything can be undone.
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
    ui.varietyOut.textContent = Number(asked.truncation).toFixed(2);
    ui.undo.disabled = !past.length;
    ui.redo.disabled = !future.length;
  }

  function layout() {
    const columns = Math.ceil(Math.sqrt(cells.length));
    ui.grid.style.setProperty("--columns", columns);
    const style = getComputedStyle(ui.grid);
    const gap = parseFloat(style.columnGap) || 0;
    const inner = ui.grid.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    cells.forEach((cell) => sizeCanvas(canvasOf(cell), (inner - gap * (columns - 1)) / columns));
    layoutStage();
  }

  function layoutStage() {
    const box = ui.stage.parentElement;
    sizeCanvas(ui.stage, box.clientWidth - 2 * parseFloat(getComputedStyle(box).paddingLeft));
  }

  function mark() {
    const chosen = current?.model === asked.model ? JSON.stringify(current.point) : null;
    cells.forEach((cell, index) => cell.setAttribute("aria-selected", JSON.stringify(points[index]) === chosen));
  }

  // --- the stage ----------------------------------------------------------------------------------------------------

  function setCurrent(picture) {
    current = picture;
    say(ui.title, ...picture.said);
    say(ui.hint, null);
    mark();
    read(picture);
  }

  const read = latest(async (picture) => {
    const reply = await call("read", { model: picture.model, point: picture.point });
    if (picture === current) sayReading(ui.reading, reply);
  });

  // The picture on the stage turns into the chosen one, through all that lies between them.
  const choose = latest(async (index) => {
    const picture = fromGrid(index);
    const from = onStage();
    if (from?.model === picture.model) {
      const reply = await call("walk", { model: picture.model, points: [from.point, picture.point], steps: 10 });
      setWalk(null);
      setCurrent(picture);
      await player.morph(await openSheet(reply));
    } else {
      setWalk(null);
      player.pause();
      setCurrent(picture);
      const canvas = canvasOf(cells[index]);
      fade([ui.stage], { image: canvas, columns: 1, width: canvas.width, height: canvas.height });
    }
    layoutStage();
  });

  function fromGrid(index) {
    const said = asked.near ? ["of.near", {}] : ["of.seed", { seed: asked.seed + index }];
    return { model: asked.model, point: points[index], said };
  }

  // What stands on the stage right now, a walk's frame included.
  function onStage() {
    if (walk) return { model: walk.request.model, point: { w: walk.ws[player.frame] }, said: stepSaid(player.frame) };
    return current;
  }

  const stepSaid = (frame) => ["of.walk", { step: frame + 1, count: walk.ws.length }];

  // --- walks --------------------------------------------------------------------------------------------------------

  const go = latest(async (request, said) => {
    const reply = await call("walk", request);
    await showWalk(request, reply, said);
    badge(ui.badge, models.get(request.model), reply);
  });

  async function showWalk(request, reply, said) {
    const sheet = await openSheet(reply);
    setWalk({ request, ws: reply.ws });
    const last = request.closed ? sheet.count : sheet.count - 1;
    walk.stops = Array.from({ length: SHOWN_STEPS }, (_, step) => Math.floor((step * last) / (SHOWN_STEPS - (request.closed ? 0 : 1))));
    const steps = pictureCells(ui.strip, SHOWN_STEPS, (step) => ["of.walk", { step: walk.stops[step] + 1, count: sheet.count }]);
    steps.forEach((step, index) => drawCell(canvasOf(step), sheet, walk.stops[index]));
    player.load(sheet, Boolean(request.closed));
    if (calm()) player.show(0);
    else player.play();
    say(ui.title, null);
    say(ui.reading, null);
    say(ui.hint, ...said);
    showPlay();
    layoutStage();
  }

  function setWalk(next) {
    walk = next;
    ui.walk.classList.toggle("idle", !walk);
    ui.play.disabled = ui.animation.disabled = !walk;
    showPlay();
  }

  function showPlay() {
    say(ui.play, player.playing ? "walk.pause" : "walk.play");
  }

  function onFrame(frame) {
    if (!walk) return;
    const reached = walk.stops.findLastIndex((stop) => stop <= frame);
    [...ui.strip.children].forEach((step, index) => step.classList.toggle("here", index === reached));
  }

  function halt(frame = player.frame) {
    player.show(frame);
    setCurrent(onStage());
    showPlay();
  }

  function walkTo(index) {
    const from = onStage();
    pick(false);
    if (!from || from.model !== asked.model) return choose(index);
    const request = { model: asked.model, points: [from.point, points[index]], steps: 24 };
    current = fromGrid(index);
    mark();
    go(request, [`stage.between.${tab.noun}`, {}]);
  }

  function surprise() {
    const seeds = Array.from({ length: 5 }, randomSeed);
    const request = {
      model: asked.model,
      points: seeds.map((seed) => ({ seed, truncation: asked.truncation })),
      steps: 12,
      closed: true,
    };
    current = null;
    mark();
    go(request, [`stage.tour.${tab.noun}`, { count: seeds.length }]);
  }

  function pick(on) {
    picking = on;
    ui.walkTo.setAttribute("aria-pressed", on);
    say(ui.walkTo, on ? "walk.cancel" : "walk.to");
    root.classList.toggle("picking", on);
    if (on) say(ui.hint, "walk.pick");
    else say(ui.hint, null);
  }

  // --- what the visitor does ----------------------------------------------------------------------------------------

  const fresh = () => change({ seed: randomSeed(), near: null });

  ui.new.addEventListener("click", fresh);
  ui.undo.addEventListener("click", () => travel(past, future));
  ui.redo.addEventListener("click", () => travel(future, past));
  ui.seed.addEventListener("change", () => {
    const seed = Number(ui.seed.value);
    if (/^\d+$/.test(ui.seed.value.trim()) && seed <= 4294967231) change({ seed, near: null });
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
  ui.varietyReset.addEventListener("click", () => change({ truncation: 0.8, near: null }));

  ui.grid.addEventListener("click", (event) => {
    const cell = event.target.closest(".cell");
    if (!cell) return;
    focusCell(Number(cell.dataset.index));
    if (picking || event.shiftKey) walkTo(Number(cell.dataset.index));
    else choose(Number(cell.dataset.index));
  });
  ui.grid.addEventListener("keydown", (event) => {
    const at = cells.indexOf(event.target.closest(".cell"));
    const columns = Math.ceil(Math.sqrt(cells.length));
    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, Home: -at, End: cells.length - 1 - at };
    if (at < 0 || !(event.key in moves)) return;
    event.preventDefault();
    focusCell(Math.min(cells.length - 1, Math.max(0, at + moves[event.key])));
  });

  function focusCell(index) {
    cells.forEach((cell, other) => (cell.tabIndex = other === index ? 0 : -1));
    cells[index].focus();
  }

  ui.walkTo.addEventListener("click", () => pick(!picking));
  ui.surprise.addEventListener("click", surprise);
  ui.play.addEventListener("click", () => {
    if (player.playing) return halt();
    player.play();
    showPlay();
  });
  ui.strip.addEventListener("click", (event) => {
    const step = event.target.closest(".cell");
    if (step && walk) halt(walk.stops[Number(step.dataset.index)]);
  });
  ui.animation.addEventListener("click", () => call("animate", walk.request).then(saveFile).catch(complain));
  ui.siblings.addEventListener("click", () => {
    if (player.playing) halt();
    const { model, point } = onStage();
    change({ model, near: { point, salt: randomSeed() } });
  });
  ui.save.addEventListener("click", () => {
    if (player.playing) halt();
    const { model, point } = onStage();
    call("save", { model, point }).then(saveFile).catch(complain);
  });
  ui.open.addEventListener("change", () => {
    if (ui.open.files[0]) page.openFile(ui.open.files[0]);
    ui.open.value = "";
  });
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && picking) pick(false);
    if (event.target.matches("input[type=text]") || !(event.ctrlKey || event.metaKey)) return;
    if (event.key === "z") travel(past, future);
    if (event.key === "y") travel(future, past);
  });
  new ResizeObserver(layout).observe(ui.grid);

  // --- the first pictures came with the page ------------------------------------------------------------------------

  showControls();
  setWalk(null);
  if (tab.first) {
    const { grid, tour, asked: were } = tab.first;
    asked = { ...were.grid, near: null };
    showControls();
    showGrid(asked, grid, false);
    showWalk(were.tour, tour, [`stage.tour.${tab.noun}`, { count: were.tour.points.length }]);
  } else {
    show(asked, false);
    surprise();
  }

  return {
    primary: fresh,
    shown: layout,
    speak() {
      picker.speak();
      ui.badge.speak?.();
    },
    // A picture from elsewhere takes the stage: an opened PNG, a point of the map, a sibling of a drawing.
    async take({ model, point, said }) {
      const reply = await call("picture", { model, point });
      const wish = point.w === undefined ? { seed: point.seed, truncation: point.truncation } : {};
      change({ model, near: null, ...wish });
      setWalk(null);
      player.pause();
      setCurrent({ model, point, said });
      player.load(await openSheet(reply), false);
      player.show(0);
      layoutStage();
    },
  };
}
