import { isIP } from 'node:net';
import { AddressTable } from '@dialplane/sip';
import { z } from 'zod';

/** One environment variable. Its texts are what people read in `.env.example` and in error messages. */
export interface Variable {
  /** Reads the text of the environment; its error messages complete the sentence "must be ...". */
  readonly read: z.ZodType<unknown, string>;
  /** The text used when the variable is not set; null when it then has no value. */
  readonly initial: string | null;
  readonly description: string;
  /** Shown in `.env.example` for variables without an initial text. */
  readonly example?: string;
  /** Can be given as a file by `<NAME>_FILE`, and is never shown. */
  readonly secret?: true;
}

/** A TCP or UDP port; 0 lets the system choose one. */
const port = z
  .string()
  .regex(/^\d{1,5}$/, 'a port from 0 to 65535')
  .transform(Number)
  .refine((value) => value <= 65_535, 'a port from 0 to 65535');

const choice = (on: string, off: string) =>
  z.enum([on, off], `\`${on}\` or \`${off}\``).transform((text) => text === on);

/** RFC 1123 host name, or an IP address of either family. */
const hostName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;
const host = z
  .string()
  .refine((text) => isIP(text) !== 0 || hostName.test(text), 'a host name or an IP address, without scheme and port');

/** `host` or `host:port`. */
function isHostAndPort(text: string): boolean {
  const [name = '', digits, ...more] = text.split(':');
  return host.safeParse(name).success && (digits === undefined || port.safeParse(digits).success) && more.length === 0;
}

