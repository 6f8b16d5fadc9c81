/** The verb `service`: connects to the SCM before anything else is loaded. */
import { runUnderScm } from '../host/scm-host.ts';
import { createWin32ScmApi, scmFailure } from '../host/win32-scm-api.ts';
import { type ExitCodeName, exitCodes } from '../product/exit-codes.ts';
import { product } from '../product/identity.ts';
import type { RunOptions } from './verbs.ts';

/** Resolves with an exit code when the process is not a service; a process that was one has ended itself. */
export async function serviceVerb(options: RunOptions, complain: (text: string) => void): Promise<number> {
  if (process.platform !== 'win32') return refuse('notWindows', 'only Windows runs it', complain);
  try {
    await runUnderScm(createWin32ScmApi(), product.service.name, async () => {
      const { createDaemon } = await import('../daemon/create-daemon.ts');
      return createDaemon(options);
    });
    return exitCodes.success.code;
  } catch (error) {
    const name = scmFailure(error);
    if (name === 'notStartedByScm') return refuse(name, 'the Service Control Manager did not start it', complain);
    complain(error instanceof Error ? error.message : String(error));
    return exitCodes[name].code;
  }
}

function refuse(name: ExitCodeName, found: string, complain: (text: string) => void): number {
  const { executableName, service } = product;
  complain(`Cannot run verb "service": ${found}.`);
  complain(`To run it in this terminal:   ${executableName} run`);
  complain(`To start the service:         sc start ${service.name}`);
  return exitCodes[name].code;
}
