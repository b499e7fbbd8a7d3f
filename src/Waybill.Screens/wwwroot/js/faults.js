// A form that came back: what is wrong with it is read first.
if (performance.getEntriesByType('navigation')[0]?.responseStatus === 422) document.querySelector('.faults')?.focus();
