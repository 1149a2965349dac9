import { parseNameAddr } from '../message/name-addr.ts';

/**
 * Request-URI and Route values for a request in a dialog (RFC 3261 12.2.1.1). A first proxy without `lr` is a strict
 * router of RFC 2543: it wants to be the Request-URI, and the target goes to the end.
 */
export function routeRequest(
  remoteTarget: string,
  routeSet: readonly string[],
): { readonly uri: string; readonly routes: readonly string[] } {
  const [first, ...others] = routeSet;
  if (first === undefined) return { uri: remoteTarget, routes: [] };
  const { uri } = parseNameAddr(first);
  if (uri.parameters.has('lr')) return { uri: remoteTarget, routes: routeSet };
  return { uri: uri.text.split('?', 1)[0] ?? uri.text, routes: [...others, `<${remoteTarget}>`] };
}
