import { Dialog } from '../dialog/dialog.ts';
import { DigestClient } from '../digest/client.ts';
import { TableMachine } from '../transition-table.ts';
import type { CallSnapshot } from './call-snapshot.ts';
import { DialogSession } from './dialog-session.ts';
import {
  type EstablishedCallAction,
  type EstablishedCallEvent,
  establishedCallTable,
} from './established-call-table.ts';
import type { EstablishedCall, EstablishedCallHandlers, RestoreOptions } from './established-call-types.ts';
import { SessionCall } from './session-call.ts';
import type { Signalling } from './signalling.ts';

/** A call that another process had before. */
export class RestoredCall extends SessionCall implements EstablishedCall {
  readonly callId: string;
  protected readonly session: DialogSession;
  protected readonly machine: TableMachine<string, EstablishedCallEvent, EstablishedCallAction>;
  protected readonly handlers: EstablishedCallHandlers;
  readonly #signalling: Signalling;
  readonly #account: string | undefined;
  readonly #digest: DigestClient | undefined;

  constructor(signalling: Signalling, snapshot: CallSnapshot, options: RestoreOptions) {
    super();
    const { account, session, challenges, ...dialog } = snapshot;
    const { connection: _, ...flow } = snapshot.flow;
    this.callId = snapshot.callId;
    this.handlers = options.handlers;
    this.#signalling = signalling;
    this.#account = account;
    this.#digest = options.credentials && new DigestClient(options.credentials, challenges);
    this.machine = new TableMachine<string, EstablishedCallEvent, EstablishedCallAction>(
      establishedCallTable,
      'established',
      { ...this.endingActions(), finish: () => this.#finish() },
    );
    this.session = new DialogSession({
      signalling,
      // The connection was the other process's own.
      dialog: Dialog.restore({ ...dialog, flow }),
      path: { flow, address: session.address },
      tls: options.tls,
      ...(this.#digest === undefined ? {} : { digest: this.#digest }),
      owner: this.sessionOwner(account),
      restored: session,
    });
    signalling.calls.add(this);
  }

  snapshot(): CallSnapshot {
    const account = this.#account === undefined ? {} : { account: this.#account };
    return this.session.snapshot({ ...account, challenges: this.#digest?.snapshot() ?? [] });
  }

  #finish(): void {
    this.session.close();
    this.#signalling.calls.delete(this);
    this.over.resolve();
    this.tell(() => this.handlers.ended?.(this.end));
  }
}
