/**
 * Every decision of the package in its order, and the registry searches that they start from. A value given by the
 * administrator always wins: the searches go into properties of their own, because AppSearch overwrites what it finds.
 */
import { productRegistryKey } from '../../src/product/identity.ts';
import type { Product } from '../product/load-product.ts';
import { builtInSettings, type Setting, settingsOf } from '../product/settings.ts';
import { accountRefusals, accountSteps } from './account-steps.ts';
import { folderRefusals, removalSteps } from './folder-steps.ts';
import { recoverySteps, recoveryView } from './recovery-steps.ts';
import { settingRefusals, settingSteps } from './setting-steps.ts';
import { keepServiceSteps, registeredStart, startTypeSteps } from './start-type-steps.ts';
import { chain, type Step, type StepView, set, textOf } from './step.ts';
import { formatted, formattedLiteral, type WixText } from './wix-text.ts';

/** Where `FailureActions` as last written is kept, below the product's key. */
export const writtenRecoveryName = 'FailureActions';

/** Before costing, so that folders and conditions of components follow from it; then what needs settled folders. */
export function propertySteps(product: Product): readonly StepView[] {
  const { SERVICEACCOUNT, STARTTYPE, ...others } = builtInSettings(product);
  const settings = settingsOf(product);
  const plain = settings.filter(({ property }) => property !== 'SERVICEACCOUNT' && property !== 'STARTTYPE');
  const { service, dataFolders } = product;
  return [
    ...chain('LaunchConditions', [
      ...maintenanceSteps(),
      ...plain.flatMap(settingSteps),
      ...accountSteps(SERVICEACCOUNT),
      ...startTypeSteps(STARTTYPE),
      ...keepServiceSteps(registeredStart(service.startType)),
      ...recoverySteps(recoveryView(service.recovery)),
      ...accountRefusals(SERVICEACCOUNT, service.name),
      ...settings.flatMap(settingRefusals),
      ...removalSteps(dataFolders),
    ]),
    ...chain('CostFinalize', [...folderRefusals(), set('ARPINSTALLLOCATION', textOf(others.INSTALLDIR.property))]),
  ];
}

/** `msiexec /i` of what is installed already repairs it, and takes new values of properties on. */
function maintenanceSteps(): readonly Step[] {
  // 1: advertised by Group Policy and not installed yet; reinstalling that would install nothing.
  const again = 'Installed AND NOT (ProductState = 1) AND NOT REMOVE AND NOT REINSTALL AND NOT PATCH AND NOT RESUME';
  return [
    set('REINSTALLMODE', formatted('amus'), { condition: `${again} AND NOT REINSTALLMODE` }),
    set('REINSTALL', formatted('ALL'), { condition: again }),
  ];
}

export interface Search {
  readonly property: string;
  /** Below HKEY_LOCAL_MACHINE. */
  readonly key: WixText;
  readonly name: string;
}

/** What was stored by this product, and what the SCM has. */
export function searches(product: Product): readonly Search[] {
  const productKey = formattedLiteral(productRegistryKey(product));
  const serviceKey = serviceRegistryKey(product.service.name);
  return [
    ...settingsOf(product)
      .filter(({ remembered }) => remembered)
      .map((setting) => ({
        property: `REMEMBERED_${setting.property}`,
        key: isFolder(setting) ? productKey : formatted(`${productKey}\\Settings`),
        name: setting.storedAs ?? setting.property,
      })),
    { property: 'EXISTINGACCOUNT', key: serviceKey, name: 'ObjectName' },
    { property: 'EXISTINGSTART', key: serviceKey, name: 'Start' },
    { property: 'EXISTINGDELAYED', key: serviceKey, name: 'DelayedAutostart' },
    { property: 'EXISTINGRECOVERY', key: serviceKey, name: 'FailureActions' },
    { property: 'WRITTENRECOVERY', key: productKey, name: writtenRecoveryName },
  ];
}

/** What the template stores in `Settings`. Folders have names of older standing in the key above. */
export function storedSettings(product: Product): readonly Setting[] {
  return settingsOf(product).filter((setting) => setting.storedAs !== undefined && !isFolder(setting));
}

const isFolder = ({ allowed }: Setting): boolean => allowed.kind === 'folder';

export function serviceRegistryKey(serviceName: string): WixText {
  return formattedLiteral(`SYSTEM\\CurrentControlSet\\Services\\${serviceName}`);
}
