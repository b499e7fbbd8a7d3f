// Passkeys: their forms appear where the browser can ask an authenticator, at the address that passkeys are made for; its answer is what is sent.
const isHere = (domain) => location.hostname === domain || location.hostname.endsWith(`.${domain}`);
const isPossible = window.isSecureContext && typeof window.PublicKeyCredential?.parseCreationOptionsFromJSON === 'function';

for (const part of document.querySelectorAll('[data-passkey]')) {
  if (!isPossible || !isHere(part.dataset.passkey)) continue;
  part.dataset.ready = '';
  for (const other of document.querySelectorAll('[data-passkey-not]')) other.hidden = true;
  const form = part.querySelector('form');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const failed = form.querySelector('[data-failed]');
    failed.hidden = true;
    try {
      const credential = await (form.dataset.options ? make(form) : give(form));
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      failed.hidden = false; // the person thought better of it, or there is no passkey
    }
  });
}

async function make(form) {
  const options = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(form.dataset.options));
  return navigator.credentials.create({ publicKey: options });
}

async function give(form) {
  const asked = await fetch(form.dataset.question, { method: 'POST', body: new FormData(form) });
  if (!asked.ok) throw new Error(`The server answered ${asked.status}.`);
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(await asked.json()) });
}
