import { expect, test } from 'vitest';
import { encodeServiceStatus } from '../../src/host/scm-status.ts';
import { advance, initialStatus } from '../../src/host/service-state.ts';

test('encodeServiceStatus writes a pending state with its checkpoint and hint, accepting nothing', () => {
  const starting = advance(advance(initialStatus, { kind: 'begin', waitHintMs: 3000 }), {
    kind: 'progress',
    waitHintMs: 700,
  });
  expect(encodeServiceStatus(starting)).toEqual({
    dwServiceType: 0x10,
    dwCurrentState: 2,
    dwControlsAccepted: 0,
    dwWin32ExitCode: 0,
    dwServiceSpecificExitCode: 0,
    dwCheckPoint: 2,
    dwWaitHint: 700,
  });
});

test('encodeServiceStatus declares stop, pause and continue, shutdown, paramchange and preshutdown when running', () => {
  const status = advance(advance(initialStatus, { kind: 'begin', waitHintMs: 1 }), { kind: 'running' });
  expect(encodeServiceStatus(status)).toMatchObject({ dwCurrentState: 4, dwControlsAccepted: 0x10f });
});

test('encodeServiceStatus writes a fault as ERROR_SERVICE_SPECIFIC_ERROR and its code', () => {
  const starting = advance(initialStatus, { kind: 'begin', waitHintMs: 1 });
  const failed = advance(starting, { kind: 'stopped', exit: { kind: 'service-specific', code: 21 } });
  expect(encodeServiceStatus(failed)).toMatchObject({
    dwCurrentState: 1,
    dwWin32ExitCode: 1066,
    dwServiceSpecificExitCode: 21,
  });
});
