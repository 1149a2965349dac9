import { describe, expect, test } from 'vitest';
import { type DialledNumber, type RoutableAgent, type RoutingTable, routeCall } from '../src/index.ts';

const agent = (id: string, more: Partial<RoutableAgent> = {}): RoutableAgent => ({
  id,
  name: `Agent ${id}`,
  type: 'inbound',
  enabled: true,
  createdAtMs: 1000,
  hasCapacity: true,
  ...more,
});
const older = agent('a', { createdAtMs: 500 });
const newer = agent('b', { createdAtMs: 900 });
const off = agent('off', { enabled: false });

const number = '+12025550100';
const dialled: DialledNumber = { number, written: number, place: 'request_uri' };

interface Scene extends Partial<RoutingTable> {
  readonly header?: string;
  readonly dialled?: DialledNumber;
}

const route = ({ header, dialled: to = dialled, ...table }: Scene) =>
  routeCall({
    agentHeader: header,
    dialled: to,
    table: {
      agents: [newer, older],
      numbers: new Map(),
      trunkNumbers: new Set(),
      defaultAgentId: null,
      fallback: 'agent',
      ...table,
    },
  });

/** One line a step, as people read it. */
const explained = (scene: Scene) => {
  const found = route(scene);
  const verdict = found.agent ? `${found.rule} -> ${found.agent.id}` : found.failure;
  return [...found.steps.map(({ rule, outcome, why }) => `${rule} ${outcome}: ${why}`), verdict];
};

const oursByAssignment = 'dialled_number matched: The Request-URI says +12025550100, a number of this organisation.';
const foreign = 'dialled_number failed: The Request-URI says +12025550100, which is no number of this organisation.';
const noHeader = 'agent_header skipped: The INVITE names no agent.';
const unassigned = 'assigned_number failed: +12025550100 is assigned to no agent.';
const unlisted = "trunk_number failed: +12025550100 is not on the trunk's list of numbers.";
const toB = new Map([[number, 'b']]);
const listed = new Set([number]);

