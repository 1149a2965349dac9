import { readInviteText } from '../../../sip/invite-text.ts';
import { rehearseRoute } from '../../../sip/route-rehearsal.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { postRouteTestSchema } from './schema.ts';

/** POST /phone/sip/route-test: which agent a call would reach, step by step. Changes nothing, so reading is enough. */
export function postRouteTest(api: Api, { store }: Services): void {
  const options = { schema: postRouteTestSchema, config: { scope: 'sip:read' } } as const;
  api.post('/phone/sip/route-test', options, async (request) => {
    const { phone_number: number, caller, agent_id: agentHeader, invite } = request.body;
    const call =
      typeof invite === 'string'
        ? { invite: readInviteText(invite, '/invite') }
        : { number: number ?? '', caller: caller ?? undefined, agentHeader: agentHeader ?? undefined };
    const {
      trunk,
      rule,
      agent,
      dialled,
      caller: from,
      refusal,
      steps,
    } = await rehearseRoute(store.db, identityOf(request).orgId, call);
    return {
      trunk: trunk && { id: trunk.id, auth_username: trunk.username },
      rule,
      agent,
      dialled,
      caller: from,
      refusal,
      steps: [...steps],
    };
  });
}
