import { resolve } from 'node:path';
import { type EnvironmentFault, readEnvironment } from './environment.ts';
import type { Values } from './variables.ts';

export interface TwilioAccount {
  readonly accountSid: string;
  readonly authToken: string;
  /** Without a path. */
  readonly url: string;
}

/** The server's settings; see config/variables.ts for what each means. */
export interface Config {
  /** 0: chosen by the system. */
  readonly port: number;
  readonly host: string;
  /** 0: chosen by the system. */
  readonly sipPort: number;
  /** 0: chosen by the system; null: no TLS. */
  readonly sipTlsPort: number | null;
  /** Files of PEM; undefined: a certificate of our own making. */
  readonly sipTls: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** CIDR; undefined: those of this machine's own interfaces. */
  readonly sipLocalNetworks: readonly string[] | undefined;
  readonly stunServer: { readonly host: string; readonly port: number } | undefined;
  readonly rtpPortMin: number;
  readonly rtpPortMax: number;
  readonly publicAddress: string | undefined;
  readonly sipHost: string | undefined;
  readonly sipRegions: NonNullable<Values['SIP_REGIONS']>;
  /** Absolute. */
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  /** 64 hexadecimal digits. */
  readonly encryptionKey: string | undefined;
  readonly initApiKey: string | undefined;
  readonly initDemo: boolean;
  readonly numberVerification: Values['NUMBER_VERIFICATION'];
  readonly twilio: TwilioAccount | undefined;
  readonly telnyx: { readonly apiKey: string; readonly url: string } | undefined;
  /** Networks of providers that the operator has set in place of the published ones. */
  readonly providerNetworks: { readonly twilio?: readonly string[]; readonly telnyx?: readonly string[] };
  /** Whether private addresses can be silenced, too. */
  readonly guardPrivate: boolean;
  /** Where SIP messages are sent to as HEP3. */
  readonly homer: { readonly host: string; readonly port: number } | undefined;
  readonly recording: {
    readonly format: Values['RECORDING_FORMAT'];
    readonly encrypt: boolean;
    /** Undefined: recordings stay on the disk. */
    readonly bucket:
      | { readonly bucket: string; readonly region: string; readonly endpoint: string | undefined }
      | undefined;
  };
  /** Whether our HTTP requests may go to private addresses. */
  readonly allowPrivateHttp: boolean;
  /** 0: no limit. */
  readonly rateLimitPerMinute: number;
  readonly logLevel: Values['LOG_LEVEL'];
  readonly offlineStt: boolean;
}

/** Everything wrong with the environment at once. */
export class ConfigError extends Error {
  readonly code = 'config_invalid';
  readonly errorClass = 'theirs';
  readonly faults: readonly EnvironmentFault[];

