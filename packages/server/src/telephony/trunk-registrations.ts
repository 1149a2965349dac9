/** Outbound trunks that register: one registration at the carrier for each, as long as the trunk wants it. */
import type { CallService } from '@dialplane/calls';
import type { Registration, RegistrationStatus } from '@dialplane/sip';
import { eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Secrets } from '../secrets.ts';
import type { Database } from '../store/database.ts';
import { organisations, outboundTrunks } from '../store/schema.ts';
import { openOutgoingTrunk } from './outgoing-trunk.ts';

/** Changes that another server made to a trunk are noticed within this time. */
const lookMs = 30_000;

/** A registrar that is there answers within a round trip or two; one that is not must not hold up a restart. */
const farewellMs = 3000;

export interface TrunkRegistrations {
  /** Undefined for a trunk that does not register. */
  status(trunkId: string): RegistrationStatus | undefined;
  /** States of all registrations, by trunk. */
  all(): ReadonlyMap<string, RegistrationStatus>;
  /** Starts, changes and stops registrations as the trunks say now. Never rejects. */
  reconcile(): Promise<void>;
  /** Takes every registration back. Idempotent. */
  close(): Promise<void>;
}

export interface TrunkRegistrationsOptions {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly calls: Pick<CallService, 'register'>;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}

interface Running {
  /** The trunk as it was registered. */
  readonly version: number;
  readonly registration: Registration;
}

export function createTrunkRegistrations({ db, secrets, calls, log }: TrunkRegistrationsOptions): TrunkRegistrations {
  const running = new Map<string, Running>();
  let turn: Promise<void> = Promise.resolve();
  let isClosed = false;
  const timer = setInterval(() => void reconcile(), lookMs);
  timer.unref();

  function reconcile(): Promise<void> {
    turn = turn.then(look).catch((error: unknown) => {
      log.error({ err: error }, 'the registrations of outbound trunks could not be looked at; it is tried again');
    });
    return turn;
  }

  async function look(): Promise<void> {
    if (isClosed) return;
    const rows = await db
      .select({ trunk: outboundTrunks, orgCountry: organisations.country })
      .from(outboundTrunks)
      .innerJoin(organisations, eq(organisations.id, outboundTrunks.orgId))
      .where(eq(outboundTrunks.register, true));
    const wanted = new Map(rows.map((row) => [row.trunk.id, row]));
    for (const [id, { version, registration }] of running) {
      if (wanted.get(id)?.trunk.updatedAt.getTime() === version) continue;
      running.delete(id);
      // Not waited for: a registrar that does not answer must not keep the others waiting.
      void registration.stop();
    }
    for (const [id, { trunk, orgCountry }] of wanted) {
      if (running.has(id) || isClosed) continue;
      try {
        const registration = calls.register(openOutgoingTrunk(trunk, orgCountry, secrets), (status) =>
          tell(id, status),
        );
        running.set(id, { version: trunk.updatedAt.getTime(), registration });
      } catch (error) {
        log.error({ err: error, trunkId: id }, 'an outbound trunk cannot register with these settings');
      }
    }
  }

  function tell(trunkId: string, { state, lastError }: RegistrationStatus): void {
    if (lastError) log.warn({ trunkId, state, code: lastError.code, status: lastError.status }, lastError.message);
    else log.info({ trunkId, state }, 'the registration of an outbound trunk changed');
  }

  return {
    status: (trunkId) => running.get(trunkId)?.registration.status,
    all: () => new Map([...running].map(([id, { registration }]) => [id, registration.status])),
    reconcile,
    async close() {
      isClosed = true;
      clearInterval(timer);
      await turn;
      const last = [...running.values()];
      running.clear();
      const farewells = Promise.all(last.map(({ registration }) => registration.stop()));
      const limit = new Promise((resolve) => setTimeout(resolve, farewellMs).unref());
      await Promise.race([farewells, limit]);
    },
  };
}
