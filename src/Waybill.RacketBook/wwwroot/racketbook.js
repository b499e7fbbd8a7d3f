// A button that changes a number by one, without going to the server for it.
document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-nudge]');
  if (!button) return;
  event.preventDefault();
  const field = document.getElementById(button.dataset.nudge);
  const number = Number(field.value.replace(',', '.')) + Number(button.dataset.by);
  if (Number.isFinite(number) && number > 0) field.value = String(Math.round(number * 100) / 100);
});
