/** Stage `validate`: the MSI against the ICE rules and the rules for services. One with errors is not left in `dist`. */
import { rm } from 'node:fs/promises';
import { ToolError } from '../errors.ts';
import { decodeMsi } from '../formats/msi/index.ts';
import { openInput } from '../tools/open-input.ts';
import { type Finding, formatFinding, validateDatabase } from '../validate/index.ts';
import type { MsiOutput } from './msi-stage.ts';
import type { PackagePlan } from './plan-context.ts';
import type { Stage } from './stage.ts';

export interface ValidateInput {
  readonly plan: PackagePlan;
  readonly msi: MsiOutput;
}

export interface ValidateOutput {
  readonly warnings: number;
}

export const validateStage: Stage<ValidateInput, ValidateOutput> = {
  name: 'validate',
  title: 'Validate the MSI',
  fingerprint: ({ plan }) => plan.product.validation,
  reads: ({ msi }) => [msi.msi],
  async run({ plan, msi }, { progress }) {
    const { suppress } = plan.product.validation;
    const findings = validateDatabase(await decodeMsi(await openInput(msi.msi)), { suppress });
    const errors = findings.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) {
      await rm(msi.msi, { force: true });
      throw invalidPackage(msi.msi, errors);
    }
    for (const finding of findings) progress(formatFinding(finding));
    return { output: { warnings: findings.length }, written: [], note: noteOf(findings) };
  },
};

function invalidPackage(msi: string, errors: readonly Finding[]): ToolError {
  const count = errors.length === 1 ? 'one error' : `${errors.length} errors`;
  return new ToolError('package-invalid', `Cannot ship "${msi}": found ${count}, wanted none`, {
    cure: 'docs/validation.md explains the rules; validation.suppress in the product file leaves one out.',
    details: errors.flatMap((finding) => [formatFinding(finding), `  → ${finding.cure}`]),
  });
}

function noteOf(warnings: readonly Finding[]): string {
  if (warnings.length === 0) return 'nothing to report';
  const numbers = [...new Set(warnings.map(({ rule }) => rule))].join(', ');
  return `${warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`}: ${numbers}`;
}
