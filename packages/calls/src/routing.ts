import type { RouteStep } from './events.ts';
import type { DialledNumber } from './parties.ts';

export interface RoutableAgent {
  readonly id: string;
  readonly name: string;
  readonly type: 'inbound' | 'outbound';
  readonly enabled: boolean;
  readonly createdAtMs: number;
  /** False while it has as many calls as it may have. */
  readonly hasCapacity: boolean;
}

/** What an organisation and its trunk say about where calls go. */
export interface RoutingTable {
  /** Agents of the trunk's organisation, in any order, disabled ones too. */
  readonly agents: readonly RoutableAgent[];
  /**
   * Verified numbers of the organisation (E.164) with the agent that answers each, null for none; those that the call can be
   * for are enough.
   */
  readonly numbers: ReadonlyMap<string, string | null>;
  /** Numbers on the trunk's list (E.164), of which those that the call can be for are enough. */
  readonly trunkNumbers: ReadonlySet<string>;
  /** Answers numbers that are on the trunk's list only; null: the oldest enabled inbound agent. */
  readonly defaultAgentId: string | null;
  /** What the trunk does when no rule names an agent. */
  readonly fallback: 'agent' | 'reject';
}

export interface RouteRequest {
  /** Value of the agent header, if the INVITE carried one. */
  readonly agentHeader: string | undefined;
  readonly dialled: DialledNumber;
  readonly table: RoutingTable;
}

export type Route =
  | { readonly agent: RoutableAgent; readonly rule: RouteStep['rule']; readonly steps: readonly RouteStep[] }
  | {
      readonly agent: undefined;
      /** `no_route`: nothing leads from the number to an agent; `no_agent`: something does, but nobody is there. */
      readonly failure: 'no_route' | 'no_agent';
      readonly steps: readonly RouteStep[];
    };

type Finding = { readonly agent: RoutableAgent | undefined; readonly step: RouteStep };

/** Picks the agent for an inbound call and says why, step by step (contract: routing). Pure. */
export function routeCall(request: RouteRequest): Route {
  const steps: RouteStep[] = [readNumber(request)];
  for (const rule of [byHeader, byAssignment, byTrunkList, firstAvailable]) {
    const { agent, step } = rule(request);
    steps.push(step);
    if (agent) return { agent, rule: step.rule, steps };
  }
  const { dialled, table } = request;
  const leadsSomewhere = table.fallback === 'agent' || isOurs(table, dialled.number);
  return { agent: undefined, failure: leadsSomewhere ? 'no_agent' : 'no_route', steps };
}

/** Whether the number is one the organisation has, on its list of numbers or on its trunk's. */
export function isOurs(table: RoutingTable, number: string): boolean {
  return table.numbers.has(number) || table.trunkNumbers.has(number);
}

const places = {
  request_uri: 'The Request-URI',
  to: 'The To header',
  p_called_party_id: 'The P-Called-Party-ID header',
} as const;

function readNumber({ dialled, table }: RouteRequest): RouteStep {
  const rule = 'dialled_number';
  const { number, written, place } = dialled;
  if (number === '') return { rule, outcome: 'failed', why: 'The INVITE names no number.' };
  const reading = written === number ? `says ${number}` : `says "${written}", read as ${number}`;
  return isOurs(table, number)
    ? { rule, outcome: 'matched', why: `${places[place]} ${reading}, a number of this organisation.` }
    : { rule, outcome: 'failed', why: `${places[place]} ${reading}, which is no number of this organisation.` };
}

function byHeader({ agentHeader, table }: RouteRequest): Finding {
  const rule = 'agent_header';
  if (agentHeader === undefined) {
    return { agent: undefined, step: { rule, outcome: 'skipped', why: 'The INVITE names no agent.' } };
  }
  const wanted = agentHeader.trim().toLowerCase();
  const agent = table.agents.find((one) => one.id.toLowerCase() === wanted);
  if (agent?.enabled) return { agent, step: { rule, outcome: 'matched', why: `The INVITE names "${agent.name}".` } };
  // A foreign id reads the same as an unknown one: nothing about other organisations is told.
  const why = agent
    ? `The INVITE names "${agent.name}", which is disabled.`
    : 'The INVITE names an agent this organisation does not have.';
  return { agent: undefined, step: { rule, outcome: 'warning', why } };
}

function byAssignment({ dialled: { number }, table }: RouteRequest): Finding {
  const rule = 'assigned_number';
  const none = (outcome: RouteStep['outcome'], why: string): Finding => ({
    agent: undefined,
    step: { rule, outcome, why },
  });
  if (number === '') return none('skipped', 'There is no number to look up.');
  const id = table.numbers.get(number);
  if (!id) return none('failed', `${number} is assigned to no agent.`);
  const agent = table.agents.find((one) => one.id === id);
  if (!agent) return none('failed', `${number} is assigned to no agent.`);
  if (!agent.enabled) return none('failed', `${number} is assigned to "${agent.name}", which is disabled.`);
  return { agent, step: { rule, outcome: 'matched', why: `${number} is assigned to "${agent.name}".` } };
}

function byTrunkList({ dialled: { number }, table }: RouteRequest): Finding {
  const rule = 'trunk_number';
  const none = (outcome: RouteStep['outcome'], why: string): Finding => ({
    agent: undefined,
    step: { rule, outcome, why },
  });
  if (number === '') return none('skipped', 'There is no number to look up.');
  if (!table.trunkNumbers.has(number)) return none('failed', `${number} is not on the trunk's list of numbers.`);
  const listed = `${number} is on the trunk's list of numbers`;
  if (table.defaultAgentId === null) {
    const agent = oldestFirst(table.agents)[0];
    if (!agent) return none('failed', `${listed}, but the organisation has no enabled inbound agent.`);
    const why = `${listed}; "${agent.name}" is the oldest enabled inbound agent, since no default agent is set.`;
    return { agent, step: { rule, outcome: 'matched', why } };
  }
  const agent = table.agents.find((one) => one.id === table.defaultAgentId);
  if (!agent) return none('failed', `${listed}, but the organisation's default agent does not exist any more.`);
  if (!agent.enabled) return none('failed', `${listed}, but the default agent "${agent.name}" is disabled.`);
  return { agent, step: { rule, outcome: 'matched', why: `${listed}; "${agent.name}" is the default agent.` } };
}

function firstAvailable({ table }: RouteRequest): Finding {
  const rule = 'first_available';
  if (table.fallback === 'reject') {
    const why = 'The trunk rejects calls that no rule matches.';
    return { agent: undefined, step: { rule, outcome: 'skipped', why } };
  }
  const candidates = oldestFirst(table.agents);
  const agent = candidates.find((one) => one.hasCapacity);
  if (agent) {
    const why =
      agent === candidates[0]
        ? `"${agent.name}" is the oldest enabled inbound agent.`
        : `"${agent.name}" is the oldest enabled inbound agent with free capacity.`;
    return { agent, step: { rule, outcome: 'matched', why } };
  }
  const why =
    candidates.length > 0
      ? 'Every enabled inbound agent has as many calls as it may have.'
      : 'The organisation has no enabled inbound agent.';
  return { agent: undefined, step: { rule, outcome: 'failed', why } };
}

/** Agents that may answer without being named; two of the same age are told apart by id, so that routing is stable. */
function oldestFirst(agents: readonly RoutableAgent[]): RoutableAgent[] {
  return agents
    .filter((agent) => agent.enabled && agent.type === 'inbound')
    .sort((a, b) => a.createdAtMs - b.createdAtMs || a.id.localeCompare(b.id));
}
