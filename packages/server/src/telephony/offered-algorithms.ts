/** Which digest algorithms a stranger is offered, by the trunk it seems to be: asked before anybody has said who it is. */
import { possiblyDialled } from '@dialplane/calls';
import type { DigestAlgorithm, SipRequest } from '@dialplane/sip';
import { eq, inArray, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import { errorEntry } from '../log.ts';
import type { Database } from '../store/database.ts';
import { inboundTrunks, organisations, phoneNumbers } from '../store/schema.ts';
import { isDigestAlgorithm } from './digest-algorithms.ts';

/** A changed trunk is offered its new algorithms after this long at most; until then it is challenged once more. */
const refreshMs = 30_000;

export interface OfferedAlgorithms {
  /** Undefined where nothing but MD5 is to be offered. Answers from memory. */
  algorithmsFor(request: SipRequest): readonly DigestAlgorithm[] | undefined;
  /** Reads the trunks again. Rejects when the store does; what was known stays in force. */
  refresh(): Promise<void>;
  close(): void;
}

export interface OfferedAlgorithmsOptions {
  readonly db: Database;
  readonly log: Logger;
}

interface Known {
  readonly byUsername: ReadonlyMap<string, readonly DigestAlgorithm[]>;
  /** E.164. */
  readonly byNumber: ReadonlyMap<string, readonly DigestAlgorithm[]>;
  /** In whose way dialled numbers are read. */
  readonly countries: ReadonlySet<string>;
}

/** Rejects when the store cannot be read. */
export async function openOfferedAlgorithms({ db, log }: OfferedAlgorithmsOptions): Promise<OfferedAlgorithms> {
  let known = await readKnown(db);
  const timer = setInterval(() => {
    refresh().catch((error: unknown) => log.error(errorEntry(error), "trunks' digest algorithms could not be read"));
  }, refreshMs);
  timer.unref();

  async function refresh(): Promise<void> {
    known = await readKnown(db);
  }

  return {
    algorithmsFor(request) {
      const { byUsername, byNumber, countries } = known;
      if (byUsername.size === 0) return undefined;
      for (const { user } of [request.from.uri, request.to.uri]) {
        const algorithms = user === undefined ? undefined : byUsername.get(user);
        if (algorithms) return algorithms;
      }
      for (const country of countries) {
        for (const number of possiblyDialled(request, country)) {
          const algorithms = byNumber.get(number);
          if (algorithms) return algorithms;
        }
      }
      return undefined;
    },
    refresh,
    close: () => clearInterval(timer),
  };
}

/** Only what differs from MD5, which few trunks do. */
async function readKnown(db: Database): Promise<Known> {
  const trunks = await db
    .select({
      orgId: inboundTrunks.orgId,
      username: inboundTrunks.authUsername,
      country: sql<string>`coalesce(${inboundTrunks.country}, ${organisations.country})`,
      algorithms: inboundTrunks.digestAlgorithms,
    })
    .from(inboundTrunks)
    .innerJoin(organisations, eq(organisations.id, inboundTrunks.orgId))
    .where(sql`${inboundTrunks.digestAlgorithms} <> '{MD5}'`);
  const byOrganisation = new Map(trunks.map(({ orgId, algorithms }) => [orgId, algorithms.filter(isDigestAlgorithm)]));
  const numbers =
    trunks.length === 0
      ? []
      : await db
          .select({ number: phoneNumbers.phoneNumber, orgId: phoneNumbers.orgId })
          .from(phoneNumbers)
          .where(inArray(phoneNumbers.orgId, [...byOrganisation.keys()]));
  return {
    byUsername: new Map(trunks.map(({ username, orgId }) => [username, byOrganisation.get(orgId) ?? []])),
    byNumber: new Map(numbers.map(({ number, orgId }) => [number, byOrganisation.get(orgId) ?? []])),
    countries: new Set(trunks.map(({ country }) => country)),
  };
}
