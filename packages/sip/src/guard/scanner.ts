import type { SipRequest } from '../message/message.ts';
import { scannerAgents, scannerNames, scannerSenders } from './scanner-signatures.ts';

/** Whose signature a request bears, as a sentence's end; undefined for what may be honest. */
export function scannerSignature({ headers, from }: SipRequest): string | undefined {
  const agent = headers.get('User-Agent')?.toLowerCase();
  if (agent !== undefined && scannerAgents.some((name) => hasWord(agent, name))) {
    return `the User-Agent "${agent.slice(0, 60)}"`;
  }
  const sender = `${from.uri.user ?? ''}@${from.uri.host}`.toLowerCase();
  if (scannerSenders.has(sender)) return `the sender ${sender}`;
  const name = from.displayName?.toLowerCase() ?? '';
  return scannerNames.has(name) ? `the sender's name "${name}"` : undefined;
}

/** Whether a word of the text begins so. */
function hasWord(text: string, beginning: string): boolean {
  for (let at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, at + 1)) {
    if (at === 0 || !/[a-z0-9]/.test(text.charAt(at - 1))) return true;
  }
  return false;
}
