import { afterAll, beforeAll } from 'vitest';
import { pickUpTelephone, type Telephone } from './telephone.ts';
import { startTestServer, type TestServer } from './test-server.ts';

/** A server that calls reach, for the tests of one file. */
export interface LiveTelephone {
  readonly server: TestServer;
  readonly telephone: Telephone;
  /** Dials, and finds the call in the list, which has it as soon as it was dialled. */
  dial(options?: Parameters<Telephone['dial']>[0]): Promise<LiveCall>;
}

export interface LiveCall {
  readonly id: string;
  readonly sessionId: string | undefined;
  readonly dialled: Awaited<ReturnType<Telephone['dial']>>;
}

/** Brings up server and telephone before the tests of the file and puts them away after; not to be used earlier. */
export function liveTelephone(): LiveTelephone {
  const live: { server?: TestServer; telephone?: Telephone } = {};
  beforeAll(async () => {
    live.server = await startTestServer();
    live.telephone = await pickUpTelephone(live.server);
  });
  afterAll(async () => {
    await live.telephone?.close();
    await live.server?.stop();
  });
  const there = <Thing>(thing: Thing | undefined): Thing => {
    if (thing === undefined) throw new Error('The server is not up yet.');
    return thing;
  };
  return {
    get server() {
      return there(live.server);
    },
    get telephone() {
      return there(live.telephone);
    },
    async dial(options) {
      const dialled = await this.telephone.dial(options);
      const path = `/phone/calls?session_id=${dialled.sessionId}`;
      const [call] = (await this.server.request<{ items: { readonly id: string }[] }>('GET', path)).body.items;
      if (!call) throw new Error('The session has no call.');
      return { id: call.id, sessionId: dialled.sessionId, dialled };
    },
  };
}
