// Drafts that save themselves. A form that holds [data-autosave] is sent to its own address, with the header X-Autosave,
// a little after the last keystroke; the answer (JSON, see core/autosave.py) is shown there. Without this script the
// button of the form does the same.

const WAIT = 2500;
const RETRY = 15000;

function watch(form, status) {
  const hint = status.querySelector("[data-autosave-hint]");
  if (hint) hint.textContent = hint.dataset.autosaveHint;
  let timer;
  let sending = null;
  let changed = false;
  let overtaken = false;

  const say = (words) => {
    if (status.textContent !== words) status.textContent = words;
  };
  const plan = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  function answers() {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  }

  async function send() {
    changed = false;
    try {
      const answer = await fetch(form.getAttribute("action") || location.href, {
        method: "POST",
        body: answers(),
        headers: { "X-Autosave": "1" },
        redirect: "error",
        keepalive: document.hidden,
      });
      const told = await answer.json();
      overtaken = answer.status === 409;
      if (told.revision !== undefined) form.elements.revision.value = told.revision;
      say(told.message);
    } catch {
      changed = true;
      say(status.dataset.failed);
      plan(RETRY);
    }
  }

  function save() {
    if (overtaken || !changed) return null;
    if (sending) return plan(WAIT);
    sending = send().finally(() => {
      sending = null;
    });
    return sending;
  }

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    changed = true;
    plan(WAIT);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) save();
  });
  // The button waits for a save that is under way: otherwise it would be overtaken by its own draft.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    changed = false;
    if (!sending) return;
    event.preventDefault();
    const button = event.submitter;
    sending.then(() => form.requestSubmit(button));
  });
}

for (const status of document.querySelectorAll("[data-autosave]")) watch(status.closest("form"), status);
