import type { TestServer } from '../test-server.ts';
import type { NumberBody } from './phone-number-body.ts';
import type { TrunkBody } from './trunk-body.ts';

export const trunkPath = '/phone/sip/inbound-trunk';
export const outboundPath = '/phone/sip/outbound-trunks';
export const destinationPath = '/phone/sip/transfer-destinations';
export const noId = '00000000-0000-4000-8000-000000000000';

/** As documented: nothing else is told. */
export interface NamedBody {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface DestinationBody extends NamedBody {
  readonly type: string;
  readonly value: string;
}

export interface SipConfigBody {
  readonly phone_agent_id: string;
  readonly inbound_numbers: readonly { readonly id: string; readonly phone_number: string }[];
  readonly outbound_trunk: NamedBody | null;
}

export const configPath = (agentId: string) => `/phone/sip/agents/${agentId}/config`;
export const numbersPath = (agentId: string) => `/phone/sip/agents/${agentId}/inbound-numbers`;
export const agentTrunkPath = (agentId: string) => `/phone/sip/agents/${agentId}/outbound-trunk`;
export const agentDestinationsPath = (agentId: string) => `/phone/sip/agents/${agentId}/transfer-destinations`;

/** The body of a 200. */
async function made<Body>(server: TestServer, path: string, body: object, key: string): Promise<Body> {
  const answer = await server.request<Body>('POST', path, { key, body });
  if (answer.status !== 200) throw new Error(`POST ${path} answered ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export const makeTrunk = (server: TestServer, body: object = {}, key = server.acme.key) =>
  made<TrunkBody>(server, trunkPath, body, key);

export const carrier = { name: 'Carrier', host: 'sip.carrier.example', caller_number: '+15551234567' };

/** With credentials, unless the body takes them away. */
export const makeOutboundTrunk = (server: TestServer, body: object = {}, key = server.acme.key) =>
  made<NamedBody>(server, outboundPath, { ...carrier, username: 'user', password: 'pass word', ...body }, key);

export const makeNumber = (server: TestServer, phoneNumber: string, key = server.acme.key) =>
  made<NumberBody>(server, '/phone/numbers', { phone_number: phoneNumber, method: 'operator' }, key);

export const makeDestinationBy = (server: TestServer, body: object, key = server.acme.key) =>
  made<DestinationBody>(
    server,
    destinationPath,
    { name: 'Support', type: 'phone', value: '+15559999999', ...body },
    key,
  );
