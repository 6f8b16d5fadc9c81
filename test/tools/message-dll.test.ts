import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NtExecutable, NtExecutableResource } from 'pe-library';
import { afterAll, describe, expect, test } from 'vitest';
import { bytesReader } from '../../installer/formats/byte-source.ts';
import { decodeMessageTable } from '../../installer/formats/pe/message-table.ts';
import { readFileVersion } from '../../installer/formats/pe/read-file-version.ts';
import { makeMessageDll } from '../../installer/tools/message-dll.ts';
import { describeExecutable } from '../../installer/tools/pe-resources.ts';
import {
  catalogueRevision,
  eventCatalogue,
  eventIdentifier,
  eventLanguages,
} from '../../src/product/event-catalogue.ts';
import { requireTool } from '../support/tools.ts';

const details = { productName: 'Vigil', companyName: 'Vigil Project', originalFilename: 'vigil-messages.dll' };
const architectures = ['x64', 'arm64'] as const;
const dir = mkdtempSync(join(tmpdir(), 'vigil messages '));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe.each(architectures)('makeMessageDll for %s', (architecture) => {
  const dll = makeMessageDll({ ...details, architecture });

  test('gives a DLL of resources only, the same bytes each time', () => {
    const parsed = NtExecutable.from(dll);
    expect(describeExecutable(dll)).toEqual({ architecture, version: `${catalogueRevision}.0.0` });
    expect(parsed.getAllSections().map(({ info }) => info.name)).toEqual(['.rsrc']);
    const { fileHeader, optionalHeader } = parsed.newHeader;
    expect(fileHeader.timeDateStamp).toBe(0);
    expect(fileHeader.characteristics & 0x2000, 'IMAGE_FILE_DLL').toBe(0x2000);
    expect(optionalHeader).toMatchObject({ addressOfEntryPoint: 0, sizeOfCode: 0 });
    expect(Buffer.from(makeMessageDll({ ...details, architecture })).equals(dll)).toBe(true);
  });

  test.each(eventLanguages)('holds every text of the catalogue in $language', ({ language, languageId }) => {
    const entries = NtExecutableResource.from(NtExecutable.from(dll)).entries;
    const tables = entries.filter(({ type, id, lang }) => type === 11 && id === 1 && lang === languageId);
    expect(tables.flatMap(({ bin }) => decodeMessageTable(new Uint8Array(bin)))).toEqual(
      Object.values(eventCatalogue)
        .map((event) => ({ id: eventIdentifier(event), text: event.text[language] }))
        .sort((a, b) => a.id - b.id),
    );
  });

  test('has the revision of the catalogue as the version that Windows Installer compares', async () => {
    expect(await readFileVersion(bytesReader(dll))).toEqual({
      version: `${catalogueRevision}.0.0.0`,
      languages: ['1033'],
    });
  });

  const canSign = requireTool('osslsigncode') && requireTool('openssl');
  test.skipIf(!canSign)('has a check sum that osslsigncode finds right, and can be signed and verified', () => {
    const [plain, signed] = [join(dir, `${architecture}.dll`), join(dir, `${architecture}-signed.dll`)];
    writeFileSync(plain, dll);
    const unsigned = spawnSync('osslsigncode', ['verify', '-in', plain], { encoding: 'utf8' }).stdout;
    expect(unsigned).toMatch(/PE checksum +: [0-9A-F]{8}\s*$/m);
    expect(unsigned).not.toContain('MISMATCH');
    const { key, certificate } = selfMadeCertificate();
    execFileSync('osslsigncode', ['sign', '-certs', certificate, '-key', key, '-in', plain, '-out', signed]);
    const args = ['verify', '-CAfile', certificate, '-in', signed];
    const report = execFileSync('osslsigncode', args, { encoding: 'utf8' });
    expect(report).toContain('Signature verification: ok');
    expect(readFileSync(signed).byteLength).toBeGreaterThan(dll.byteLength);
    const parsed = NtExecutable.from(readFileSync(signed), { ignoreCert: true });
    expect(NtExecutableResource.from(parsed).entries).toHaveLength(3);
  });
});

function selfMadeCertificate(): { key: string; certificate: string } {
  const [key, certificate] = [join(dir, 'key.pem'), join(dir, 'certificate.pem')];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=Vigil test'];
  const usage = ['-addext', 'keyUsage=digitalSignature', '-addext', 'extendedKeyUsage=codeSigning'];
  execFileSync('openssl', [...request, ...usage, '-keyout', key, '-out', certificate], { stdio: 'pipe' });
  return { key, certificate };
}
