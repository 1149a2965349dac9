import { setTimeout as sleep } from 'node:timers/promises';
import type { HistoryItem, Session } from '@dialplane/client';
import type { Product } from './product.ts';

/** Events are written in batches at most 200 ms behind; a loaded machine gets more. */
const WRITTEN_WITHIN_MS = 3000;

/** The session of the caller with this number. Every test call has its own number, so it has one session. */
async function sessionOf({ client }: Product, callerNumber: string): Promise<Session> {
  for await (const session of client.items('listSessions', {})) {
    if (session.contact?.phone_number === callerNumber) return session;
  }
  throw new Error(`There is no session of ${callerNumber}.`);
}

/** All items of all pages. */
export async function sessionHistory({ client }: Product, sessionId: string): Promise<HistoryItem[]> {
  const items: HistoryItem[] = [];
  const request = { path: { session_id: sessionId } };
  for await (const item of client.items('getSessionHistory', request)) items.push(item);
  return items;
}

export async function historyOf(product: Product, callerNumber: string): Promise<HistoryItem[]> {
  return sessionHistory(product, (await sessionOf(product, callerNumber)).id);
}

/** The history once it fulfils `complete`: it is written a little behind the call. The last state when it never does. */
export async function historyWhen(
  product: Product,
  callerNumber: string,
  complete: (items: readonly HistoryItem[]) => boolean,
): Promise<HistoryItem[]> {
  const deadlineMs = performance.now() + WRITTEN_WITHIN_MS;
  for (;;) {
    const items = await historyOf(product, callerNumber).catch(() => []);
    if (complete(items) || performance.now() > deadlineMs) return items;
    await sleep(100);
  }
}

/** `contact: ...` and `ai: ...`, one line an item, for assertions and failure messages. */
export function transcript(items: readonly HistoryItem[]): string[] {
  return items.map(({ event }) => `${event.sender.type}: ${event.content.text}`);
}
