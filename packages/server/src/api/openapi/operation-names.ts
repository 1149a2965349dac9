import { z } from 'zod';
import { documented } from './documented.ts';
import { isPaged, type Operation } from './operations.ts';

export interface OperationNames {
  /** `createPhoneAgent`; stable, since clients name their functions after it. */
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
}

/** First match counts. */
const tags: readonly (readonly [RegExp, string])[] = [
  [/^\/phone\/sip\//, 'SIP'],
  [/^\/phone\/numbers/, 'Phone numbers'],
  [/^\/phone\/calls/, 'Calls'],
  [/^\/phone/, 'Phone agents'],
  [/^\/chat/, 'Sessions'],
  [/^\/contacts/, 'Contacts'],
  [/^\/events/, 'Events'],
  [/^\/(api-keys|organisations|users|audit-log)/, 'Administration'],
  [/^/, 'Server'],
];

/** Parts of paths that say where a resource lives, not what it is. */
const places = new Set(['phone', 'sip', 'chat']);

/** Names as the table of documented operations has them, else as path and action give them. */
export function nameOperation(operation: Operation): OperationNames {
  const known = documented[`${operation.method} ${operation.url}`];
  const id = known?.id ?? derivedId(operation);
  const tag = tags.find(([path]) => path.test(operation.url))?.[1] ?? 'Server';
  return { id, tag, summary: known?.summary ?? sentence(id) };
}

function derivedId(operation: Operation): string {
  const { method, url, config } = operation;
  if (config.action) {
    const [resource = '', verb = ''] = config.action.split('.');
    return lowerFirst(pascal(verb)) + pascal(resource);
  }
  const verb = config.streaming ? 'stream' : isList(operation) ? 'list' : method.toLowerCase();
  return verb + resourceOf(url);
}

function isList(operation: Operation): boolean {
  return isPaged(operation) || operation.responses.get('200') instanceof z.ZodArray;
}

/** `/phone/sip/agents/:agent_id/config` is `AgentConfig`: a segment with a parameter behind it is one of its kind. */
function resourceOf(url: string): string {
  const segments = url.split('/').filter((segment) => segment !== '');
  return segments
    .map((segment, i) => {
      if (segment.startsWith(':')) return pascal(segment.slice(1).replace(/_id$/, ''));
      const isParent = segments[i + 1]?.startsWith(':') ?? false;
      return isParent || places.has(segment) ? '' : pascal(segment);
    })
    .join('');
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const pascal = (text: string): string =>
  text
    .split(/[^a-zA-Z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** `listApiKeys` reads "List api keys". */
function sentence(id: string): string {
  const words = id
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/\b(sip|api)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}
