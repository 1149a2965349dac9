import type { SessionDescription } from '../sdp/description.ts';
import { withNextVersion } from '../sdp/version.ts';
import {
  type OfferAnswerAction,
  type OfferAnswerEvent,
  type OfferAnswerState,
  offerAnswerTable,
} from './offer-answer-table.ts';

/** The descriptions of one dialog as plain data. */
export interface NegotiationSnapshot {
  readonly state: OfferAnswerState;
  /** In force; undefined before the first agreement. */
  readonly local: string | undefined;
  readonly remote: SessionDescription | undefined;
  /** Of the exchange that is not over. */
  readonly pendingLocal: string | undefined;
  readonly pendingRemote: SessionDescription | undefined;
  /** The last description we sent, agreed on or not: versions count on from it. */
  readonly written: string | undefined;
}

/**
 * Offers and answers of one dialog, in any message they travel in (RFC 3264, RFC 6337). Descriptions we send get the version
 * they need: one more than the last when something has changed, the same otherwise (RFC 3264 8).
 */
export class Negotiation {
  #data: NegotiationSnapshot;

  constructor(snapshot?: NegotiationSnapshot) {
    this.#data = snapshot ?? {
      state: 'none',
      local: undefined,
      remote: undefined,
      pendingLocal: undefined,
      pendingRemote: undefined,
      written: undefined,
    };
  }

  static restore(snapshot: NegotiationSnapshot): Negotiation {
    return new Negotiation(snapshot);
  }

  snapshot(): NegotiationSnapshot {
    return this.#data;
  }

  get state(): OfferAnswerState {
    return this.#data.state;
  }

  /** Our description in force. */
  get local(): string | undefined {
    return this.#data.local;
  }

  get remote(): SessionDescription | undefined {
    return this.#data.remote;
  }

  /** Whether an offer of ours waits for its answer. */
  get hasOffered(): boolean {
    return this.state === 'offered' || this.state === 'reoffered';
  }

  /** Whether an offer of theirs waits for our answer. */
  get mustAnswer(): boolean {
    return this.state === 'received' || this.state === 'rereceived';
  }

  may(event: OfferAnswerEvent): boolean {
    return offerAnswerTable[this.state][event] !== undefined;
  }

  /** @returns the text to send. */
  offer(sdp: string): string {
    return this.#write('offerSent', sdp);
  }

  /** @returns the text to send. */
  answer(sdp: string): string {
    return this.#write('answerSent', sdp);
  }

  offerReceived(remote: SessionDescription): void {
    this.#data = { ...this.#data, pendingRemote: remote };
    this.#fire('offerReceived');
  }

  answerReceived(remote: SessionDescription): void {
    this.#data = { ...this.#data, pendingRemote: remote };
    this.#fire('answerReceived');
  }

  /** The exchange came to nothing: refused, failed, or the answer cannot be read. */
  rejected(): void {
    this.#fire('rejected');
  }

  #write(event: 'offerSent' | 'answerSent', sdp: string): string {
    const text = withNextVersion(sdp, this.#data.written);
    this.#data = { ...this.#data, pendingLocal: text, written: text };
    this.#fire(event);
    return text;
  }

  #fire(event: OfferAnswerEvent): void {
    const transition = offerAnswerTable[this.state][event];
    if (!transition) throw new Error(`${event} is against the rules of offer and answer in state ${this.state}`);
    this.#data = { ...this.#data, state: transition.next };
    for (const action of transition.actions ?? []) this.#run(action);
  }

  #run(action: OfferAnswerAction): void {
    const { pendingLocal, pendingRemote } = this.#data;
    const agreed = action === 'commit' ? { local: pendingLocal, remote: pendingRemote } : {};
    this.#data = { ...this.#data, ...agreed, pendingLocal: undefined, pendingRemote: undefined };
  }
}
