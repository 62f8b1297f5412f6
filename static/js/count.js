// How much of a text fits, while typing: every field with data-count (a number) gets a line below it. Without this
// script the server says so after sending.

function count(field) {
  const limit = Number(field.dataset.count);
  const line = document.createElement("p");
  line.className = "quiet";
  field.after(line);
  // A browser sends a new line as two characters; the server counts it as one.
  const show = () => {
    const used = [...field.value.replaceAll("\r\n", "\n")].length;
    line.textContent = field.dataset.countText.replace("%(used)s", used).replace("%(limit)s", limit);
    line.toggleAttribute("data-over", used > limit);
  };
  field.addEventListener("input", show);
  show();
}

for (const field of document.querySelectorAll("[data-count]")) count(field);
