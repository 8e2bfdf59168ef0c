// Files that are dropped on the page, wherever.

import { say } from "./i18n.js";

/** @import { View } from "./types" */
/** @import { PageRefs } from "./refs" */

/**
 * @param {PageRefs} ui
 * @param {() => View | null} shown the view that is seen; it may take more than saved PNGs
 * @param {(file: File) => unknown} openFile
 */
export function takeDroppedFiles(ui, shown, openFile) {
  document.addEventListener("dragover", (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    say(ui.dropWords, shown()?.takesFile ? "photo.drop" : "drop");
    ui.drop.hidden = false;
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) ui.drop.hidden = true;
  });
  document.addEventListener("drop", (event) => {
    ui.drop.hidden = true;
    if (!carriesFile(event)) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) (shown()?.takesFile ?? openFile)(file);
  });
}

/** @param {DragEvent} event */
function carriesFile(event) {
  return event.dataTransfer?.types.includes("Files") ?? false;
}
