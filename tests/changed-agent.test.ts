import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newCallerNumber } from './caller-number.ts';
import { historyWhen, transcript } from './history.ts';
import { openPhone, type Phone } from './phone.ts';
import { type Product, startProduct } from './product.ts';

/** Every machine can do this: without a recogniser the agent still greets, and it ends the call at its limit. */
const environment = { OFFLINE_STT: 'off' };
/** The shortest call that can be set. */
const MAX_CALL_MS = 10_000;
/** Some words of the disclosure have been heard. */
const DISCLOSING_MS = 2000;
const TEST_WITHIN_MS = 60_000;

let product: Product;
let phone: Phone;

beforeAll(async () => {
  [product, phone] = await Promise.all([startProduct({ environment }), openPhone()]);
});

afterAll(async () => {
  await phone.close();
  expect(await product.stop()).toBe(0);
});

async function change(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${product.demo.api}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${product.demo.api_key}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(200);
  return response.json();
}

test('the next call hears a change at once, and a call in progress outlives its agent', {
  timeout: TEST_WITHIN_MS,
}, async () => {
  const [agent] = await product.get<{ id: string }[]>('/phone');
  // A call just before: the agent is known to telephony as it was.
  await (await phone.dial({ demo: product.demo, from: newCallerNumber() })).hangup();
  await change('PATCH', `/phone/${agent?.id}`, {
    disclosure: 'This call may be recorded for training',
    first_message: 'You have reached the night desk.',
    max_call_ms: MAX_CALL_MS,
  });

  const from = newCallerNumber();
  const call = await phone.dial({ demo: product.demo, from });
  await sleep(DISCLOSING_MS);
  expect(await change('DELETE', `/phone/${agent?.id}`)).toEqual({ id: agent?.id, deleted: true });
  await expect(phone.dial({ demo: product.demo, from: newCallerNumber() })).rejects.toMatchObject({ status: 480 });

  expect((await call.ended).by).toBe('remote');
  expect((call.endedAtMs() ?? 0) - call.answeredAtMs).toBeGreaterThan(MAX_CALL_MS);
  const said = transcript(await historyWhen(product, from, (items) => items.length >= 3));
  expect(said[0]).toBe('ai: This call may be recorded for training. You have reached the night desk.');
  expect(said.at(-1)).toContain('Our time is up.');
});
