// Asks before what was typed is left behind. The browser has its own words for it. What is only looked at is not typed.
for (const form of document.querySelectorAll('form[data-guard]')) {
  const excepted = (form.dataset.guardExcept ?? '').split(' ');
  const state = () => new URLSearchParams([...new FormData(form)].filter(([name]) => !excepted.includes(name))).toString();
  const start = 'dirty' in form.dataset ? null : state();
  let isSent = false;
  form.addEventListener('submit', (event) => { if (!event.submitter?.formTarget) isSent = true; });
  window.addEventListener('beforeunload', (event) => {
    if (!isSent && state() !== start) event.preventDefault();
  });
}
