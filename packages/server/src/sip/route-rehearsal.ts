import {
  type CallTrunk,
  dialledNumber,
  endings,
  isOurs,
  normaliseNumber,
  possibleNumbers,
  possiblyDialled,
  type Route,
  type RouteStep,
  routeCall,
  routeInvite,
} from '@dialplane/calls';
import type { SipRequest } from '@dialplane/sip';
import { eq } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { inboundTrunks } from '../store/schema.ts';
import { readCallTrunk } from '../telephony/call-trunk.ts';
import { sipHeaderPrefix } from './headers.ts';
import { digestUsername } from './invite-text.ts';

/** A number as somebody would dial it, or an INVITE as a PBX would send it. */
export type RehearsedCall =
  | { readonly invite: SipRequest }
  | {
      readonly number: string;
      readonly caller: string | undefined;
      /** What the PBX would put into the agent header. */
      readonly agentHeader: string | undefined;
    };

/** What would happen to the call. */
export interface Rehearsal {
  readonly trunk: { readonly id: string; readonly username: string } | null;
  /** The rule that decided; null when none did. */
  readonly rule: RouteStep['rule'] | null;
  readonly agent: { readonly id: string; readonly name: string } | null;
  /** As read, E.164 where it is a number. */
  readonly dialled: string | null;
  readonly caller: string | null;
  /** The refusal the caller would get; null when an agent answers. */
  readonly refusal: { readonly code: string; readonly status: number; readonly sentence: string } | null;
  readonly steps: readonly RouteStep[];
}

interface Outcome {
  readonly route: Route;
  readonly dialled: string;
  readonly caller: string | null;
}

/** Routes a call that nobody makes, with the reads and the rules of real ones. Changes nothing. */
export async function rehearseRoute(db: Database, orgId: string, call: RehearsedCall): Promise<Rehearsal> {
  const [own] = await db.select({ id: inboundTrunks.id }).from(inboundTrunks).where(eq(inboundTrunks.orgId, orgId));
  const trunk = own && (await readCallTrunk(db, own.id, (country) => dialledIn(call, country)));
  if (!trunk) return turnedAway('The organisation has no inbound trunk that calls could come in by.');
  const username = 'invite' in call ? digestUsername(call.invite) : undefined;
  if (username !== undefined && username !== trunk.username) {
    return turnedAway(`The INVITE is of user "${username}", and the organisation's trunk has "${trunk.username}".`);
  }
  const { route, dialled, caller } = 'invite' in call ? routed(call.invite, trunk) : dialledOut(call, trunk);
  const why = `The call comes in by the organisation's trunk, user "${trunk.username}".`;
  return {
    trunk: { id: trunk.id, username: trunk.username },
    rule: route.agent ? route.rule : null,
    agent: route.agent ? { id: route.agent.id, name: route.agent.name } : null,
    dialled: dialled || null,
    caller,
    refusal: route.agent
      ? null
      : refusal(route.failure, route.failure === 'no_agent' ? trunk.noAgentStatus : undefined),
    steps: [{ rule: 'trunk', outcome: 'matched', why }, ...route.steps],
  };
}

function dialledIn(call: RehearsedCall, country: string): string[] {
  return 'invite' in call ? possiblyDialled(call.invite, country) : possibleNumbers(call.number, country);
}

function routed(invite: SipRequest, trunk: CallTrunk): Outcome {
  const { route, parties } = routeInvite(invite, trunk, sipHeaderPrefix);
  return { route, dialled: parties.dialled.number, caller: parties.caller };
}

function dialledOut(call: Exclude<RehearsedCall, { readonly invite: SipRequest }>, trunk: CallTrunk): Outcome {
  const dialled = dialledNumber(call.number, trunk.country, (number) => isOurs(trunk, number));
  const caller = normaliseNumber(call.caller ?? '', trunk.country);
  return {
    route: routeCall({ agentHeader: call.agentHeader, dialled, table: trunk }),
    dialled: dialled.number,
    caller: caller.kind === 'withheld' ? null : caller.value,
  };
}

function turnedAway(why: string): Rehearsal {
  const steps: RouteStep[] = [{ rule: 'trunk', outcome: 'failed', why }];
  return {
    trunk: null,
    rule: null,
    agent: null,
    dialled: null,
    caller: null,
    refusal: refusal('authentication_failed'),
    steps,
  };
}

function refusal(code: 'no_route' | 'no_agent' | 'authentication_failed', status: number = endings[code].sipCode) {
  return { code, status, sentence: endings[code].sentence };
}
