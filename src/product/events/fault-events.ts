/**
 * Events 900 to 999: the faults that end the service. The code is 900 and the exit code (`exit-codes.ts`), so that
 * either number leads to the other.
 */
import type { FaultName } from '../exit-codes.ts';
import type { EventDefinition } from './event-definition.ts';

const insertions = ['operation under way: start, stop, pause, continue, control, or "-"', 'the error'] as const;

export const faultEvents = {
  unexpectedFault: {
    code: 920,
    level: 'error',
    insertions,
    text: {
      'en-US': 'The service ended because of an error that nothing handled (operation: %1): %2',
      'zh-CN': '服务因未处理的错误而结束(操作:%1):%2',
    },
    cause: 'A fault in the program: an uncaught exception, an unhandled rejection, or a failed control.',
    cure: 'Recovery starts the service again. Report the error to the maker of the product.',
  },
  startFailed: {
    code: 921,
    level: 'error',
    insertions,
    text: {
      'en-US': 'The service could not start (operation: %1): %2',
      'zh-CN': '服务无法启动(操作:%1):%2',
    },
    cause: 'The error says what the service lacks.',
    cure: 'Remove the cause, then start the service.',
  },
  stopFailed: {
    code: 922,
    level: 'error',
    insertions,
    text: {
      'en-US': 'The service ended with an error while stopping (operation: %1): %2',
      'zh-CN': '服务在停止过程中因错误而结束(操作:%1):%2',
    },
    cause: 'The error says what could not be finished; the last work may be incomplete.',
    cure: 'Look at the last lines of the logs.',
  },
  operationHung: {
    code: 923,
    level: 'error',
    insertions,
    text: {
      'en-US': 'The service ended because the operation "%1" made no progress: %2',
      'zh-CN': '由于操作“%1”没有进展,服务已结束:%2',
    },
    cause: 'A busy or failing disk, or a worker that blocks the operation.',
    cure: 'Recovery starts the service again. Look at the machine when it happens again.',
  },
  statusNotReported: {
    code: 924,
    level: 'error',
    insertions,
    text: {
      'en-US': 'The service ended because Windows refused a status report (operation: %1): %2',
      'zh-CN': '由于 Windows 拒绝了状态报告,服务已结束(操作:%1):%2',
    },
    cause: 'The Service Control Manager no longer knows this process as the service.',
    cure: 'Recovery starts the service again.',
  },
} as const satisfies Record<FaultName, EventDefinition>;
