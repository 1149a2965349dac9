// Installs the real peers with apt-get, then runs the tests that speak with them. A missing peer is a failure, never a skip.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from './debian-packages.mjs';
import { startThrowawayPostgres } from './throwaway-postgres.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Debian package -> a file that shows it is installed. */
const peers = {
  'sip-tester': '/usr/bin/sipp',
  'baresip-core': '/usr/bin/baresip',
  'linphone-cli': '/usr/bin/linphonec',
  kamailio: '/usr/sbin/kamailio',
  'kamailio-tls-modules': '/usr/share/doc/kamailio-tls-modules',
  'kamailio-outbound-modules': '/usr/share/doc/kamailio-outbound-modules',
  openssl: '/usr/bin/openssl',
  ffmpeg: '/usr/bin/ffmpeg',
  tshark: '/usr/bin/tshark',
  libpocketsphinx3: '/usr/share/doc/libpocketsphinx3',
  'pocketsphinx-en-us': '/usr/share/pocketsphinx/model/en-us/en-us/mdef',
  curl: '/usr/bin/curl',
  jq: '/usr/bin/jq',
  postgresql: '/usr/share/doc/postgresql',
};

const missing = Object.keys(peers).filter((name) => !existsSync(peers[name]));
if (missing.length > 0) {
  console.log(`Installing with apt-get: ${missing.join(' ')}`);
  installPackages(missing);
}
const absent = Object.entries(peers).filter(([, file]) => !existsSync(file));
if (absent.length > 0) {
  console.error(`Still missing after the installation: ${absent.map(([name]) => name).join(', ')}.`);
  process.exit(1);
}

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const postgres = await startThrowawayPostgres();
process.env.TEST_DATABASE_URL = postgres.url;
let failed = !run(process.execPath, [vitest, 'run', '--config', 'vitest.peers.config.ts', ...process.argv.slice(2)]);
// The store's and the API's own tests once more, on PostgreSQL in place of the embedded database, with all of the random
// requests of which every test run has a share.
process.env.RANDOM_REQUESTS = '20000';
if (process.argv.length === 2) failed = !run(process.execPath, [vitest, 'run', 'packages/server']) || failed;
// Two hundred thousand broken messages in place of the share that every test run has.
process.env.MUTATIONS = '200000';
if (process.argv.length === 2) failed = !run(process.execPath, [vitest, 'run', 'packages/sip/tests/message']) || failed;
postgres.stop();
process.exit(failed ? 1 : 0);

function run(program, arguments_) {
  const { status, error } = spawnSync(program, arguments_, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) console.error(`${program} could not be run: ${error.message}`);
  return status === 0;
}
