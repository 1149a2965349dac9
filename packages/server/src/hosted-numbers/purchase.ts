import { and, eq, sql } from 'drizzle-orm';
import type { Config } from '../config/config.ts';
import { type PhoneNumber, reserveNumber } from '../phone-number-records.ts';
import { sipEndpoint } from '../public-address.ts';
import { Refusal } from '../refusal.ts';
import type { Secrets } from '../secrets.ts';
import type { Database } from '../store/database.ts';
import { inboundTrunks, phoneAgents, phoneNumbers } from '../store/schema.ts';
import { createTrunk, findTrunk } from '../trunks.ts';
import { leftOver, type NumberProvider, ProviderFailure, type SipTarget } from './provider.ts';

export interface Purchase {
  readonly orgId: string;
  /** E.164. */
  readonly phoneNumber: string;
  /** An agent of the organisation that answers the number from now on. */
  readonly agentId?: string | undefined;
}

/**
 * Buys a number so that it rings here: connects the provider with our SIP endpoint, buys, and enters the number into the
 * store as verified, into the organisation's inbound trunk (made if there is none) and at the agent. The number is taken
 * in the store before money is spent; what fails afterwards is undone.
 * @throws {Refusal} `phone_number_exists`, `phone_number_taken`, `hosted_numbers_unreachable`, `number_provider_failed`,
 *   `number_provider_left_over`.
 */
export function createPurchase(db: Database, secrets: Secrets, config: Config) {
  return async (provider: NumberProvider, purchase: Purchase): Promise<PhoneNumber> => {
    const { orgId, phoneNumber } = purchase;
    const target = sipTarget(config);
    const { id } = await reserveNumber(db, {
      orgId,
      phoneNumber,
      method: 'operator',
      state: 'pending',
      provider: provider.name,
    });
    const forget = () => db.delete(phoneNumbers).where(eq(phoneNumbers.id, id));
    const connectionId = await provider.connect(target).catch(async (error: unknown) => {
      await forget();
      throw error;
    });
    const providerNumberId = await boughtId(provider, phoneNumber, connectionId).catch(async (error: unknown) => {
      // A number that may be in the account after all stays known here, so that it can be released.
      if (!(error instanceof Refusal && error.code === 'number_provider_left_over')) await forget();
      throw error;
    });
    try {
      return await enter(db, secrets, provider, purchase, id, providerNumberId);
    } catch (error) {
      await provider.release(providerNumberId).catch(() => {
        throw leftOver(provider.title, `The number ${phoneNumber}`, error);
      });
      await forget();
      throw error;
    }
  };
}

/**
 * When the provider gave no answer or broke down, the number may have been bought all the same: the account tells. What it
 * does not have may still be under way if no answer came.
 */
async function boughtId(provider: NumberProvider, phoneNumber: string, connectionId: string): Promise<string> {
  try {
    return await provider.buy(phoneNumber, connectionId);
  } catch (error) {
    if (!(error instanceof ProviderFailure) || (error.status !== null && error.status < 500)) throw error;
    const unsure = () => leftOver(provider.title, `Perhaps the number ${phoneNumber}`, error);
    const id = await provider.find(phoneNumber).catch(() => {
      throw unsure();
    });
    if (id !== undefined) return id;
    throw error.status === null ? unsure() : error;
  }
}

async function enter(
  db: Database,
  secrets: Secrets,
  provider: NumberProvider,
  { orgId, phoneNumber, agentId }: Purchase,
  id: string,
  providerNumberId: string,
): Promise<PhoneNumber> {
  return db.transaction(async (tx) => {
    if (!(await findTrunk(tx, secrets, orgId))) {
      await createTrunk(tx, secrets, orgId, { phoneNumbers: [], attested: false });
    }
    await tx
      .update(inboundTrunks)
      .set({
        phoneNumbers: sql`array_append(array_remove(${inboundTrunks.phoneNumbers}, ${phoneNumber}), ${phoneNumber})`,
        // Providers send calls without a password: their addresses tell who they are.
        allowedIps: sql`array(select distinct unnest(${inboundTrunks.allowedIps} || string_to_array(${provider.signallingNetworks.join(',')}, ',')) order by 1)`,
        updatedAt: sql`now()`,
      })
      .where(eq(inboundTrunks.orgId, orgId));
    if (agentId) {
      await tx
        .update(phoneAgents)
        .set({ phoneNumber, updatedAt: sql`now()` })
        .where(and(eq(phoneAgents.orgId, orgId), eq(phoneAgents.id, agentId)));
    }
    const [row] = await tx
      .update(phoneNumbers)
      .set({
        state: 'verified',
        verifiedAt: sql`now()`,
        updatedAt: sql`now()`,
        providerNumberId,
        agentId: agentId ?? null,
      })
      .where(eq(phoneNumbers.id, id))
      .returning();
    if (!row) {
      throw new Refusal('phone_number_not_found', 'The number was removed while it was bought.');
    }
    return row;
  });
}

/** @throws {Refusal} `hosted_numbers_unreachable` when only this machine's network knows the address. */
function sipTarget(config: Config): SipTarget {
  if (!config.publicAddress && !config.sipHost) {
    throw new Refusal(
      'hosted_numbers_unreachable',
      'A number would be bought that cannot ring here: no public address is configured. Set PUBLIC_ADDRESS to the name or address under which carriers reach this server.',
    );
  }
  // Host and port are read as of any URI; the scheme is none that has a port of its own.
  const { hostname, port } = new URL(`sip://${sipEndpoint(config)}`);
  return { host: hostname, port: Number(port || 5060) };
}
