// Writes schema/headerlintrc.schema.json from the rule registry: npx tsx scripts/project-file-schema.ts
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectFileSchema } from '../server/src/config/projectFileSchema';

writeFileSync(path.resolve(__dirname, '../schema/headerlintrc.schema.json'), `${JSON.stringify(projectFileSchema(), null, '\t')}\n`);
