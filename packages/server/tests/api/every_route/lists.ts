import { expect, test } from 'vitest';
import { documentedOperations, resolved } from '../documented-operations.ts';

/** Documented as bare arrays. */
const bareArrays = new Set([
  '/phone',
  '/phone/sip/agents/{phone_agent_id}/transfer-destinations',
  '/phone/sip/outbound-trunks',
  '/phone/sip/transfer-destinations',
]);

const lists = documentedOperations.filter(({ method, id }) => method === 'GET' && id.startsWith('list'));

test.each(lists)('$method $path is read page by page', (operation) => {
  if (bareArrays.has(operation.path)) {
    expect(resolved(operation.answer)?.type).toBe('array');
    return;
  }
  const { properties } = resolved(operation.answer) ?? {};
  expect(properties?.items?.type).toBe('array');
  expect(properties?.next?.type).toEqual(['string', 'null']);
  expect(operation.queryParameters.map(({ name }) => name)).toEqual(expect.arrayContaining(['cursor', 'limit']));
});

test('an answer that is an array is one that is documented as one', () => {
  const arrays = documentedOperations.filter(({ answer }) => resolved(answer)?.type === 'array');
  expect(arrays.map(({ path }) => path).sort()).toEqual([...bareArrays].sort());
});
