import { setTimeout as sleep } from 'node:timers/promises';
import type { Product } from './product.ts';

/** An item of `/chat/sessions/{id}/history` as the API documents it. */
export interface HistoryItem {
  readonly id: string;
  /** ISO 8601. */
  readonly created_at: string;
  readonly event: {
    readonly type: string;
    readonly sender: { readonly type: 'contact' | 'ai' | 'human_agent' | 'system'; readonly name: string | null };
    readonly content: { readonly type: string; readonly text: string };
    readonly attachments: readonly unknown[];
    readonly context: Readonly<Record<string, unknown>>;
  };
}

export interface Session {
  readonly id: string;
  readonly status: string;
  readonly channel: { readonly type: string };
  readonly contact: { readonly phone_number: string | null } | null;
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** Events are written in batches at most 200 ms behind; a loaded machine gets more. */
const WRITTEN_WITHIN_MS = 3000;

/** All items of all pages. */
export async function wholeList<Item>(product: Product, path: string): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    const page: Page<Item> = await product.get(`${path}${query}`);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return items;
}

/** The session of the caller with this number. Every test call has its own number, so it has one session. */
async function sessionOf(product: Product, callerNumber: string): Promise<Session> {
  const sessions = await wholeList<Session>(product, '/chat/sessions');
  const session = sessions.find(({ contact }) => contact?.phone_number === callerNumber);
  if (!session) throw new Error(`No session of ${callerNumber} among ${sessions.length}.`);
  return session;
}

export async function historyOf(product: Product, callerNumber: string): Promise<HistoryItem[]> {
  const { id } = await sessionOf(product, callerNumber);
  return wholeList<HistoryItem>(product, `/chat/sessions/${id}/history`);
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
