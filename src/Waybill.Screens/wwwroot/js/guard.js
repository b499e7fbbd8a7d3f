// Asks before what was typed is left behind. The browser has its own words for it.
for (const form of document.querySelectorAll('form[data-guard]')) {
  const start = new URLSearchParams(new FormData(form)).toString();
  let isSent = false;
  form.addEventListener('submit', () => { isSent = true; });
  window.addEventListener('beforeunload', (event) => {
    if (!isSent && new URLSearchParams(new FormData(form)).toString() !== start) event.preventDefault();
  });
}
