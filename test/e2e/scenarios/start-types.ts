import assert from 'node:assert/strict';
import { serviceValues } from '../machine-facts.ts';
import type { Scenario, ScenarioContext } from '../scenario.ts';

/** Each installed on the same machine after the one before is gone. */
export const scenario: Scenario = {
  description: 'STARTTYPE and NOSTART: what is registered, whether it runs, and after a restart of the machine',
  async run(context) {
    for (const { properties, ...expected } of cases) {
      await context.step(properties.join(' '), () => installs(context, properties, expected));
    }
  },
};

interface Expected {
  /** SERVICE_AUTO_START, SERVICE_DEMAND_START, SERVICE_DISABLED. */
  readonly start: '0x2' | '0x3' | '0x4';
  readonly delayed: boolean;
  readonly state: 'running' | 'stopped';
  /** The machine is not restarted where there is none. */
  readonly stateAfterRestart?: 'running' | 'stopped';
}

const cases: readonly (Expected & { readonly properties: readonly string[] })[] = [
  { properties: ['STARTTYPE=auto'], start: '0x2', delayed: false, state: 'running', stateAfterRestart: 'running' },
  // It would start after two minutes, and until then Wine does not delete such a service.
  { properties: ['STARTTYPE=delayed'], start: '0x2', delayed: true, state: 'running' },
  { properties: ['STARTTYPE=demand'], start: '0x3', delayed: false, state: 'stopped', stateAfterRestart: 'stopped' },
  { properties: ['STARTTYPE=disabled'], start: '0x4', delayed: false, state: 'stopped', stateAfterRestart: 'stopped' },
  { properties: ['NOSTART=1'], start: '0x2', delayed: false, state: 'stopped', stateAfterRestart: 'running' },
];

async function installs(context: ScenarioContext, properties: readonly string[], expected: Expected): Promise<void> {
  const { machine, msiexec, service, installed } = context;
  assert.equal(await msiexec.install(...properties), 0);
  const value = await serviceValues(machine, installed.serviceKey);
  assert.equal(value('Start'), expected.start, 'Start');
  assert.equal(value('DelayedAutostart') === '0x1', expected.delayed, 'DelayedAutostart');
  await expectState(service, expected.state);
  if (expected.stateAfterRestart !== undefined) {
    await machine.halt();
    await machine.boot();
    await expectState(service, expected.stateAfterRestart);
  }
  if ((expected.stateAfterRestart ?? expected.state) === 'running') await service.send('stop');
  assert.equal(await msiexec.uninstall(), 0);
  assert.equal(await service.query(), undefined, 'the SCM still knows the service');
}

async function expectState(service: ScenarioContext['service'], state: 'running' | 'stopped'): Promise<void> {
  if (state === 'running') await service.waitFor(state);
  assert.equal((await service.query())?.state, state);
}
