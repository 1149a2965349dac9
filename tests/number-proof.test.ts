import { afterAll, beforeAll, expect, test } from 'vitest';
import { newCallerNumber } from './caller-number.ts';
import { openPhone, type Phone } from './phone.ts';
import { type Product, startProduct } from './product.ts';

const number = '+12025550133';

let product: Product;
let phone: Phone;

beforeAll(async () => {
  [product, phone] = await Promise.all([startProduct({ environment: { OFFLINE_STT: 'off' } }), openPhone()]);
});

afterAll(async () => {
  await phone.close();
  expect(await product.stop()).toBe(0);
});

test('a number is proved by a call that dials it, in whatever form the PBX writes it', async () => {
  const added = await fetch(`${product.demo.api}/phone/numbers`, {
    method: 'POST',
    headers: { authorization: `Bearer ${product.demo.api_key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ phone_number: number, method: 'inbound_call' }),
  });
  expect(added.status).toBe(200);
  const state = async () => {
    const { items } = await product.get<{ items: { phone_number: string; state: string }[] }>('/phone/numbers');
    return items.find((item) => item.phone_number === number)?.state;
  };

  await (await phone.dial({ demo: product.demo, from: newCallerNumber() })).hangup();
  expect(await state()).toBe('pending');
  const demo = { ...product.demo, number: `00${number.slice(1)}` };
  await (await phone.dial({ demo, from: newCallerNumber() })).hangup();
  expect(await state()).toBe('verified');
});
