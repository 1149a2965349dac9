import type { TrunkSighting } from '@dialplane/calls';
import { eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Database } from '../store/database.ts';
import { inboundTrunks } from '../store/schema.ts';

/** A busy trunk shows itself with every call; that it lives is news a few times a minute. */
const newsMs = 15_000;

export interface TrunkSightings {
  /** Returns at once and never throws. Trunks that are no inbound ones are passed over. */
  note(trunkId: string, sighting: TrunkSighting): void;
  /** Resolves when what was noted is stored. */
  settled(): Promise<void>;
}

/** Writes down on inbound trunks when, how and from where their PBX was last seen. */
export function createTrunkSightings(db: Database, log: Pick<Logger, 'warn'>): TrunkSightings {
  const told = new Map<string, { readonly text: string; readonly atMs: number }>();
  let writing: Promise<void> = Promise.resolve();

  async function write(trunkId: string, { style, source }: TrunkSighting, at: Date): Promise<void> {
    // A registration of ours is the outbound trunk's, which shows its state itself.
    if (style === 'registration') return;
    try {
      await db
        .update(inboundTrunks)
        .set({ lastSeenStyle: style, lastSeenSource: source, lastSeenAt: at })
        .where(eq(inboundTrunks.id, trunkId));
    } catch (error) {
      log.warn({ err: error }, 'when a trunk was seen could not be written down');
    }
  }

  return {
    note(trunkId, sighting) {
      const atMs = Date.now();
      const text = `${sighting.style} ${sighting.source}`;
      const last = told.get(trunkId);
      if (last && last.text === text && atMs - last.atMs < newsMs) return;
      told.set(trunkId, { text, atMs });
      writing = writing.then(() => write(trunkId, sighting, new Date(atMs)));
    },
    settled: () => writing,
  };
}
