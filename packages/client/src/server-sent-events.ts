/** Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), section "parsing an event stream". */
export interface ServerSentEvent {
  /** Of this event or of the last one that had one; empty when there was none. */
  readonly id: string;
  /** `message` when the server names none. */
  readonly event: string;
  readonly data: string;
}

/** Longer ones are no events of ours; without a bound a broken server could fill our memory. */
const longestEvent = 16 * 1024 * 1024;

/** Reads events until the stream ends; comments such as pings are left out. */
export async function* readEvents(
  stream: ReadableStream<Uint8Array>,
  lastId = '',
): AsyncGenerator<ServerSentEvent, void, undefined> {
  let id = lastId;
  for await (const block of blocks(stream)) {
    const fields = fieldsOf(block);
    id = fields.id ?? id;
    if (fields.data !== null) yield { id, event: fields.event || 'message', data: fields.data };
  }
}

/** What stands between empty lines, with every kind of line break made one. What the end cuts off is left out. */
async function* blocks(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of stream) {
    rest += decoder.decode(bytes, { stream: true });
    // A carriage return at the end may be half of a line break.
    const whole = rest.endsWith('\r') ? rest.slice(0, -1) : rest;
    const found = whole.replace(/\r\n?/g, '\n').split('\n\n');
    rest = (found.pop() ?? '') + rest.slice(whole.length);
    if (rest.length > longestEvent) throw new Error(`An event of more than ${longestEvent} characters was given up.`);
    yield* found;
  }
  if (rest.endsWith('\n\r')) yield rest.slice(0, -2);
}

function fieldsOf(block: string): { id: string | null; event: string; data: string | null } {
  const found: { id: string | null; event: string; data: string | null } = { id: null, event: '', data: null };
  for (const line of block.split('\n')) {
    const [, name = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name === 'data') found.data = found.data === null ? value : `${found.data}\n${value}`;
    else if (name === 'event') found.event = value;
    else if (name === 'id' && !value.includes('\0')) found.id = value;
  }
  return found;
}
