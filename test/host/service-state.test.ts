import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  acceptedControls,
  advance,
  allows,
  answerControl,
  decodeControl,
  IllegalTransitionError,
  initialStatus,
  isPending,
  type ServiceControl,
  type ServiceEvent,
  type ServiceState,
  type ServiceStatus,
} from '../../src/host/service-state.ts';

const states: readonly ServiceState[] = [
  'stopped',
  'start-pending',
  'running',
  'pause-pending',
  'paused',
  'continue-pending',
  'stop-pending',
];

/** Rows: the state the service is in. A cell: the state after the event, `.` where the event is illegal. */
const transitions = `
                   begin         running pause         paused continue         stop         stopped progress
stopped            start-pending .       .             .      .                .            .       .
start-pending      .             running .             .      .                stop-pending stopped start-pending
running            .             .       pause-pending .      .                stop-pending stopped .
pause-pending      .             .       .             paused .                stop-pending stopped pause-pending
paused             .             .       .             .      continue-pending stop-pending stopped .
continue-pending   .             running .             .      .                stop-pending stopped continue-pending
stop-pending       .             .       .             .      .                .            stopped stop-pending
`;

/** A cell: the Win32 code returned to the SCM, `+` when the service acts on the control. */
const answers = `
                   stop  shutdown preshutdown pause continue interrogate paramchange user unknown
stopped            1062  1062     1062        1062  1062     0           1062        1062 120
start-pending      1061  1061     1061        1061  1061     0           1061        1061 120
running            0+    0+       0+          0+    0        0           0+          0+   120
pause-pending      0+    0+       0+          0     1061     0           1061        1061 120
paused             0+    0+       0+          0     0+       0           0+          0+   120
continue-pending   0+    0+       0+          1061  0        0           1061        1061 120
stop-pending       0     0        0           1061  1061     0           1061        1061 120
`;

describe('advance', () => {
  test.each(cells(transitions))('takes a service that is %s through %s to %s', (state, event, expected) => {
    const status = statusIn(state as ServiceState);
    const act = () => advance(status, eventOf(event as ServiceEvent['kind'])).state;
    expect(allows(status, event as ServiceEvent['kind'])).toBe(expected !== '.');
    if (expected === '.') expect(act).toThrow(IllegalTransitionError);
    else expect(act()).toBe(expected);
  });

  test('counts a checkpoint per progress and keeps the hint of the last', () => {
    let status = advance(initialStatus, { kind: 'begin', waitHintMs: 3000 });
    expect(status).toMatchObject({ checkPoint: 1, waitHintMs: 3000 });
    status = advance(status, { kind: 'progress', waitHintMs: 500 });
    status = advance(status, { kind: 'progress', waitHintMs: 700 });
    expect(status).toMatchObject({ checkPoint: 3, waitHintMs: 700 });
    expect(advance(status, { kind: 'running' })).toMatchObject({ checkPoint: 0, waitHintMs: 0 });
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses a wait hint of %s', (waitHintMs) => {
    expect(() => advance(initialStatus, { kind: 'begin', waitHintMs })).toThrow(RangeError);
    const starting = statusIn('start-pending');
    expect(() => advance(starting, { kind: 'progress', waitHintMs })).toThrow(RangeError);
  });

  test('refuses a service-specific code of 0, which would read as success', () => {
    const exit = { kind: 'service-specific', code: 0 } as const;
    expect(() => advance(statusIn('running'), { kind: 'stopped', exit })).toThrow(RangeError);
  });

  test('reaches only legal statuses, whatever the events', () => {
    const kinds = ['begin', 'running', 'pause', 'paused', 'continue', 'stop', 'stopped', 'progress'] as const;
    const events = fc.array(
      fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: 1, max: 60_000 }), fc.integer({ min: 0, max: 3 })),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(events, (sequence) => {
        let status = initialStatus;
        const seen: ServiceStatus[] = [];
        for (const [kind, waitHintMs, code] of sequence) {
          const next = tryAdvance(status, eventOf(kind, { waitHintMs, code }));
          if (next === undefined) continue;
          expect(edges.has(`${status.state}>${next.state}`)).toBe(true);
          expect(next.checkPoint).toBe(kind === 'progress' ? status.checkPoint + 1 : Number(isPending(next.state)));
          seen.push(next);
          status = next;
        }
        for (const each of seen) expectConsistent(each);
      }),
    );
  });

  test('stopped is final except for a new begin', () => {
    for (const kind of ['running', 'pause', 'paused', 'continue', 'stop', 'stopped', 'progress'] as const) {
      expect(allows(statusIn('stopped'), kind)).toBe(false);
    }
  });
});

