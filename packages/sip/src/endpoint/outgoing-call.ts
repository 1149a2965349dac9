import type { RunningTimer } from '../clock.ts';
import { Dialog } from '../dialog/dialog.ts';
import { DigestClient } from '../digest/client.ts';
import { type SipResponse, tagOf } from '../message/message.ts';
import { serialiseRequest } from '../message/serialiser.ts';
import { reasonPhrase } from '../message/status.ts';
import type { ReferOptions, ReferOutcome } from '../refer/referral-types.ts';
import type { Route, RouteFailure } from '../resolve/route.ts';
import type { SessionDescription } from '../sdp/description.ts';
import type { ChangeOutcome } from '../session/change-by-us.ts';
import type { InDialogAnswer, InDialogRequestOptions } from '../session/dialog-requests.ts';
import { EarlyDialogs, type Progress } from '../session/early-dialogs.ts';
import { otherPhone } from '../session/other-phone.ts';
import { type ReasonValue, readReasons } from '../session/reason.ts';
import { intervalOfResponse, leastSecondsOf } from '../session/session-interval.ts';
import { GIVE_UP_FACTOR } from '../transaction/timers.ts';
import type { SentRequest } from '../transaction/transaction-layer.ts';
import { TableMachine } from '../transition-table.ts';
import type { Path } from '../transport/flow.ts';
import { trimmed } from '../transport/large-request.ts';
import { type CallEnd, HANDED_OVER, type HangupOptions, SESSION_EXPIRED } from './call-ending.ts';
import type { CallSnapshot } from './call-snapshot.ts';
import { DialogSession, type SessionOwner } from './dialog-session.ts';
import { type CallIdentity, inviteDraft, newCallIdentity } from './invite-draft.ts';
import { type OutgoingCallAction, type OutgoingCallEvent, outgoingCallTable } from './outgoing-call-table.ts';
import type { OutgoingCall, OutgoingCallOptions } from './outgoing-call-types.ts';
import { checkWritable, reasonHeader, type Signalling } from './signalling.ts';

/** Via, and a port number that is not known yet. */
const ROOM_FOR_VIA_BYTES = 120;

/** The answer to a challenge that is likely to come, with SHA-256 and a long nonce. */
const ROOM_FOR_AUTHORIZATION_BYTES = 320;

/** A server that is there answers within 200 ms (RFC 3261 17.2.1); four lost INVITEs in a row mean another place. */
const NEXT_PLACE_AFTER_MS = 4_000;

/** One challenge per proxy and one of the server, and once more for stale nonces; more is a loop. */
const MAX_ATTEMPTS = 5;

