// Makes a passkey, or signs in with one. Only pages with a button for it load this; where it cannot
// work the button stays hidden, and the page says what else does.
const canWork = Boolean(globalThis.PublicKeyCredential && navigator.credentials);

for (const place of canWork ? document.querySelectorAll("[data-passkey]") : []) {
  const button = place.querySelector("button");
  button.hidden = false;
  place.querySelector("[data-passkey-cannot]").hidden = true;
  button.addEventListener("click", () => use(place));
}

async function use(place) {
  const failed = place.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const made = await navigator.credentials[place.dataset.passkey](await options(place));
    place.querySelector("[name=credential]").value = JSON.stringify(told(made));
    const form = place.closest("form");
    if (place.dataset.action) form.action = place.dataset.action;
    form.submit();
  } catch {
    failed.hidden = false; // given up, not known here, or not allowed at this address
  }
}

async function options(place) {
  const asked = place.dataset.optionsUrl
    ? (await answerOf(place.dataset.optionsUrl)).request_options
    : JSON.parse(document.getElementById("passkey-options").textContent);
  const { publicKey } = asked;
  if (publicKey.user) {
    publicKey.user.id = bytes(publicKey.user.id);
    // Made to sign in with, so it is kept in the device, which asks who holds it.
    publicKey.authenticatorSelection = {
      ...publicKey.authenticatorSelection,
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    };
  }
  publicKey.challenge = bytes(publicKey.challenge);
  for (const known of [...(publicKey.excludeCredentials ?? []), ...(publicKey.allowCredentials ?? [])]) {
    known.id = bytes(known.id);
  }
  return asked;
}

async function answerOf(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function told(made) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[name]) response[name] = text(made.response[name]);
  }
  if (made.response.getTransports) response.transports = made.response.getTransports();
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    response,
    clientExtensionResults: made.getClientExtensionResults(),
  };
}

function bytes(base64url) {
  const characters = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}

function text(buffer) {
  const characters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
  return btoa(characters.join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
