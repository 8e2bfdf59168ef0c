// A walk through chosen pictures: stops, how it is walked, and films of it to keep.

const PACES = { quick: 12, calm: 24, slow: 36 }; // frames from stop to stop
const LIVE_FRAMES = 96;
const MOST_STOPS = 8;
const FILM_RATE = 24;

// `finish()` is what its frames are finished with.
function makePath(ui, tab, grid, stage, finish) {
  let stops = []; // pictures
  let film = null; // the ticket of one in the making

  function request(steps) {
    const wanted = finish();
    const points = stops.map((stop) => stop.point);
    return { model: stops[0].model, points, steps, closed: ui.loop.checked, ...(wanted && { finish: wanted }) };
  }

  function play() {
    if (stops.length < 2) return;
    const pace = PACES[ui.pace.value];
    const steps = Math.min(pace, Math.floor(LIVE_FRAMES / stops.length));
    stage.go(request(steps), ["path.playing", { count: stops.length }], ((1000 / FILM_RATE) * pace) / steps);
  }

  function add(picture) {
    if (stops.length && stops[0].model !== picture.model) change([]);
    const there = stops.findIndex((stop) => JSON.stringify(stop.point) === JSON.stringify(picture.point));
    if (there >= 0) return remove(there);
    if (stops.length >= MOST_STOPS) return toast("path.full", { count: MOST_STOPS });
    change([...stops, picture]);
  }

  const remove = (index) => change(stops.filter((_, at) => at !== index));

  // Somewhere else, anywhere.
  function wander() {
    const { model, truncation } = grid.asked;
    change(Array.from({ length: 4 }, () => ({ model, point: { seed: randomSeed(), truncation } })));
  }

  function change(next) {
    grid.record();
    stops = next;
    showStops();
    play();
  }

  // --- stops --------------------------------------------------------------------------------------------------------

  const draw = latest(async () => {
    const mine = stops;
    const box = document.createElement("span");
    const cells = pictureCells(box, mine.length, (index) => ["path.remove", { number: index + 1 }]);
    for (const [index, cell] of cells.entries()) {
      const { model, point, holds } = mine[index];
      if (holds) drawCell(canvasOf(cell), holds.sheet, holds.index);
      else drawCell(canvasOf(cell), await openSheet(await call("picture", { model, point })), 0);
      cell.addEventListener("click", () => remove(index));
    }
    ui.stops.querySelectorAll(".cell").forEach((cell) => cell.remove());
    ui.stops.prepend(...cells);
    cells.forEach((cell) => sizeCanvas(canvasOf(cell), 44));
  });

  function showStops() {
    draw();
    mark();
    surprise.hidden = stops.length > 0;
    clear.hidden = !stops.length;
    const ready = stops.length > 1;
    ui.mp.disabled = ui.webp.disabled = !ready;
    say(hint, ready ? null : stops.length ? "path.one" : "path.tip");
    offer();
  }

  function mark() {
    const order = new Map(stops.map((stop, index) => [grid.place(stop), index + 1]));
    grid.cells.forEach((cell, index) => {
      if (order.has(index)) cell.dataset.stop = order.get(index);
      else delete cell.dataset.stop;
    });
  }

  // The stage plays and pauses a walk that it has; when it has none, these stops make one.
  function offer() {
    if (ui.walk.classList.contains("idle")) ui.play.disabled = stops.length < 2;
  }

  ui.play.addEventListener("click", () => {
    if (ui.walk.classList.contains("idle")) play();
  });

  function tool(key, click) {
    const made = document.createElement("button");
    made.type = "button";
    say(made, key);
    made.addEventListener("click", click);
    ui.tools.append(made);
    return made;
  }

  const choose = tool("path.add", () => grid.pick({ button: choose, hint: "path.pick", many: true, chosen: add }));
  tool("path.this", () => {
    const held = stage.hold();
    if (held) add(held);
  });
  const surprise = tool("path.surprise", wander);
  const clear = tool("path.clear", () => {
    stage.hold();
    change([]);
  });
  const hint = document.createElement("p");
  hint.className = "note";
  ui.stops.append(hint);
  for (const name of Object.keys(PACES)) {
    const option = new Option("", name);
    say(option, `path.${name}`);
    ui.pace.append(option);
  }
  ui.pace.value = "calm";
  ui.pace.addEventListener("change", play);
  ui.loop.addEventListener("change", play);

  // --- films: the server makes them beside its other work -----------------------------------------------------------

  async function keep(kind) {
    const showing = (share) => {
      ui.films.hidden = share !== null;
      ui.filming.hidden = share === null;
      ui.progress.value = share ?? 0;
    };
    try {
      showing(0);
      const { ticket } = await call("film", { ...request(PACES[ui.pace.value]), kind });
      film = ticket;
      while (film === ticket) {
        await new Promise((resolve) => setTimeout(resolve, 350));
        if (film !== ticket) break;
        const reply = await call("watch", { ticket }).catch(waitIfBusy);
        showing(reply.done / reply.total);
        if (!reply.file) continue;
        saveFile(reply);
        film = null;
      }
    } catch (error) {
      film = null;
      complain(error);
    } finally {
      showing(null);
    }
  }

  function waitIfBusy(error) {
    if (error.code !== "busy") throw error;
    return { done: ui.progress.value, total: 1 };
  }

  ui.mp.addEventListener("click", () => keep("mp4"));
  ui.webp.addEventListener("click", () => keep("webp"));
  ui.unfilm.addEventListener("click", () => {
    if (film) call("cancel", { ticket: film }).catch(complain);
    film = null;
  });
  showStops();

  return {
    add,
    mark,
    offer,
    play,
    wander,
    get stops() {
      return stops;
    },
    set stops(next) {
      stops = next;
      showStops();
    },
  };
}
