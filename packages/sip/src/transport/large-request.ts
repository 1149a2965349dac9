import { SipHeaders } from '../message/headers.ts';
import { type RequestDraft, serialiseRequest } from '../message/serialiser.ts';

/** RFC 3261 18.1.1: beyond this size a request risks to be cut into fragments on the way, which firewalls drop. */
export const LARGEST_UDP_REQUEST_BYTES = 1300;

/** Via, and a port number that is not known yet. */
const ROOM_FOR_VIA_BYTES = 120;

/** Bytes of a request at least, without what it can do without: whether it has to look for a way over TCP. */
export function leastBytes(draft: RequestDraft): number {
  return serialiseRequest(trimmed(draft)).length + ROOM_FOR_VIA_BYTES;
}

/** Nobody needs them to answer: who we are, and what OPTIONS would tell. */
const OPTIONAL_HEADERS: ReadonlySet<string> = new Set(['user-agent', 'allow']);

/** The same request without what it can do without; headers that say something twice say it once. The body stays. */
export function trimmed(draft: RequestDraft): RequestDraft {
  const headers = new SipHeaders();
  const seen = new Set<string>();
  for (const [name, value] of draft.headers) {
    const key = name.toLowerCase();
    if (OPTIONAL_HEADERS.has(key)) continue;
    if (key === 'supported' || key === 'k') {
      if (seen.has(value)) continue;
      seen.add(value);
    }
    headers.appendReceived(name, value);
  }
  return { ...draft, headers };
}
