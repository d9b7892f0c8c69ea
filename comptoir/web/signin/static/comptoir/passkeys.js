// Passkeys: the browser's own ceremony, between a question asked by POST and a form sent as any other.
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function asked(form, button) {
    const answer = await fetch(button.dataset.options, { method: "POST", body: new FormData(form) });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    return (await answer.json()).publicKey;
  }

  async function made(options) {
    const publicKey = {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: known(options.excludeCredentials),
    };
    const key = await navigator.credentials.create({ publicKey });
    return shown(key, {
      clientDataJSON: text(key.response.clientDataJSON),
      attestationObject: text(key.response.attestationObject),
    });
  }

  async function shownKey(options) {
    const publicKey = {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: known(options.allowCredentials),
    };
    const key = await navigator.credentials.get({ publicKey });
    const { clientDataJSON, authenticatorData, signature, userHandle } = key.response;
    return shown(key, {
      clientDataJSON: text(clientDataJSON),
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: userHandle ? text(userHandle) : null,
    });
  }

  const shown = (key, response) => ({
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    response,
    clientExtensionResults: key.getClientExtensionResults(),
  });

  for (const button of document.querySelectorAll("[data-passkey]")) {
    const form = button.form;
    const fault = form.querySelector("[data-passkey-fault]");
    if (!window.PublicKeyCredential) {
      form.hidden = true;
      continue;
    }
    button.addEventListener("click", async () => {
      button.disabled = true;
      fault.hidden = true;
      try {
        const options = await asked(form, button);
        const key = await (button.dataset.passkey === "create" ? made(options) : shownKey(options));
        form.elements.credential.value = JSON.stringify(key);
        form.requestSubmit();
      } catch {
        fault.hidden = false;
        button.disabled = false;
        fault.focus();
      }
    });
  }
})();
