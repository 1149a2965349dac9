import type { RunningTimer } from '../clock.ts';
import { Dialog } from '../dialog/dialog.ts';
import type { SenderStyle } from '../guard/source-policy.ts';
import type { SipRequest } from '../message/message.ts';
import type { SessionDescription } from '../sdp/description.ts';
import { InviteAnswers } from '../session/invite-answers.ts';
import { readReasons } from '../session/reason.ts';
import type { Reliability } from '../session/reliable-provisionals.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';
import { TableMachine } from '../transition-table.ts';
import type { Flow, Path } from '../transport/flow.ts';
import type { ExtraHeaders } from './call-ending.ts';
import type { CallSnapshot } from './call-snapshot.ts';
import { DialogSession } from './dialog-session.ts';
import { type IncomingCallAction, type IncomingCallEvent, incomingCallTable } from './incoming-call-table.ts';
import type { IncomingCallHandlers } from './incoming-call-types.ts';
import { SessionCall } from './session-call.ts';
import { checkWritable, type ReplacingCall, reasonHeader, respond, type Signalling, warning } from './signalling.ts';

/** Proxies give up a ringing call after three minutes (RFC 3261 16.6, timer C); nobody waits any more. */
const UNANSWERED_MS = 180_000;

export interface ReceivedInviteOptions {
  readonly signalling: Signalling;
  readonly request: SipRequest;
  readonly transaction: ServerTransaction;
  readonly source: Flow;
  readonly path: Path;
  readonly localTag: string;
  readonly receivedAtMs: number;
  readonly owner: string;
  readonly style: SenderStyle;
  readonly offer: SessionDescription | undefined;
}

/** The called side of a call, from the admitted INVITE to its end. */
export class ReceivedInvite extends SessionCall implements ReplacingCall {
  readonly callId: string;
  readonly receivedAtMs: number;
  readonly source: Flow;
  readonly owner: string;
  readonly style: SenderStyle;
  readonly request: SipRequest;
  readonly offer: SessionDescription | undefined;
  reliability: Reliability = 'allow';
  whenAnswered: (() => void) | undefined;
  protected readonly session: DialogSession;
  protected readonly machine: TableMachine<string, IncomingCallEvent, IncomingCallAction>;
  protected handlers: IncomingCallHandlers = {};
  readonly #options: ReceivedInviteOptions;
  readonly #answers: InviteAnswers;
  readonly #unanswered: RunningTimer;

  /** Kept for handlers that come after the end. */
  #untoldEnding: (() => void) | undefined;
  #headers: ExtraHeaders = {};
  #sdp = '';
  #refusal: { status: number; reason?: string } = { status: 480 };
  #answer: SessionDescription | undefined;

  static readonly #actions: Readonly<Record<IncomingCallAction, (call: ReceivedInvite) => void>> = {
    sendBye: (call) => call.sendBye(),
    noteRemote: (call) => call.noteRemote(),
    noteTimeout: (call) => call.noteTimeout(),
    noteExpired: (call) => call.noteExpired(),
    sendRinging: (call) => call.#answers.ring(call.#headers, call.reliability),
    sendProgress: (call) => call.#answers.earlyMedia(call.#sdp, call.#headers, call.reliability),
    sendUnpracked: (call) => call.#respond(504, warning('a response that needs a PRACK got none')),
    sendSuccess: (call) => call.#sendSuccess(),
    sendRefusal: (call) => call.#respond(call.#refusal.status, call.#headers, call.#refusal.reason),
    sendUnavailable: (call) => call.#respond(480, call.#reason()),
    sendFault: (call) => call.#respond(500, warning('the call failed on our side')),
    sendTerminated: (call) => call.#respond(487, {}),
    reportAcknowledged: (call) => call.tell(() => call.handlers.acknowledged?.(call.#answer)),
    reportCancelled: (call) => call.#finish(() => call.handlers.cancelled?.(call.peerReason)),
    finish: (call) => call.#finish(() => call.handlers.ended?.(call.end)),
  };

  constructor(options: ReceivedInviteOptions) {
    super();
    const { signalling, request, transaction, source, path, localTag } = options;
    this.#options = options;
    this.callId = request.callId;
    this.receivedAtMs = options.receivedAtMs;
    this.source = source;
    this.owner = options.owner;
    this.style = options.style;
    this.request = request;
    this.offer = options.offer;
    this.machine = new TableMachine<string, IncomingCallEvent, IncomingCallAction>(
      incomingCallTable,
      'proceeding',
      (action) => ReceivedInvite.#actions[action](this),
    );
    this.session = new DialogSession({
      signalling,
      dialog: Dialog.asUas(request, localTag, source),
      path,
      owner: {
        ...this.sessionOwner(options.owner),
        provisionalAcknowledged: () => {
          if (!this.#answers.mustWait) this.machine.fire('pracked');
        },
      },
    });
    this.#answers = new InviteAnswers({
      session: this.session,
      request,
      transaction,
      localTag,
      offer: options.offer,
      unpracked: () => this.machine.fire('unpracked'),
    });
    transaction.onCancel((cancel) => {
      this.peerReason = readReasons(cancel);
      this.machine.fire('cancel');
    });
    this.#unanswered = signalling.clock.start(UNANSWERED_MS, () => this.machine.fire('nobodyAnswered'));
    signalling.calls.add(this);
  }

