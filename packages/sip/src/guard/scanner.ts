import type { SipRequest } from '../message/message.ts';
import { scannerAgents, scannerNames, scannerSenders } from './scanner-signatures.ts';

/** Whose signature a request bears, as a sentence's end; undefined for what may be honest. */
export function scannerSignature({ headers, from }: SipRequest): string | undefined {
  const agent = headers.get('User-Agent')?.toLowerCase();
  if (agent !== undefined && scannerAgents.some((name) => agent.includes(name))) {
    return `the User-Agent "${agent.slice(0, 60)}"`;
  }
  const sender = `${from.uri.user ?? ''}@${from.uri.host}`.toLowerCase();
  if (scannerSenders.has(sender)) return `the sender ${sender}`;
  const name = from.displayName?.toLowerCase() ?? '';
  return scannerNames.has(name) ? `the sender's name "${name}"` : undefined;
}
