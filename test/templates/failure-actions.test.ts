import { expect, test } from 'vitest';
import { failureActionsHex } from '../../installer/templates/failure-actions.ts';

test('failureActionsHex writes the bytes that Windows keeps for its own services', () => {
  const recovery = {
    resetPeriodSeconds: 86_400,
    actions: [
      { action: 'restart', delaySeconds: 120 },
      { action: 'restart', delaySeconds: 300 },
      { action: 'none', delaySeconds: 0 },
    ],
    onNonCrashFailures: true,
  } as const;
  // The value of the services nsi, WerSvc and MpsSvc on Windows 10.
  const expected = '805101000000000000000000030000001400000001000000C0D4010001000000E09304000000000000000000';
  expect(failureActionsHex({ ...recovery, actions: [...recovery.actions] })).toBe(expected);
});
