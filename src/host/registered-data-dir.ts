/** The data folder that the MSI recorded. */
import { type ProductIdentity, productRegistryKey } from '../product/identity.ts';
import { readMachineString } from '../win32/advapi32.ts';

/** `undefined` when the product is not installed, and on other systems than Windows. @throws Win32Error */
export function registeredDataDir(product: ProductIdentity): string | undefined {
  if (process.platform !== 'win32') return undefined;
  return readMachineString(productRegistryKey(product), 'DataDir');
}
