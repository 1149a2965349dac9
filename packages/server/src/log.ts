import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config/config.ts';

/** Keys that hold secrets wherever they turn up; their values never reach a log, at any depth down to four. */
const secretKeys = [
  'authorization',
  'password',
  'auth_password',
  'authPassword',
  'authPasswordSealed',
  'apiKey',
  'api_key',
  'key',
  'secret',
  'encryptionKey',
  'initApiKey',
  'databaseUrl',
  'connectionString',
  'cookie',
];

const redacted = secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `*.*.*.${key}`]);

/**
 * The server's log: JSON lines on the standard output unless `destination` says otherwise. Personal data (numbers,
 * names, words said) goes only under the key `pii`, so that a collector can drop it.
 */
export function createLog(level: Config['logLevel'], destination?: DestinationStream): Logger {
  const options = { level, redact: { paths: redacted, censor: '[redacted]' }, base: { app: 'dialplane' } };
  return destination ? pino(options, destination) : pino(options);
}

/**
 * An error as a log entry: messages and stacks can quote personal data (a database's "Key (phone_number)=... exists"),
 * so they go under `pii`.
 */
export function errorEntry(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: typeof error, pii: { error: String(error) } };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const cause = error.cause instanceof Error ? error.cause.stack : undefined;
  return { error: error.name, code, pii: { stack: error.stack, cause } };
}
