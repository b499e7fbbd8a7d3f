// "2 min ago" grows older while the page stands, in the server's words.
const words = JSON.parse(document.body.dataset.ages);
const units = [['seconds', 60], ['minutes', 60], ['hours', 24], ['days', 7]];

function age(instant) {
  let amount = Math.abs(Date.now() - instant) / 1000;
  if (amount < 1) return words.now;
  for (const [unit, size] of units) {
    if (amount < size) return words[Date.now() > instant ? 'past' : 'future'].replace('{0}', said(unit, Math.trunc(amount)));
    amount /= size;
  }
  return null;
}

const said = (unit, amount) => words[unit === 'days' && amount === 1 ? 'day' : unit].replace('{0}', amount);

setInterval(() => {
  if (document.hidden) return;
  for (const time of document.querySelectorAll('time[data-relative]')) {
    const text = age(Date.parse(time.dateTime));
    if (text) time.textContent = text;
  }
}, 30_000);
