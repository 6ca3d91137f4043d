// Staff make a passkey, or sign in with one (initiative/second_factor/templates/second_factor/ask_passkey.html). What the server
// asks for stands in `data-options`, with bytes as base64url; the browser's answer goes back with the form in the same way.
(() => {
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const descriptors = (list = []) => list.map((each) => ({ ...each, id: bytes(each.id) }));

  function asked(options) {
    const publicKey = { ...options, challenge: bytes(options.challenge) };
    if (options.user) publicKey.user = { ...options.user, id: bytes(options.user.id) };
    if (options.excludeCredentials) publicKey.excludeCredentials = descriptors(options.excludeCredentials);
    if (options.allowCredentials) publicKey.allowCredentials = descriptors(options.allowCredentials);
    return { publicKey };
  }

  function answered(credential) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
  }

  for (const place of document.querySelectorAll("[data-passkey]")) {
    const [field, button, told] = ["input", "button", "[role=status]"].map((name) => place.querySelector(name));
    if (!window.PublicKeyCredential) {
      told.textContent = told.dataset.unable;
      continue;
    }
    told.textContent = "";
    button.hidden = false;
    button.focus();
    button.addEventListener("click", async () => {
      told.textContent = told.dataset.waiting;
      try {
        const act = place.dataset.passkey === "create" ? "create" : "get";
        field.value = answered(await navigator.credentials[act](asked(JSON.parse(place.dataset.options))));
      } catch (error) {
        const why = { SecurityError: "unable", InvalidStateError: "there" }[error.name];
        told.textContent = told.dataset[why] || told.dataset.failed;
        return;
      }
      field.disabled = false;
      field.form.submit();
    });
  }
})();
