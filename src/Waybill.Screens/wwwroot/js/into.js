// A button whose answer takes the place of one part of the page: what was typed stays as it is, and nobody is carried off while it lasts.
for (const button of document.querySelectorAll('button[data-into]')) {
  const words = button.textContent;
  let isPlain = false;
  button.addEventListener('click', async (event) => {
    if (isPlain) return;
    event.preventDefault();
    button.disabled = true;
    button.textContent = button.dataset.busy;
    const part = await answerOf(button);
    button.disabled = false;
    button.textContent = words;
    if (part) {
      document.getElementById(button.dataset.into).replaceChildren(...part.childNodes);
      button.focus();
    } else {
      isPlain = true; // a refusal, or no answer at all, is the page's own to show
      button.click();
    }
  });
}

async function answerOf(button) {
  try {
    const to = button.getAttribute('formaction') ?? button.form.action;
    const answer = await fetch(to, { method: 'POST', body: new FormData(button.form) });
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(button.dataset.into);
  } catch {
    return null;
  }
}
