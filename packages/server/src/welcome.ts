import { join, relative } from 'node:path';
import type { Config } from './config/config.ts';
import { demoNumber } from './demo/index.ts';

/** What a person at the terminal needs after the start: where it listens, and how to place a test call. */
export function welcome(
  config: Config,
  ports: { readonly sipPort: number; readonly sipTlsPort: number | undefined; readonly httpPort: number },
): readonly string[] {
  const anywhere = config.host === '0.0.0.0' || config.host === '::';
  const host = config.publicAddress ?? (anywhere ? '127.0.0.1' : config.host);
  const inDataDir = (file: string) => relative(process.cwd(), join(config.dataDir, file)) || file;
  const lines = [
    '',
    'Dialplane is ready.',
    `  SIP    sip:${host}:${ports.sipPort} (UDP and TCP${ports.sipTlsPort === undefined ? '' : `, TLS on ${ports.sipTlsPort}`})`,
    `  API    http://${host}:${ports.httpPort}  key: ${config.initApiKey ? 'INIT_API_KEY' : inDataDir('api-key')}`,
  ];
  if (config.initDemo) {
    lines.push(
      `  Demo   dial ${demoNumber}; user and password are in ${inDataDir('demo-trunk.json')}`,
      '',
      'Place a test call from a second terminal:',
      '  npm run call',
    );
  }
  return [...lines, ''];
}
