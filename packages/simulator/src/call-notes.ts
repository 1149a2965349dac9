import type { CallOptions } from './call-options.ts';
import { type CallEnding, type CallPackets, type CallReport, type CallTurn, percentile } from './call-report.ts';
import type { PreparedLine } from './caller-lines.ts';

/** The agent's speech, from its first to its last loud sound; on the clock of `sharedNowMs`. */
export interface AgentSpeech {
  readonly onsetMs: number;
  readonly lastMs: number;
}

interface NotedTurn {
  readonly line: PreparedLine;
  saidMs: number | undefined;
  onsetMs: number | undefined;
  speechMs: number;
  agentText: string | null;
}

/** What the caller notes down in the course of a call, and the report made of it. Times on the clock of `sharedNowMs`. */
export class CallNotes {
  readonly #options: CallOptions;
  readonly #startedAt = new Date();
  readonly #turns: NotedTurn[] = [];
  #greeting: CallReport['greeting'] = null;
  #firstSpeechMs: number | undefined;
  invitedMs = 0;
  ringingMs: number | undefined;
  answeredMs: number | undefined;
  sessionId: string | null = null;
  ending: CallEnding | undefined;

  constructor(options: CallOptions) {
    this.#options = options;
  }

  /** The line said last, or being said. */
  get #turn(): NotedTurn | undefined {
    return this.#turns.at(-1);
  }

  get linesBegun(): number {
    return this.#turns.length;
  }

  begin(line: PreparedLine): void {
    this.#turns.push({ line, saidMs: undefined, onsetMs: undefined, speechMs: 0, agentText: null });
  }

  said(atMs: number): void {
    if (this.#turn) this.#turn.saidMs = atMs;
  }

  agentBegan(onsetMs: number): void {
    this.#firstSpeechMs ??= onsetMs;
  }

  replyBegan(onsetMs: number): void {
    if (this.#turn) this.#turn.onsetMs = onsetMs;
  }

  greeted(speech: AgentSpeech | undefined, text: string | null): NonNullable<CallReport['greeting']> {
    this.#greeting = { text, speechMs: speech ? durationMs(speech) : 0 };
    return this.#greeting;
  }

  /** The agent's turn is over: what it said, as far as it is known. */
  replied(speech: AgentSpeech | undefined, text: string | null): CallTurn | undefined {
    const turn = this.#turn;
    if (turn === undefined) return undefined;
    if (speech) turn.speechMs = durationMs(speech);
    turn.agentText = text;
    return reported(turn);
  }

  report(packets: CallPackets): CallReport {
    const turns = this.#turns.map(reported);
    const latencies = turns.map(({ latencyMs }) => latencyMs).filter((latencyMs) => latencyMs !== null);
    const [p50Ms, p95Ms] = [percentile(latencies, 0.5), percentile(latencies, 0.95)];
    const options = this.#options;
    return {
      outcome: this.#outcome(turns),
      to: options.to,
      from: options.from,
      server: `${options.server.host}:${options.server.port}`,
      transport: options.transport,
      startedAt: this.#startedAt.toISOString(),
      sessionId: this.sessionId,
      setup: {
        inviteToRingingMs: between(this.invitedMs, this.ringingMs),
        inviteToAnswerMs: between(this.invitedMs, this.answeredMs),
        answerToFirstSpeechMs: between(this.answeredMs, this.#firstSpeechMs),
      },
      greeting: this.#greeting,
      lines: options.lines.length,
      turns,
      latency: p50Ms === null || p95Ms === null ? null : { p50Ms, p95Ms },
      packets,
      ending: this.ending ?? { by: 'caller', status: null, sentence: 'The caller hung up.' },
    };
  }

  #outcome(turns: readonly CallTurn[]): CallReport['outcome'] {
    if (this.answeredMs === undefined) return 'not_answered';
    const replies = turns.filter(({ replied }) => replied).length;
    return replies < this.#options.lines.length ? 'no_reply' : 'complete';
  }
}

function reported(turn: NotedTurn): CallTurn {
  return {
    kind: turn.line.kind,
    said: turn.line.text,
    replied: turn.onsetMs !== undefined,
    agentText: turn.agentText,
    agentSpeechMs: turn.speechMs,
    latencyMs: between(turn.saidMs, turn.onsetMs),
  };
}

/** Tenths of a millisecond are more than the clock of a busy machine gives. */
function between(fromMs: number | undefined, toMs: number | undefined): number | null {
  return fromMs === undefined || toMs === undefined ? null : Math.round((toMs - fromMs) * 10) / 10;
}

function durationMs(speech: AgentSpeech): number {
  return Math.round(speech.lastMs - speech.onsetMs);
}