  handle(handlers: IncomingCallHandlers): void {
    this.handlers = handlers;
    const ending = this.#untoldEnding;
    this.#untoldEnding = undefined;
    if (ending) this.tell(ending);
  }

  ring(headers: ExtraHeaders = {}): void {
    checkWritable(headers);
    this.#headers = headers;
    this.machine.fire('ring');
  }

  earlyMedia(sdp: string, headers: ExtraHeaders = {}): void {
    checkWritable(headers);
    this.#sdp = sdp;
    this.#headers = headers;
    this.machine.fire('progress');
  }

  answer(sdp: string, headers: ExtraHeaders = {}): void {
    checkWritable(headers);
    this.#sdp = sdp;
    this.#headers = headers;
    this.machine.fire(this.#answers.mustWait ? 'answerLater' : 'answer');
  }

  refuse(status: number, options: { reason?: string; headers?: ExtraHeaders } = {}): void {
    checkWritable(options.headers ?? {});
    if (!(status >= 300 && status <= 699)) throw new RangeError(`no refusal: ${status}`);
    this.#refusal = { status, ...(options.reason === undefined ? {} : { reason: options.reason }) };
    this.#headers = options.headers ?? {};
    this.machine.fire('refuse');
  }

  snapshot(): CallSnapshot {
    return this.session.snapshot({ account: this.owner, challenges: [] });
  }

  override fail(error: unknown): void {
    this.end = { by: 'local', fault: `a handler failed: ${error instanceof Error ? error.message : String(error)}` };
    this.farewell = { sipCause: 500, text: 'Server Internal Error' };
    this.machine.fire('fault');
  }

  #respond(status: number, headers: ExtraHeaders, reason?: string): void {
    const { signalling, request, transaction, localTag } = this.#options;
    if (status >= 300) this.end = { ...this.end, status };
    respond(signalling, request, transaction, status, {
      toTag: localTag,
      recordRoute: status < 300,
      headers,
      ...(reason === undefined ? {} : { reason }),
    });
  }

  #sendSuccess(): void {
    this.#unanswered.cancel();
    this.#answers.succeed(this.#sdp, this.#headers, (remote) => {
      this.#answer = remote;
      this.machine.fire('acknowledged');
    });
    this.whenAnswered?.();
  }

  #reason(): ExtraHeaders {
    const reason = reasonHeader(this.farewell);
    return reason === undefined ? {} : { Reason: reason };
  }

  /** The last word: frees the call, then tells its owner. */
  #finish(tellOwner: () => void): void {
    this.#unanswered.cancel();
    this.session.close();
    this.#options.signalling.calls.delete(this);
    this.over.resolve();
    const hasOwner = this.handlers.ended !== undefined || this.handlers.cancelled !== undefined;
    if (hasOwner) this.tell(tellOwner);
    // As it is: with a closure around it, calls that are over lived on until the next full collection.
    else this.#untoldEnding = tellOwner;
  }
}
