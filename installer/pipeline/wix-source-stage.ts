/** Stage `wix-source`: the product as WiX source, from the template; the same source builds with the real WiX v3. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderTemplate } from '../templates/render-template.ts';
import { type ServiceMsiView, serviceMsiView } from '../templates/service-msi-view.ts';
import { writeFileAtomically } from '../tools/atomic-write.ts';
import { toolchainRoot } from '../tools/toolchain.ts';
import type { ExecutableOutput } from './executable-stage.ts';
import type { MessagesOutput } from './messages-stage.ts';
import type { PackagePlan } from './plan-context.ts';
import type { RuntimeOutput } from './runtime-stage.ts';
import type { Stage } from './stage.ts';

export interface WixSourceInput {
  readonly plan: PackagePlan;
  readonly runtime: RuntimeOutput;
  readonly executable: ExecutableOutput;
  readonly messages: MessagesOutput;
}

export interface WixSourceOutput {
  readonly wixSource: string;
}

const templateFile = join(toolchainRoot, 'templates', 'service.wxs.hbs');

export const wixSourceStage: Stage<WixSourceInput, WixSourceOutput> = {
  name: 'wix-source',
  title: 'Write the WiX source (Handlebars)',
  fingerprint: (input) => viewOf(input),
  reads: () => [templateFile],
  async run(input) {
    const { wixSource } = input.plan.paths;
    const source = renderTemplate(await readFile(templateFile, 'utf8'), viewOf(input));
    await writeFileAtomically(wixSource, source);
    return { output: { wixSource }, written: [wixSource], sizeBytes: Buffer.byteLength(source) };
  },
};

function viewOf({ plan, runtime, executable, messages }: WixSourceInput): ServiceMsiView {
  return serviceMsiView({
    product: plan.product,
    architecture: plan.architecture,
    executable: executable.executable,
    koffiAddon: runtime.koffiAddon,
    messagesDll: messages.messagesDll,
    wixSource: plan.paths.wixSource,
  });
}
