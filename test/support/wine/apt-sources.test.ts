import { expect, test } from 'vitest';
import { findMirror, parseDeb822Sources, parseOneLineSources } from './apt-sources.ts';

const deb822 = `# written by the installer
Types: deb deb-src
# a snapshot
URIs: http://mirror.example/debian/ http://second.example/debian
Suites: bookworm
 bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main

Types: deb
Enabled: no
URIs: http://disabled.example/debian
Suites: bookworm
Components: main

Types: deb-src
URIs: http://source.example/debian
Suites: bookworm
Components: main
`;

test('parseDeb822Sources() reads one entry per URI of enabled binary stanzas', () => {
  expect(parseDeb822Sources(deb822)).toEqual([
    { uri: 'http://mirror.example/debian/', suites: ['bookworm', 'bookworm-updates'], components: ['main', 'contrib'] },
    { uri: 'http://second.example/debian', suites: ['bookworm', 'bookworm-updates'], components: ['main', 'contrib'] },
    { uri: 'http://mirror.example/debian-security', suites: ['bookworm-security'], components: ['main'] },
  ]);
});

test('parseOneLineSources() reads options, comments and several components', () => {
  const text = `# deb http://off.example/debian bookworm main
deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian bookworm main contrib # ours
deb-src http://mirror.example/debian bookworm main
	deb  http://flat.example/repo ./
`;
  expect(parseOneLineSources(text)).toEqual([
    { uri: 'http://mirror.example/debian', suites: ['bookworm'], components: ['main', 'contrib'] },
    { uri: 'http://flat.example/repo', suites: ['./'], components: [] },
  ]);
});

test('findMirror() takes the distribution, not its security archive and not a third party', () => {
  const thirdParty = { uri: 'http://vendor.example/apt', suites: ['bookworm'], components: ['main'] };
  const sources = [thirdParty, ...parseDeb822Sources(deb822).toReversed()];
  expect(findMirror(sources, 'debian', 'bookworm')).toBe('http://second.example/debian');
  expect(findMirror(sources, 'debian', 'trixie')).toBeUndefined();
  expect(findMirror([thirdParty], 'debian', 'bookworm')).toBeUndefined();
});
