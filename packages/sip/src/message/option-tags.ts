import type { SipHeaders } from './headers.ts';

/**
 * The tokens of a header such as Allow or Supported, as written (RFC 3261 20.5, 20.37). Its grammar knows no quotation
 * marks: a stray one must not lose a call.
 */
export function optionTags(message: { readonly headers: SipHeaders }, name: string): string[] {
  const tags: string[] = [];
  for (const line of message.headers.getAll(name)) {
    for (const part of line.split(',')) {
      const tag = part.trim();
      if (tag !== '') tags.push(tag);
    }
  }
  return tags;
}

/** Whether one of them is in the header; option tags know no case. */
export function hasOptionTag(message: { readonly headers: SipHeaders }, name: string, tag: string): boolean {
  for (const one of optionTags(message, name)) if (one === tag || one.toLowerCase() === tag) return true;
  return false;
}
