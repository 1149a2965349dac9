import type { DialogSession } from '../endpoint/dialog-session.ts';
import type { SipResponse } from '../message/message.ts';
import { retryAfterMs } from '../message/retry-after.ts';
import { SESSION_DESCRIPTION } from '../message/session-body.ts';
import type { SessionDescription } from '../sdp/description.ts';
import { readableSdp } from '../sdp/message-description.ts';
import { glareDelayMs } from './glare.ts';
import { intervalOfResponse, leastSecondsOf } from './session-interval.ts';

/** What came of an offer of ours within a call. */
export type ChangeOutcome =
  | { readonly kind: 'agreed'; readonly answer: SessionDescription }
  /** The session stays as it was. `retryAfterMs`: when the peer wants to be asked again. */
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string; readonly retryAfterMs?: number }
  /** The call is over, or will be: the peer does not answer. */
  | { readonly kind: 'call_over' };

/** Meetings with the peer's own changes, and wishes for longer intervals, before a change is given up. */
const MOST_ATTEMPTS = 5;

/** Changes of the session that we want: one after the other, and never while one of the peer's is under way. */
export class SessionChanges {
  readonly #session: DialogSession;
  readonly #waiting = new Set<() => void>();
  #last: Promise<unknown> = Promise.resolve();
  /** Whether an INVITE of ours is out (RFC 3261 14.1: no second one, and 491 for theirs). */
  isInviting = false;

  constructor(session: DialogSession) {
    this.#session = session;
  }

  /** Sends an offer in a re-INVITE (RFC 3261 14.1), before the answer in an UPDATE (RFC 3311 5.1), and again after a glare. */
  change(sdp: string): Promise<ChangeOutcome> {
    return this.#inTurn(() => this.#change(sdp));
  }

  /**
   * Refreshes the session timer (RFC 4028 7.4): by UPDATE without a description when the peer takes it, else by a re-INVITE
   * with the description it has already, which changes nothing. A failure is left to the end of the interval.
   */
  refresh(): Promise<unknown> {
    return this.#inTurn(async () => {
      const { negotiation, allowsUpdate } = this.#session;
      if (allowsUpdate) {
        const outcome = await this.#attempt('UPDATE', () => undefined);
        if (outcome === undefined || (outcome.status !== 405 && outcome.status !== 501)) return outcome;
      }
      return this.#change(negotiation.local ?? '');
    });
  }

  /** An exchange of descriptions is over, or the call is. */
  resume(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resume of waiting) resume();
  }

  #inTurn<Outcome>(work: () => Promise<Outcome>): Promise<Outcome> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }

  async #change(sdp: string): Promise<ChangeOutcome> {
    const { negotiation } = this.#session;
    const response = await this.#attempt(undefined, () => negotiation.offer(sdp));
    if (response === undefined) return { kind: 'call_over' };
    if (response.status >= 300) return this.#refused(response);
    const answer = readableSdp(response);
    if (answer === undefined) {
      negotiation.rejected();
      return { kind: 'refused', status: response.status, reason: 'the answer holds no description' };
    }
    negotiation.answerReceived(answer);
    return { kind: 'agreed', answer };
  }

  /** Resolves once no exchange of either side is under way, or the call is over. */
  async #settled(): Promise<void> {
    const session = this.#session;
    const { negotiation } = session;
    while (!session.isClosed && (session.awaitsAck || negotiation.hasOffered || negotiation.mustAnswer)) {
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Resolves after this time, or when the call is over. */
  async #wait(delayMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = this.#session.signalling.clock.start(delayMs, resolve);
    await Promise.race([promise, this.#session.over]);
    timer.cancel();
  }

  #refused(response: SipResponse): ChangeOutcome {
    const waitMs = retryAfterMs(response);
    const { status, reason } = response;
    return { kind: 'refused', status, reason, ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }) };
  }

  /**
   * Sends the request until it is neither met by the peer's own (491) nor sent back for a longer interval (422). The final
   * response, whose refusal has taken our offer back; undefined when the call is over.
   */
  async #attempt(wanted: 'UPDATE' | undefined, offer: () => string | undefined): Promise<SipResponse | undefined> {
    const session = this.#session;
    for (let attempt = 1; ; attempt++) {
      await this.#settled();
      if (session.isClosed) return undefined;
      const method = wanted ?? (session.owner.isEstablished() ? 'INVITE' : 'UPDATE');
      const content = offer();
      this.isInviting = method === 'INVITE';
      const request = session.request(method, {
        headers: session.timer.requestHeaders(),
        ...(content === undefined ? {} : { body: { type: SESSION_DESCRIPTION, content } }),
      });
      // A call that ends meanwhile leaves nothing to wait for.
      const response = (await Promise.race([request, session.over]))?.response;
      this.isInviting = false;
      if (response && response.status < 300) {
        session.startTimer(intervalOfResponse(response));
        return response;
      }
      if (content !== undefined) session.negotiation.rejected();
      if (!response) return undefined;
      if (attempt === MOST_ATTEMPTS || (response.status !== 491 && response.status !== 422)) return response;
      if (response.status === 422) session.timer.raise(leastSecondsOf(response));
      else await this.#wait(glareDelayMs(session.ownsCallId));
    }
  }
}
