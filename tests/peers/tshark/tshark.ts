import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';

/**
 * The values of these fields in every packet of a capture file, as Debian's tshark reads them.
 * @param sipPort a port of UDP that SIP is spoken on.
 */
export function readFields(file: string, sipPort: number, fields: readonly string[]): string[][] {
  const lines = tshark(file, sipPort, ['-T', 'fields', ...fields.flatMap((field) => ['-e', field])]);
  return lines.map((line) => line.split('\t'));
}

/** What tshark dislikes: malformed packets, wrong checksums and lengths, and everything else that it warns about. */
export function readFaults(file: string, sipPort: number): string[] {
  // 0x600000: a warning.
  return tshark(file, sipPort, ['-V', '-Y', '_ws.malformed || _ws.expert.severity >= 6291456']);
}

function tshark(file: string, sipPort: number, options: readonly string[]): string[] {
  const checks = ['-o', 'ip.check_checksum:TRUE', '-o', 'udp.check_checksum:TRUE'];
  const run = spawnSync('tshark', ['-n', '-r', file, ...checks, '-d', `udp.port==${sipPort},sip`, ...options], {
    encoding: 'utf8',
  });
  if (run.error) throw run.error;
  const complaints = run.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('Running as user'));
  expect([run.status, complaints]).toEqual([0, []]);
  return run.stdout.split('\n').filter((line) => line !== '');
}
