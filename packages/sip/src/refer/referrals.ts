import type { DialogSession } from '../endpoint/dialog-session.ts';
import { parseUri } from '../message/uri.ts';
import type { InDialogArrival } from '../session/in-dialog-arrival.ts';
import { ReceivedReferral } from './received-referral.ts';
import { type ReferTarget, writeReferTo } from './refer-to.ts';
import type { ReferOptions, ReferOutcome } from './referral-types.ts';
import { replacedByPeerOf } from './replaces.ts';
import { SentReferral } from './sent-referral.ts';

/** A call is transferred to one place; a peer that tries a second before the first is over is still understood. */
const MOST_RECEIVED = 4;

/**
 * The referrals of one dialog, both ways. They may outlive the call: a peer that hangs up right after its REFER, or before
 * its last NOTIFY, has done nothing wrong (RFC 5057 4).
 */
export class Referrals {
  readonly #session: DialogSession;
  readonly #sent = new Set<SentReferral>();
  /** By the CSeq number of the REFER, which is the `id` of its event (RFC 3515 2.4.6). */
  readonly #received = new Map<number, ReceivedReferral>();
  #emptied: (() => void) | undefined;

  constructor(session: DialogSession) {
    this.#session = session;
  }

  /** @throws SipParseError when target or referrer are no URIs. */
  async send(target: string, options: ReferOptions): Promise<ReferOutcome> {
    const { replaces, referredBy } = options;
    const referTo = writeReferTo(target, replaces && replacedByPeerOf(replaces));
    if (referredBy !== undefined) parseUri(referredBy);
    const referral = new SentReferral(this.#session, options, () => {
      this.#sent.delete(referral);
      this.#settle();
    });
    this.#sent.add(referral);
    // Not awaited: the news may be here before the answer to the REFER.
    void referral.send(referTo);
    return referral.outcome;
  }

  /** Whether the peer has as many REFERs under way as it may have. */
  get isFull(): boolean {
    return this.#received.size >= MOST_RECEIVED;
  }

  receive(arrival: InDialogArrival, target: ReferTarget): ReceivedReferral {
    const id = arrival.request.cseq.number;
    const referral = new ReceivedReferral(arrival, target, () => {
      this.#received.delete(id);
      this.#settle();
    });
    this.#received.set(id, referral);
    return referral;
  }

  /** The referral a NOTIFY speaks of; without `id` there can be only one. */
  sentBy(id: string | undefined): SentReferral | undefined {
    const referrals = [...this.#sent];
    if (id === undefined) return referrals.length === 1 ? referrals[0] : undefined;
    return referrals.find((referral) => referral.mayBe(Number(id)));
  }

  /** The referral a SUBSCRIBE speaks of. */
  receivedBy(id: string | undefined): ReceivedReferral | undefined {
    if (id !== undefined) return this.#received.get(Number(id));
    return this.#received.size === 1 ? this.#received.values().next().value : undefined;
  }

  /** The call is over. `emptied` is called once no referral needs the dialog any more, perhaps at once. */
  dialogOver(emptied: () => void): void {
    this.#emptied = emptied;
    for (const referral of [...this.#sent]) referral.dialogOver();
    this.#settle();
  }

  /** The endpoint is gone. */
  abandon(): void {
    for (const referral of [...this.#sent, ...this.#received.values()]) referral.abandon();
  }

  #settle(): void {
    if (this.#sent.size === 0 && this.#received.size === 0) this.#emptied?.();
  }
}