  constructor(faults: readonly EnvironmentFault[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}; correct the environment and start again:\n${faults
        .map((fault) => `  ${fault.message}`)
        .join('\n')}`,
    );
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/**
 * @param environment usually `process.env`.
 * @throws {ConfigError} naming every fault, none of them with the value of a secret.
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const reading = readEnvironment(environment);
  if (!reading.ok) throw new ConfigError(reading.faults);
  const { values } = reading;
  const faults = [rangeFault(values), twilioFault(values), certificateFault(values)].filter((fault) => fault !== null);
  if (faults.length > 0) throw new ConfigError(faults);
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TELNYX_API_KEY: telnyxKey } = values;
  const { SIP_TLS_CERT_FILE: certFile, SIP_TLS_KEY_FILE: keyFile } = values;
  return {
    port: values.PORT,
    host: values.HOST,
    sipPort: values.SIP_PORT,
    sipTlsPort: tlsPortOf(values),
    sipTls: certFile && keyFile ? { certFile: resolve(certFile), keyFile: resolve(keyFile) } : undefined,
    sipLocalNetworks: values.SIP_LOCAL_NETWORKS,
    stunServer: values.STUN_SERVER ? hostAndPort(values.STUN_SERVER, usualStunPort) : undefined,
    rtpPortMin: values.RTP_PORT_MIN,
    rtpPortMax: values.RTP_PORT_MAX,
    publicAddress: values.PUBLIC_ADDRESS,
    sipHost: values.SIP_HOST,
    sipRegions: values.SIP_REGIONS ?? {},
    dataDir: resolve(values.DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    encryptionKey: values.ENCRYPTION_KEY?.toLowerCase(),
    initApiKey: values.INIT_API_KEY,
    initDemo: values.INIT_DEMO,
    numberVerification: values.NUMBER_VERIFICATION,
    twilio: accountSid && authToken ? { accountSid, authToken, url: values.TWILIO_API_URL } : undefined,
    telnyx: telnyxKey ? { apiKey: telnyxKey, url: values.TELNYX_API_URL } : undefined,
    providerNetworks: {
      ...(values.TWILIO_SIP_NETWORKS ? { twilio: values.TWILIO_SIP_NETWORKS } : {}),
      ...(values.TELNYX_SIP_NETWORKS ? { telnyx: values.TELNYX_SIP_NETWORKS } : {}),
    },
    guardPrivate: values.GUARD_PRIVATE,
    homer: values.HEP_ADDRESS ? hostAndPort(values.HEP_ADDRESS, usualHepPort) : undefined,
    recording: {
      format: values.RECORDING_FORMAT,
      encrypt: values.RECORDING_ENCRYPTION,
      bucket:
        values.RECORDING_S3_BUCKET === undefined
          ? undefined
          : {
              bucket: values.RECORDING_S3_BUCKET,
              region: values.RECORDING_S3_REGION,
              endpoint: values.RECORDING_S3_ENDPOINT,
            },
    },
    allowPrivateHttp: values.ALLOW_PRIVATE_HTTP,
    rateLimitPerMinute: values.RATE_LIMIT_PER_MINUTE,
    logLevel: values.LOG_LEVEL,
    offlineStt: values.OFFLINE_STT,
  };
}

function rangeFault({ RTP_PORT_MIN: min, RTP_PORT_MAX: max }: Values): EnvironmentFault | null {
  // RTP takes an even port and the next one (RFC 3550 section 11).
  const firstEven = min + (min % 2);
  if (min > 0 && firstEven + 1 <= max) return null;
  return {
    name: 'RTP_PORT_MIN',
    message: `RTP_PORT_MIN (${min}) and RTP_PORT_MAX (${max}) must hold an even port and the next one. Set a range such as 20000 to 29999.`,
  };
}

function twilioFault({ TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: token }: Values): EnvironmentFault | null {
  if (Boolean(sid) === Boolean(token)) return null;
  const [there, missing] = sid
    ? ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN']
    : ['TWILIO_AUTH_TOKEN', 'TWILIO_ACCOUNT_SID'];
  return {
    name: missing,
    message: `${there} is set without ${missing}. Set both, from the same Twilio account, or neither.`,
  };
}

function certificateFault({ SIP_TLS_CERT_FILE: cert, SIP_TLS_KEY_FILE: key }: Values): EnvironmentFault | null {
  if (Boolean(cert) === Boolean(key)) return null;
  const [there, missing] = cert ? ['SIP_TLS_CERT_FILE', 'SIP_TLS_KEY_FILE'] : ['SIP_TLS_KEY_FILE', 'SIP_TLS_CERT_FILE'];
  return {
    name: missing,
    message: `${there} is set without ${missing}. Set both, of the same certificate, or neither.`,
  };
}

/** RFC 3261 18.2.1 keeps 5061 for TLS, the port after 5060; other pairs follow it. */
function tlsPortOf({ SIP_TLS_PORT: stated, SIP_PORT: sipPort }: Values): number | null {
  if (stated === 'off') return null;
  return stated ?? (sipPort === 0 ? 0 : sipPort + 1);
}

/** RFC 8489 18.6. */
const usualStunPort = 3478;

/** Where capture servers listen for HEP, as Homer's documentation has it. */
const usualHepPort = 9060;

function hostAndPort(text: string, usualPort: number) {
  const [host = '', port] = text.split(':');
  return { host, port: port === undefined ? usualPort : Number(port) };
}
