import type { RouteStep } from './events.ts';

export interface RoutableAgent {
  readonly id: string;
  readonly name: string;
  readonly type: 'inbound' | 'outbound';
  readonly enabled: boolean;
  readonly createdAtMs: number;
}

export interface RouteRequest {
  /** Value of the agent header, if the INVITE carried one. */
  readonly agentHeader: string | undefined;
  /** Agents of the authenticated trunk's organisation, in any order. */
  readonly agents: readonly RoutableAgent[];
  /** What the trunk does when no rule names an agent. */
  readonly fallback: 'agent' | 'reject';
}

export interface Route {
  readonly agent: RoutableAgent | undefined;
  readonly steps: readonly RouteStep[];
}

/** Picks the agent for an inbound call and says why, step by step (contract: routing). Pure. */
export function routeCall(request: RouteRequest): Route {
  const steps: RouteStep[] = [];
  const named = byHeader(request, steps);
  if (named) return { agent: named, steps };

  if (request.fallback === 'reject') {
    steps.push({ rule: 'first_available', outcome: 'skipped', why: 'The trunk rejects calls that no rule matches.' });
    return { agent: undefined, steps };
  }
  const first = request.agents
    .filter((agent) => agent.enabled && agent.type === 'inbound')
    .sort((a, b) => a.createdAtMs - b.createdAtMs || a.id.localeCompare(b.id))
    .at(0);
  steps.push(
    first
      ? { rule: 'first_available', outcome: 'matched', why: `"${first.name}" is the oldest enabled inbound agent.` }
      : { rule: 'first_available', outcome: 'failed', why: 'The organisation has no enabled inbound agent.' },
  );
  return { agent: first, steps };
}

function byHeader({ agentHeader, agents }: RouteRequest, steps: RouteStep[]): RoutableAgent | undefined {
  if (agentHeader === undefined) {
    steps.push({ rule: 'agent_header', outcome: 'skipped', why: 'The INVITE names no agent.' });
    return undefined;
  }
  const wanted = agentHeader.trim().toLowerCase();
  const agent = agents.find((one) => one.id.toLowerCase() === wanted);
  if (agent?.enabled) {
    steps.push({ rule: 'agent_header', outcome: 'matched', why: `The INVITE names "${agent.name}".` });
    return agent;
  }
  // A foreign id reads the same as an unknown one: nothing about other organisations is told.
  const why = agent
    ? `The INVITE names "${agent.name}", which is disabled.`
    : 'The INVITE names an agent this organisation does not have.';
  steps.push({ rule: 'agent_header', outcome: 'failed', why });
  return undefined;
}
