import { describe, expect, test } from 'vitest';
import { type RoutableAgent, routeCall } from '../src/routing.ts';

const agent = (id: string, more: Partial<RoutableAgent> = {}): RoutableAgent => ({
  id,
  name: `Agent ${id}`,
  type: 'inbound',
  enabled: true,
  createdAtMs: 1000,
  ...more,
});
const older = agent('a', { createdAtMs: 500 });
const newer = agent('b', { createdAtMs: 900 });

describe('the wording and order of the rules are frozen', () => {
  test('header names an agent', () => {
    expect(routeCall({ agentHeader: ' B ', agents: [older, newer], fallback: 'agent' })).toEqual({
      agent: newer,
      steps: [{ rule: 'agent_header', outcome: 'matched', why: 'The INVITE names "Agent b".' }],
    });
  });

  test('no header: oldest enabled inbound agent', () => {
    expect(routeCall({ agentHeader: undefined, agents: [newer, older], fallback: 'agent' })).toEqual({
      agent: older,
      steps: [
        { rule: 'agent_header', outcome: 'skipped', why: 'The INVITE names no agent.' },
        { rule: 'first_available', outcome: 'matched', why: '"Agent a" is the oldest enabled inbound agent.' },
      ],
    });
  });

  test('unknown header id warns and falls through', () => {
    const { agent: found, steps } = routeCall({ agentHeader: 'zzz', agents: [older], fallback: 'agent' });
    expect(found).toBe(older);
    expect(steps[0]).toEqual({
      rule: 'agent_header',
      outcome: 'failed',
      why: 'The INVITE names an agent this organisation does not have.',
    });
  });

  test('disabled agent in the header falls through', () => {
    const off = agent('off', { enabled: false });
    const { agent: found, steps } = routeCall({ agentHeader: 'off', agents: [off, older], fallback: 'agent' });
    expect(found).toBe(older);
    expect(steps[0]?.why).toBe('The INVITE names "Agent off", which is disabled.');
  });

  test('outbound and disabled agents never answer by themselves', () => {
    const agents = [
      agent('x', { type: 'outbound', createdAtMs: 1 }),
      agent('y', { enabled: false, createdAtMs: 2 }),
      newer,
    ];
    expect(routeCall({ agentHeader: undefined, agents, fallback: 'agent' }).agent).toBe(newer);
  });

  test('nobody to answer', () => {
    const { agent: found, steps } = routeCall({ agentHeader: undefined, agents: [], fallback: 'agent' });
    expect(found).toBeUndefined();
    expect(steps.at(-1)).toEqual({
      rule: 'first_available',
      outcome: 'failed',
      why: 'The organisation has no enabled inbound agent.',
    });
  });

  test('a trunk that rejects never falls back', () => {
    const { agent: found, steps } = routeCall({ agentHeader: undefined, agents: [older], fallback: 'reject' });
    expect(found).toBeUndefined();
    expect(steps.at(-1)?.why).toBe('The trunk rejects calls that no rule matches.');
  });
});

test('two agents of the same age are told apart by id, so that routing is stable', () => {
  const agents = [agent('d'), agent('c')];
  expect(routeCall({ agentHeader: undefined, agents, fallback: 'agent' }).agent?.id).toBe('c');
});
