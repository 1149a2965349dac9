import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { organisations } from '../../src/store/schema.ts';
import { silentLog } from '../test-store.ts';

test('rows acknowledged before a SIGKILL are there after it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dialplane-test-'));
  let acknowledged = 0;
  // Killed at a different point of the log each round, the second time on top of a recovered database.
  for (const rows of [40, 333]) {
    const writer = spawn(process.execPath, [fileURLToPath(new URL('./write-rows.ts', import.meta.url)), dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    writer.stdout.on('data', (text: Buffer) => {
      printed += text.toString();
      if (printed.split('\n').length > rows) writer.kill('SIGKILL');
    });
    await once(writer, 'close');
    const last = printed.split('\n').slice(0, -1).map(Number);
    acknowledged = last.length;
    expect(acknowledged).toBeGreaterThanOrEqual(rows);

    const store = await openStore({ dataDir, log: silentLog });
    const found = new Set((await store.db.select().from(organisations)).map((row) => row.slug));
    expect(last.filter((i) => !found.has(`row-${i}`))).toEqual([]);
    await store.db.delete(organisations);
    await store.close();
  }
  rmSync(dataDir, { recursive: true, force: true });
});
