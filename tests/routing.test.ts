/** Calls over real SIP go where the API says, and what is turned away is listed with what to do about it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newCallerNumber } from './caller-number.ts';
import { type Dialling, openPhone, type Phone } from './phone.ts';
import { type Product, startProduct } from './product.ts';

interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly caller: string | null;
  readonly called: string | null;
  readonly auth_username: string | null;
  readonly steps: readonly { readonly rule: string; readonly why: string }[];
  readonly assign: { readonly phone_number: string; readonly phone_number_id: string | null } | null;
}

let product: Product;
let phone: Phone;

beforeAll(async () => {
  [product, phone] = await Promise.all([startProduct({ environment: { OFFLINE_STT: 'off' } }), openPhone()]);
});

afterAll(async () => {
  await phone.close();
  expect(await product.stop()).toBe(0);
});

async function send<Body>(method: string, path: string, body: object): Promise<Body> {
  const response = await fetch(product.demo.api + path, {
    method,
    headers: { authorization: `Bearer ${product.demo.api_key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer: Body = JSON.parse(await response.text());
  expect(response.status, JSON.stringify(answer)).toBe(200);
  return answer;
}

/** The status of a call that is refused. */
async function refused(number: string, more: Partial<Dialling> = {}): Promise<unknown> {
  const demo = { ...product.demo, number };
  const error: unknown = await phone
    .dial({ demo, from: newCallerNumber(), ...more })
    .catch((reason: unknown) => reason);
  return error instanceof Error && 'status' in error ? error.status : error;
}

/** The newest refusals, once there are so many. */
async function refusals(count: number): Promise<readonly Refusal[]> {
  for (;;) {
    const { items } = await product.get<{ items: readonly Refusal[] }>('/phone/sip/refusals');
    if (items.length >= count) return items;
    await sleep(50);
  }
}

test('a number that nobody answers is refused, listed, assigned, and answered', async () => {
  const number = '+12025550144';
  await send('PATCH', '/phone/sip/inbound-trunk', { fallback: 'reject' });
  expect(await refused('001 202 555 0144'.replaceAll(' ', ''))).toBe(404);
  const [refusal] = await refusals(1);
  expect(refusal).toMatchObject({
    code: 'no_route',
    status: 404,
    called: number,
    auth_username: product.demo.username,
    assign: { phone_number: number, phone_number_id: null },
  });
  const rehearsed = await send<{ steps: readonly unknown[] }>('POST', '/phone/sip/route-test', {
    phone_number: '0012025550144',
  });
  expect(rehearsed).toMatchObject({ agent: null, refusal: { code: 'no_route', status: 404 } });
  expect(rehearsed.steps.slice(1)).toEqual(refusal?.steps);

  const agent = await send<{ id: string }>('POST', '/phone', { name: 'Night desk', first_message: 'Good evening.' });
  const { id } = await send<{ id: string }>('POST', '/phone/numbers', { phone_number: number, method: 'operator' });
  await send('PUT', `/phone/sip/agents/${agent.id}/inbound-numbers`, { phone_number_ids: [id] });
  const from = newCallerNumber();
  const call = await phone.dial({ demo: { ...product.demo, number: '2025550144' }, from });
  await call.hangup();
  const { items } = await product.get<{ items: readonly object[] }>(`/phone/calls?caller=${encodeURIComponent(from)}`);
  const { steps } = await send<{ steps: readonly unknown[] }>('POST', '/phone/sip/route-test', {
    phone_number: '2025550144',
  });
  expect(items).toMatchObject([{ called: number, agent_id: agent.id, routing: steps.slice(1) }]);
});

test('a wrong password is listed with the user it was for', async () => {
  const before = (await refusals(0)).length;
  expect(await refused(product.demo.number, { password: 'wrong' })).toBe(403);
  const [refusal] = await refusals(before + 1);
  expect(refusal).toMatchObject({
    code: 'wrong_credentials',
    status: 403,
    auth_username: product.demo.username,
    called: product.demo.number,
    assign: null,
  });
});

test('after a rotation the new password is right and the former one wrong', async () => {
  const { auth_password: password } = await send<{ auth_password: string }>(
    'POST',
    '/phone/sip/inbound-trunk/rotate-password',
    {},
  );
  expect(await refused(product.demo.number)).toBe(403);
  await (await phone.dial({ demo: product.demo, from: newCallerNumber(), password })).hangup();
});
