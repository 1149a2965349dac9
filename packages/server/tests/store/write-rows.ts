/** A process that writes rows until it is killed, printing the number of each that the database acknowledged. */
import { pino } from 'pino';
import { openStore } from '../../src/store/open-store.ts';
import { organisations } from '../../src/store/schema.ts';

const store = await openStore({ dataDir: process.argv[2] ?? '', log: pino({ level: 'silent' }) });
for (let i = 0; ; i += 1) {
  await store.db.insert(organisations).values({ slug: `row-${i}`, name: 'x'.repeat(400) });
  process.stdout.write(`${i}\n`);
}
