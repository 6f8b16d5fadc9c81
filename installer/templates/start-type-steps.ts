/**
 * When Windows starts the service. The start type of ServiceInstall is a number that no property can change, so it is the
 * product's own; what STARTTYPE says is written to the service's registry key after the service is registered. See
 * docs/decisions/0020-start-type-and-kept-service.md.
 */
import type { Setting } from '../product/settings.ts';
import { type Step, set, textOf } from './step.ts';
import { formatted, formattedLiteral } from './wix-text.ts';

/** SERVICE_AUTO_START, SERVICE_DEMAND_START, SERVICE_DISABLED. */
const codes = { auto: 2, delayed: 2, demand: 3, disabled: 4 } as const;

export type RegisteredStart = 'auto' | 'demand';

/**
 * What the service is registered with. A disabled one as demand: STARTTYPE=auto could not start it in the same run
 * otherwise, since the SCM keeps what it was told until Windows starts again.
 */
export function registeredStart(startType: keyof typeof codes): RegisteredStart {
  return codes[startType] === codes.auto ? 'auto' : 'demand';
}

/** Sets STARTTYPE, then `StartCode` and `DelayedCode`, the values of `Start` and `DelayedAutostart`. */
export function startTypeSteps({ defaultValue = '' }: Setting): readonly Step[] {
  const missing = 'NOT STARTTYPE';
  const existing = (startType: keyof typeof codes, condition: string): Step =>
    set('STARTTYPE', formatted(startType), {
      variant: `Existing_${startType}`,
      condition: `${missing} AND ${condition}`,
    });
  const code = (value: number, condition: string): Step =>
    set('StartCode', formatted(String(value)), { variant: String(value), condition });
  return [
    existing('delayed', 'EXISTINGSTART = "#2" AND EXISTINGDELAYED = "#1"'),
    existing('auto', 'EXISTINGSTART = "#2"'),
    existing('demand', 'EXISTINGSTART = "#3"'),
    existing('disabled', 'EXISTINGSTART = "#4"'),
    set('STARTTYPE', textOf('REMEMBERED_STARTTYPE'), {
      variant: 'Remembered',
      condition: `${missing} AND REMEMBERED_STARTTYPE`,
    }),
    set('STARTTYPE', formattedLiteral(defaultValue), { variant: 'Default', condition: missing }),
    code(codes.auto, 'STARTTYPE = "auto" OR STARTTYPE = "delayed"'),
    code(codes.demand, 'STARTTYPE = "demand"'),
    code(codes.disabled, 'STARTTYPE = "disabled"'),
    set('DelayedCode', formatted('0'), { variant: '0' }),
    set('DelayedCode', formatted('1'), { variant: '1', condition: 'STARTTYPE = "delayed"' }),
  ];
}

/**
 * After account and start type are known. `KeepService`: the installed service is not registered again, because that
 * would lose its password or make the SCM forget the start type that an administrator chose.
 * `ScmDelayed`: what MsiConfigureServices is told; the SCM takes a delay only for what it knows to start by itself.
 */
export function keepServiceSteps(registered: RegisteredStart): readonly Step[] {
  const unchanged = Object.values({ demand: codes.demand, disabled: codes.disabled, auto: codes.auto })
    .filter((code) => code !== codes[registered])
    .map((code) => `(StartCode = ${code} AND EXISTINGSTART = "#${code}")`)
    .join(' OR ');
  const knownAsAuto =
    registered === 'auto' ? 'NOT KeepService OR EXISTINGSTART = "#2"' : 'KeepService AND EXISTINGSTART = "#2"';
  return [
    set('KeepService', formatted('1'), {
      condition: `EXISTINGACCOUNT AND SERVICEACCOUNT ~= EXISTINGACCOUNT AND NOT SERVICEPASSWORD AND (PasswordAccount OR ${unchanged})`,
    }),
    set('ScmDelayed', formatted('0'), { variant: '0' }),
    set('ScmDelayed', formatted('1'), { variant: '1', condition: `DelayedCode = 1 AND (${knownAsAuto})` }),
  ];
}

/** Whether the start type that the service was registered with, now or earlier, is to be overwritten. */
export function writesStart(registered: RegisteredStart): string {
  return `KeepService OR StartCode <> ${codes[registered]}`;
}

/** A kept service that the SCM holds for disabled cannot be started before Windows starts again. */
export const startsService =
  'VersionNT AND StartCode = 2 AND NOT (NOSTART = 1) AND NOT (KeepService AND EXISTINGSTART = "#4")';
