import Bowser from 'bowser';

/** What a browser calls itself, in words: `Firefox on Linux`. */
export const describeDevice = (userAgent: string | undefined): string => {
  if (userAgent === undefined || userAgent === '') return 'Unknown device';
  const { browser, os } = Bowser.parse(userAgent);
  if (browser.name === undefined || browser.name === '') return 'Unknown device';
  return os.name === undefined || os.name === '' ? browser.name : `${browser.name} on ${os.name}`;
};
