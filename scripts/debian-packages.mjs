// Installs packages of Debian without letting them start services: Kamailio and PostgreSQL would come up at once, on the ports
// that people (and tests) use themselves.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';

/** Asked by invoke-rc.d and deb-systemd-invoke before they start anything; 101: not allowed (Debian's policy-rc.d(8)). */
const policy = '/usr/sbin/policy-rc.d';
const nothing = '#!/bin/sh\nexit 101\n';

/** Daemons that Debian also enables for the next start of the machine. */
const daemons = ['kamailio', 'postgresql'];

/** A machine that has just started installs its updates; the lock is free after that. */
const lockTimeout = ['-o', 'DPkg::Lock::Timeout=300'];

/** @param {string[]} names of packages that are not installed yet. Prints what goes wrong; whoever asked looks what is there. */
export function installPackages(names) {
  if (process.getuid() !== 0) {
    console.error(
      `Only root can install packages. As root: apt-get install --no-install-recommends ${names.join(' ')}`,
    );
    return;
  }
  const hasPolicy = existsSync(policy);
  // Ctrl-C ends apt-get alone, so that the policy never stays behind.
  const goOn = () => {};
  process.on('SIGINT', goOn);
  if (!hasPolicy) writeFileSync(policy, nothing, { mode: 0o755 });
  try {
    aptGet('update', '-q');
    aptGet('install', '-y', '-q', '--no-install-recommends', ...names);
  } finally {
    if (!hasPolicy) rmSync(policy);
    process.off('SIGINT', goOn);
  }
  const brought = daemons.filter((name) => names.includes(name));
  // Only where systemd runs: elsewhere nothing is enabled.
  if (brought.length > 0 && existsSync('/run/systemd/system')) spawnSync('systemctl', ['disable', ...brought]);
}

function aptGet(...arguments_) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { error } = spawnSync('apt-get', [...lockTimeout, ...arguments_], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env,
  });
  if (error) console.error(`apt-get could not be run: ${error.message}`);
}
