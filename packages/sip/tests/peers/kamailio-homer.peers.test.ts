import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { hepPacket } from '../../src/index.ts';
import { startKamailio } from '../support/kamailio.ts';
import { certificateFor } from '../support/tls.ts';

const payload = Buffer.from(
  [
    'INVITE sip:a@192.0.2.1 SIP/2.0',
    'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1',
    'From: <sip:b@192.0.2.1>;tag=1',
    'To: <sip:a@192.0.2.1>',
    'Call-ID: told',
    'CSeq: 1 INVITE',
    'Content-Length: 0\r\n\r\n',
  ].join('\r\n'),
);

it.each([
  ['udp', '192.0.2.1', '198.51.100.2', 'family 2 protocol 17'],
  ['tls', '2001:db8::1', '2001:db8::2', 'family 10 protocol 6'],
] as const)(
  'Kamailio as a Homer reads what we tell it of a message over %s from %s',
  async (transport, from, to, as) => {
    const directory = mkdtempSync(join(tmpdir(), 'dialplane-homer-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    // The only table that it looks into at the start.
    writeFileSync(join(directory, 'version'), 'table_name(string) table_version(int)\nsip_capture:4\n');
    const kamailio = await startKamailio('kamailio-homer.cfg', {
      certificate: certificateFor(),
      defines: { DATABASE: `"text://${directory}"` },
    });
    const socket = createSocket('udp4');
    onTestFinished(() => void socket.close());
    const [source, destination] = [
      { address: from, port: 5070 },
      { address: to, port: 5061 },
    ];
    const packet = hepPacket({ atMs: 1_700_000_000_123.5, transport, source, destination, payload }, 'told', 2001);
    socket.send(packet, kamailio.port, '127.0.0.1');
    await expect
      .poll(() => kamailio.notes(), { timeout: 5_000 })
      .toEqual([
        `HEP3 ${as} from ${from} 5070 to ${to} 5061 kind 1 agent 2001 call told`,
        `at 1700000000 123500: INVITE sip:a@1, ${payload.length} bytes`,
      ]);
  },
);
