// Writes `.env.example` at the repository's root from the table of variables: node packages/server/tools/write-env-example.ts
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { envExample } from '../src/config/env-example.ts';

writeFileSync(fileURLToPath(new URL('../../../.env.example', import.meta.url)), envExample());
