import { parseParameterised } from '../message/content-type.ts';
import type { SipHeaders } from '../message/headers.ts';
import { SipParseError } from '../message/parse-error.ts';

/** A dialog somebody wants to take the place of (RFC 3891 6.1), in the words of the one who is asked. */
export interface ReplacedDialog {
  readonly callId: string;
  /** The tag of the one who is asked. */
  readonly toTag: string;
  readonly fromTag: string;
  /** Only while it has not been answered (RFC 3891 4). */
  readonly earlyOnly: boolean;
}

/** Call-ID and tags of a dialog, seen from here: what a snapshot of a call has. */
export interface DialogName {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
}

/**
 * The Replaces header of an INVITE; undefined when there is none.
 * @throws SipParseError when it is malformed or there are two (RFC 3891 3).
 */
export function readReplaces(headers: SipHeaders): ReplacedDialog | undefined {
  const values = headers.getAll('Replaces');
  if (values.length > 1) throw new SipParseError('more than one Replaces');
  return values[0] === undefined ? undefined : parseReplaces(values[0]);
}

/** @throws SipParseError */
export function parseReplaces(text: string): ReplacedDialog {
  const semicolon = text.indexOf(';');
  const callId = (semicolon < 0 ? text : text.slice(0, semicolon)).trim();
  // The name of a parameterised value is read in lower case, and a Call-ID is not.
  const { parameters } = parseParameterised(semicolon < 0 ? '' : text.slice(semicolon));
  const toTag = parameters.get('to-tag');
  const fromTag = parameters.get('from-tag');
  if (callId === '' || toTag === undefined || fromTag === undefined) throw new SipParseError('Replaces is malformed');
  return { callId, toTag: plainTag(toTag), fromTag: plainTag(fromTag), earlyOnly: parameters.has('early-only') };
}

/** RFC 3891 6.1: a peer of RFC 2543 has no tag; it is written as 0. */
function plainTag(tag: string): string {
  return tag === '0' ? '' : tag;
}

export function writeReplaces({ callId, toTag, fromTag, earlyOnly }: ReplacedDialog): string {
  return `${callId};to-tag=${toTag || '0'};from-tag=${fromTag || '0'}${earlyOnly ? ';early-only' : ''}`;
}

/** The dialog as its other side names it. */
export function replacedByPeerOf({ callId, localTag, remoteTag }: DialogName): ReplacedDialog {
  return { callId, toTag: remoteTag, fromTag: localTag, earlyOnly: false };
}