describe('order and wording of the rules are frozen', () => {
  test('1: the agent header', () => {
    expect(explained({ header: ' B ', numbers: new Map([[number, 'a']]) })).toEqual([
      oursByAssignment,
      'agent_header matched: The INVITE names "Agent b".',
      'agent_header -> b',
    ]);
  });

  test('1: the header may name an outbound agent, and one without free capacity', () => {
    const agents = [agent('out', { type: 'outbound', hasCapacity: false })];
    expect(route({ header: 'out', agents }).agent?.id).toBe('out');
  });

  test('1: an unknown or foreign id is a warning, and the number decides', () => {
    expect(explained({ header: 'zzz', numbers: toB })).toEqual([
      oursByAssignment,
      'agent_header warning: The INVITE names an agent this organisation does not have.',
      'assigned_number matched: +12025550100 is assigned to "Agent b".',
      'assigned_number -> b',
    ]);
  });

  test('1: a disabled agent is a warning, and the number decides', () => {
    expect(explained({ header: 'off', agents: [off, newer], numbers: toB }).slice(1)).toEqual([
      'agent_header warning: The INVITE names "Agent off", which is disabled.',
      'assigned_number matched: +12025550100 is assigned to "Agent b".',
      'assigned_number -> b',
    ]);
  });

  test('2: the agent that has the number, before the list of the trunk', () => {
    expect(explained({ numbers: toB, trunkNumbers: listed, defaultAgentId: 'a' })).toEqual([
      oursByAssignment,
      noHeader,
      'assigned_number matched: +12025550100 is assigned to "Agent b".',
      'assigned_number -> b',
    ]);
  });

  test('2: an agent that is disabled does not answer its number', () => {
    expect(explained({ agents: [off, older], numbers: new Map([[number, 'off']]) })).toEqual([
      oursByAssignment,
      noHeader,
      'assigned_number failed: +12025550100 is assigned to "Agent off", which is disabled.',
      unlisted,
      'first_available matched: "Agent a" is the oldest enabled inbound agent.',
      'first_available -> a',
    ]);
  });

  test('2: a number of an agent that is gone', () => {
    expect(explained({ numbers: new Map([[number, 'gone']]) })[2]).toBe(unassigned);
  });

  test('3: on the list of the trunk, the default agent', () => {
    expect(explained({ trunkNumbers: listed, defaultAgentId: 'b' })).toEqual([
      oursByAssignment,
      noHeader,
      unassigned,
      'trunk_number matched: +12025550100 is on the trunk\'s list of numbers; "Agent b" is the default agent.',
      'trunk_number -> b',
    ]);
  });

  test('3: on the list of the trunk without a default agent', () => {
    expect(explained({ trunkNumbers: listed, fallback: 'reject' }).slice(3)).toEqual([
      'trunk_number matched: +12025550100 is on the trunk\'s list of numbers; "Agent a" is the oldest enabled inbound agent, since no default agent is set.',
      'trunk_number -> a',
    ]);
  });

  test.each([
    [
      'gone',
      "+12025550100 is on the trunk's list of numbers, but the organisation's default agent does not exist any more.",
    ],
    ['off', '+12025550100 is on the trunk\'s list of numbers, but the default agent "Agent off" is disabled.'],
  ])('3: default agent %s', (defaultAgentId, why) => {
    expect(explained({ agents: [off, older], trunkNumbers: listed, defaultAgentId }).slice(3)).toEqual([
      `trunk_number failed: ${why}`,
      'first_available matched: "Agent a" is the oldest enabled inbound agent.',
      'first_available -> a',
    ]);
  });

  test('4: no number of ours, the first available agent', () => {
    expect(explained({})).toEqual([
      foreign,
      noHeader,
      unassigned,
      unlisted,
      'first_available matched: "Agent a" is the oldest enabled inbound agent.',
      'first_available -> a',
    ]);
  });

  test('4: the oldest agent has as many calls as it may have', () => {
    expect(explained({ agents: [agent('a', { createdAtMs: 1, hasCapacity: false }), newer] }).slice(-2)).toEqual([
      'first_available matched: "Agent b" is the oldest enabled inbound agent with free capacity.',
      'first_available -> b',
    ]);
  });

  test('4: all have', () => {
    expect(explained({ agents: [agent('a', { hasCapacity: false })] }).slice(-2)).toEqual([
      'first_available failed: Every enabled inbound agent has as many calls as it may have.',
      'no_agent',
    ]);
  });

  test('4: nobody is there', () => {
    expect(explained({ agents: [off, agent('out', { type: 'outbound' })] }).slice(-2)).toEqual([
      'first_available failed: The organisation has no enabled inbound agent.',
      'no_agent',
    ]);
  });

  test('a trunk that rejects never falls back', () => {
    expect(explained({ fallback: 'reject' })).toEqual([
      foreign,
      noHeader,
      unassigned,
      unlisted,
      'first_available skipped: The trunk rejects calls that no rule matches.',
      'no_route',
    ]);
  });

  test('a number of ours that nobody answers is no missing route', () => {
    expect(explained({ agents: [], trunkNumbers: listed, fallback: 'reject' }).slice(3)).toEqual([
      "trunk_number failed: +12025550100 is on the trunk's list of numbers, but the organisation has no enabled inbound agent.",
      'first_available skipped: The trunk rejects calls that no rule matches.',
      'no_agent',
    ]);
  });

  test('an INVITE without a number', () => {
    expect(explained({ dialled: { number: '', written: '', place: 'request_uri' } }).slice(0, 4)).toEqual([
      'dialled_number failed: The INVITE names no number.',
      noHeader,
      'assigned_number skipped: There is no number to look up.',
      'trunk_number skipped: There is no number to look up.',
    ]);
  });

  test.each([
    ['request_uri', 'The Request-URI'],
    ['to', 'The To header'],
    ['p_called_party_id', 'The P-Called-Party-ID header'],
  ] as const)('a number read out of %s', (place, words) => {
    const written = { number, written: '(202) 555-0100', place };
    expect(explained({ dialled: written, numbers: toB })[0]).toBe(
      `dialled_number matched: ${words} says "(202) 555-0100", read as +12025550100, a number of this organisation.`,
    );
  });
});

test('two agents of the same age are told apart by id, so that routing is stable', () => {
  expect(route({ agents: [agent('d'), agent('c')] }).agent?.id).toBe('c');
});
