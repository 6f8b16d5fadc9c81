/** The verb `run`: the daemon in the foreground. */
import { runOnConsole } from '../host/console-host.ts';
import { product } from '../product/identity.ts';
import type { RunOptions } from './verbs.ts';

export function runVerb(options: RunOptions): void {
  const announce = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  runOnConsole({
    name: product.name,
    announce,
    createHandler: async () => {
      const { createDaemon } = await import('../daemon/create-daemon.ts');
      return createDaemon(options, announce);
    },
  });
}
