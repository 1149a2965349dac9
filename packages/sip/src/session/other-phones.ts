import type { DialogSession } from '../endpoint/dialog-session.ts';
import type { SessionOwner } from '../endpoint/session-owner.ts';
import { reasonHeader } from '../endpoint/signalling.ts';
import { type SipResponse, tagOf } from '../message/message.ts';

/** Two phones picked up at the same moment, three perhaps; a peer that makes up more gets no answer for them. */
const MOST_PHONES = 16;

/** Such a dialog gets its ACK and a BYE, and nothing else. */
const nobody: SessionOwner = {
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

/**
 * The phones that a forking proxy let answer after the first (RFC 3261 13.2.2.4): each is hung up on once, and its 2xx is
 * acknowledged as often as it comes.
 */
export class OtherPhones {
  readonly #open: (response: SipResponse, owner: SessionOwner) => DialogSession | undefined;
  readonly #byTag = new Map<string, DialogSession>();

  constructor(open: (response: SipResponse, owner: SessionOwner) => DialogSession | undefined) {
    this.#open = open;
  }

  answered(response: SipResponse): void {
    const tag = tagOf(response.to) ?? '';
    const known = this.#byTag.get(tag);
    const phone = known ?? (this.#byTag.size < MOST_PHONES ? this.#open(response, nobody) : undefined);
    if (!phone) return;
    phone.sendAck(response.cseq.number);
    if (known) return;
    this.#byTag.set(tag, phone);
    void phone.sendBye(reasonHeader({ sipCause: 200, text: 'Call completed elsewhere' })).finally(() => phone.close());
  }
}
