// Writes docs/rules/README.md from the rule registry: `npx tsx scripts/rules-index.ts`. test/tidy/rulesIndex.test.ts fails while it is out of date.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { rulesIndex } from '../test/support/rulesIndex';

writeFileSync(path.resolve(__dirname, '../docs/rules/README.md'), rulesIndex());
