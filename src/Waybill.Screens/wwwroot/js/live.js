// What stands on the page is kept as the server has it now. While somebody reads there (a selection, something unfolded, the keyboard's
// focus) nothing is taken from under their eyes.
const every = 4_000;

for (const part of document.querySelectorAll('[data-live]')) {
  let last = null;

  const isRead = () => part.contains(document.activeElement) || part.querySelector('details[open]') !== null
    || (!getSelection().isCollapsed && part.contains(getSelection().anchorNode));

  const refresh = async () => {
    if (document.hidden || isRead()) return;
    const answer = await fetch(part.dataset.live, { headers: { accept: 'text/html' }, redirect: 'error' });
    if (!answer.ok) return;
    const text = await answer.text();
    if (last !== null && text !== last && !isRead()) {
      part.replaceChildren(...new DOMParser().parseFromString(text, 'text/html').body.childNodes);
      part.dispatchEvent(new CustomEvent('waybill:live', { bubbles: true }));
    }
    last = text;
  };

  setInterval(() => refresh().catch(() => {}), every);
  refresh().catch(() => {});
}
