import type { Api, Services } from '../../api.ts';
import { deleted } from '../../deleted.ts';
import { Problem } from '../../problem.ts';
import { deleteSipBanSchema } from './schema.ts';

/** DELETE /phone/sip/bans/{source}: hears a source again at once, and forgets what it did. */
export function deleteSipBan(api: Api, { calls }: Services): void {
  const config = { scope: 'instance:admin', action: 'sip_ban.delete' } as const;
  api.delete('/phone/sip/bans/:source', { schema: deleteSipBanSchema, config }, async ({ params: { source } }) => {
    if (!calls.liftBan(source)) {
      throw new Problem(
        'sip_ban_not_found',
        'This source is not silenced. List those that are with GET /phone/sip/bans.',
      );
    }
    return deleted(source);
  });
}
