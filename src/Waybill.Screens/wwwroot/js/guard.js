// A form is sent once, however often its button is pressed; it can be sent again when the page is come back to, or when no answer came.
const again = 10_000;

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post' || event.submitter?.formTarget) return;
  if ('sent' in form.dataset) { event.preventDefault(); return; }
  form.dataset.sent = '';
  const button = event.submitter?.dataset.once === undefined ? null : event.submitter;
  if (button) setTimeout(() => { button.disabled = true; }); // after the form has taken its value along
  setTimeout(() => open(form), again);
});

const open = (form) => {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll('button[data-once]')) button.disabled = false;
};

window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) open(form);
});

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
