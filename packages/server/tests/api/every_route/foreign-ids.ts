import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertCall, insertSession } from '../../test-calls.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import {
  type DocumentedOperation,
  documentedOperations,
  documentedSchemas,
  pathOf,
  resolved,
} from '../documented-operations.ts';
import { createValueMaker, seededRandom, type ValueSchema } from '../random-values.ts';

/** One of each resource that has an id in a path, by the parameter's name. */
type Resources = Readonly<Record<string, string>>;

let server: TestServer;
let own: Resources;
let foreign: Resources;
let untouched: readonly unknown[];
beforeAll(async () => {
  server = await startTestServer();
  own = await makeResources(server.acme, '+12025550111');
  foreign = await makeResources(server.other, '+12025550122');
  untouched = await seenByOther();
});
afterAll(() => server.stop());

async function makeResources({ id: orgId, key }: TestServer['acme'], number: string): Promise<Resources> {
  const make = async (path: string, body: unknown) => {
    const made = await server.request<{ id: string }>('POST', path, { key, body });
    expect(made.status).toBe(200);
    return made.body.id;
  };
  await make('/phone/sip/inbound-trunk', { phone_numbers: [number] });
  const numbers = await server.request<{ items: { id: string }[] }>('GET', '/phone/numbers', { key });
  const sessionId = await insertSession(server.store.db, orgId);
  const events = [['invite_received', 0, {}] as const, ['ended', 100, { reason: 'caller_hung_up' }] as const];
  return {
    api_key_id: await make('/api-keys', { name: 'Second', full_access: true }),
    call_id: await insertCall(server.store.db, orgId, { sessionId, startedAt: new Date(), events }),
    contact_id: await make('/contacts', { contact: { name: 'Ada' } }),
    destination_id: await make('/phone/sip/transfer-destinations', { name: 'Sales', type: 'phone', value: number }),
    phone_agent_id: await make('/phone', { name: 'Front desk' }),
    phone_number: number,
    phone_number_id: numbers.body.items[0]?.id ?? '',
    session_id: sessionId,
    trunk_id: await make('/phone/sip/outbound-trunks', {
      name: 'Carrier',
      host: 'sip.example.com',
      caller_number: number,
    }),
    // Every agent has a first version.
    number: '1',
  };
}

/** What `instance:admin` reaches belongs to no organisation alone; versions are counted for each agent. */
const cases = documentedOperations
  .filter(({ scope }) => scope !== undefined && scope !== 'instance:admin')
  .flatMap((operation) =>
    operation.pathParameters
      .filter(({ name }) => name !== 'number')
      .map(({ name }) => ({ operation, parameter: name, title: `${operation.method} ${operation.path}` })),
  );

test('every id in a path is one the test knows', () => {
  const unknown = cases.filter(({ parameter }) => !(parameter in own)).map(({ parameter }) => parameter);
  expect(unknown).toEqual([]);
});

test.each(cases)("$title with another organisation's $parameter is 404", async ({ operation, parameter }) => {
  const path = pathOf(operation, { ...own, [parameter]: foreign[parameter] ?? '' });
  const { status, code } = await send(operation, path);
  expect([status, code]).toEqual([404, expect.stringMatching(/_not_found$/)]);
  if (operation.method !== 'GET') expect(await seenByOther()).toEqual(untouched);
});

/** Fields of bodies that name a resource, by the parameter the resource has in paths. */
const references: Readonly<Record<string, string>> = {
  contact_id: 'contact_id',
  default_phone_agent_id: 'phone_agent_id',
  destination_id: 'destination_id',
  failover_transfer_destination_id: 'destination_id',
  from: 'contact_id',
  into: 'contact_id',
  phone_number_ids: 'phone_number_id',
  trunk_id: 'trunk_id',
};

/** Texts of the PBX, of a synthesiser, of tools elsewhere; and users, who belong to no organisation alone. */
const otherIds = new Set(['agent_id', 'voice_id', 'actionIds', 'assignee_id']);

const referring = documentedOperations.flatMap((operation) => {
  const fields = Object.entries(resolved(operation.body)?.properties ?? {}).filter(
    ([name]) => (name in references || /_ids?$|Ids$/.test(name)) && !otherIds.has(name),
  );
  const title = `${operation.method} ${operation.path}`;
  return fields.map(([field, schema]) => ({ operation, field, isList: isList(schema), title }));
});

test.each(referring)("$title refuses another organisation's $field", async ({ operation, field, isList: many }) => {
  const values = createValueMaker(seededRandom(7), documentedSchemas, () => []);
  const id = foreign[references[field] ?? ''];
  expect(id).toBeDefined();
  const required = operation.body ? values.fitting(requiredOnly(operation.body, 0)) : {};
  const body = { ...Object(required), [field]: many ? [id] : id };
  const { status, body: problem } = await server.problem(operation.method, pathOf(operation, own), { body });
  expect([404, 422]).toContain(status);
  expect(problem.code).toMatch(/_not_found$|_unknown$/);
});

function isList(schema: ValueSchema): boolean {
  return schema.type === 'array' || (schema.anyOf ?? []).some(isList);
}

/** Every resource of the other organisation, as it sees it. */
async function seenByOther(): Promise<readonly unknown[]> {
  const reads = documentedOperations.filter(
    ({ method, scope, streaming, pathParameters }) =>
      method === 'GET' && scope !== 'instance:admin' && !streaming && pathParameters.length > 0,
  );
  const { key } = server.other;
  return Promise.all(
    reads.map(async (operation) => (await server.request('GET', pathOf(operation, foreign), { key })).body),
  ).then((bodies) => bodies.map((body) => JSON.stringify(body).replace(/"request_id":"[^"]*"/, '')));
}

/** With bodies that fit the schema, until one also fits what the schema cannot say. */
async function send(operation: DocumentedOperation, path: string): Promise<{ status: number; code: string }> {
  const values = createValueMaker(seededRandom(7), documentedSchemas, () => Object.values(own).filter(isUuid));
  const attempts = operation.body ? 50 : 1;
  let last = { status: 0, code: '' };
  for (let i = 0; i < attempts; i += 1) {
    const body = operation.body && values.fitting(requiredOnly(operation.body, i));
    const answer = await server.problem(operation.method, path, { body });
    last = { status: answer.status, code: answer.body.code };
    if (last.status !== 422) break;
  }
  return last;
}

/** First with the fields that must be there, since optional ones can refer to what is not there. */
function requiredOnly(schema: ValueSchema, attempt: number): ValueSchema {
  const name = schema.$ref?.split('/').at(-1) ?? '';
  const { properties = {}, required = [], ...rest } = documentedSchemas[name] ?? schema;
  if (attempt > 5 || required.length === 0) return schema;
  const kept = Object.entries(properties).filter(([property]) => required.includes(property));
  return { ...rest, required, properties: Object.fromEntries(kept) };
}

const isUuid = (text: string): boolean => /^[0-9a-f-]{36}$/.test(text);