describe('acceptedControls', () => {
  test('is empty while starting, stopping and stopped', () => {
    for (const state of ['stopped', 'start-pending', 'stop-pending'] as const) {
      expect(acceptedControls(state)).toEqual([]);
    }
  });

  test('lets a slow pause or continue be stopped, and nothing else', () => {
    for (const state of ['pause-pending', 'continue-pending'] as const) {
      expect(acceptedControls(state)).toEqual(['stop', 'shutdown', 'preshutdown']);
    }
  });

  test('has every control in the states that last', () => {
    for (const state of ['running', 'paused'] as const) {
      expect(acceptedControls(state)).toEqual(['stop', 'pause-continue', 'shutdown', 'paramchange', 'preshutdown']);
    }
  });
});

describe('answerControl', () => {
  test.each(cells(answers))('answers a service that is %s for %s with %s', (state, control, expected) => {
    const { code, act } = answerControl(state as ServiceState, controlOf(control));
    expect(`${code}${act ? '+' : ''}`).toBe(expected);
  });

  test('acts on a standard control only where the SCM was told that it is accepted', () => {
    const accepting = { pause: 'pause-continue', continue: 'pause-continue' } as Record<string, string>;
    for (const state of states) {
      for (const kind of ['stop', 'shutdown', 'preshutdown', 'pause', 'continue', 'paramchange'] as const) {
        if (!answerControl(state, { kind }).act) continue;
        expect(acceptedControls(state)).toContain(accepting[kind] ?? kind);
      }
    }
  });
});

describe('decodeControl', () => {
  test('knows the numbers of winsvc.h', () => {
    const known = [1, 2, 3, 4, 5, 6, 15].map((code) => decodeControl(code).kind);
    expect(known).toEqual(['stop', 'pause', 'continue', 'interrogate', 'shutdown', 'paramchange', 'preshutdown']);
  });

  test('takes 128 to 255 as user codes and everything else as unknown', () => {
    for (let code = 0; code <= 300; code++) {
      if ([1, 2, 3, 4, 5, 6, 15].includes(code)) continue;
      const kind = code >= 128 && code <= 255 ? 'user' : 'unknown';
      expect(decodeControl(code)).toEqual({ kind, code });
    }
  });
});

const edges = new Set(
  cells(transitions)
    .filter(([, , to]) => to !== '.')
    .map(([from, , to]) => `${from}>${to}`),
);

function tryAdvance(status: ServiceStatus, event: ServiceEvent): ServiceStatus | undefined {
  try {
    return advance(status, event);
  } catch (error) {
    if (error instanceof IllegalTransitionError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function expectConsistent(status: ServiceStatus): void {
  const pending = isPending(status.state);
  expect(status.checkPoint > 0).toBe(pending);
  expect(status.waitHintMs > 0).toBe(pending);
  expect(status.controlsAccepted).toEqual(acceptedControls(status.state));
  if (status.state !== 'stopped') expect(status.exit).toEqual({ kind: 'success' });
}

/** The state reached by the shortest legal way, so that no test builds a status that cannot exist. */
function statusIn(state: ServiceState): ServiceStatus {
  const ways: Record<ServiceState, ServiceEvent['kind'][]> = {
    stopped: ['begin', 'stopped'],
    'start-pending': ['begin'],
    running: ['begin', 'running'],
    'pause-pending': ['begin', 'running', 'pause'],
    paused: ['begin', 'running', 'pause', 'paused'],
    'continue-pending': ['begin', 'running', 'pause', 'paused', 'continue'],
    'stop-pending': ['begin', 'running', 'stop'],
  };
  return ways[state].reduce((status, kind) => advance(status, eventOf(kind)), initialStatus);
}

function eventOf(kind: ServiceEvent['kind'], { waitHintMs = 1000, code = 20 } = {}): ServiceEvent {
  if (kind === 'running' || kind === 'paused') return { kind };
  if (kind === 'stopped') return { kind, exit: code === 1 ? { kind: 'success' } : { kind: 'service-specific', code } };
  return { kind, waitHintMs };
}

function controlOf(kind: string): ServiceControl {
  if (kind === 'user' || kind === 'unknown') return { kind, code: kind === 'user' ? 128 : 14 };
  return { kind } as ServiceControl;
}

function cells(table: string): [string, string, string][] {
  const [header, ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  return rows.flatMap(([row = '', ...values]) =>
    values.map((value, index): [string, string, string] => [row, header?.[index] ?? '', value]),
  );
}
