import { Dialog } from '../dialog/dialog.ts';
import { DigestClient } from '../digest/client.ts';
import type { ReferOptions, ReferOutcome } from '../refer/referral-types.ts';
import type { ChangeOutcome } from '../session/change-by-us.ts';
import type { InDialogAnswer, InDialogRequestOptions } from '../session/dialog-requests.ts';
import { type ReasonValue, readReasons } from '../session/reason.ts';
import { TableMachine } from '../transition-table.ts';
import { type CallEnd, HANDED_OVER, type HangupOptions, SESSION_EXPIRED } from './call-ending.ts';
import type { CallSnapshot } from './call-snapshot.ts';
import { DialogSession, type SessionOwner } from './dialog-session.ts';
import {
  type EstablishedCallAction,
  type EstablishedCallEvent,
  establishedCallTable,
} from './established-call-table.ts';
import type { EstablishedCall, RestoreOptions } from './established-call-types.ts';
import { checkWritable, reasonHeader, type Signalling } from './signalling.ts';
import { usageDuties } from './usage-duties.ts';

/** A call that another process had before. */
export class RestoredCall implements EstablishedCall {
  readonly callId: string;
  readonly #signalling: Signalling;
  readonly #account: string | undefined;
  readonly #options: RestoreOptions;
  readonly #digest: DigestClient | undefined;
  readonly #session: DialogSession;
  readonly #machine: TableMachine<string, EstablishedCallEvent, EstablishedCallAction>;
  readonly #over = Promise.withResolvers<void>();
  #hangup: HangupOptions = {};
  #end: CallEnd = { by: 'local' };
  #peerReason: readonly ReasonValue[] = [];

  constructor(signalling: Signalling, snapshot: CallSnapshot, options: RestoreOptions) {
    const { account, session, challenges, ...dialog } = snapshot;
    const { connection: _, ...flow } = snapshot.flow;
    this.callId = snapshot.callId;
    this.#signalling = signalling;
    this.#account = account;
    this.#options = options;
    this.#digest = options.credentials && new DigestClient(options.credentials, challenges);
    this.#machine = new TableMachine<string, EstablishedCallEvent, EstablishedCallAction>(
      establishedCallTable,
      'established',
      this.#actions(),
    );
    this.#session = new DialogSession({
      signalling,
      // The connection was the other process's own.
      dialog: Dialog.restore({ ...dialog, flow }),
      path: { flow, address: session.address },
      tls: options.tls,
      ...(this.#digest === undefined ? {} : { digest: this.#digest }),
      owner: this.#owner(),
      restored: session,
    });
    signalling.calls.add(this);
  }

  hangup(options: HangupOptions = {}): Promise<void> {
    this.#hangup = options;
    this.#machine.fire('hangup');
    return this.#over.promise;
  }

  change(sdp: string): Promise<ChangeOutcome> {
    return this.#session.change(sdp);
  }

  async sendRequest(method: string, options: InDialogRequestOptions = {}): Promise<InDialogAnswer> {
    checkWritable(options.headers ?? {});
    return this.#session.request(method, options);
  }

  refer(target: string, options: ReferOptions = {}): Promise<ReferOutcome> {
    return this.#session.referrals.send(target, options);
  }

  sendDigit(digit: string, durationMs?: number): Promise<boolean> {
    return this.#session.digits.send(digit, durationMs);
  }

  peerAllows(method: string): boolean {
    return this.#session.peerAllows(method);
  }

  snapshot(): CallSnapshot {
    const account = this.#account === undefined ? {} : { account: this.#account };
    return this.#session.snapshot({ ...account, challenges: this.#digest?.snapshot() ?? [] });
  }

  abandon(): void {
    this.#machine.fire('abandoned');
  }

  #owner(): SessionOwner {
    const { handlers } = this.#options;
    return {
      ...(this.#account === undefined ? {} : { account: this.#account }),
      isEstablished: () => this.#machine.state === 'established',
      offered: (offer) => handlers.offered?.(offer),
      offerWanted: () => handlers.offerWanted?.(),
      answerReceived: (answer) => this.#tell(() => handlers.answerReceived?.(answer)),
      provisionalAcknowledged() {},
      bye: (request) => {
        this.#peerReason = readReasons(request);
        this.#machine.fire('bye');
      },
      unacknowledged: () => this.#machine.fire('lost'),
      lost: () => this.#machine.fire('lost'),
      expired: () => this.#machine.fire('expired'),
      ...usageDuties(() => handlers),
      handedOver: () => void this.hangup(HANDED_OVER),
      fault: (error) => this.#fault(error),
    };
  }

  #actions(): Record<EstablishedCallAction, () => void> {
    return {
      sendBye: () => void this.#sendBye(),
      noteRemote: () => {
        this.#end = { by: 'remote', reason: this.#peerReason };
      },
      noteTimeout: () => {
        this.#end = { by: 'timeout' };
      },
      noteExpired: () => {
        this.#end = { by: 'session_timer' };
        this.#hangup = SESSION_EXPIRED;
      },
      finish: () => {
        this.#session.close();
        this.#signalling.calls.delete(this);
        this.#over.resolve();
        this.#tell(() => this.#options.handlers.ended?.(this.#end));
      },
    };
  }

  async #sendBye(): Promise<void> {
    const status = await this.#session.sendBye(reasonHeader(this.#hangup));
    if (status !== undefined) this.#end = { ...this.#end, status };
    this.#machine.fire('byeDone');
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
}
