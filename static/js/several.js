// Suggestions for a field that takes several words with a sign between them: the list follows the last word. Without
// this script the list helps with the first.

function follow(field) {
  const list = document.getElementById(field.getAttribute("list"));
  if (!list) return;
  const words = [...list.options].map((option) => option.value);
  const sign = field.dataset.several;
  const show = () => {
    const given = field.value.split(sign).map((word) => word.trim());
    const before = given.slice(0, -1);
    const start = before.length ? `${before.join(`${sign} `)}${sign} ` : "";
    const rest = words.filter((word) => !before.some((one) => one.toLowerCase() === word.toLowerCase()));
    list.replaceChildren(...rest.map((word) => new Option("", start + word)));
  };
  field.addEventListener("input", show);
  show();
}

for (const field of document.querySelectorAll("[data-several]")) follow(field);
