import type { Synthesiser } from '@dialplane/speech';
import type { CallTurn } from './call-report.ts';
import type { CallerLine, PreparedLine } from './caller-lines.ts';
import type { NoiseKind } from './line-noise.ts';
import type { HistoryAccess } from './session-history.ts';

export interface CallOptions {
  readonly server: { readonly host: string; readonly port: number };
  readonly transport: 'udp' | 'tcp';
  /** The number to dial, and the caller's own. */
  readonly to: string;
  readonly from: string;
  readonly credentials?: { readonly username: string; readonly password: string } | undefined;
  /** More headers of the INVITE, such as the one that names an agent. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Said one after the other, each after the reply to the one before. With none the caller hears the greeting and hangs up. */
  readonly lines: readonly CallerLine[];
  /** Speaks the lines and the people in the background; stays open for who made it. */
  readonly synthesiser: Synthesiser;
  readonly voice: string;
  readonly noise?: { readonly kind: NoiseKind; readonly snrDb: number; readonly seed: number } | undefined;
  /** Where the agent's words can be read. */
  readonly history?: HistoryAccess | undefined;
  /** Path of a two-channel WAV: caller left, agent right. */
  readonly output?: string | undefined;
  /** How long to wait for the beginning of a reply; 7 s when not given. */
  readonly replyWithinMs?: number;
  /** The whole call may take this long; then it is hung up. */
  readonly timeoutMs: number;
  /** Hangs up early. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: CallerEvent) => void;
}

/** What happens, as it happens. */
export type CallerEvent =
  | { readonly type: 'ringing'; readonly afterMs: number }
  | { readonly type: 'answered'; readonly afterMs: number; readonly sessionId: string | null }
  /** The agent has finished its greeting; without one `speechMs` is 0. */
  | { readonly type: 'greeted'; readonly text: string | null; readonly speechMs: number }
  | { readonly type: 'saying'; readonly kind: PreparedLine['kind']; readonly said: string }
  /** The agent has finished its reply, or there was none. */
  | { readonly type: 'turn_over'; readonly turn: CallTurn };
