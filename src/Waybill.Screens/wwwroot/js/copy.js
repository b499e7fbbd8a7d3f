// Copy buttons: they appear only where copying is possible.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll('[data-copy]')) {
    const text = button.closest('.copy').querySelector('code');
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = text.dataset.copied;
      setTimeout(() => { button.textContent = words; }, 1500);
    });
  }
}
