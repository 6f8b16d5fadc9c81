import { expect, test } from 'vitest';
import { failureActionsHex } from '../../installer/templates/failure-actions.ts';
import { configList, decodeFailureActions } from '../../installer/validate/failure-actions.ts';

test('decodeFailureActions() reads what Windows itself has for WerSvc', () => {
  const value = '#x8051010000000000000000000300000014000000' + '01000000C0D4010001000000E09304000000000000000000';
  expect(decodeFailureActions(value)).toEqual({
    ok: true,
    value: {
      resetSeconds: 86_400,
      actions: [
        { type: 1, delayMs: 120_000 },
        { type: 1, delayMs: 300_000 },
        { type: 0, delayMs: 0 },
      ],
    },
  });
});

test('decodeFailureActions() reads what the template writes', () => {
  const hex = failureActionsHex({
    resetPeriodSeconds: 900,
    onNonCrashFailures: true,
    actions: [
      { action: 'restart', delaySeconds: 5 },
      { action: 'reboot', delaySeconds: 60 },
    ],
  });
  expect(decodeFailureActions(`#x${hex}`)).toEqual({
    ok: true,
    value: {
      resetSeconds: 900,
      actions: [
        { type: 1, delayMs: 5000 },
        { type: 2, delayMs: 60_000 },
      ],
    },
  });
});

test('decodeFailureActions() allocates nothing for a count that the bytes do not hold', () => {
  expect(decodeFailureActions(`#x84030000${'00'.repeat(8)}FFFFFFFF14000000`)).toMatchObject({ ok: false });
});

test('configList() drops the marks at the end', () => {
  expect(configList('1[~]2[~][~]')).toEqual(['1', '2']);
  expect(configList('')).toEqual([]);
});
