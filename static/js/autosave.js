// Drafts that save themselves. A form that holds [data-autosave] is sent to its own address, with the header X-Autosave,
// a little after the last keystroke; the answer (JSON, see core/autosave.py) is shown there. Without this script the
// button of the form does the same.

const WAIT = 2500;
const RETRY = 15000;

function watch(form, status) {
  const hint = status.querySelector("[data-autosave-hint]");
  const signedOut = status.querySelector("[data-autosave-signed-out]").content;
  if (hint) hint.textContent = hint.dataset.autosaveHint;
  let timer;
  let sending = null;
  let changed = false;
  let stopped = false;
  let goesOn = false;

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

  const post = () =>
    fetch(form.getAttribute("action") || location.href, {
      method: "POST",
      body: answers(),
      headers: { "X-Autosave": "1" },
      redirect: "manual", // to sign in: a page is of no use here, but tells what is the matter
      keepalive: document.hidden,
    });

  // After signing in anew the secret of the page is out of date; the server then gives the one that counts.
  function renew(token) {
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  }

  // Nothing reached the server as this person: what was typed stays here until it can be sent.
  function keepHere(words) {
    changed = true;
    if (typeof words === "string") say(words);
    else if (!status.querySelector("a")) status.replaceChildren(words.cloneNode(true));
    plan(RETRY);
    return false;
  }

  // Whether the server took this form as one of the person who wrote it.
  async function send() {
    changed = false;
    try {
      let answer = await post();
      let told = answer.status === 403 ? await answer.json() : {};
      if (told.token) {
        renew(told.token);
        answer = await post();
      }
      if (answer.type === "opaqueredirect") return keepHere(signedOut);
      if (!answer.bodyUsed) told = await answer.json();
      stopped = answer.status >= 400;
      if (told.revision !== undefined) form.elements.revision.value = told.revision;
      say(told.message);
      return true;
    } catch (error) {
      keepHere(status.dataset.failed);
      return error instanceof SyntaxError; // an answer that is no JSON: the page of the button tells more
    }
  }

  function save() {
    if (stopped || !changed) return null;
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
  // Before one leaves, and after one came back from signing in.
  document.addEventListener("visibilitychange", save);
  window.addEventListener("pageshow", () => {
    goesOn = false;
  });
  // The button saves the draft first: a page to sign in, or one without a connection, would take the place of the text.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (goesOn || stopped) return;
    event.preventDefault();
    const button = event.submitter;
    await sending;
    sending = send();
    goesOn = await sending;
    sending = null;
    if (!goesOn) return;
    clearTimeout(timer);
    form.requestSubmit(button);
  });
}

for (const status of document.querySelectorAll("[data-autosave]")) watch(status.closest("form"), status);
