// Copy buttons: they appear only where copying is possible, also in what is put there later.
const enhance = (root) => {
  for (const button of root.querySelectorAll('[data-copy]')) {
    const text = button.closest('.copy').querySelector('code');
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = text.dataset.copied;
      setTimeout(() => { button.textContent = words; }, 1500);
    });
  }
};

if (navigator.clipboard) {
  enhance(document);
  document.addEventListener('waybill:live', (event) => enhance(event.target));
}
