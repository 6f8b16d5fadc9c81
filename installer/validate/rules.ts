/** Every rule, in the order of their numbers. docs/validation.md is made from this list. */
import type { Rule } from './rule.ts';
import { ice03 } from './rules/columns.ts';
import { ice02, ice08, ice09, ice18, ice21, ice92 } from './rules/components.ts';
import { ice79, ice86 } from './rules/conditions.ts';
import { ice12, ice68, ice72, ice75, ice77, ice93 } from './rules/custom-actions.ts';
import { ice23, ice31, ice34 } from './rules/dialogs.ts';
import { ice48, ice56 } from './rules/directories.ts';
import { ice14, ice47, ice101 } from './rules/features.ts';
import { ice30, ice60 } from './rules/files.ts';
import { ice04, ice58, ice71 } from './rules/media.ts';
import { ice46, ice99 } from './rules/names.ts';
import { ice55, ice104 } from './rules/permissions.ts';
import { ice05, ice16, ice24, ice36, ice87 } from './rules/product.ts';
import { ice38, ice43, ice57, ice64, ice91 } from './rules/profile.ts';
import { ice45 } from './rules/reserved-bits.ts';
import { ice06, ice29, ice32 } from './rules/schema.ts';
import { ice26, ice82, ice84, ice96 } from './rules/sequence-content.ts';
import { ice13, ice27, ice63 } from './rules/sequence-order.ts';
import { ice102, ice105 } from './rules/service-config.ts';
import { ice39, ice80 } from './rules/summary.ts';
import { ice52, ice61 } from './rules/upgrade.ts';
import { ice65, ice69, ice70 } from './rules/values.ts';
import { protectedFolders, protectedServices } from './service-rules/access.ts';
import { quotedCommandLines } from './service-rules/command-lines.ts';
import { deletesService, serviceActionsScheduled, startsService, stopsService } from './service-rules/control.ts';
import { eventSource } from './service-rules/event-source.ts';
import {
  accountForm,
  keyPathIsExecutable,
  notInteractive,
  serviceNameAndType,
  vitalService,
} from './service-rules/installation.ts';
import { accountSurvivesUpgrade, installerVersion, noCodeActions, perMachine } from './service-rules/package.ts';
import { noStoredPassword, passwordProperty } from './service-rules/passwords.ts';
import { failureActionsBytes, hasRecovery, noFailureActionsTable, resetPeriod } from './service-rules/recovery.ts';

// biome-ignore format: one line for each ten numbers
export const rules: readonly Rule[] = [
  ice02, ice03, ice04, ice05, ice06, ice08, ice09,
  ice12, ice13, ice14, ice16, ice18,
  ice21, ice23, ice24, ice26, ice27, ice29,
  ice30, ice31, ice32, ice34, ice36, ice38, ice39,
  ice43, ice45, ice46, ice47, ice48,
  ice52, ice55, ice56, ice57, ice58,
  ice60, ice61, ice63, ice64, ice65, ice68, ice69,
  ice70, ice71, ice72, ice75, ice77, ice79,
  ice80, ice82, ice84, ice86, ice87,
  ice91, ice92, ice93, ice96, ice99,
  ice101, ice102, ice104, ice105,
  quotedCommandLines, passwordProperty, noStoredPassword,
  resetPeriod, failureActionsBytes, noFailureActionsTable, hasRecovery, eventSource,
  stopsService, deletesService, startsService, serviceActionsScheduled,
  keyPathIsExecutable, serviceNameAndType, notInteractive, accountForm, vitalService,
  noCodeActions, protectedFolders, protectedServices, installerVersion, perMachine, accountSurvivesUpgrade,
];
