/** Where a tab keeps keys, by the application that they are of: until it is closed, or somebody logs out. */
const PREFIX = 'console-key:';

export const rememberKey = (application, key) => {
  try {
    if (key === '') sessionStorage.removeItem(PREFIX + application);
    else sessionStorage.setItem(PREFIX + application, key);
  } catch {
    // Then it has to be pasted again.
  }
};

export const recallKey = (application) => {
  try {
    return sessionStorage.getItem(PREFIX + application) ?? '';
  } catch {
    return '';
  }
};

const forgetKeys = () => {
  try {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
  } catch {
    // Then there is none.
  }
};

/** Whoever logs out leaves no key behind. */
export const forgetKeysOnSignOut = (root) => {
  for (const form of root.querySelectorAll('.site-sign-out')) form.addEventListener('submit', forgetKeys);
};
