import type { RunningTimer } from '../clock.ts';
import { Dialog } from '../dialog/dialog.ts';
import { type SipResponse, tagOf } from '../message/message.ts';
import { reasonPhrase } from '../message/status.ts';
import type { ReferOptions, ReferOutcome } from '../refer/referral-types.ts';
import type { RouteFailure } from '../resolve/route.ts';
import type { SessionDescription } from '../sdp/description.ts';
import type { ChangeOutcome } from '../session/change-by-us.ts';
import type { InDialogAnswer, InDialogRequestOptions } from '../session/dialog-requests.ts';
import { EarlyDialogs, type Progress } from '../session/early-dialogs.ts';
import { otherPhone } from '../session/other-phone.ts';
import { type ReasonValue, readReasons } from '../session/reason.ts';
import { intervalOfResponse } from '../session/session-interval.ts';
import { GIVE_UP_FACTOR } from '../transaction/timers.ts';
import { TableMachine } from '../transition-table.ts';
import { type CallEnd, HANDED_OVER, type HangupOptions, SESSION_EXPIRED } from './call-ending.ts';
import type { CallSnapshot } from './call-snapshot.ts';
import { DialogSession, type SessionOwner } from './dialog-session.ts';
import { InviteAttempts } from './invite-attempts.ts';
import { type CallIdentity, newCallIdentity } from './invite-draft.ts';
import { type OutgoingCallAction, type OutgoingCallEvent, outgoingCallTable } from './outgoing-call-table.ts';
import type { OutgoingCall, OutgoingCallOptions } from './outgoing-call-types.ts';
import { checkWritable, reasonHeader, type Signalling } from './signalling.ts';
import { usageDuties } from './usage-duties.ts';

/** The calling side of a call. */
export class SentInvite implements OutgoingCall {
  readonly #signalling: Signalling;
  readonly #options: OutgoingCallOptions;
  readonly #identity: CallIdentity;
  readonly #machine: TableMachine<string, OutgoingCallEvent, OutgoingCallAction>;
  readonly #over = Promise.withResolvers<void>();
  readonly #attempts: InviteAttempts;
  readonly #early = new EarlyDialogs((response) => this.#openSession(response, this.#owner()));
  #progress: Progress | undefined;
  #session: DialogSession | undefined;
  #answer: SessionDescription | undefined;
  #response: SipResponse | undefined;
  #failure = { status: 503, reason: reasonPhrase(503) };
  #hangup: HangupOptions = {};
  #end: CallEnd = { by: 'local' };
  #peerReason: readonly ReasonValue[] = [];
  #cancelPatience: RunningTimer | undefined;

  constructor(signalling: Signalling, options: OutgoingCallOptions) {
    this.#signalling = signalling;
    this.#options = options;
    this.#identity = newCallIdentity(options);
    // Throws now, not later, when a header cannot be written.
    this.#attempts = new InviteAttempts(signalling, options, this.#identity);
    this.#machine = new TableMachine<string, OutgoingCallEvent, OutgoingCallAction>(
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

  hangup(options: HangupOptions = {}): Promise<void> {
    this.#hangup = options;
    this.#machine.fire('hangup');
    return this.#over.promise;
  }

  change(sdp: string): Promise<ChangeOutcome> {
    return this.#session?.change(sdp) ?? Promise.resolve({ kind: 'call_over' });
  }

  async sendRequest(method: string, options: InDialogRequestOptions = {}): Promise<InDialogAnswer> {
    checkWritable(options.headers ?? {});
    return this.#session?.request(method, options) ?? { response: undefined };
  }

  refer(target: string, options: ReferOptions = {}): Promise<ReferOutcome> {
    return this.#session?.referrals.send(target, options) ?? Promise.resolve({ kind: 'untold', accepted: false });
  }

  async sendDigit(digit: string, durationMs?: number): Promise<boolean> {
    return this.#session?.digits.send(digit, durationMs) ?? false;
  }

  peerAllows(method: string): boolean {
    return this.#session?.peerAllows(method) ?? false;
  }

  snapshot(): CallSnapshot | undefined {
    return this.#session?.snapshot({ challenges: this.#attempts.digest?.snapshot() ?? [] });
  }

  abandon(): void {
    this.#machine.fire('abandoned');
  }

  async #findPath(): Promise<void> {
    try {
      await this.#attempts.findPath();
      this.#machine.fire('ready');
    } catch (error) {
      const { host } = this.#identity.nextHop;
      this.#failure.reason = `no way to ${host}: ${error instanceof Error ? error.message : String(error)}`;
      this.#machine.fire('failure');
    }
  }

