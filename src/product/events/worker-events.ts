/** Events 200 to 299: workers, from their start to their circuit breaker. */
import type { EventDefinition } from './event-definition.ts';

export const workerEvents = {
  workerStarted: {
    code: 200,
    level: 'information',
    insertions: ['worker', 'process id', 'attempt, from 1'],
    text: {
      'en-US': 'Worker "%1" was started: process %2, attempt %3.',
      'zh-CN': '工作进程“%1”已启动:进程 %2,第 %3 次尝试。',
    },
    cause: 'The service started the worker.',
    cure: 'Nothing to do.',
  },
  workerReady: {
    code: 201,
    level: 'information',
    insertions: ['worker', 'process id', 'time since its start in ms'],
    text: {
      'en-US': 'Worker "%1" (process %2) is ready, %3 ms after its start.',
      'zh-CN': '工作进程“%1”(进程 %2)在启动 %3 毫秒后就绪。',
    },
    cause: 'The worker said that it is ready, or its readiness probe succeeded.',
    cure: 'Nothing to do.',
  },
  workerEnded: {
    code: 202,
    level: 'information',
    insertions: ['worker', 'process id', 'exit code', 'time since its start in ms'],
    text: {
      'en-US': 'Worker "%1" (process %2) ended by itself with exit code %3, %4 ms after its start.',
      'zh-CN': '工作进程“%1”(进程 %2)在启动 %4 毫秒后自行结束,退出代码为 %3。',
    },
    cause: 'The worker finished its work; its restart policy counts this exit code as a normal end.',
    cure: 'Nothing to do.',
  },
  workerFailed: {
    code: 203,
    level: 'warning',
    insertions: ['worker', 'process id', 'exit code or signal', 'time since its start in ms'],
    text: {
      'en-US': 'Worker "%1" (process %2) ended unexpectedly (%3), %4 ms after its start.',
      'zh-CN': '工作进程“%1”(进程 %2)在启动 %4 毫秒后意外结束(%3)。',
    },
    cause: 'The worker crashed, ended with an exit code that is no normal end, or was ended by something else.',
    cure: "Look at the last lines of the worker's log.",
  },
  workerRestarting: {
    code: 204,
    level: 'warning',
    insertions: ['worker', 'delay in ms', 'attempt', 'attempts allowed', 'reason'],
    text: {
      'en-US': 'Worker "%1" is started again in %2 ms: attempt %3 of %4. Reason: %5.',
      'zh-CN': '工作进程“%1”将在 %2 毫秒后重新启动:第 %3 次尝试,共允许 %4 次。原因:%5。',
    },
    cause: 'The worker ended or stopped answering, and its restart policy allows another attempt.',
    cure: 'Nothing to do unless it goes on; then see the reason.',
  },
  workerGivenUp: {
    code: 205,
    level: 'error',
    insertions: ['worker', 'attempts made', 'last reason'],
    text: {
      'en-US': 'Worker "%1" is not started again after %2 attempts. Last reason: %3.',
      'zh-CN': '工作进程“%1”在 %2 次尝试后不再重新启动。最后一次的原因:%3。',
    },
    cause: 'The worker failed more often than its restart policy allows.',
    cure: 'Mend what makes it fail, then start the worker again.',
  },
  workerStartFailed: {
    code: 206,
    level: 'error',
    insertions: ['worker', 'program', 'what the system said'],
    text: {
      'en-US': 'Worker "%1" could not be started from "%2": %3.',
      'zh-CN': '无法从“%2”启动工作进程“%1”:%3。',
    },
    cause: 'The program or its working folder is missing, or the account of the service may not use it.',
    cure: 'Check the path of the program and the rights of the account.',
  },
  workerStopped: {
    code: 207,
    level: 'information',
    insertions: ['worker', 'process id', 'what asked for it'],
    text: {
      'en-US': 'Worker "%1" (process %2) was stopped. Reason: %3.',
      'zh-CN': '工作进程“%1”(进程 %2)已停止。原因:%3。',
    },
    cause: 'The worker was asked to stop and did.',
    cure: 'Nothing to do.',
  },
  workerKilled: {
    code: 208,
    level: 'warning',
    insertions: ['worker', 'process id', 'time it was given in ms'],
    text: {
      'en-US': 'Worker "%1" (process %2) did not stop within %3 ms and was ended by force.',
      'zh-CN': '工作进程“%1”(进程 %2)未能在 %3 毫秒内停止,已被强制结束。',
    },
    cause: 'The worker ignored the request to stop, or needs longer than its configuration gives it.',
    cure: 'Give it more time in the configuration, or let it obey the request.',
  },
  circuitOpened: {
    code: 210,
    level: 'error',
    insertions: ['worker', 'failures', 'time until the next trial in ms'],
    text: {
      'en-US': 'The circuit of worker "%1" is open after %2 failures: it is not started for %3 ms.',
      'zh-CN': '工作进程“%1”在 %2 次失败后熔断器打开:%3 毫秒内不再启动。',
    },
    cause: 'The worker fails again and again; starting it at once would only use the machine up.',
    cure: 'Mend what makes it fail; its next trial then closes the circuit.',
  },
  circuitHalfOpened: {
    code: 211,
    level: 'information',
    insertions: ['worker'],
    text: {
      'en-US': 'The circuit of worker "%1" is half-open: one trial start is made.',
      'zh-CN': '工作进程“%1”的熔断器处于半开状态:正在试启动一次。',
    },
    cause: 'The waiting time of an open circuit is over.',
    cure: 'Nothing to do.',
  },
  circuitClosed: {
    code: 212,
    level: 'information',
    insertions: ['worker'],
    text: {
      'en-US': 'The circuit of worker "%1" is closed again: it works as usual.',
      'zh-CN': '工作进程“%1”的熔断器已重新关闭:恢复正常工作。',
    },
    cause: 'The trial start of a half-open circuit succeeded.',
    cure: 'Nothing to do.',
  },
  fallbackStarted: {
    code: 213,
    level: 'warning',
    insertions: ['worker', 'fallback'],
    text: {
      'en-US': 'The fallback "%2" has taken the place of worker "%1".',
      'zh-CN': '后备项“%2”已接替工作进程“%1”。',
    },
    cause: 'The circuit of the worker is open and its configuration names a fallback.',
    cure: 'Mend what makes the worker fail.',
  },
  fallbackEnded: {
    code: 214,
    level: 'information',
    insertions: ['worker', 'fallback'],
    text: {
      'en-US': 'Worker "%1" has taken its place back from the fallback "%2".',
      'zh-CN': '工作进程“%1”已从后备项“%2”处恢复接管。',
    },
    cause: 'The circuit of the worker is closed again.',
    cure: 'Nothing to do.',
  },
  probeFailed: {
    code: 220,
    level: 'warning',
    insertions: ['worker', 'probe: "startup", "liveness" or "readiness"', 'failures in a row', 'what was found'],
    text: {
      'en-US': 'The %2 probe of worker "%1" has failed %3 times in a row: %4.',
      'zh-CN': '工作进程“%1”的 %2 探测已连续失败 %3 次:%4。',
    },
    cause: 'The worker hangs, is overloaded, or does not listen where the probe looks.',
    cure: "Look at the worker's log, and whether the probe's address and time-out are right.",
  },
  probeRecovered: {
    code: 221,
    level: 'information',
    insertions: ['worker', 'probe: "startup", "liveness" or "readiness"'],
    text: {
      'en-US': 'The %2 probe of worker "%1" succeeds again.',
      'zh-CN': '工作进程“%1”的 %2 探测恢复成功。',
    },
    cause: 'The worker answers again after event 220.',
    cure: 'Nothing to do.',
  },
  resourceLimitExceeded: {
    code: 230,
    level: 'warning',
    insertions: ['worker', 'resource, such as "memory" or "cpu"', 'value with its unit', 'limit with its unit'],
    text: {
      'en-US': 'Worker "%1" is above its limit of %2: %3, allowed %4.',
      'zh-CN': '工作进程“%1”超出 %2 限制:当前 %3,允许 %4。',
    },
    cause: 'The worker leaks, has more work than it was sized for, or its limit is too low.',
    cure: "Look at the worker's load. Raise the limit in the configuration when the use is legitimate.",
  },
  workerOutputLost: {
    code: 240,
    level: 'warning',
    insertions: ['worker', 'file', 'what the system said'],
    text: {
      'en-US': 'Output of worker "%1" cannot be written to "%2": %3.',
      'zh-CN': '无法将工作进程“%1”的输出写入“%2”:%3。',
    },
    cause: 'The disk is full or failing, or the account of the service may not write there. The worker goes on.',
    cure: 'Make room, or give the account the right to write.',
  },
  workerOutputRestored: {
    code: 241,
    level: 'information',
    insertions: ['worker', 'file', 'bytes lost'],
    text: {
      'en-US': 'Output of worker "%1" is written to "%2" again; %3 bytes were lost.',
      'zh-CN': '工作进程“%1”的输出已恢复写入“%2”;丢失 %3 字节。',
    },
    cause: 'The cause of event 240 is gone.',
    cure: 'Nothing to do.',
  },
} as const satisfies Record<string, EventDefinition>;
