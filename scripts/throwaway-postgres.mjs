// A PostgreSQL server of Debian's on a free port, with its data in a temporary directory: for tests, gone afterwards.
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const password = 'only for tests';

/** @returns {Promise<{ url: string, stop(): void }>} */
export async function startThrowawayPostgres() {
  const directory = mkdtempSync(join(tmpdir(), 'dialplane-postgres-'));
  const passwordFile = join(directory, 'password');
  writeFileSync(passwordFile, password);
  // PostgreSQL refuses to run as root; Debian's package has made this user.
  const owner = process.getuid() === 0 ? idOf('postgres') : undefined;
  for (const path of [directory, passwordFile]) {
    if (owner) chownSync(path, owner.uid, owner.gid);
    chmodSync(path, 0o700);
  }
  const data = join(directory, 'data');
  const port = await freePort();
  run(owner, ['initdb', '-D', data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`]);
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${directory}`;
  run(owner, ['pg_ctl', '-D', data, '-w', '-l', join(directory, 'log'), '-o', settings, 'start']);
  return {
    url: `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
    stop() {
      run(owner, ['pg_ctl', '-D', data, '-m', 'immediate', 'stop']);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Debian keeps the server's programs outside the PATH, by version. */
function run(owner, [program, ...arguments_]) {
  const versions = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a));
  const path = join('/usr/lib/postgresql', versions[0], 'bin', program);
  // The server goes on running with these, so it must not hold a pipe of ours.
  const options = { ...owner, cwd: '/', stdio: 'ignore', env: { LANG: 'C.UTF-8', PATH: process.env.PATH } };
  const { status, error } = spawnSync(path, arguments_, options);
  if (error || status !== 0) throw new Error(`${program} failed (${error?.message ?? `exit ${status}`}).`);
}

function idOf(user) {
  const id = (flag) => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
