/** Events 300 to 399: what became of each configuration. */
import type { EventDefinition } from './event-definition.ts';

export const configurationEvents = {
  configurationApplied: {
    code: 300,
    level: 'information',
    insertions: ['configuration version', 'what caused it', 'settings that changed, secrets hidden'],
    text: {
      'en-US': 'Configuration %1 is in effect. Cause: %2. Changes: %3.',
      'zh-CN': '配置 %1 已生效。起因:%2。更改:%3。',
    },
    cause: 'A new configuration was valid and everything came up with it.',
    cure: 'Nothing to do.',
  },
  configurationRejected: {
    code: 301,
    level: 'error',
    insertions: ['source', 'number of errors', 'the errors with their places'],
    text: {
      'en-US': 'The configuration from "%1" has %2 errors and was not applied; the one before stays in effect. %3',
      'zh-CN': '来自“%1”的配置有 %2 个错误,未被应用;之前的配置继续有效。%3',
    },
    cause: 'The new configuration is not valid.',
    cure: 'Correct the places named; "config check" checks a file before it is put in place.',
  },
  configurationRolledBack: {
    code: 302,
    level: 'error',
    insertions: ['configuration version that failed', 'configuration version in effect now', 'reason'],
    text: {
      'en-US': 'Configuration %1 was rolled back; %2 is in effect again. Reason: %3.',
      'zh-CN': '配置 %1 已回滚;%2 重新生效。原因:%3。',
    },
    cause: 'The new configuration was valid, but a worker did not come up with it in time.',
    cure: 'See the events of that worker, correct the configuration and apply it again.',
  },
  configurationSourceUnavailable: {
    code: 303,
    level: 'warning',
    insertions: ['source', 'what was found', 'time of the copy in use'],
    text: {
      'en-US': 'The configuration source "%1" cannot be read: %2. The last good copy, of %3, is used.',
      'zh-CN': '无法读取配置源“%1”:%2。正在使用 %3 的最后一份有效副本。',
    },
    cause: 'The server or file does not answer, or the account of the service may not read it.',
    cure: 'Check the network, the address and the rights; changes made there take effect when it answers again.',
  },
  configurationSourceRestored: {
    code: 304,
    level: 'information',
    insertions: ['source'],
    text: { 'en-US': 'The configuration source "%1" can be read again.', 'zh-CN': '配置源“%1”已恢复可读。' },
    cause: 'The cause of event 303 is gone.',
    cure: 'Nothing to do.',
  },
} as const satisfies Record<string, EventDefinition>;
