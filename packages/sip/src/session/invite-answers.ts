import { type ExtraHeaders, withExtra } from '../endpoint/call-ending.ts';
import type { DialogSession } from '../endpoint/dialog-session.ts';
import { respond } from '../endpoint/signalling.ts';
import type { SipRequest } from '../message/message.ts';
import type { SessionDescription } from '../sdp/description.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';
import { isSentReliably, type Reliability, ReliableProvisionals } from './reliable-provisionals.ts';

export interface InviteAnswersOptions {
  readonly session: DialogSession;
  readonly request: SipRequest;
  readonly transaction: ServerTransaction;
  readonly localTag: string;
  /** The caller's offer, if it made one. */
  readonly offer: SessionDescription | undefined;
  /** A reliable response got no PRACK. */
  unpracked(): void;
}

/** Our 180, 183 and 200 to the INVITE that made a dialog, and the descriptions in them (RFC 3261 13.3.1, RFC 3262 5). */
export class InviteAnswers {
  readonly #options: InviteAnswersOptions;
  readonly #reliable: ReliableProvisionals;
  #earlySdp: string | undefined;

  constructor(options: InviteAnswersOptions) {
    const { session, request, offer } = options;
    this.#options = options;
    this.#reliable = new ReliableProvisionals(session.signalling, request.cseq.number, () => options.unpracked());
    session.reliable = this.#reliable;
    session.learnPeer(request);
    if (offer) session.negotiation.offerReceived(offer);
  }

  /** Whether a description waits for its PRACK: until then there must be no 200. */
  get mustWait(): boolean {
    return this.#reliable.describes;
  }

  ring(headers: ExtraHeaders, reliability: Reliability): void {
    this.#provisional(180, undefined, headers, reliability);
  }

  /** The first description stays the one that is sent, also in the 200. */
  earlyMedia(sdp: string, headers: ExtraHeaders, reliability: Reliability): void {
    this.#earlySdp ??= sdp;
    this.#provisional(
      183,
      this.#describe(this.#earlySdp, isSentReliably(this.#options.request, reliability)),
      headers,
      reliability,
    );
  }

  /** @param acknowledged what the caller wants: its answer to our offer, or what was agreed. */
  succeed(sdp: string, headers: ExtraHeaders, acknowledged: (remote: SessionDescription | undefined) => void): void {
    const { session, request, transaction, localTag } = this.#options;
    const { negotiation } = session;
    this.#reliable.stop();
    const isOurOffer = negotiation.state === 'none';
    const body = this.#describe(this.#earlySdp ?? sdp, true);
    const all = withExtra(session.acceptInterval(request), headers);
    session.sendSuccess(request, transaction, { toTag: localTag, sdp: body, headers: all }, (answer) => {
      if (answer && negotiation.hasOffered) negotiation.answerReceived(answer);
      acknowledged(answer ?? (isOurOffer ? undefined : negotiation.remote));
    });
  }

  /**
   * Our answer, or our offer when the caller made none; nothing once all is agreed. Only a reliable response settles anything;
   * an unreliable one shows what the 200 will say (RFC 3261 13.2.1).
   */
  #describe(sdp: string, settles: boolean): string | undefined {
    const { negotiation } = this.#options.session;
    if (!settles) return negotiation.mustAnswer ? sdp : undefined;
    if (negotiation.mustAnswer) return negotiation.answer(sdp);
    return negotiation.state === 'none' ? negotiation.offer(sdp) : undefined;
  }

  #provisional(status: 180 | 183, body: string | undefined, extra: ExtraHeaders, reliability: Reliability): void {
    const { session, request, transaction, localTag } = this.#options;
    const headers = withExtra(session.targetHeaders(), extra);
    if (!isSentReliably(request, reliability)) {
      const response = { toTag: localTag, recordRoute: true, headers, body };
      respond(session.signalling, request, transaction, status, response);
      return;
    }
    this.#reliable.send((number) => {
      const numbered = { ...headers, Require: '100rel', RSeq: String(number) };
      const response = { toTag: localTag, recordRoute: true, headers: numbered, body };
      const send = () => respond(session.signalling, request, transaction, status, response);
      send();
      return send;
    }, body !== undefined);
  }
}
