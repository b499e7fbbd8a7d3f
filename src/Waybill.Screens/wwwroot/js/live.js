// What stands on the page is kept as the server has it now. While somebody reads there (a selection, something unfolded, the keyboard's
// focus) nothing is taken from under their eyes.
const every = 4_000;

// What it says, without what differs from one answer to the next all the same: the tokens of its forms and how long ago something was.
const said = (body) => {
  const copy = body.cloneNode(true);
  for (const token of copy.querySelectorAll('input[name="__RequestVerificationToken"]')) token.remove();
  for (const time of copy.querySelectorAll('time')) time.textContent = '';
  return copy.innerHTML;
};

for (const part of document.querySelectorAll('[data-live]')) {
  let last = null;

  const isRead = () => part.contains(document.activeElement) || part.querySelector('details[open]') !== null
    || (!getSelection().isCollapsed && part.contains(getSelection().anchorNode));

  const refresh = async () => {
    if (document.hidden || isRead()) return;
    const answer = await fetch(part.dataset.live, { headers: { accept: 'text/html', 'X-Waybill-Fragment': '1' }, redirect: 'error' });
    if (!answer.ok) return;
    const { body } = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const now = said(body);
    if (last !== null && now !== last && !isRead()) {
      part.replaceChildren(...body.childNodes);
      part.dispatchEvent(new CustomEvent('waybill:live', { bubbles: true }));
    }
    last = now;
    if (answer.headers.has('X-Waybill-Over')) clearInterval(timer); // nothing more will happen by itself
  };

  const timer = setInterval(() => refresh().catch(() => {}), every);
  refresh().catch(() => {});
}
