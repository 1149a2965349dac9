import { askStunServer } from '@dialplane/sip';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';

/** The address the Internet sees us at, when the operator names a STUN server and no address; undefined when nobody tells. */
export async function askForPublicAddress(
  { publicAddress, stunServer }: Pick<Config, 'publicAddress' | 'stunServer'>,
  log: Pick<Logger, 'info' | 'warn'>,
): Promise<string | undefined> {
  if (publicAddress !== undefined || stunServer === undefined) return publicAddress;
  try {
    const { address } = await askStunServer(stunServer);
    log.info({ address }, 'the STUN server tells our public address');
    return address;
  } catch (error) {
    log.warn({ err: error }, 'the STUN server did not answer; set PUBLIC_ADDRESS if carriers cannot reach this server');
    return undefined;
  }
}