/** The calling side of a call. */
export class SentInvite implements OutgoingCall {
  readonly #signalling: Signalling;
  readonly #options: OutgoingCallOptions;
  readonly #identity: CallIdentity;
  readonly #machine: TableMachine<string, OutgoingCallEvent, OutgoingCallAction>;
  readonly #over = Promise.withResolvers<void>();
  readonly #digest: DigestClient | undefined;
  #sequence = 0;
  #isRerouted = false;
  #route: Route | undefined;
  #path: Path | undefined;
  #sent: SentRequest | undefined;
  readonly #early = new EarlyDialogs((response) => this.#openSession(response, this.#owner()));
  #progress: Progress | undefined;
  #session: DialogSession | undefined;
  #answer: SessionDescription | undefined;
  /** What a 422 asked for. */
  #leastSessionSeconds: number | undefined;
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
    this.#digest = options.credentials && new DigestClient(options.credentials);
    this.#machine = new TableMachine<string, OutgoingCallEvent, OutgoingCallAction>(
      outgoingCallTable,
      'preparing',
      this.#actions(),
    );
    // Throws now, not later, when a header cannot be written.
    this.#inviteBytes();
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
    return this.#session?.snapshot({ challenges: this.#digest?.snapshot() ?? [] });
  }

  abandon(): void {
    this.#machine.fire('abandoned');
  }

  /** At least: over UDP, it loses what it can do without. */
  #inviteBytes(): number {
    const path = { flow: { transport: 'udp', remoteAddress: '', remotePort: 0 }, address: '' } as const;
    const authorization = this.#options.credentials === undefined ? 0 : ROOM_FOR_AUTHORIZATION_BYTES;
    return serialiseRequest(trimmed(this.#draft(path))).length + ROOM_FOR_VIA_BYTES + authorization;
  }

  #draft(path: Path) {
    const { userAgent, capabilities } = this.#signalling;
    const authorizations = this.#digest?.authorize({ method: 'INVITE', uri: this.#identity.target.text }) ?? [];
    const leastSessionSeconds = this.#leastSessionSeconds;
    const attempt = {
      path,
      sequence: this.#sequence,
      userAgent,
      capabilities,
      authorizations,
      leastSessionSeconds,
    };
    return inviteDraft(this.#options, this.#identity, attempt);
  }

  async #findPath(): Promise<void> {
    const { transports } = this.#signalling;
    const { transport, tls, handlers, along } = this.#options;
    const { nextHop } = this.#identity;
    try {
      if (along) {
        if (!transports.isOpen(along)) throw new Error('the connection it registered over is closed');
        this.#path = await transports.pathFor(along);
      } else {
        this.#route ??= await transports.routesTo(nextHop, {
          transport,
          tls,
          sizeBytes: this.#inviteBytes(),
          onAttempt: (attempt) => handlers.attempt?.(attempt),
        });
        this.#path = await this.#route.next();
      }
      this.#machine.fire('ready');
    } catch (error) {
      this.#failure.reason = `no way to ${nextHop.host}: ${error instanceof Error ? error.message : String(error)}`;
      this.#machine.fire('failure');
    }
  }

  /** Whether the INVITE goes to another place instead (RFC 3263 4.3); not once a phone may be ringing. */
  #triesElsewhere(failure: RouteFailure, reason: string): boolean {
    this.#route?.failed(failure, reason);
    const { state } = this.#machine;
    const isRinging = (this.#response?.status ?? 0) > 100 && failure !== 'refused';
    if (!this.#route?.hasNext || isRinging || (state !== 'calling' && state !== 'proceeding')) return false;
    this.#response = undefined;
    this.#isRerouted = true;
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
    if (!this.#path) return;
    // To another place goes the same request, so that whom both lead to sees that it is one call.
    if (!this.#isRerouted) this.#sequence++;
    this.#isRerouted = false;
    const handlers = {
      response: (response: SipResponse) => this.#receive(response),
      timeout: () => this.#fail('timeout', 408, 'nobody answered the INVITE'),
      transportError: () => this.#fail('transport', 503, 'the INVITE could not be sent'),
    };
    const patience = this.#route?.hasNext ? { giveUpMs: NEXT_PLACE_AFTER_MS } : {};
    this.#sent = this.#signalling.layer.sendRequest(this.#draft(this.#path), this.#path, handlers, patience);
  }

  #receive(response: SipResponse): void {
    if (response.status === 503) {
      if (this.#triesElsewhere('refused', `503 ${response.reason}`)) return;
    } else this.#route?.succeeded();
    if (response.status < 200) {
      this.#receiveProvisional(response);
    } else if (response.status < 300) {
      this.#receiveSuccess(response);
    } else if (!this.#answersChallenge(response) && !this.#asksForLonger(response)) {
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
    this.#digest?.accepted(response);
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

  /** Sends the INVITE again with credentials, when that may help. */
  #answersChallenge(response: SipResponse): boolean {
    if (response.status !== 401 && response.status !== 407) return false;
    const isWanted = this.#machine.state === 'calling' || this.#machine.state === 'proceeding';
    if (!isWanted || this.#sequence >= MAX_ATTEMPTS || !this.#digest?.challenged(response)) return false;
    this.#machine.fire('challenged');
    return true;
  }

  /** Sends the INVITE again with the session interval somebody on the way insists on (RFC 4028 7.3). */
  #asksForLonger(response: SipResponse): boolean {
    const seconds = leastSecondsOf(response);
    const { state } = this.#machine;
    if (response.status !== 422 || (state !== 'calling' && state !== 'proceeding')) return false;
    if (this.#sequence >= MAX_ATTEMPTS || seconds <= (this.#leastSessionSeconds ?? 0)) return false;
    this.#leastSessionSeconds = seconds;
    this.#machine.fire('challenged');
    return true;
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
    if (this.#leastSessionSeconds !== undefined) this.#session.timer.raise(this.#leastSessionSeconds);
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
      referred: (referral) => {
        if (handlers.referred) handlers.referred(referral);
        else referral.refuse();
      },
      digit: (digit, durationMs) => handlers.digit?.(digit, durationMs),
      replaced: (call) => {
        handlers.replaced?.(call);
        return handlers.replaced !== undefined;
      },
      handedOver: () => void this.hangup(HANDED_OVER),
      fault: (error) => this.#fault(error),
    };
  }

  #openSession(response: SipResponse, owner: SessionOwner): DialogSession | undefined {
    if (!this.#path) return undefined;
    const session = new DialogSession({
      signalling: this.#signalling,
      dialog: Dialog.asUac(response, this.#identity.target.text, this.#path.flow),
      path: this.#path,
      // Contacts of carriers often are addresses: whoever answers there still has to be the carrier.
      tls: { serverName: this.#identity.nextHop.host, ...this.#options.tls },
      ...(this.#digest === undefined ? {} : { digest: this.#digest }),
      owner,
    });
    session.negotiation.offer(this.#options.sdp);
    return session;
  }

  #sendCancel(): void {
    if (!this.#sent) return;
    // RFC 3261 9.1: without a final answer 64*T1 after the CANCEL the call counts as cancelled.
    const { clock, bases, layer } = this.#signalling;
    this.#cancelPatience = clock.start(GIVE_UP_FACTOR * bases.t1Ms, () => this.#machine.fire('cancelUnanswered'));
    const ignored = { response() {}, timeout() {}, transportError() {} };
    layer.sendCancel(this.#sent, reasonHeader(this.#hangup), ignored);
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
