import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../scripts/lib/project.ts';

/** What a repository that anyone can build must not hold: places that exist on one machine or in one network only. */
const isCheckout = existsSync(join(projectRoot, '.git'));

/** Written in parts, so that this file does not hold them itself. */
const forbidden = [
  { what: 'a path of one machine', pattern: new RegExp(`(?<![\\w.~-])/(?:${['wo' + 'rk', 'ro' + 'ot'].join('|')})/`) },
  { what: 'the host of a package registry', pattern: new RegExp(['registry\\.', '(?:npmjs|yarnpkg)'].join('')) },
  {
    what: 'the host of a package mirror',
    pattern: new RegExp(['(?:deb|archive|security)\\.', '(?:debian|ubuntu)\\.'].join('')),
  },
];

test.skipIf(!isCheckout)('tracked files hold no path of one machine and no host of a registry', () => {
  const paths = execFileSync('git', ['ls-files', '-z'], { cwd: projectRoot, encoding: 'utf8' }).split('\0');
  const offences = paths.filter((path) => path !== '' && existsSync(join(projectRoot, path))).flatMap(offencesIn);
  expect(paths.length).toBeGreaterThan(1);
  expect(offences).toEqual([]);
});

function offencesIn(path: string): string[] {
  const text = readFileSync(join(projectRoot, path), 'latin1');
  if (text.includes('\0')) return [];
  return text
    .split('\n')
    .flatMap((line, index) =>
      forbidden
        .filter(({ pattern }) => pattern.test(line))
        .map(({ what }) => `${path}:${index + 1} holds ${what}: ${line.trim().slice(0, 120)}`),
    );
}
