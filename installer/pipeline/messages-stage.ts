/** Stage `messages`: the catalogue of events becomes the DLL that Event Viewer takes their texts from. */
import { basename } from 'node:path';
import { catalogueRevision, eventCatalogue } from '../../src/product/event-catalogue.ts';
import { writeFileAtomically } from '../tools/atomic-write.ts';
import { type MessageDllDetails, makeMessageDll } from '../tools/message-dll.ts';
import type { PackagePlan } from './plan-context.ts';
import type { Stage } from './stage.ts';

export interface MessagesOutput {
  readonly messagesDll: string;
}

export const messagesStage: Stage<PackagePlan, MessagesOutput> = {
  name: 'messages',
  title: 'Write the event messages',
  fingerprint: (plan) => ({ ...detailsOf(plan), catalogueRevision, eventCatalogue, path: plan.paths.messagesDll }),
  reads: () => [],
  async run(plan) {
    const { messagesDll } = plan.paths;
    const dll = makeMessageDll(detailsOf(plan));
    await writeFileAtomically(messagesDll, dll);
    return {
      output: { messagesDll },
      written: [messagesDll],
      sizeBytes: dll.byteLength,
      note: `${Object.keys(eventCatalogue).length} events, revision ${catalogueRevision}`,
    };
  },
};

const detailsOf = ({ product, architecture, paths }: PackagePlan): MessageDllDetails => ({
  productName: product.name,
  companyName: product.manufacturer,
  originalFilename: basename(paths.messagesDll),
  architecture,
});
