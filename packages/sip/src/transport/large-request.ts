import { SipHeaders } from '../message/headers.ts';
import type { RequestDraft } from '../message/serialiser.ts';

/** RFC 3261 18.1.1: beyond this size a request risks to be cut into fragments on the way, which firewalls drop. */
export const LARGEST_UDP_REQUEST_BYTES = 1300;

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
