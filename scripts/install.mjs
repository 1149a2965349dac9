// Installs from the lock file when node_modules does not hold what the lock file says. Runs on any Node from 20.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} root repository root
 * @param {boolean} development whether tests, types and linters are needed too
 */
export function installIfNeeded(root, development) {
  if (isInstalled(root, development)) return;
  console.log(
    `Installing dependencies from package-lock.json (${development ? 'with' : 'without'} development tools) ...`,
  );
  const omit = development ? [] : ['--omit=dev'];
  const arguments_ = ['ci', ...omit, '--loglevel=error', '--no-audit', '--no-fund'];
  const { status, error } = spawnSync('npm', arguments_, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error)
    throw new Error(`npm could not be run (${error.message}). Install npm, or run "npm ci" in ${root} yourself.`);
  if (status !== 0) {
    throw new Error('"npm ci" failed; its own words are above. Check the network to the npm registry and try again.');
  }
}

/** True when every package of the lock file that this machine needs is there in the locked version. */
function isInstalled(root, development) {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith('node_modules/') || entry.optional) return true;
    if (!development && entry.dev) return true;
    return present[path]?.version === entry.version;
  });
}
