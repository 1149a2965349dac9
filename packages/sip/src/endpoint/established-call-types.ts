import type { SessionDescription } from '../sdp/description.ts';
import type { ChangeOutcome } from '../session/change-by-us.ts';
import type { InDialogAnswer, InDialogRequestOptions } from '../session/dialog-requests.ts';
import type { TlsClientOptions } from '../transport/dial.ts';
import type { CallEnd, HangupOptions } from './call-ending.ts';
import type { CallSnapshot } from './call-snapshot.ts';
import type { CallUsageHandlers, CallUsages } from './call-usages.ts';

/** A call that has been answered, whoever made it. */
export interface EstablishedCall extends CallUsages {
  readonly callId: string;
  /** Sends BYE. Resolves when answered or given up. */
  hangup(options?: HangupOptions): Promise<void>;
  /** Sends an offer within the call, such as one that holds it. */
  change(sdp: string): Promise<ChangeOutcome>;
  /** Sends any request in the dialog of this call. 401 and 407 are answered; 408 and 481 end the call. */
  sendRequest(method: string, options?: InDialogRequestOptions): Promise<InDialogAnswer>;
  snapshot(): CallSnapshot;
}

export interface EstablishedCallHandlers extends CallUsageHandlers {
  ended?(end: CallEnd): void;
  /** A changed offer within the call: returns our SDP answer, or undefined for 488. */
  offered?(offer: SessionDescription): string | undefined;
  /** The peer wants an offer of ours. Default: what is in force. */
  offerWanted?(): string | undefined;
  /** The answer to the offer of `offerWanted`. */
  answerReceived?(answer: SessionDescription): void;
}

export interface RestoreOptions {
  /** What a snapshot leaves out: it answers 401 and 407. */
  readonly credentials?: { readonly username: string; readonly password: string };
  /** For a connection over TLS, which has to be made anew. */
  readonly tls?: TlsClientOptions;
  readonly handlers: EstablishedCallHandlers;
}
