// The Compare view: the same seeds through two models, side by side.

function compareView(root, tab) {
  const ui = refs(root);
  const COUNT = 16;
  const narrow = matchMedia("(max-width: 720px)");
  const columns = () => (narrow.matches ? 2 : 4);
  const past = [];
  let asked = { seed: tab.usual.seed, truncation: tab.usual.truncation };

  const sides = tab.models.slice(0, 2).map((model) => makeSide(model.name));

  function makeSide(name) {
    const box = document.createElement("section");
    const picks = document.createElement("fieldset");
    picks.className = "models";
    const words = document.createElement("p");
    words.className = "family";
    const board = document.createElement("div");
    board.className = "board grid";
    const cells = pictureCells(board, COUNT, () => ["cell", { seed: asked.seed }]);
    const fact = document.createElement("p");
    fact.className = "badge";
    box.append(picks, words, board, fact);
    ui.sides.append(box);
    let model = name;

    const picker = modelPicker(picks, tab.models, (chosen) => {
      model = chosen;
      showWords();
      show(true);
    });
    picker.set(name);

    function showWords() {
      const { family } = tab.models.find((one) => one.name === model);
      say(words, has(`compare.${family}`) ? `compare.${family}` : "compare.other");
    }

    const show = latest(async (soft) => {
      const [wanted, mine] = [asked, model];
      const reply = await call("sample", { model: mine, count: COUNT, ...wanted });
      (soft ? fade : paint)(cells.map(canvasOf), await openSheet(reply));
      cells.forEach((cell, index) => label(cell, "cell", { seed: wanted.seed + index }));
      board.dataset.shown = JSON.stringify({ model: mine, ...wanted });
      layout();
      badge(fact, tab.models.find((one) => one.name === mine), reply);
    });

    function layout() {
      board.style.setProperty("--columns", columns());
      const gap = parseFloat(getComputedStyle(board).columnGap) || 0;
      const room = (roomIn(board) - gap * (columns() - 1)) / columns();
      cells.forEach((cell) => sizeCanvas(canvasOf(cell), room));
    }

    board.addEventListener("click", (event) => {
      const cell = event.target.closest(".cell");
      if (!cell) return;
      const { model: drawn, seed, truncation } = JSON.parse(board.dataset.shown);
      const point = { seed: seed + Number(cell.dataset.index), truncation };
      page.take(tab, drawn, point, ["of.seed", { seed: point.seed }]);
    });
    new ResizeObserver(layout).observe(board);
    showWords();
    return { show, layout, speak: () => [picker.speak(), fact.speak?.()] };
  }

  function showAll(soft = true) {
    ui.seed.value = asked.seed;
    ui.variety.value = asked.truncation;
    ui.varietyOut.textContent = asked.truncation.toFixed(2);
    ui.undo.disabled = !past.length;
    sides.forEach((side) => side.show(soft));
  }

  function change(wish, soft = true) {
    asked = { ...asked, ...wish };
    showAll(soft);
  }

  const fresh = () => {
    past.push(asked);
    change({ seed: randomSeed() });
  };

  ui.new.addEventListener("click", fresh);
  ui.undo.addEventListener("click", () => change(past.pop() ?? {}));
  let before = null; // a drag is one step to undo
  ui.variety.addEventListener("input", () => {
    before ??= asked;
    change({ truncation: Number(ui.variety.value) }, false);
  });
  ui.variety.addEventListener("change", () => {
    if (before) past.push(before);
    before = null;
    ui.undo.disabled = !past.length;
  });
  ui.seed.addEventListener("change", () => {
    if (/^\d+$/.test(ui.seed.value.trim()) && Number(ui.seed.value) <= LARGEST_SEED) {
      past.push(asked);
      change({ seed: Number(ui.seed.value) });
    } else ui.seed.value = asked.seed;
  });
  showAll(false);

  return {
    primary: fresh,
    shown: () => sides.forEach((side) => side.layout()),
    speak: () => sides.forEach((side) => side.speak()),
  };
}