  /** Whether nothing but the INVITE itself has been decided yet. */
  get #isOpen(): boolean {
    return this.#machine.state === 'calling' || this.#machine.state === 'proceeding';
  }

  /** Whether the INVITE goes to another place instead (RFC 3263 4.3); not once a phone may be ringing. */
  #triesElsewhere(failure: RouteFailure, reason: string): boolean {
    const isRinging = (this.#response?.status ?? 0) > 100 && failure !== 'refused';
    if (!this.#attempts.failed(failure, reason) || isRinging || !this.#isOpen) return false;
    this.#response = undefined;
    this.#attempts.reroute();
    this.#machine.fire('rerouted');
    return true;
  }

  #actions(): Record<OutgoingCallAction, () => void> {
    const { handlers } = this.#options;
    return {
      findPath: () => void this.#findPath(),
      sendInvite: () => this.#sendInvite(),
      establish: () => this.#establish(),
      sendAck: () => {
        if (this.#response) this.#session?.sendAck(this.#response.cseq.number);
      },
      sendCancel: () => this.#sendCancel(),
      sendBye: () => void this.#sendBye(),
      reportProvisional: () => this.#reportProvisional(),
      reportAnswered: () => this.#reportAnswered(),
      reportRefused: () =>
        this.#finish(() => handlers.refused?.(this.#failure.status, this.#failure.reason, this.#response)),
      noteRemote: () => {
        this.#end = { by: 'remote', reason: this.#peerReason };
      },
      noteExpired: () => {
        this.#end = { by: 'session_timer' };
        this.#hangup = SESSION_EXPIRED;
      },
      noteTimeout: () => {
        this.#end = { by: 'timeout' };
      },
      finish: () => this.#finish(() => handlers.ended?.(this.#end)),
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
      if (this.#triesElsewhere('refused', `503 ${response.reason}`)) return;
    } else this.#attempts.succeeded();
    if (response.status < 200) {
      this.#receiveProvisional(response);
    } else if (response.status < 300) {
      this.#receiveSuccess(response);
    } else if (this.#isOpen && this.#attempts.improves(response)) {
      this.#machine.fire('challenged');
    } else {
      this.#response = response;
      this.#failure = { status: response.status, reason: response.reason };
      this.#end = { ...this.#end, status: response.status };
      this.#machine.fire('failure');
    }
  }

  #receiveProvisional(response: SipResponse): void {
    this.#progress = this.#early.receive(response);
    if (!this.#progress) return;
    this.#response = response;
    this.#machine.fire('provisional');
  }

  #receiveSuccess(response: SipResponse): void {
    this.#attempts.digest?.accepted(response);
    const known = this.#session?.dialog.snapshot().remoteTag;
    if (known === undefined || known === tagOf(response.to)) {
      this.#response = response;
      this.#machine.fire('success');
      return;
    }
    const other = this.#openSession(response, otherPhone);
    other?.sendAck(response.cseq.number);
    void other?.sendBye(reasonHeader({ sipCause: 200, text: 'Call completed elsewhere' })).then(() => other.close());
  }

  #fail(failure: RouteFailure, status: 408 | 503, reason: string): void {
    if (this.#triesElsewhere(failure, reason)) return;
    this.#response = undefined;
    this.#failure = { status, reason };
    this.#machine.fire('failure');
  }

  #establish(): void {
    const confirmed = this.#response && this.#early.confirm(this.#response);
    if (!confirmed || !this.#response) return;
    this.#session = confirmed.session;
    this.#answer = confirmed.sdp;
    this.#session.timer.raise(this.#attempts.leastSessionSeconds ?? 0);
    this.#session.startTimer(intervalOfResponse(this.#response));
  }

  #owner(): SessionOwner {
    const { handlers } = this.#options;
    return {
      isEstablished: () => this.#machine.state === 'established',
      offered: (offer) => handlers.offered?.(offer),
      offerWanted: () => handlers.offerWanted?.(),
      answerReceived: (answer) => this.#tell(() => handlers.answerReceived?.(answer)),
      provisionalAcknowledged() {},
      bye: (request) => {
        this.#peerReason = readReasons(request);
        this.#machine.fire('bye');
      },
      lost: () => this.#machine.fire('unacknowledged'),
      unacknowledged: () => this.#machine.fire('unacknowledged'),
      expired: () => this.#machine.fire('expired'),
      ...usageDuties(() => handlers),
      handedOver: () => void this.hangup(HANDED_OVER),
      fault: (error) => this.#fault(error),
    };
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
    this.#cancelPatience = clock.start(GIVE_UP_FACTOR * bases.t1Ms, () => this.#machine.fire('cancelUnanswered'));
    this.#attempts.cancel(reasonHeader(this.#hangup));
  }

  async #sendBye(): Promise<void> {
    const status = await this.#session?.sendBye(reasonHeader(this.#hangup));
    if (status !== undefined) this.#end = { ...this.#end, status };
    this.#machine.fire('byeDone');
  }

  #reportProvisional(): void {
    const response = this.#response;
    if (!response) return;
    const { handlers } = this.#options;
    const sdp = this.#progress?.sdp;
    this.#tell(() => {
      if (response.status === 100) handlers.trying?.();
      else handlers.ringing?.(response);
      if (sdp) handlers.earlyMedia?.(sdp, response);
    });
  }

  #reportAnswered(): void {
    const response = this.#response;
    if (response) this.#tell(() => this.#options.handlers.answered?.(this.#answer, response));
  }

  #tell(handler: () => void): void {
    try {
      handler();
    } catch (error) {
      this.#fault(error);
    }
  }

  #fault(error: unknown): void {
    this.#end = { by: 'local', fault: `a handler failed: ${error instanceof Error ? error.message : String(error)}` };
    void this.hangup({ sipCause: 500, text: 'handler failed' });
  }

  #finish(tellOwner: () => void): void {
    this.#cancelPatience?.cancel();
    this.#early.close();
    this.#session?.close();
    this.#signalling.calls.delete(this);
    this.#over.resolve();
    this.#tell(tellOwner);
  }
}
