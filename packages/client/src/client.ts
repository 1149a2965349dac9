import { apiError } from './api-error.ts';
import { type Operations, operations } from './generated.ts';
import { readEvents, type ServerSentEvent } from './server-sent-events.ts';

export type OperationId = keyof Operations;
export type RequestOf<Id extends OperationId> = Operations[Id]['request'];
export type AnswerOf<Id extends OperationId> = Operations[Id]['answer'];

/** Operations that answer a page of a list. */
export type PagedOperationId = {
  [Id in OperationId]: AnswerOf<Id> extends { readonly items: readonly unknown[]; readonly next: string | null }
    ? Id
    : never;
}[OperationId];

type ItemOf<Id extends PagedOperationId> =
  AnswerOf<Id> extends { readonly items: readonly (infer Item)[] } ? Item : never;

export interface ClientOptions {
  /** Where the server is: `https://dialplane.example.com`. */
  readonly baseUrl: string;
  readonly apiKey: string;
}

export interface StreamOptions {
  /** Goes on behind this event. */
  readonly lastEventId?: string;
  /** Ends the stream. */
  readonly signal?: AbortSignal;
}

/** The API by the names of its operations. Every method rejects with an {@link ApiError} for an answer that is a problem. */
export interface Client {
  call<Id extends OperationId>(id: Id, request: RequestOf<Id>): Promise<AnswerOf<Id>>;
  /** Every item of a list, page after page as they are wanted. */
  items<Id extends PagedOperationId>(id: Id, request: RequestOf<Id>): AsyncGenerator<ItemOf<Id>, void, undefined>;
  /** Live events, until the server or the signal ends them. */
  events<Id extends OperationId>(
    id: Id,
    request: RequestOf<Id>,
    options?: StreamOptions,
  ): AsyncGenerator<ServerSentEvent, void, undefined>;
}

/** A request as the generated types allow it, without its operation. */
interface AnyRequest {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

export function createClient({ baseUrl, apiKey }: ClientOptions): Client {
  async function send(id: OperationId, request: AnyRequest, more: RequestInit = {}): Promise<Response> {
    const { method, path } = operations[id];
    const headers = new Headers(more.headers);
    headers.set('authorization', `Bearer ${apiKey}`);
    if (request.body !== undefined) headers.set('content-type', 'application/json');
    const response = await fetch(urlOf(baseUrl, path, request), {
      ...more,
      method,
      headers,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
    if (!response.ok) throw await apiError(response);
    return response;
  }

  async function call<Id extends OperationId>(id: Id, request: RequestOf<Id>): Promise<AnswerOf<Id>> {
    const response = await send(id, request);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return JSON.parse(isJson ? text : JSON.stringify(text));
  }

  return {
    call,
    async *items(id, request) {
      let next: string | null = null;
      do {
        const query: Readonly<Record<string, unknown>> = {
          ...queryOf(request),
          ...(next === null ? {} : { cursor: next }),
        };
        const page = JSON.parse(await (await send(id, { ...request, query })).text());
        yield* page.items;
        next = page.next;
      } while (next !== null);
    },
    async *events(id, request, { lastEventId, signal } = {}) {
      const response = await send(id, request, {
        headers: { accept: 'text/event-stream', ...(lastEventId ? { 'last-event-id': lastEventId } : {}) },
        ...(signal ? { signal } : {}),
      });
      if (response.body) yield* readEvents(response.body, lastEventId);
    },
  };
}

const queryOf = ({ query }: AnyRequest): Readonly<Record<string, unknown>> => query ?? {};

function urlOf(baseUrl: string, path: string, request: AnyRequest): URL {
  const filled = path.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(String(request.path?.[name])));
  const url = new URL(baseUrl.replace(/\/$/, '') + filled);
  for (const [name, value] of Object.entries(queryOf(request))) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}
