/** A port we are told to listen on cannot be had. */
export class PortError extends Error {
  readonly code: 'port_taken' | 'port_forbidden' | 'address_unknown';
  readonly errorClass = 'theirs';

  constructor(code: PortError['code'], message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'PortError';
    this.code = code;
  }
}

const purposes = { PORT: 'the HTTP API', SIP_PORT: 'SIP', SIP_TLS_PORT: 'SIP over TLS' } as const;

/** Turns what the system says about listening on `port` into cause and next step; other errors stay as they are. */
export function explainPort(
  error: unknown,
  variable: 'PORT' | 'SIP_PORT' | 'SIP_TLS_PORT',
  port: number,
  host: string,
): unknown {
  if (!(error instanceof Error && 'code' in error)) return error;
  const what = purposes[variable];
  switch (error.code) {
    case 'EADDRINUSE':
      return new PortError(
        'port_taken',
        `Port ${port}, wanted for ${what}, is used by another program. Stop it, or set ${variable} to another port.`,
        error,
      );
    case 'EACCES':
      return new PortError(
        'port_forbidden',
        `This user may not listen on port ${port}, wanted for ${what}. Set ${variable} to a port above 1023.`,
        error,
      );
    case 'EADDRNOTAVAIL':
      return new PortError('address_unknown', `This machine has no address ${host}. Set HOST to one it has.`, error);
    default:
      return error;
  }
}

/** The same for the ports of SIP: the system's error says which of them it is about. */
export function explainSipPort(
  error: unknown,
  {
    sipPort,
    sipTlsPort,
    host,
  }: { readonly sipPort: number; readonly sipTlsPort: number | null; readonly host: string },
): unknown {
  const isTls = error instanceof Error && 'port' in error && error.port === sipTlsPort && sipTlsPort !== null;
  return isTls ? explainPort(error, 'SIP_TLS_PORT', sipTlsPort, host) : explainPort(error, 'SIP_PORT', sipPort, host);
}
