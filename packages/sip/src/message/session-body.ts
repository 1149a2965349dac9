import type { SipHeaders } from './headers.ts';
import { type BodyPart, bodyParts } from './multipart.ts';
import { SipParseError } from './parse-error.ts';

/** The kind of body that describes a session. */
export const SESSION_DESCRIPTION = 'application/sdp';

/** What a message's body has to say about its session. */
export type SessionBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'description'; readonly bytes: Buffer }
  /** Deserves 415 with these headers (RFC 3261 8.2.3). */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly headers: Readonly<Record<string, string>> };

interface Message {
  readonly headers: SipHeaders;
  readonly body: Buffer;
}

const accepted = { Accept: `${SESSION_DESCRIPTION}, multipart/mixed` };

/**
 * Finds the session description of an INVITE, UPDATE, PRACK, ACK or a response (RFC 5621 3). Other parts, such as ISUP
 * (RFC 3204) or PIDF-LO (RFC 6442), are left alone; only one that is marked `handling=required` makes the body
 * unreadable. A body that is no multipart counts as required unless it says otherwise (RFC 3261 20.11).
 * @throws SipParseError when a multipart body cannot be taken apart.
 */
export function sessionBody(message: Message): SessionBody {
  if (message.body.length === 0) return { kind: 'none' };
  const parts = bodyParts(message);
  const description = parts.find((part) => part.contentType === SESSION_DESCRIPTION && part.encoding === 'identity');
  const isMultipart = parts[0]?.headers !== message.headers;
  for (const part of parts) {
    if (part === description) continue;
    const isRequired = isMultipart ? part.handling === 'required' : part.handling !== 'optional';
    if (isRequired) return unreadable(part);
  }
  return description === undefined ? { kind: 'none' } : { kind: 'description', bytes: description.bytes };
}

function unreadable({ contentType, encoding }: BodyPart): SessionBody {
  if (encoding !== 'identity') {
    const headers = { 'Accept-Encoding': 'identity' };
    return { kind: 'unreadable', reason: `content encoding ${encoding} is not read here`, headers };
  }
  const reason = `bodies of type ${contentType || '(none)'} are not read here`;
  return { kind: 'unreadable', reason, headers: accepted };
}

/** The bytes of the session description, where nobody can be told that there is none to be read: ACK and responses. */
export function sessionDescriptionBytes(message: Message): Buffer | undefined {
  try {
    const body = sessionBody(message);
    return body.kind === 'description' ? body.bytes : undefined;
  } catch (error) {
    if (error instanceof SipParseError) return undefined;
    throw error;
  }
}

/** Any other part by its type, such as `application/pidf+xml`, `application/isup` or `message/sipfrag`. */
export function bodyPartOfType(message: Message, contentType: string): BodyPart | undefined {
  if (message.body.length === 0) return undefined;
  return bodyParts(message).find((part) => part.contentType === contentType && part.encoding === 'identity');
}
