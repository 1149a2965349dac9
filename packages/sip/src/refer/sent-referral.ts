import type { RunningTimer } from '../clock.ts';
import type { DialogSession } from '../endpoint/dialog-session.ts';
import { type ParameterisedValue, parameterOf, parseParameterised } from '../message/content-type.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import { bodyPartOfType } from '../message/session-body.ts';
import { GIVE_UP_FACTOR } from '../transaction/timers.ts';
import { TableMachine } from '../transition-table.ts';
import { type SentReferralAction, type SentReferralEvent, sentReferralTable } from './referral-tables.ts';
import type { ReferOptions, ReferOutcome } from './referral-types.ts';
import { readStatusFragment, SIPFRAG, type StatusFragment } from './sipfrag.ts';

/** Without a word from the peer for as long as proxies let a call ring (RFC 3261 16.6, timer C), no word will come. */
const DEFAULT_EXPIRY_MS = 180_000;

/** An hour; a peer that names more keeps no promise we could wait for. */
const MAX_EXPIRY_MS = 3_600_000;

/** A REFER of ours until its subscription is over (RFC 3515, RFC 6665 4.1). */
export class SentReferral {
  readonly #session: DialogSession;
  readonly #options: ReferOptions;
  readonly #finished: () => void;
  readonly #outcome = Promise.withResolvers<ReferOutcome>();
  readonly #machine: TableMachine<string, SentReferralEvent, SentReferralAction>;
  #news: StatusFragment | undefined;
  #refusal: SipResponse | undefined;
  /** CSeq number of the REFER; of the first one, until an answer shows which of them was taken after a challenge. */
  readonly #firstSequence: number;
  #sequence: number | undefined;
  #isAccepted = false;
  #expiryMs = DEFAULT_EXPIRY_MS;
  #timer: RunningTimer | undefined;

  constructor(session: DialogSession, options: ReferOptions, finished: () => void) {
    this.#session = session;
    this.#options = options;
    this.#finished = finished;
    this.#firstSequence = session.dialog.snapshot().localSequence + 1;
    this.#machine = new TableMachine<string, SentReferralEvent, SentReferralAction>(
      sentReferralTable,
      'referring',
      this.#actions(),
    );
  }

  get outcome(): Promise<ReferOutcome> {
    return this.#outcome.promise;
  }

  /** @param referTo value of that header. */
  async send(referTo: string): Promise<void> {
    const { referredBy, withoutNews } = this.#options;
    const headers = {
      'Refer-To': referTo,
      ...(referredBy === undefined ? {} : { 'Referred-By': `<${referredBy}>` }),
      ...(withoutNews ? { 'Refer-Sub': 'false' } : {}),
    };
    const { response } = await this.#session.request('REFER', { headers });
    this.#refusal = response;
    this.#sequence = response?.cseq.number;
    if (!response) this.#machine.fire('unanswered');
    else if (response.status >= 300) this.#machine.fire('refused');
    else {
      this.#isAccepted = true;
      // RFC 4488 4: only when the peer says so there is no subscription.
      const isSilent = response.headers.get('Refer-Sub')?.trim().toLowerCase() === 'false';
      this.#machine.fire(isSilent ? 'acceptedSilently' : 'accepted');
    }
  }

  /** Whether an event with that id can be ours (RFC 3515 2.4.6); NOTIFY may be here before the answer to its REFER. */
  mayBe(id: number): boolean {
    return this.#sequence === undefined ? id >= this.#firstSequence : id === this.#sequence;
  }

  /** A NOTIFY of this subscription; it is answered already. */
  notified(request: SipRequest): void {
    const state = parseParameterised(request.headers.get('Subscription-State') ?? 'active');
    const fragment = bodyPartOfType(request, SIPFRAG);
    const news = fragment && readStatusFragment(fragment.bytes);
    const isOver = state.name === 'terminated';
    this.#news = news;
    this.#expiryMs = expiryOf(state);
    this.#isAccepted = true;
    if (news && news.status >= 200) this.#machine.fire(isOver ? 'concluded' : 'finished');
    else if (isOver) this.#machine.fire('terminated');
    else this.#machine.fire('progress');
  }

  dialogOver(): void {
    this.#machine.fire('dialogOver');
  }

  abandon(): void {
    this.#machine.fire('terminated');
  }

  #actions(): Record<SentReferralAction, () => void> {
    const { clock, bases } = this.#session.signalling;
    const start = (delayMs: number) => {
      this.#timer?.cancel();
      this.#timer = clock.start(delayMs, () => this.#machine.fire('expired'));
    };
    return {
      startExpiry: () => start(this.#expiryMs),
      // What is on its way arrives within the life of a transaction.
      startPatience: () => start(GIVE_UP_FACTOR * bases.t1Ms),
      reportProgress: () => this.#reportProgress(),
      reportFinished: () => {
        if (this.#news) this.#outcome.resolve({ kind: 'finished', ...this.#news });
      },
      reportRefused: () => {
        const { status, reason } = this.#refusal ?? { status: 408, reason: '' };
        this.#outcome.resolve({ kind: 'refused', status, reason });
      },
      reportUntold: () => this.#outcome.resolve({ kind: 'untold', accepted: this.#isAccepted }),
      finish: () => {
        this.#timer?.cancel();
        this.#finished();
      },
    };
  }

  #reportProgress(): void {
    const news = this.#news;
    if (!news) return;
    try {
      this.#options.progress?.(news.status, news.reason);
    } catch (error) {
      this.#session.owner.fault(error);
    }
  }
}

function expiryOf(state: ParameterisedValue): number {
  const seconds = Number.parseInt(parameterOf(state, 'expires') ?? '', 10);
  return seconds > 0 ? Math.min(seconds * 1000, MAX_EXPIRY_MS) : DEFAULT_EXPIRY_MS;
}
