import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { productJsonSchema } from '../../installer/product/schema.ts';
import { eventIdsPage } from './event-ids-page.ts';
import { msiPropertiesPage } from './msi-properties-page.ts';
import { projectRoot } from './project.ts';
import { validationPage } from './validation-page.ts';
import { wixLanguagePage } from './wix-language-page.ts';

/** Files in the repository that are made from a source in it. `npm run check` compares them, `-- --write` renews them. */
interface GeneratedFile {
  /** Relative to the project. */
  readonly path: string;
  readonly source: string;
  generate(): string;
}

const generatedFiles: readonly GeneratedFile[] = [
  {
    path: 'installer/product.schema.json',
    source: 'installer/product/schema.ts',
    generate: () => `${JSON.stringify(productJsonSchema(), null, 2)}\n`,
  },
  {
    path: 'docs/wix-language.md',
    source: 'installer/wix/schema/',
    generate: wixLanguagePage,
  },
  {
    path: 'docs/event-ids.md',
    source: 'src/product/event-catalogue.ts',
    generate: eventIdsPage,
  },
  { path: 'docs/msi-properties.md', source: 'installer/product/settings.ts', generate: msiPropertiesPage },
  { path: 'docs/validation.md', source: 'installer/validate/rules.ts', generate: validationPage },
];

/** @returns one line for each file that is not what its source says. */
export async function findStaleFiles(): Promise<string[]> {
  const stale: string[] = [];
  for (const { path, source, generate } of generatedFiles) {
    if ((await readText(join(projectRoot, path))) !== generate()) {
      stale.push(`"${path}" is not what "${source}" generates; renew it with "npm run check -- --write"`);
    }
  }
  return stale;
}

export async function writeGeneratedFiles(): Promise<void> {
  for (const { path, generate } of generatedFiles) await writeFile(join(projectRoot, path), generate());
}

/** Line ends as git checks them out on Windows count as equal. */
async function readText(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).replaceAll('\r\n', '\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
