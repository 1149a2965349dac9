import { type Dialog, dialogKeyOfRequest } from '../dialog/dialog.ts';
import { DigitSender } from '../info/digit-sender.ts';
import type { SipMessage, SipRequest } from '../message/message.ts';
import { Referrals } from '../refer/referrals.ts';
import type { SessionDescription } from '../sdp/description.ts';
import { ChangeRefused } from '../session/change-by-peer.ts';
import { type ChangeOutcome, SessionChanges } from '../session/change-by-us.ts';
import {
  DialogRequests,
  type DialogRequestsOptions,
  type InDialogAnswer,
  type InDialogRequestOptions,
} from '../session/dialog-requests.ts';
import { inDialogHandlers } from '../session/in-dialog-handlers.ts';
import { Negotiation } from '../session/negotiation.ts';
import { PeerMethods } from '../session/peer-methods.ts';
import type { ReliableProvisionals } from '../session/reliable-provisionals.ts';
import { intervalForRequest, intervalInResponse, type SessionInterval } from '../session/session-interval.ts';
import { SessionTimer } from '../session/session-timer.ts';
import { type SuccessResponse, SuccessResponses } from '../session/success-responses.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';
import type { Flow } from '../transport/flow.ts';
import type { ExtraHeaders } from './call-ending.ts';
import type { CallSnapshot, SessionSnapshot } from './call-snapshot.ts';
import type { SessionOwner } from './session-owner.ts';
import {
  type DialogUser,
  missingExtensions,
  type ReplacingCall,
  respond,
  type Signalling,
  warning,
} from './signalling.ts';

export interface DialogSessionOptions extends DialogRequestsOptions {
  readonly owner: SessionOwner;
  /** What another process knew of it. */
  readonly restored?: SessionSnapshot;
}

/** What may still come once the call is over. */
const REFERRAL_METHODS: ReadonlySet<string> = new Set(['NOTIFY', 'SUBSCRIBE']);

/** What happens inside a dialog, whoever called: BYE, re-INVITE, UPDATE, OPTIONS, and 2xx until their ACK. */
export class DialogSession implements DialogUser {
  readonly dialog: Dialog;
  readonly signalling: Signalling;
  readonly owner: SessionOwner;
  /** Offers and answers. */
  readonly negotiation: Negotiation;
  readonly timer: SessionTimer;
  /** Provisional responses of ours that want a PRACK; set by the called side. */
  reliable: ReliableProvisionals | undefined;
  // What most calls never need is made when it is asked for.
  #ownReferrals: Referrals | undefined;
  #ownDigits: DigitSender | undefined;
  #ownChanges: SessionChanges | undefined;
  #ownOver: PromiseWithResolvers<undefined> | undefined;
  readonly #requests: DialogRequests;
  readonly #successes: SuccessResponses;
  #isClosed = false;
  readonly #peerMethods: PeerMethods;

