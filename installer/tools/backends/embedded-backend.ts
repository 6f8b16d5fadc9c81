/** Back end `embedded`: this toolchain's own WiX compiler. */
import { dirname } from 'node:path';
import { formatDiagnostic } from '../../diagnostic.ts';
import { ToolError } from '../../errors.ts';
import { compileToFile } from '../compile-to-file.ts';
import type { MsiBackend } from './msi-backend.ts';

export const embeddedBackend: MsiBackend = {
  async compile({ source, output, architecture, sourceDateEpoch, signal }) {
    const result = await compileToFile({
      sources: [source],
      output,
      variables: {},
      bindPaths: [dirname(source)],
      includePaths: [],
      arch: architecture,
      sourceDateEpoch,
      signal,
    });
    if (result.ok) return result;
    throw new ToolError('compile-failed', `Cannot compile "${source}": the source has errors`, {
      cure: 'Mend the places below. If you have not changed a template, this is a fault of Vigil: please report it.',
      details: result.diagnostics.map(formatDiagnostic),
    });
  },
};
