import type { FastifyRequest } from 'fastify';
import { checkSettings } from '../../../agents/check-settings.ts';
import { createAgent, deleteAgent, findAgent } from '../../../agents.ts';
import { createHostedNumbers } from '../../../hosted-numbers/hosted-numbers.ts';
import { provisionNumber } from '../../../hosted-numbers/provision.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { phoneAgentOnWire } from '../../phone-agent.ts';
import { postPhoneSchema } from './schema.ts';

/** Buying waits for the provider. */
function buysNumber({ body }: FastifyRequest): boolean {
  return typeof body === 'object' && body !== null && 'provision_number' in body && Boolean(body.provision_number);
}

/** POST /phone: makes a phone agent, with a number of its own if one is asked for. */
export function postPhone(api: Api, { store, voices, secrets, config }: Services): void {
  const { db } = store;
  const hostedNumbers = createHostedNumbers({ db, secrets, config });
  const options = {
    schema: postPhoneSchema,
    config: { scope: 'phone:write', action: 'phone_agent.create', commitsItself: buysNumber },
  } as const;
  api.post('/phone', options, async (request) => {
    const { orgId } = identityOf(request);
    const { name, provision_number: wanted, ...fields } = request.body;
    const settings = await checkSettings(db, voices, orgId, fields);
    const agent = await createAgent(db, orgId, { ...settings, name });
    if (!wanted) return phoneAgentOnWire(agent);
    const search = { country: wanted.country, areaCode: wanted.area_code ?? undefined };
    await provisionNumber(hostedNumbers, orgId, agent.id, search).catch(async (error: unknown) => {
      // One request, one outcome: without its number there is no agent either.
      await deleteAgent(db, orgId, agent.id);
      throw error;
    });
    return phoneAgentOnWire((await findAgent(db, orgId, agent.id)) ?? agent);
  });
}
