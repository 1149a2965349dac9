import { header, type SipRequest } from '@dialplane/sip';
import type { CallTrunk } from './directory.ts';
import { type CallParties, readParties } from './parties.ts';
import { isOurs, type Route, routeCall } from './routing.ts';

export interface RoutedInvite {
  readonly parties: CallParties;
  readonly route: Route;
}

/**
 * Who an INVITE of a trunk is from and for, and which agent it reaches. Real calls and their rehearsals come through here.
 * @param headerPrefix of our own SIP headers, such as `X-OPENCX`.
 */
export function routeInvite(request: SipRequest, trunk: CallTrunk, headerPrefix: string): RoutedInvite {
  const parties = readParties(request, trunk.country, (number) => isOurs(trunk, number));
  const agentHeader = header(request, `${headerPrefix}-AGENT-ID`);
  return { parties, route: routeCall({ agentHeader, dialled: parties.dialled, table: trunk }) };
}
