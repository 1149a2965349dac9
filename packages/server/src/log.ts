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
