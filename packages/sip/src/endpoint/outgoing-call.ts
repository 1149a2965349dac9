import type { RunningTimer } from '../clock.ts';
import { Dialog } from '../dialog/dialog.ts';
import { type SipResponse, tagOf } from '../message/message.ts';
import { retryAfterMs } from '../message/retry-after.ts';
import { reasonPhrase } from '../message/status.ts';
import type { RouteFailure } from '../resolve/route.ts';
import type { SessionDescription } from '../sdp/description.ts';
import { EarlyDialogs, type Progress } from '../session/early-dialogs.ts';
import { OtherPhones } from '../session/other-phones.ts';
import { intervalOfResponse } from '../session/session-interval.ts';
import { GIVE_UP_FACTOR } from '../transaction/timers.ts';
import { TableMachine } from '../transition-table.ts';
import type { CallSnapshot } from './call-snapshot.ts';
import { DialogSession } from './dialog-session.ts';
import { InviteAttempts } from './invite-attempts.ts';
import { type CallIdentity, newCallIdentity } from './invite-draft.ts';
import { type OutgoingCallAction, type OutgoingCallEvent, outgoingCallTable } from './outgoing-call-table.ts';
import type { OutgoingCall, OutgoingCallHandlers, OutgoingCallOptions } from './outgoing-call-types.ts';
import { SessionCall } from './session-call.ts';
import type { SessionOwner } from './session-owner.ts';
import { reasonHeader, type Signalling } from './signalling.ts';

/** The calling side of a call. */
export class SentInvite extends SessionCall implements OutgoingCall {
  protected session: DialogSession | undefined;
  protected readonly machine: TableMachine<string, OutgoingCallEvent, OutgoingCallAction>;
  protected readonly handlers: OutgoingCallHandlers;
  readonly #signalling: Signalling;
  readonly #options: OutgoingCallOptions;
  readonly #identity: CallIdentity;
  readonly #attempts: InviteAttempts;
  readonly #early = new EarlyDialogs((response) => this.#openSession(response, this.sessionOwner(undefined)));
  readonly #otherPhones = new OtherPhones((response, owner) => this.#openSession(response, owner));
  #progress: Progress | undefined;
  #answer: SessionDescription | undefined;
  #response: SipResponse | undefined;
  #failure = { status: 503, reason: reasonPhrase(503) };
  #cancelPatience: RunningTimer | undefined;

  constructor(signalling: Signalling, options: OutgoingCallOptions) {
    super();
    this.handlers = options.handlers;
    this.#signalling = signalling;
    this.#options = options;
    this.#identity = newCallIdentity(options);
    // Throws now, not later, when a header cannot be written.
    this.#attempts = new InviteAttempts(signalling, options, this.#identity);
    this.machine = new TableMachine<string, OutgoingCallEvent, OutgoingCallAction>(
      outgoingCallTable,
      'preparing',
      this.#actions(),
    );
    signalling.calls.add(this);
    void this.#findPath();
  }

  get callId(): string {
    return this.#identity.callId;
  }

  snapshot(): CallSnapshot | undefined {
    return this.session?.snapshot({ challenges: this.#attempts.digest?.snapshot() ?? [] });
  }

  async #findPath(): Promise<void> {
    try {
      await this.#attempts.findPath();
      this.machine.fire('ready');
    } catch (error) {
      const { host } = this.#identity.nextHop;
      this.#failure.reason = `no way to ${host}: ${error instanceof Error ? error.message : String(error)}`;
      this.machine.fire('failure');
    }
  }

  /** Whether nothing but the INVITE itself has been decided yet. */
  get #isOpen(): boolean {
    return this.machine.state === 'calling' || this.machine.state === 'proceeding';
  }

