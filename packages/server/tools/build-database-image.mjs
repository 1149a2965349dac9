// Makes the prebuilt database image: a fresh PGlite data directory without our tables, as tar, brotli-compressed.
// First start and every test file unpack it instead of running initdb (2.7 s). Run after every change of the PGlite
// version: node packages/server/tools/build-database-image.mjs
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';

const directory = fileURLToPath(new URL('../image/', import.meta.url));
const { version } = createRequire(import.meta.url)(
  join(dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')), '../package.json'),
);

// 1 MB write-ahead log segments: a new directory takes 31 MB instead of 40, the log stays below 64 MB instead of 1 GB,
// and checkpoints, which run on the one database thread, stay short.
const database = await PGlite.create({ initDbStartParams: ['--wal-segsize=1'] });
const tar = Buffer.from(await (await database.dumpDataDir('none')).arrayBuffer());
await database.close();

// The three template databases are equal; a 16 MB window sees that, gzip's 32 kB does not (1.2 MB against 4.5 MB).
const image = brotliCompressSync(tar, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 9,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: tar.length,
  },
});

for (const old of readdirSync(directory)) rmSync(join(directory, old));
const file = join(directory, `pglite-${version}.tar.br`);
writeFileSync(file, image);
console.log(`${file}: ${image.length} bytes from ${tar.length}`);