  constructor(options: DialogSessionOptions) {
    this.dialog = options.dialog;
    this.signalling = options.signalling;
    this.owner = options.owner;
    this.#requests = new DialogRequests(options, (status) => options.owner.lost(status));
    this.#successes = new SuccessResponses(options.signalling, () => {
      options.owner.unacknowledged();
      this.#ownChanges?.resume();
    });
    const { restored } = options;
    const duties = {
      refresh: () => void this.#changes.refresh().catch((error: unknown) => this.owner.fault(error)),
      expired: () => this.owner.expired(),
    };
    this.negotiation = restored ? Negotiation.restore(restored.negotiation) : new Negotiation();
    this.timer = restored
      ? SessionTimer.restore(restored.timer, this.signalling.clock, duties)
      : new SessionTimer(this.signalling.clock, duties);
    this.#peerMethods = new PeerMethods(restored?.peerMethods);
    options.signalling.dialogs.set(this.dialog.key, this);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get isEstablished(): boolean {
    return !this.#isClosed && this.owner.isEstablished();
  }

  mayBeReplacedBy(account: string): boolean {
    return this.owner.account === undefined || this.owner.account === account;
  }

  replaceBy(call: ReplacingCall): void {
    call.whenAnswered = () => this.owner.handedOver?.();
    if (!this.owner.replaced?.(call)) call.refuse(603);
  }

  snapshot(call: Pick<CallSnapshot, 'account' | 'challenges'>): CallSnapshot {
    const session = {
      address: this.#requests.address,
      negotiation: this.negotiation.snapshot(),
      timer: this.timer.snapshot(),
      peerMethods: this.#peerMethods.list(),
    };
    return { ...this.dialog.snapshot(), ...call, session };
  }

  /** Whether we made the Call-ID, and so wait longer after a glare. */
  get ownsCallId(): boolean {
    return this.dialog.snapshot().role === 'uac';
  }

  /** Transfers, both ways. */
  get referrals(): Referrals {
    this.#ownReferrals ??= new Referrals(this);
    return this.#ownReferrals;
  }

  /** Keys sent as INFO. */
  get digits(): DigitSender {
    this.#ownDigits ??= new DigitSender(this);
    return this.#ownDigits;
  }

  get #changes(): SessionChanges {
    this.#ownChanges ??= new SessionChanges(this);
    return this.#ownChanges;
  }

  /** Resolves when the call is over. */
  get over(): Promise<undefined> {
    this.#ownOver ??= Promise.withResolvers<undefined>();
    if (this.#isClosed) this.#ownOver.resolve(undefined);
    return this.#ownOver.promise;
  }

  /** Whether a re-INVITE of ours is out. */
  get isInviting(): boolean {
    return this.#ownChanges?.isInviting ?? false;
  }

  get allowsUpdate(): boolean {
    return this.peerAllows('UPDATE');
  }

  /** Whether the peer has named the method in Allow. */
  peerAllows(method: string): boolean {
    return this.#peerMethods.has(method);
  }

  /** Notes which methods the peer takes (RFC 3261 20.5). */
  learnPeer(message: SipMessage): void {
    this.#peerMethods.learn(message);
  }

  /** Whether a 2xx of ours waits for its ACK. */
  get awaitsAck(): boolean {
    return this.#successes.isWaiting;
  }

  /** Sends a 2xx to an INVITE and repeats it until its ACK, which may bring a description. */
  sendSuccess(
    invite: SipRequest,
    transaction: ServerTransaction,
    response: SuccessResponse,
    acknowledged: (sdp?: SessionDescription) => void,
  ): void {
    const { toTag, sdp } = response;
    const headers = { ...this.targetHeaders(), ...response.headers };
    this.#successes.send(invite, transaction, { toTag, sdp, headers }, acknowledged);
  }

  acknowledge(ack: SipRequest): void {
    if (this.#successes.acknowledge(ack)) this.#ownChanges?.resume();
  }

  /** Acknowledges a 2xx (RFC 3261 13.2.2.4). */
  sendAck(inviteSequence: number): void {
    this.#requests.acknowledge(inviteSequence);
  }

  /** Sends a request, answers challenges, and tells the owner when the dialog is lost (RFC 3261 12.2.1.2). */
  request(method: string, options: InDialogRequestOptions = {}): Promise<InDialogAnswer> {
    return this.#requests.send(method, options);
  }

  /** Where and what we are, for messages that set or refresh the target. */
  targetHeaders(): ExtraHeaders {
    return this.#requests.targetHeaders();
  }

  /**
   * Answers an offer through the owner.
   * @throws ChangeRefused with 488; whatever the owner throws.
   */
  answerOffer(offer: SessionDescription): string {
    const { negotiation, owner } = this;
    negotiation.offerReceived(offer);
    let sdp: string | undefined;
    try {
      sdp = owner.offered(offer);
    } finally {
      if (sdp === undefined) negotiation.rejected();
    }
    if (sdp === undefined) throw new ChangeRefused(488, warning('nothing in this offer can be agreed on'));
    return negotiation.answer(sdp);
  }

  /** The ACK for a re-INVITE without description: it brings the answer to our offer, or takes it back. */
  settleOffer(answer: SessionDescription | undefined): void {
    if (!this.negotiation.hasOffered) return;
    if (answer === undefined) {
      this.negotiation.rejected();
      return;
    }
    this.negotiation.answerReceived(answer);
    this.owner.answerReceived(answer);
  }

  /** Starts the session timer for a 2xx of ours to this request, and gives the headers of that 2xx. */
  acceptInterval(request: SipRequest): ExtraHeaders {
    this.learnPeer(request);
    const interval = intervalForRequest(request);
    this.startTimer(interval);
    return intervalInResponse(interval);
  }

  startTimer(interval: SessionInterval | undefined): void {
    if (!this.#isClosed) this.timer.start(interval);
  }

  /** Sends an offer and waits for what comes of it; after a glare it is sent again (RFC 3261 14.1). */
  change(sdp: string): Promise<ChangeOutcome> {
    return this.#changes.change(sdp);
  }

  receive(request: SipRequest, transaction: ServerTransaction, flow: Flow): void {
    const { capabilities } = this.signalling;
    const answer = (status: number, headers: Readonly<Record<string, string>>) =>
      respond(this.signalling, request, transaction, status, { headers });
    if (this.dialog.acceptRequest(request, flow) === 'out-of-order') {
      answer(500, warning('CSeq is lower than one already seen'));
      return;
    }
    this.#requests.follow(flow);
    const handle = inDialogHandlers.get(request.method);
    // A BYE ends the call whatever it insists on.
    const missing = request.method === 'BYE' ? undefined : missingExtensions(request, capabilities);
    if (this.#isClosed && !REFERRAL_METHODS.has(request.method)) answer(481, warning('this call is over'));
    else if (missing !== undefined) answer(420, { Unsupported: missing });
    else if (handle === undefined) answer(405, { Allow: capabilities.allow });
    else handle({ session: this, request, transaction });
  }

  /** Status of the answer, or undefined when there was none. */
  async sendBye(reason: string | undefined): Promise<number | undefined> {
    const { response } = await this.request('BYE', reason === undefined ? {} : { headers: { Reason: reason } });
    return response?.status;
  }

  /**
   * Frees everything; requests of this dialog get 481 from now on, but for news of a transfer that is under way
   * (RFC 5057 4).
   */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#ownOver?.resolve(undefined);
    this.timer.stop();
    this.reliable?.stop();
    this.#ownChanges?.resume();
    this.#successes.stop();
    if (this.#ownReferrals) this.#ownReferrals.dialogOver(() => this.#leave());
    else this.#leave();
  }

  /** The endpoint is gone. */
  abandon(): void {
    this.#ownReferrals?.abandon();
    this.close();
  }

  #leave(): void {
    this.signalling.dialogs.delete(this.dialog.key);
    this.#requests.close();
  }
}

/** The session a request belongs to, if its dialog is here. */
export function sessionOf(signalling: Signalling, request: SipRequest): DialogUser | undefined {
  return signalling.dialogs.get(dialogKeyOfRequest(request));
}
