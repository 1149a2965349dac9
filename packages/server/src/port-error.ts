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

/** Turns what the system says about listening on `port` into cause and next step; other errors stay as they are. */
export function explainPort(error: unknown, variable: 'PORT' | 'SIP_PORT', port: number, host: string): unknown {
  if (!(error instanceof Error && 'code' in error)) return error;
  const what = variable === 'PORT' ? 'the HTTP API' : 'SIP';
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
