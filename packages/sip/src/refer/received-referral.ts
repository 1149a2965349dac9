import type { RunningTimer } from '../clock.ts';
import type { SipRequest } from '../message/message.ts';
import { type InDialogArrival, respondInDialog } from '../session/in-dialog-arrival.ts';
import { TableMachine } from '../transition-table.ts';
import type { ReferTarget } from './refer-to.ts';
import { type ReceivedReferralAction, type ReceivedReferralEvent, receivedReferralTable } from './referral-tables.ts';
import type { Referral } from './referral-types.ts';
import type { ReplacedDialog } from './replaces.ts';
import { SIPFRAG, writeStatusFragment } from './sipfrag.ts';

/** The peer's transaction lives 32 s; a refusal has to reach it before. */
const UNDECIDED_MS = 20_000;

/** Proxies let a call ring for three minutes (RFC 3261 16.6, timer C); its outcome is known by then. */
export const REFERRAL_SECONDS = 180;

/** A REFER of the peer until we have told how it went (RFC 3515, RFC 6665 4.2). */
export class ReceivedReferral implements Referral {
  readonly target: string;
  readonly replaces: ReplacedDialog | undefined;
  readonly referredBy: string | undefined;
  readonly request: SipRequest;
  readonly #arrival: InDialogArrival;
  readonly #finished: () => void;
  readonly #machine: TableMachine<string, ReceivedReferralEvent, ReceivedReferralAction>;
  /** RFC 4488: the peer wants no news, and knows how to ask for that. */
  readonly #isSilent: boolean;
  /** One NOTIFY at a time: those that overtake each other are refused (RFC 3261 12.2.2). */
  #notifying: Promise<void> = Promise.resolve();
  #news = { status: 100, reason: 'Trying' };
  #refusal = 603;
  #timer: RunningTimer;

  constructor(arrival: InDialogArrival, { uri, replaces }: ReferTarget, finished: () => void) {
    const { request, session } = arrival;
    this.#arrival = arrival;
    this.#finished = finished;
    this.request = request;
    this.target = uri;
    this.replaces = replaces;
    this.referredBy = request.headers.get('Referred-By');
    this.#isSilent = request.headers.get('Refer-Sub')?.trim().toLowerCase() === 'false';
    this.#machine = new TableMachine<string, ReceivedReferralEvent, ReceivedReferralAction>(
      receivedReferralTable,
      'undecided',
      this.#actions(),
    );
    this.#timer = session.signalling.clock.start(UNDECIDED_MS, () => this.#machine.fire('expired'));
  }

  accept(): void {
    this.#machine.fire(this.#isSilent ? 'acceptSilently' : 'accept');
  }

  progress(status: number, reason?: string): void {
    if (!(status >= 100 && status <= 699)) throw new RangeError(`no status: ${status}`);
    this.#news = { status, reason: reason ?? '' };
    this.#machine.fire(status < 200 ? 'progress' : 'finished');
  }

  refuse(status = 603): void {
    if (!(status >= 300 && status <= 699)) throw new RangeError(`no refusal: ${status}`);
    this.#refusal = status;
    this.#machine.fire('refuse');
  }

  /** The peer wants no more news (RFC 6665 4.1.2.3). */
  unsubscribed(): void {
    this.#machine.fire('unsubscribed');
  }

  abandon(): void {
    this.#machine.fire('notifyFailed');
    this.#timer.cancel();
  }

  #actions(): Record<ReceivedReferralAction, () => void> {
    const { session } = this.#arrival;
    return {
      startExpiry: () => {
        this.#timer.cancel();
        this.#timer = session.signalling.clock.start(REFERRAL_SECONDS * 1000, () => this.#machine.fire('expired'));
      },
      sendAccepted: () => this.#respond(202, this.#isSilent ? { 'Refer-Sub': 'false' } : {}),
      sendRefusal: () => this.#respond(this.#refusal, {}),
      notifyProgress: () => this.#notify(`active;expires=${REFERRAL_SECONDS}`),
      notifyFinal: () => this.#notify('terminated;reason=noresource'),
      notifyTimeout: () => this.#notify('terminated;reason=timeout'),
      finish: () => {
        this.#timer.cancel();
        // The dialog is needed until the last NOTIFY has its answer.
        void this.#notifying.then(this.#finished);
      },
    };
  }

  #respond(status: number, headers: Readonly<Record<string, string>>): void {
    const { session } = this.#arrival;
    respondInDialog(this.#arrival, status, { headers: { ...session.targetHeaders(), ...headers } });
  }

  #notify(state: string): void {
    const { session, request } = this.#arrival;
    const content = writeStatusFragment(this.#news.status, this.#news.reason || undefined);
    const headers = { Event: `refer;id=${request.cseq.number}`, 'Subscription-State': state };
    const send = async () => {
      const { response } = await session.request('NOTIFY', {
        headers,
        body: { type: `${SIPFRAG};version=2.0`, content },
      });
      if (!response || response.status >= 300) this.#machine.fire('notifyFailed');
    };
    this.#notifying = this.#notifying.then(send);
  }
}
