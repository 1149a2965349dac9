import type { DialogSnapshot } from '../dialog/dialog.ts';
import type { DigestChallenge } from '../digest/client.ts';
import type { NegotiationSnapshot } from '../session/negotiation.ts';
import type { SessionTimerSnapshot } from '../session/session-timer.ts';

/** What happens inside a dialog, as plain data. */
export interface SessionSnapshot {
  /** `host:port` of ours in Via and Contact. */
  readonly address: string;
  readonly negotiation: NegotiationSnapshot;
  readonly timer: SessionTimerSnapshot;
  /** Methods the peer takes. */
  readonly peerMethods: readonly string[];
}

/**
 * An answered call as plain JSON data, without secrets: what another process on the same address needs to go on with it.
 * A call whose ACK is still out counts as established. Transfers that are under way are not part of it.
 */
export interface CallSnapshot extends DialogSnapshot {
  /** Whose call it is; undefined for calls we made. */
  readonly account?: string;
  readonly session: SessionSnapshot;
  /** Challenges met so far, for calls we made with credentials. */
  readonly challenges: readonly DigestChallenge[];
}
