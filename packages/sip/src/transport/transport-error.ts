export type TransportErrorCode =
  | 'no_such_host'
  | 'no_address_of_our_family'
  | 'unreachable'
  | 'connection_refused'
  | 'connection_timeout'
  | 'connection_reset'
  | 'tls_handshake_failed'
  | 'tls_name_mismatch'
  | 'tls_expired'
  | 'tls_untrusted'
  | 'tls_settings_unusable';

/** No way to a peer: says whose fault that is and what to do next. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly code: TransportErrorCode;
  readonly errorClass: 'ours' | 'theirs' | 'upstream' | 'unknown';

  constructor(
    code: TransportErrorCode,
    errorClass: TransportError['errorClass'],
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.errorClass = errorClass;
  }
}

/** What the system said about a connection attempt, in our words. */
export function connectionError(error: unknown, place: string): TransportError {
  if (error instanceof TransportError) return error;
  const { code, message } = systemError(error);
  const options = { cause: error };
  switch (code) {
    case 'ECONNREFUSED':
      return new TransportError(
        'connection_refused',
        'theirs',
        `${place} refused the connection: nothing listens there, or a firewall rejects it. Check the port and transport.`,
        options,
      );
    case 'ETIMEDOUT':
      return new TransportError(
        'connection_timeout',
        'unknown',
        `${place} did not answer in time: a firewall may drop the packets. Check address, port and firewall rules.`,
        options,
      );
    case 'ECONNRESET':
    case 'EPIPE':
      return new TransportError(
        'connection_reset',
        'theirs',
        `${place} closed the connection at once. Check that it speaks this transport on this port.`,
        options,
      );
    default:
      return new TransportError(
        'unreachable',
        'unknown',
        `${place} cannot be reached (${code ?? message}). Check the address and the routes of this machine.`,
        options,
      );
  }
}

export function systemError(error: unknown): { readonly code: string | undefined; readonly message: string } {
  if (!(error instanceof Error)) return { code: undefined, message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { code, message: error.message };
}
