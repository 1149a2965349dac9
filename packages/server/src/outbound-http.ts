/** HTTP requests of this server to others. They cannot be used to reach into the network the server stands in. */
import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { BlockList, isIP } from 'node:net';

/** Providers answer in one or two seconds; somebody waits for the answer at our own API. */
const answerLimitMs = 10_000;
/** A page of a number search is about 20 kB. */
const answerLimitBytes = 1024 * 1024;

export type OutboundErrorCode = 'private_address' | 'unreachable' | 'timed_out' | 'answer_too_large';

/** No whole answer came. Its message completes "The request failed: ...". */
export class OutboundError extends Error {
  readonly code: OutboundErrorCode;
  readonly errorClass = 'upstream';

  constructor(code: OutboundErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'OutboundError';
    this.code = code;
  }
}

export interface OutboundRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `http:` or `https:`. */
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly body: string;
}

export type SendRequest = (request: OutboundRequest) => Promise<OutboundAnswer>;

/**
 * Makes a sender that follows no redirects.
 * @param allowPrivate whether private and loopback addresses may be asked. The address is checked where it is connected
 *   to, so a name that changes its address between two look-ups gains nothing.
 * @param limitMs until the whole answer has to be there.
 * @returns a function that rejects with {@link OutboundError}.
 */
export function createOutboundHttp(allowPrivate: boolean, limitMs = answerLimitMs): SendRequest {
  return async ({ method, url, headers, body }) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    // Node looks up names only, so an address in the URL has to be judged here.
    if (!allowPrivate && isIP(host) && isPrivateAddress(host)) throw privateAddress(host);
    const signal = AbortSignal.timeout(limitMs);
    const send = url.protocol === 'https:' ? requestTls : requestPlain;
    try {
      return await new Promise<OutboundAnswer>((resolve, reject) => {
        const sent = send(
          url,
          {
            method,
            headers: {
              ...headers,
              ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
            },
            signal,
            ...(allowPrivate ? {} : { lookup: lookupPublic }),
          },
          (answer) => {
            const parts: Buffer[] = [];
            let bytes = 0;
            answer.on('data', (part: Buffer) => {
              bytes += part.length;
              if (bytes > answerLimitBytes) {
                answer.destroy(new OutboundError('answer_too_large', 'the answer is larger than 1 MiB'));
              } else parts.push(part);
            });
            answer.on('error', reject);
            answer.on('end', () => {
              resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') });
            });
          },
        );
        sent.on('error', reject);
        sent.end(body);
      });
    } catch (error) {
      throw signal.aborted ? timedOut(url.host, limitMs, error) : outboundError(error, url.host);
    }
  };
}

const timedOut = (host: string, limitMs: number, error: unknown) =>
  new OutboundError('timed_out', `${host} did not answer within ${limitMs / 1000} seconds`, error);

function outboundError(error: unknown, host: string): OutboundError {
  if (error instanceof OutboundError) return error;
  const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  return new OutboundError('unreachable', `${host} cannot be reached${reason}`, error);
}

const privateAddress = (host: string) =>
  new OutboundError(
    'private_address',
    `${host} is a private address, which this server does not ask unless ALLOW_PRIVATE_HTTP is 1`,
  );

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** The system's look-up, refusing names that lead to a private address. */
function lookupPublic(hostname: string, options: LookupOptions, callback: LookupCallback): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error) callback(error, '');
    else if (!first || addresses.some(({ address }) => isPrivateAddress(address))) {
      callback(privateAddress(hostname), '');
    } else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
}

/** Addresses that are not on the public internet (IANA special-purpose registries, RFC 6890). */
const privateRanges = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  privateRanges.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  privateRanges.addSubnet(network, prefix, 'ipv6');
}

/** IPv4 addresses inside IPv6 ones (`::ffff:10.0.0.1`) are read as IPv4 by the list. */
export function isPrivateAddress(address: string): boolean {
  return privateRanges.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
