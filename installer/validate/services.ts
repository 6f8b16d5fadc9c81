/** Services with everything that a package says about them. Bits: Windows Installer "ServiceInstall Table", "ServiceControl Table". */
import type { DatabaseView, Row } from './database-view.ts';
import { unescapeFormatted } from './formatted-text.ts';

export const startType = { boot: 0, system: 1, auto: 2, demand: 3, disabled: 4 } as const;
export const VITAL = 0x8000;
export const INTERACTIVE = 0x100;

export const controlEvent = {
  startOnInstall: 0x1,
  stopOnInstall: 0x2,
  deleteOnInstall: 0x8,
  startOnUninstall: 0x10,
  stopOnUninstall: 0x20,
  deleteOnUninstall: 0x80,
} as const;

export interface Service {
  /** Name for the SCM, escapes resolved, references as they are. */
  readonly name: string;
  readonly row: Row;
  /** ServiceControl rows with this name. */
  readonly controls: readonly Row[];
  /** All event bits of `controls`. */
  readonly events: number;
}

/** The services that the package installs. */
export function services(db: DatabaseView): readonly Service[] {
  return db.rows('ServiceInstall').map((row) => {
    const name = unescapeFormatted(row.text('Name'));
    const controls = db.rows('ServiceControl').filter((control) => isNamed(control, name));
    const events = controls.reduce((bits, control) => bits | control.number('Event'), 0);
    return { name, row, controls, events };
  });
}

/** Names of services are compared without regard to case. */
export function isNamed(row: Row, service: string): boolean {
  return unescapeFormatted(row.text('Name')).toLowerCase() === service.toLowerCase();
}

const HKLM = 2;
const servicesKey = /^system\\(?:currentcontrolset|controlset\d+)\\services\\([^\\]+)$/i;

/** Registry values in the key of a service, with the name of the service. */
export function serviceValues(db: DatabaseView): readonly { readonly service: string; readonly row: Row }[] {
  return db.rows('Registry').flatMap((row) => {
    if (row.number('Root') !== HKLM) return [];
    const service = servicesKey.exec(unescapeFormatted(row.text('Key')))?.[1];
    return service === undefined ? [] : [{ service, row }];
  });
}

/** The values called `name` in the key of `service`. */
export function serviceValue(db: DatabaseView, service: string, name: string): readonly Row[] {
  return db
    .derived(serviceValues)
    .filter((value) => value.service.toLowerCase() === service.toLowerCase() && isNamed(value.row, name))
    .map(({ row }) => row);
}
