import { unquote } from '../message/grammar.ts';
import type { SipHeaders } from '../message/headers.ts';
import { parseNameAddr } from '../message/name-addr.ts';
import type { Diversion } from './diversion.ts';
import { type IdentityAddress, identityAddress } from './identity-address.ts';
import { readableList } from './readable-list.ts';

/** One entry of History-Info (RFC 7044 5). */
export interface HistoryEntry {
  readonly target: IdentityAddress;
  /** Place in the tree of retargetings, such as `1.1.2`. */
  readonly index: string;
  /** Status that made the call leave this target (RFC 4458, from the URI's `cause` or an escaped Reason). */
  readonly cause: number | undefined;
  /** `rc` and `mp` are changes of the target, `np` is none (RFC 7044 5). */
  readonly mapping: 'rc' | 'mp' | 'np' | undefined;
  readonly isPrivate: boolean;
}

/** The entries in their order. */
export function readHistory(headers: SipHeaders): readonly HistoryEntry[] {
  return readableList(headers, 'History-Info', (value) => {
    const address = parseNameAddr(value);
    const { uri, parameters } = address;
    const escaped = escapedHeaders(uri.headers);
    return {
      target: identityAddress(address),
      index: unquote(parameters.get('index') ?? ''),
      cause: causeOf(uri.parameters.get('cause')) ?? causeInReason(escaped.get('reason')),
      mapping: parameters.has('rc') ? 'rc' : parameters.has('mp') ? 'mp' : parameters.has('np') ? 'np' : undefined,
      isPrivate: escaped.has('privacy') && escaped.get('privacy')?.toLowerCase() !== 'none',
    };
  });
}

/** Reasons of RFC 5806 by the causes of RFC 4458 2 and the statuses that say the same. */
const reasons: ReadonlyMap<number, string> = new Map([
  [302, 'unconditional'],
  [404, 'unknown'],
  [408, 'no-answer'],
  [480, 'deflection'],
  [486, 'user-busy'],
  [487, 'deflection'],
  [503, 'unavailable'],
]);

/** What History-Info says in the terms of Diversion, the latest first: a target that was left for a cause (RFC 7544 3.1). */
export function diversionsInHistory(history: readonly HistoryEntry[]): readonly Diversion[] {
  const diversions: Diversion[] = [];
  for (const [position, entry] of history.entries()) {
    const next = history[position + 1];
    // RFC 7544: the cause stands on the new target, or as a Reason on the one that was left.
    const cause = next?.cause ?? entry.cause;
    if (!next || cause === undefined) continue;
    diversions.unshift({
      from: entry.target,
      reason: reasons.get(cause) ?? 'unknown',
      count: 1,
      isPrivate: entry.isPrivate,
    });
  }
  return diversions;
}

/** `Reason=SIP%3Bcause%3D486&Privacy=history`, by lower-case name. */
function escapedHeaders(text: string | undefined): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const part of text?.split('&') ?? []) {
    const equals = part.indexOf('=');
    if (equals > 0) headers.set(part.slice(0, equals).toLowerCase(), unescaped(part.slice(equals + 1)));
  }
  return headers;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Escapes that are no UTF-8: the words around them still say what is looked for.
    return text;
  }
}

function causeInReason(reason: string | undefined): number | undefined {
  const at = reason?.toLowerCase().indexOf('cause=') ?? -1;
  return reason === undefined || at < 0 ? undefined : causeOf(reason.slice(at + 'cause='.length));
}

function causeOf(text: string | undefined): number | undefined {
  const cause = Number.parseInt(text ?? '', 10);
  return cause >= 100 && cause <= 699 ? cause : undefined;
}
