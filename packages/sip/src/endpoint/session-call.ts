import type { ReferOptions, ReferOutcome } from '../refer/referral-types.ts';
import type { ChangeOutcome } from '../session/change-by-us.ts';
import type { InDialogAnswer, InDialogRequestOptions } from '../session/dialog-requests.ts';
import { type ReasonValue, readReasons } from '../session/reason.ts';
import { type CallEnd, HANDED_OVER, type HangupOptions, SESSION_EXPIRED } from './call-ending.ts';
import type { CallUsages } from './call-usages.ts';
import type { DialogSession } from './dialog-session.ts';
import type { EstablishedCallHandlers } from './established-call-types.ts';
import type { SessionOwner } from './session-owner.ts';
import { checkRequest, reasonHeader } from './signalling.ts';
import { usageDuties } from './usage-duties.ts';

/** What every call goes through, whichever side made it. */
export type SessionCallEvent = 'hangup' | 'unacknowledged' | 'expired' | 'bye' | 'byeDone' | 'abandoned';

/** A call as its session sees it: what can be asked of it, and how it ends. The sides differ in how it begins. */
export abstract class SessionCall implements CallUsages {
  /** Undefined before the dialog is made. */
  protected abstract readonly session: DialogSession | undefined;
  protected abstract readonly machine: { readonly state: string; fire(event: SessionCallEvent): void };
  /** They may change in the call's life. */
  protected abstract readonly handlers: EstablishedCallHandlers;
  protected readonly over = Promise.withResolvers<void>();
  /** What our last request says about the end. */
  protected farewell: HangupOptions = {};
  protected end: CallEnd = { by: 'local' };
  protected peerReason: readonly ReasonValue[] = [];

  /** Resolves when the call is over. */
  hangup(options: HangupOptions = {}): Promise<void> {
    this.farewell = options;
    this.machine.fire('hangup');
    return this.over.promise;
  }

  change(sdp: string): Promise<ChangeOutcome> {
    return this.session?.change(sdp) ?? Promise.resolve({ kind: 'call_over' });
  }

  /** @throws TypeError when it cannot be put on the wire. */
  sendRequest(method: string, options: InDialogRequestOptions = {}): Promise<InDialogAnswer> {
    checkRequest(method, options);
    return this.session?.request(method, options) ?? Promise.resolve({ response: undefined });
  }

  refer(target: string, options: ReferOptions = {}): Promise<ReferOutcome> {
    return this.session?.referrals.send(target, options) ?? Promise.resolve({ kind: 'untold', accepted: false });
  }

  sendDigit(digit: string, durationMs?: number): Promise<boolean> {
    return this.session?.digits.send(digit, durationMs) ?? Promise.resolve(false);
  }

  peerAllows(method: string): boolean {
    return this.session?.peerAllows(method) ?? false;
  }

  /** The endpoint is gone. */
  abandon(): void {
    this.machine.fire('abandoned');
  }

  /** A handler threw: this call ends, nothing else does. */
  fail(error: unknown): void {
    this.end = { by: 'local', fault: `a handler failed: ${error instanceof Error ? error.message : String(error)}` };
    void this.hangup({ sipCause: 500, text: 'handler failed' });
  }

  /** The owner of the call's sessions. @param account whose call it is; undefined for calls we made. */
  protected sessionOwner(account: string | undefined): SessionOwner {
    return {
      account,
      isEstablished: () => this.machine.state === 'established',
      offered: (offer) => this.handlers.offered?.(offer),
      offerWanted: () => this.handlers.offerWanted?.(),
      answerReceived: (answer) => this.tell(() => this.handlers.answerReceived?.(answer)),
      provisionalAcknowledged() {},
      bye: (request) => {
        this.peerReason = readReasons(request);
        this.machine.fire('bye');
      },
      unacknowledged: () => this.machine.fire('unacknowledged'),
      lost: () => this.machine.fire('unacknowledged'),
      expired: () => this.machine.fire('expired'),
      ...usageDuties(() => this.handlers),
      handedOver: () => void this.hangup(HANDED_OVER),
      fault: (error) => this.fail(error),
    };
  }

  /** The part of a table's actions that is the same for all. */
  protected endingActions(): Record<'sendBye' | 'noteRemote' | 'noteTimeout' | 'noteExpired', () => void> {
    return {
      sendBye: () => this.sendBye(),
      noteRemote: () => this.noteRemote(),
      noteTimeout: () => this.noteTimeout(),
      noteExpired: () => this.noteExpired(),
    };
  }

  protected sendBye(): void {
    void this.#sendBye();
  }

  protected noteRemote(): void {
    this.end = { by: 'remote', reason: this.peerReason };
  }

  protected noteTimeout(): void {
    this.end = { by: 'timeout' };
  }

  protected noteExpired(): void {
    this.end = { by: 'session_timer' };
    this.farewell = SESSION_EXPIRED;
  }

  protected tell(handler: () => void): void {
    try {
      handler();
    } catch (error) {
      this.fail(error);
    }
  }

  async #sendBye(): Promise<void> {
    const status = await this.session?.sendBye(reasonHeader(this.farewell));
    if (status !== undefined) this.end = { ...this.end, status };
    this.machine.fire('byeDone');
  }
}
