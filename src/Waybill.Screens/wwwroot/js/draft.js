// As people type, the server says what would become of it: its answer stands beside the form, the mail in its frame.
const pause = 400;

const fragment = async (url, form, into) => {
  const answer = await fetch(url, { method: 'POST', body: new FormData(form), headers: { 'X-Waybill-Fragment': '1' } });
  const type = answer.headers.get('Content-Type') ?? '';
  if (!type.startsWith('text/html')) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  into.replaceChildren(...(refusal(page.querySelector('main')) ?? page.body.childNodes));
};

// A whole page is a refusal, e.g. because the session is over. What was typed stays; the way out of it opens beside this page.
const refusal = (main) => {
  if (!main) return null;
  const said = document.createElement('p');
  said.className = 'reason';
  const way = document.createElement('a');
  const link = main.querySelector('a[href]');
  way.href = link.getAttribute('href');
  way.target = '_blank';
  way.textContent = link.textContent;
  said.append(main.querySelector('h1').textContent, ' ', way);
  return [said];
};

// A frame anew each time: what is typed makes no steps in the history, and nothing flickers.
let frames = 0;
function show(form, button) {
  const old = form.querySelector('iframe[sandbox]:not([data-old])');
  const next = old.cloneNode();
  next.name = `mail-${++frames}`;
  next.removeAttribute('src');
  next.classList.add('coming');
  old.dataset.old = '';
  old.after(next);
  button.formTarget = next.name;
  form.requestSubmit(button);
  next.addEventListener('load', () => {
    next.classList.remove('coming');
    for (const one of form.querySelectorAll('iframe[data-old]')) one.remove();
  }, { once: true });
}

for (const form of document.querySelectorAll('form[data-draft]')) {
  const into = document.getElementById(form.dataset.draftInto);
  const button = form.querySelector('[data-preview]');
  let waiting = 0;
  let running = false;
  let again = false;
  const run = async () => {
    if (running) { again = true; return; }
    running = true;
    show(form, button);
    await fragment(form.dataset.draft, form, into).catch(() => {});
    count(form, into);
    running = false;
    if (again) { again = false; run(); }
  };
  form.addEventListener('input', (event) => {
    if (event.target.name === 'width') return;
    clearTimeout(waiting);
    waiting = setTimeout(run, pause);
  });
  if ('dirty' in form.dataset) run();
}

// How many points each locale has stands on its tab.
function count(form, into) {
  const counts = JSON.parse(into.querySelector('[data-counts]')?.dataset.counts ?? '{}');
  for (const tab of form.querySelectorAll('[data-count]')) tab.textContent = counts[tab.dataset.count] ?? '';
}

// A button whose answer is a part of this page.
for (const button of document.querySelectorAll('button[data-fragment]')) {
  let isPlain = false;
  button.addEventListener('click', async (event) => {
    if (isPlain) return;
    event.preventDefault();
    button.disabled = true;
    let isAnswered = true;
    await fragment(button.formAction, button.form, document.getElementById(button.dataset.fragment)).catch(() => { isAnswered = false; });
    button.disabled = false;
    button.focus();
    if (isAnswered) return;
    isPlain = true; // no answer at all is the browser's own to show
    button.form.requestSubmit(button);
  });
}

// A problem leads to its line.
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-line]');
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  const tab = field.closest('.locale')?.previousElementSibling?.previousElementSibling;
  if (tab) tab.checked = true;
  for (let fold = field.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
  const lines = field.value.split('\n');
  const line = Math.min(Number(link.dataset.line), lines.length) - 1;
  const at = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
  const from = Math.min(at + Number(link.dataset.column) - 1, at + lines[line].length);
  field.focus();
  field.setSelectionRange(from, at + lines[line].length);
  if (field.tagName === 'TEXTAREA') field.scrollTop = (line - 3) * parseFloat(getComputedStyle(field).lineHeight);
});
