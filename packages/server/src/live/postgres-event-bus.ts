/** Notices between all processes on one PostgreSQL, so that a live stream at one tells what another one stored. */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Logger } from 'pino';
import { errorEntry } from '../log.ts';
import { type Change, createLocalEventBus, type EventBus } from './event-bus.ts';

const channel = 'dialplane_changes';
/** A restarted PostgreSQL accepts connections after about a second; asking more often helps nobody. */
const reconnectMs = 1000;
const connectLimitMs = 5000;
/** One statement tells this many changes; what waits longer is said to fewer, larger statements. */
const largestBatch = 500;

export interface SharedEventBus extends EventBus {
  close(): Promise<void>;
}

/**
 * Local listeners are woken at once, those of other processes by NOTIFY over a connection of its own: LISTEN belongs to a
 * connection, so it cannot come from a pool. While the connection is down notices are lost, not events: streams look by
 * themselves every few seconds, and once more when the connection is back.
 */
export function createPostgresEventBus(databaseUrl: string, log: Logger): SharedEventBus {
  const local = createLocalEventBus();
  /** Tells our own notices, which were heard before they were sent, from those of others. */
  const self = randomUUID();
  /** By payload: a call that writes ten batches while one statement is under way is told once. */
  const waiting = new Set<string>();
  /** The one in use, or being connected. */
  let client: Client | undefined;
  let connected = false;
  let sending = false;
  let closed = false;
  let reconnecting: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const next = new Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: connectLimitMs,
      keepAlive: true,
      application_name: 'dialplane live events',
    });
    client = next;
    next.on('error', (error) => lost(next, error));
    next.on('end', () => lost(next, new Error('PostgreSQL closed the connection')));
    next.on('notification', ({ payload = '' }) => {
      const [sender, orgId = '', sessionId = '', callId = ''] = payload.split(' ');
      if (sender !== self) local.publish({ orgId, sessionId, callId: callId === '' ? undefined : callId });
    });
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
    } catch (error) {
      lost(next, error);
      return;
    }
    // A close that came first has ended this connection already.
    if (closed) return;
    connected = true;
    local.wakeAll();
  }

  function lost(which: Client, error: unknown): void {
    if (closed || client !== which) return;
    client = undefined;
    connected = false;
    waiting.clear();
    log.warn(errorEntry(error), 'live events of other processes come late until PostgreSQL is back');
    // Half a connection would hold a socket.
    which.end().catch(() => undefined);
    reconnecting = setTimeout(() => void connect(), reconnectMs);
  }

  async function send(over: Client): Promise<void> {
    if (sending) return;
    sending = true;
    try {
      while (waiting.size > 0 && over === client) {
        const batch = [...waiting].slice(0, largestBatch);
        for (const payload of batch) waiting.delete(payload);
        await over.query('select pg_notify($1, payload) from unnest($2::text[]) as payload', [channel, batch]);
      }
    } catch (error) {
      lost(over, error);
    } finally {
      sending = false;
    }
  }

  void connect();
  return {
    subscribe: local.subscribe,
    publish(change) {
      local.publish(change);
      if (!client || !connected) return;
      waiting.add(payloadOf(self, change));
      void send(client);
    },
    async close() {
      closed = true;
      clearTimeout(reconnecting);
      await client?.end();
    },
  };
}

function payloadOf(sender: string, { orgId, sessionId, callId = '' }: Change): string {
  return `${sender} ${orgId} ${sessionId} ${callId}`;
}
