import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { type Client, createClient } from '@dialplane/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newCallerNumber } from './caller-number.ts';
import { openPhone, type Phone } from './phone.ts';
import { type Product, startProduct } from './product.ts';

const apiKey = 'ocx_live_key_of_the_documented_script_0123456789';
/** The greeting is spoken by then, on a loaded machine too. */
const GREETED_WITHIN_MS = 10_000;

let product: Product;
let phone: Phone;
beforeAll(async () => {
  const environment = { OFFLINE_STT: 'off', INIT_API_KEY: apiKey };
  [product, phone] = await Promise.all([startProduct({ environment }), openPhone()]);
});
afterAll(async () => {
  await phone.close();
  await product.stop();
});

const clientWith = (key: string): Client => createClient({ baseUrl: product.demo.api, apiKey: key });

/** A script of the documentation as it stands, by real curl and jq; any answer of 400 or more ends it. */
async function runScript(name: string, key: string): Promise<string> {
  const script = readFileSync(new URL(`fixtures/curl/${name}`, import.meta.url), 'utf8');
  const failing = 'curl() { command curl --silent --show-error --fail-with-body "$@"; }\n';
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', failing + script], {
    env: { PATH: process.env.PATH, API: product.demo.api, API_KEY: key, AUTH: `Authorization: Bearer ${key}` },
  });
  return stdout;
}

test('the end-to-end script leads from nothing to an answered call', async () => {
  const said = await runScript('end-to-end.sh', apiKey);
  expect(said).toMatch(/Agent [0-9a-f-]{36} is ready\.\n$/);

  const client = clientWith(apiKey);
  const [agent] = await client.call('listPhoneAgents', {});
  const trunk = await client.call('getInboundTrunk', {});
  expect(said).toContain(trunk.auth_password);
  const config = await client.call('getAgentSipConfig', { path: { phone_agent_id: agent?.id ?? '' } });
  expect(config).toMatchObject({ outbound_trunk: { name: 'My SIP Provider' } });

  const demo = {
    ...product.demo,
    username: trunk.auth_username,
    password: trunk.auth_password,
    number: '+15551234567',
  };
  const from = newCallerNumber();
  const call = await phone.dial({ demo, from });
  expect(await call.speechSince(call.answeredAtMs, GREETED_WITHIN_MS)).not.toBeNull();
  await call.hangup();

  await expect
    .poll(async () => (await client.call('listCalls', {})).items, { timeout: 5000 })
    .toEqual([expect.objectContaining({ caller: from, agent_id: agent?.id, state: 'ended' })]);

  const figures = await client.call('getMetrics', {});
  expect(figures).toMatch(/^dialplane_calls_active 0$/m);
  expect(figures).toMatch(/^dialplane_calls_ended_total\{ending="caller_hung_up",class="\w+"\} 1$/m);
  expect(figures).toMatch(/^dialplane_answer_delay_seconds_count 1$/m);
});

test('each step of the guide by itself, in an organisation made for it', async () => {
  const made = await clientWith(apiKey).call('createOrganisation', { body: { name: 'Guide', slug: 'guide' } });
  await runScript('step-by-step.sh', made.api_key);

  const client = clientWith(made.api_key);
  const [agent] = await client.call('listPhoneAgents', {});
  const path = { phone_agent_id: agent?.id ?? '' };
  expect(await client.call('getAgentSipConfig', { path })).toMatchObject({
    inbound_numbers: [{ phone_number: '+15551234567' }],
    outbound_trunk: { name: 'Twilio Outbound' },
  });
  const destinations = await client.call('listAgentTransferDestinations', { path });
  expect(destinations.map(({ name }) => name).sort()).toEqual(['Sales Dept', 'Support Team']);
  // Both numbers are the organisation's, and the sync puts back the one that was taken off the trunk.
  const { phone_numbers: numbers } = await client.call('getInboundTrunk', {});
  expect([...numbers].sort()).toEqual(['+15551234567', '+15552223333']);
});
