// "/" or Ctrl+K goes to the search, as long as nobody is typing.
const isTyping = (element) => element.closest('input, textarea, select, [contenteditable]') !== null;

document.addEventListener('keydown', (event) => {
  const find = document.querySelector('[data-shortcut="k"]');
  const isWanted = (event.key === 'k' && (event.ctrlKey || event.metaKey)) || (event.key === '/' && !isTyping(event.target));
  if (!find || !isWanted) return;
  event.preventDefault();
  find.focus();
  find.select();
});