/** Base of an HTTP API, without a path. */
const apiUrl = z
  .string()
  .regex(/^https?:\/\/[^/?#\s]+\/?$/, 'a URL without a path, such as https://api.example.com')
  .transform((text) => text.replace(/\/$/, ''));

/** Regions a trunk may choose beside `global`, which is SIP_HOST. */
const regions = ['us', 'eu', 'apac'] as const;
const isRegion = (text: string | undefined): text is (typeof regions)[number] => regions.some((one) => one === text);

/** `us=host,eu=host`. */
const regionHosts = z
  .string()
  .transform((text) => text.split(',').map((pair) => pair.trim().split('=')))
  .refine(
    (pairs) =>
      pairs.every(([region, name, ...more]) => isRegion(region) && host.safeParse(name).success && more.length === 0),
    'a list such as us=sip-us.example.com,eu=sip-eu.example.com, of the regions us, eu and apac',
  )
  .transform((pairs) => {
    const hosts: Partial<Record<(typeof regions)[number], string>> = {};
    for (const [region, name] of pairs) if (isRegion(region) && name) hosts[region] = name;
    return hosts;
  });

/** Addresses and ranges, separated by commas. */
const networks = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .refine((ranges) => {
    const table = new AddressTable<true>();
    return ranges.every((range) => table.add(range, true));
  }, 'a list of networks such as 192.0.2.0/24,198.51.100.7');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Every environment variable of the server; all are optional. */
export const variables = {
  PORT: { read: port, initial: '3000', description: 'Port of the HTTP API.' },
  HOST: {
    read: host,
    initial: '0.0.0.0',
    description: 'Address that HTTP, SIP and RTP listen on; :: is IPv6 and IPv4 at once.',
  },
  SIP_PORT: { read: port, initial: '5060', description: 'Port of SIP signalling, on UDP and on TCP.' },
  SIP_TLS_PORT: {
    read: z.union([port, z.literal('off')], 'a port from 0 to 65535, or `off`'),
    initial: null,
    description: 'Port of SIP over TLS, or off. Without it, the port after SIP_PORT: 5061.',
    example: '5061',
  },
  SIP_TLS_CERT_FILE: {
    read: z.string(),
    initial: null,
    description:
      'Certificate for SIP over TLS as PEM, with its chain; needs SIP_TLS_KEY_FILE. It is read again when it changes and on SIGHUP. Without it, one that vouches for itself is made on first start in DATA_DIR.',
    example: '/etc/letsencrypt/live/sip.example.com/fullchain.pem',
  },
  SIP_TLS_KEY_FILE: {
    read: z.string(),
    initial: null,
    description: 'Private key of that certificate as PEM.',
    example: '/etc/letsencrypt/live/sip.example.com/privkey.pem',
  },
  RTP_PORT_MIN: {
    read: port,
    initial: '20000',
    description: 'First UDP port of the range for the sound of calls; a call takes two.',
  },
  RTP_PORT_MAX: { read: port, initial: '29999', description: 'Last UDP port of that range.' },
  PUBLIC_ADDRESS: {
    read: host,
    initial: null,
    description:
      'Host name or IP address under which carriers and PBXs reach this server; needed behind NAT. Without it, the first address of this machine.',
    example: 'sip.example.com',
  },
  SIP_LOCAL_NETWORKS: {
    read: networks,
    initial: null,
    description:
      'Networks that reach this server without a NAT, and are told its own address in place of PUBLIC_ADDRESS. Without it, loopback and the private networks this machine is in. Where calls from outside come in from a private address, as with the userland proxy of Docker, name only the networks that are really local, such as 127.0.0.0/8.',
    example: '192.168.1.0/24,10.8.0.0/16',
  },
  STUN_SERVER: {
    read: z.string().refine(isHostAndPort, 'a host name or an IPv4 address, with a port or without'),
    initial: null,
    description:
      'STUN server that is asked for our public address at the start, when PUBLIC_ADDRESS is not set. The ports must still be forwarded to this server.',
    example: 'stun.example.com:3478',
  },
  SIP_HOST: {
    read: host,
    initial: null,
    description:
      'Host name that PBXs and carriers are told for SIP; with several servers, one whose SRV records name them all. Without it, PUBLIC_ADDRESS.',
    example: 'sip.example.com',
  },
  SIP_REGIONS: {
    read: regionHosts,
    initial: null,
    description:
      'Host names for SIP of the regions us, eu and apac. A trunk of a region that is not listed here is told SIP_HOST.',
    example: 'us=sip-us.example.com,eu=sip-eu.example.com',
  },
  DATA_DIR: {
    read: z.string(),
    initial: './data',
    description: 'Directory of the embedded database and of keys. Only one server can use it at a time.',
  },
  DATABASE_URL: {
    read: z.string().regex(/^postgres(ql)?:\/\/./, 'a URL that begins with postgres://'),
    initial: null,
    description: 'PostgreSQL to use in place of the embedded database; recommended in production.',
    example: 'postgres://user:password@localhost:5432/dialplane',
    secret: true,
  },
  ENCRYPTION_KEY: {
    read: z.string().regex(/^[0-9a-f]{64}$/i, '64 hexadecimal digits (make some with: openssl rand -hex 32)'),
    initial: null,
    description:
      'Key that seals secrets in the database. Without it, one is made on first start in DATA_DIR/encryption-key. Keep a copy: what is sealed is lost without it.',
    example: '(64 hexadecimal digits)',
    secret: true,
  },
  INIT_API_KEY: {
    read: z.string().regex(/^[\x21-\x7e]{8,200}$/, '8 to 200 printable characters without spaces'),
    initial: null,
    description:
      'Full-access API key of the organisation `default`. Without it, one is made on first start in DATA_DIR/api-key.',
    example: '(32 random characters or more)',
    secret: true,
  },
  INIT_DEMO: {
    read: choice('1', '0'),
    initial: '1',
    description: '1 makes a demo organisation with an agent on first start; 0 does not.',
  },
  NUMBER_VERIFICATION: {
    read: z.enum(['attest', 'required'], '`attest` or `required`'),
    initial: 'attest',
    description:
      'attest: a key with full access vouches for its phone numbers, for an installation of one operator. required: numbers prove themselves by a call or a code before calls are routed by them.',
  },
  TWILIO_ACCOUNT_SID: {
    read: z.string().regex(/^AC[0-9a-f]{32}$/i, 'AC and 32 hexadecimal digits, as the Twilio console shows it'),
    initial: null,
    description: 'Account that phone numbers are bought on at Twilio; needs TWILIO_AUTH_TOKEN beside it.',
    example: '(AC and 32 hexadecimal digits)',
  },
  TWILIO_AUTH_TOKEN: {
    read: z.string().regex(/^[\x21-\x7e]{8,200}$/, '8 to 200 printable characters without spaces'),
    initial: null,
    description: 'Auth token of that account.',
    example: '(32 characters)',
    secret: true,
  },
  TELNYX_API_KEY: {
    read: z.string().regex(/^[\x21-\x7e]{8,200}$/, '8 to 200 printable characters without spaces'),
    initial: null,
    description: 'Key that phone numbers are bought with at Telnyx.',
    example: '(KEY and more characters)',
    secret: true,
  },
  TWILIO_API_URL: {
    read: apiUrl,
    initial: 'https://api.twilio.com',
    description:
      'Base of the Twilio API, for another edge or a proxy. A host api.X has its SIP trunking API at trunking.X.',
  },
  TELNYX_API_URL: {
    read: apiUrl,
    initial: 'https://api.telnyx.com',
    description: 'Base of the Telnyx API, for a proxy.',
  },
  TWILIO_SIP_NETWORKS: {
    read: networks,
    initial: null,
    description:
      'Networks that Twilio sends calls to hosted numbers from, in place of the list that comes with this server.',
    example: '54.172.60.0/30,54.244.51.0/30',
  },
  TELNYX_SIP_NETWORKS: {
    read: networks,
    initial: null,
    description: 'The same for Telnyx.',
    example: '192.76.120.10/32',
  },
  GUARD_PRIVATE: {
    read: choice('1', '0'),
    initial: '0',
    description:
      '1 silences loopback and private addresses, too, when they guess passwords; 0 leaves those out, for PBXs on the same network.',
  },
  HEP_ADDRESS: {
    read: z.string().refine(isHostAndPort, 'a host name or an IPv4 address, with a port or without'),
    initial: null,
    description: 'Homer (or another HEP3 capture server) that every SIP message is sent to over UDP, port 9060.',
    example: 'homer.example.com:9060',
  },
  ALLOW_PRIVATE_HTTP: {
    read: choice('1', '0'),
    initial: '0',
    description: '1 lets HTTP requests of this server go to private and loopback addresses; 0 refuses those.',
  },
  RECORDING_FORMAT: {
    read: z.enum(['wav', 'opus'], '`wav` or `opus`'),
    initial: 'wav',
    description:
      'How calls are recorded. wav: G.711, 58 MB for an hour; opus: Opus in Ogg, about 20 MB, for more work.',
  },
  RECORDING_ENCRYPTION: {
    read: choice('1', '0'),
    initial: '0',
    description: '1 encrypts new recordings, each with a key of its own that ENCRYPTION_KEY seals; 0 does not.',
  },
  RECORDING_S3_BUCKET: {
    read: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket'),
    initial: null,
    description:
      'Bucket of Amazon S3, or of storage that speaks its protocol, where recordings go when their call has ended; without it they stay in DATA_DIR/recordings. Credentials come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the other ways of Amazon tools.',
    example: 'our-recordings',
  },
  RECORDING_S3_REGION: {
    read: z.string().regex(/^[a-z0-9-]{2,40}$/, 'the name of a region, such as eu-central-1'),
    initial: 'us-east-1',
    description: 'Region of that bucket.',
  },
  RECORDING_S3_ENDPOINT: {
    read: apiUrl,
    initial: null,
    description: 'Where that storage is, when it is not Amazon.',
    example: 'https://minio.example.com',
  },
  RATE_LIMIT_PER_MINUTE: {
    read: z
      .string()
      .regex(/^\d{1,6}$/, 'a whole number from 0 to 999999')
      .transform(Number),
    initial: '100',
    description:
      'Requests each API key may send in a minute; ten times as many for streams of events. 0 takes the limit away.',
  },
  LOG_LEVEL: {
    read: z.enum(levels, `one of ${levels.join(', ')}`),
    initial: 'info',
    description: `Least severe level that is logged: ${levels.join(', ')}.`,
  },
  OFFLINE_STT: {
    read: choice('on', 'off'),
    initial: 'on',
    description: 'off starts without the offline speech recogniser and does not try to install it.',
  },
} as const satisfies Readonly<Record<string, Variable>>;

type VariableName = keyof typeof variables;

type Value<V extends Variable> = z.output<V['read']> | (V['initial'] extends null ? undefined : never);

/** What the environment says, read. */
export type Values = { readonly [Name in VariableName]: Value<(typeof variables)[Name]> };
