/** The npm package `sip` (0.0.6), installed for this run into a folder that goes with it; it is no dependency of ours. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const wanted = 'sip@0.0.6';

export interface InstalledReference {
  readonly folder: string;
  remove(): void;
}

/** Undefined when the registry cannot be reached: the comparison is left out then, and says so. */
export function installReference(): InstalledReference | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'dialplane-reference-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  try {
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', wanted], {
      cwd: folder,
      stdio: 'ignore',
      timeout: 60_000,
    });
    return { folder, remove };
  } catch {
    remove();
    return undefined;
  }
}
