// Passkeys: to sign in, to show that it is you, to add one. A form says which with data-passkey: login, authenticate
// or add. It is hidden until we know that this browser can do it; it then sends the answer of the device in `credential`.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (credentials) => credentials?.map((credential) => ({ ...credential, id: bytes(credential.id) }));

const creation = (options) => ({
  ...options,
  challenge: bytes(options.challenge),
  user: { ...options.user, id: bytes(options.user.id) },
  excludeCredentials: known(options.excludeCredentials),
});
const request = (options) => ({
  ...options,
  challenge: bytes(options.challenge),
  allowCredentials: known(options.allowCredentials),
});

// What `toJSON` gives, for browsers that do not have it.
function plain(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

const onPage = () => JSON.parse(document.getElementById("passkey-options").textContent);

async function fromServer(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`No passkey options: ${answer.status}`);
  return answer.json();
}

async function ask(form) {
  if (form.dataset.passkey === "add") {
    const options = creation(onPage().creation_options.publicKey);
    // “Passkey” means: kept on the device, so that no address has to be typed, and opened by its owner only.
    const passwordless = form.elements.passwordless?.checked ?? true;
    options.authenticatorSelection = {
      ...options.authenticatorSelection,
      residentKey: passwordless ? "required" : "discouraged",
      requireResidentKey: passwordless,
      ...(passwordless && { userVerification: "required" }),
    };
    return navigator.credentials.create({ publicKey: options });
  }
  const options = form.dataset.passkey === "login" ? await fromServer(form) : onPage();
  return navigator.credentials.get({ publicKey: request(options.request_options.publicKey) });
}

function fail(form) {
  const template = form.querySelector("[data-passkey-failure]");
  template.parentElement.replaceChildren(template, template.content.cloneNode(true));
}

async function send(event) {
  event.preventDefault();
  const form = event.currentTarget;
  try {
    const credential = await ask(form);
    form.elements.credential.value = JSON.stringify(credential.toJSON ? credential.toJSON() : plain(credential));
    form.submit();
  } catch (error) {
    console.warn(error);
    fail(form);
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", send);
  }
  for (const notice of document.querySelectorAll("[data-passkey-unsupported]")) notice.hidden = true;
}
