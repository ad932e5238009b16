// Runs before anything is painted: applies the look that the visitor chose earlier.
try {
  const choice = localStorage.getItem('theme');
  if (choice === 'light' || choice === 'dark' || choice === 'system') document.documentElement.dataset.theme = choice;
} catch {
  // Without storage the portal's own look holds.
}
