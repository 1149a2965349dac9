/** Where the time of a call's answers went: read out of its record. */
import type { TurnTiming } from '@dialplane/conversation';
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { callEvents } from '../store/schema.ts';

/** An answer of the agent, and the steps between the caller's last sound and its first one. */
export interface TurnLatency extends TurnTiming {
  /** When the agent began to speak, on the call's clock. */
  readonly atMs: number;
  readonly text: string;
}

export interface CallLatency {
  /** From the INVITE; null for what did not happen. */
  readonly setUp: {
    readonly ringingMs: number | null;
    readonly answeredMs: number | null;
    /** From the answer to the first sample of the greeting. */
    readonly greetingMs: number | null;
  };
  readonly turns: readonly TurnLatency[];
  /** Of the turns' ear-to-ear times; null without turns. */
  readonly earToEar: { readonly p50Ms: number; readonly p95Ms: number; readonly maxMs: number } | null;
}

export async function readCallLatency(db: Database, callId: string): Promise<CallLatency> {
  const events = await db
    .select({ kind: callEvents.kind, atMs: callEvents.atMs, data: callEvents.data })
    .from(callEvents)
    .where(and(eq(callEvents.callId, callId), inArray(callEvents.kind, ['ringing', 'answered', 'agent_spoke'])))
    .orderBy(asc(callEvents.seq));
  const at = (kind: string) => events.find((event) => event.kind === kind)?.atMs ?? null;
  const answeredMs = at('answered');
  const greeting = events.find(({ kind, data }) => kind === 'agent_spoke' && data.purpose === 'greeting');
  const greetedMs = greeting ? numberOf(greeting.data.fromMs) : null;
  const turns = events.flatMap(({ data }) => turnOf(data) ?? []);
  return {
    setUp: {
      ringingMs: at('ringing'),
      answeredMs,
      greetingMs: answeredMs === null || greetedMs === null ? null : greetedMs - answeredMs,
    },
    turns,
    earToEar: figuresOf(turns.map(({ earToEarMs }) => earToEarMs)),
  };
}

/** Undefined for what the agent said without being asked. */
function turnOf(data: Readonly<Record<string, unknown>>): TurnLatency | undefined {
  const { timing, text, fromMs } = data;
  if (typeof timing !== 'object' || timing === null) return undefined;
  const took = new Map<string, unknown>(Object.entries(timing));
  const step = (name: keyof TurnTiming) => numberOf(took.get(name)) ?? 0;
  return {
    atMs: numberOf(fromMs) ?? 0,
    text: String(text ?? ''),
    endpointingMs: step('endpointingMs'),
    recogniserMs: step('recogniserMs'),
    modelMs: step('modelMs'),
    synthesisMs: step('synthesisMs'),
    pacingMs: step('pacingMs'),
    earToEarMs: step('earToEarMs'),
  };
}

function figuresOf(times: readonly number[]): CallLatency['earToEar'] {
  const sorted = times.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return sorted.length === 0 ? null : { p50Ms: rank(0.5), p95Ms: rank(0.95), maxMs: rank(1) };
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
