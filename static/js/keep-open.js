// What a reader unfolded inside [data-keep-open] stays unfolded when htmx puts a new version in its place.

let folds = new Map();

function remember() {
  folds = new Map();
  for (const fold of document.querySelectorAll("[data-keep-open] details[id]")) folds.set(fold.id, fold.open);
}

function restore() {
  for (const [id, open] of folds) {
    const fold = document.getElementById(id);
    if (fold?.closest("[data-keep-open]")) fold.open = open;
  }
}

document.addEventListener("htmx:beforeSwap", remember);
document.addEventListener("htmx:oobAfterSwap", restore);
document.addEventListener("htmx:afterSettle", restore);