  /** Whether the INVITE goes to another place instead (RFC 3263 4.3); not once a phone may be ringing. */
  #triesElsewhere(failure: RouteFailure, reason: string, waitMs?: number): boolean {
    const isRinging = (this.#response?.status ?? 0) > 100 && failure !== 'refused';
    if (!this.#attempts.failed(failure, reason, waitMs) || isRinging || !this.#isOpen) return false;
    this.#response = undefined;
    this.#attempts.reroute();
    this.machine.fire('rerouted');
    return true;
  }

  #actions(): Record<OutgoingCallAction, () => void> {
    return {
      ...this.endingActions(),
      findPath: () => void this.#findPath(),
      sendInvite: () => this.#sendInvite(),
      establish: () => this.#establish(),
      sendAck: () => {
        if (this.#response) this.session?.sendAck(this.#response.cseq.number);
      },
      sendCancel: () => this.#sendCancel(),
      forgetInvite: () => this.#attempts.forget(),
      reportProvisional: () => this.#reportProvisional(),
      reportAnswered: () => this.#reportAnswered(),
      reportRefused: () =>
        this.#finish(() => this.handlers.refused?.(this.#failure.status, this.#failure.reason, this.#response)),
      finish: () => this.#finish(() => this.handlers.ended?.(this.end)),
    };
  }

  #sendInvite(): void {
    this.#attempts.send({
      response: (response) => this.#receive(response),
      timeout: () => this.#fail('timeout', 408, 'nobody answered the INVITE'),
      transportError: () => this.#fail('transport', 503, 'the INVITE could not be sent'),
    });
  }

  #receive(response: SipResponse): void {
    if (response.status === 503) {
      if (this.#triesElsewhere('refused', `503 ${response.reason}`, retryAfterMs(response))) return;
    } else this.#attempts.succeeded();
    if (response.status < 200) {
      this.#receiveProvisional(response);
    } else if (response.status < 300) {
      this.#receiveSuccess(response);
    } else if (this.#isOpen && this.#attempts.improves(response)) {
      this.machine.fire('challenged');
    } else {
      this.#response = response;
      this.#failure = { status: response.status, reason: response.reason };
      this.end = { ...this.end, status: response.status };
      this.machine.fire('failure');
    }
  }

  #receiveProvisional(response: SipResponse): void {
    this.#progress = this.#early.receive(response);
    if (!this.#progress) return;
    this.#response = response;
    this.machine.fire('provisional');
  }

  #receiveSuccess(response: SipResponse): void {
    this.#attempts.digest?.accepted(response);
    const known = this.session?.dialog.snapshot().remoteTag;
    if (known === undefined || known === tagOf(response.to)) {
      this.#response = response;
      this.machine.fire('success');
      return;
    }
    this.#otherPhones.answered(response);
  }

  #fail(failure: RouteFailure, status: 408 | 503, reason: string): void {
    if (this.#triesElsewhere(failure, reason)) return;
    this.#response = undefined;
    this.#failure = { status, reason };
    this.machine.fire('failure');
  }

  #establish(): void {
    const confirmed = this.#response && this.#early.confirm(this.#response);
    if (!confirmed || !this.#response) return;
    this.session = confirmed.session;
    this.#answer = confirmed.sdp;
    this.session.timer.raise(this.#attempts.leastSessionSeconds ?? 0);
    this.session.startTimer(intervalOfResponse(this.#response));
  }

  #openSession(response: SipResponse, owner: SessionOwner): DialogSession | undefined {
    if (!this.#attempts.path) return undefined;
    const session = new DialogSession({
      signalling: this.#signalling,
      dialog: Dialog.asUac(response, this.#identity.target.text, this.#attempts.path.flow),
      path: this.#attempts.path,
      // Contacts of carriers often are addresses: whoever answers there still has to be the carrier.
      tls: { serverName: this.#identity.nextHop.host, ...this.#options.tls },
      ...(this.#attempts.digest === undefined ? {} : { digest: this.#attempts.digest }),
      owner,
    });
    session.negotiation.offer(this.#options.sdp);
    return session;
  }

  #sendCancel(): void {
    // RFC 3261 9.1: without a final answer 64*T1 after the CANCEL the call counts as cancelled.
    const { clock, bases } = this.#signalling;
    this.#cancelPatience = clock.start(GIVE_UP_FACTOR * bases.t1Ms, () => this.machine.fire('cancelUnanswered'));
    this.#attempts.cancel(reasonHeader(this.farewell));
  }

  #reportProvisional(): void {
    const response = this.#response;
    if (!response) return;
    const sdp = this.#progress?.sdp;
    this.tell(() => {
      if (response.status === 100) this.handlers.trying?.();
      else this.handlers.ringing?.(response);
      if (sdp) this.handlers.earlyMedia?.(sdp, response);
    });
  }

  #reportAnswered(): void {
    const response = this.#response;
    if (response) this.tell(() => this.handlers.answered?.(this.#answer, response));
  }

  #finish(tellOwner: () => void): void {
    this.#cancelPatience?.cancel();
    this.#early.close();
    this.session?.close();
    this.#signalling.calls.delete(this);
    this.over.resolve();
    this.tell(tellOwner);
  }
}
