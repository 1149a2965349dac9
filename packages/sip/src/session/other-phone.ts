import type { SessionOwner } from '../endpoint/dialog-session.ts';

/**
 * Owner of the dialog with a second phone that a forking proxy let answer: it gets its ACK and a BYE, and nothing else
 * (RFC 3261 13.2.2.4).
 */
export const otherPhone: SessionOwner = {
  isEstablished: () => false,
  offered: () => undefined,
  offerWanted: () => undefined,
  answerReceived() {},
  provisionalAcknowledged() {},
  bye() {},
  unacknowledged() {},
  lost() {},
  expired() {},
  fault() {},
};
