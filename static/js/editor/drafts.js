const WAIT_MS = 2000;
const LONGEST_MS = 15_000;

/** What a request may carry that outlives its page, in characters. */
const MAX_PARTING = 20_000;

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** The server would refuse the same again: nothing is asked until it is another text. */
class Refusal extends Error {}

const answerTo = async (response) => {
  if (response.redirected) throw new Error('You are logged out: log in in another window, and go on here');
  if (response.status === 413) throw new Refusal('The text is longer than a draft may be');
  if (response.status === 422) throw new Refusal((await response.json()).message);
  if (!response.ok) throw new Error('The server did not take it');
  return response.json();
};

/**
 * Keeps what is typed on the server, some seconds after it was typed.
 * @param read the fields of the form as they are
 */
export const createDrafts = ({ address, token, read, say }) => {
  let timer;
  let since;
  let isUnkept = false;
  let isSending = false;
  let isLeaving = false;
  let underway;

  const bodyOf = () => new URLSearchParams({ _csrf: token, ...read() });

  const keep = async () => {
    if (isSending || !isUnkept) return;
    isSending = true;
    underway = new AbortController();
    let isRefused = false;
    isUnkept = false;
    since = undefined;
    try {
      const response = await fetch(address, { method: 'POST', body: bodyOf(), signal: underway.signal });
      const { updatedAt, excess, edition, others, here } = await answerTo(response);
      if (here !== undefined && !isLeaving) history.replaceState(history.state, '', here); // so that the page, opened anew, goes on with it
      const isBehind = edition > 0 && edition !== Number(read().base);
      say(
        [
          `Draft kept at ${TIME.format(new Date(updatedAt))}.`,
          excess,
          others,
          isBehind ? 'This document was saved by somebody meanwhile: saving puts both together, or shows what differs.' : '',
        ]
          .filter(Boolean)
          .join(' '),
      );
    } catch (error) {
      isRefused = error instanceof Refusal && !isUnkept;
      isUnkept = true;
      if (!isLeaving) say(`Your text is not kept. ${error.message}.`);
    }
    isSending = false;
    if (isUnkept && !isRefused && !isLeaving) later();
  };

  const later = () => {
    clearTimeout(timer);
    since ??= Date.now();
    timer = setTimeout(keep, Math.min(WAIT_MS, Math.max(0, since + LONGEST_MS - Date.now())));
  };

  addEventListener('visibilitychange', () => {
    const body = document.visibilityState === 'hidden' && isUnkept && !isLeaving ? bodyOf() : undefined;
    if (body && String(body).length < MAX_PARTING) fetch(address, { method: 'POST', body, keepalive: true }).catch(() => {});
  });
  addEventListener('beforeunload', (event) => {
    if (isUnkept && !isLeaving) event.preventDefault();
  });
  return {
    changed: () => {
      isUnkept = true;
      isLeaving = false;
      later();
    },
    /** The form is sent: what would be kept now, or a moment later, would be a draft of what is saved. */
    leave: () => {
      isLeaving = true;
      clearTimeout(timer);
      underway?.abort();
    },
  };
};
