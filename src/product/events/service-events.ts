/** Events 100 to 199: the life of the service and what it finds about its own installation. */
import type { EventDefinition } from './event-definition.ts';

export const serviceEvents = {
  serviceStarted: {
    code: 100,
    level: 'information',
    insertions: ['version of the product', 'process id', 'data folder'],
    text: {
      'en-US': 'The service is running: version %1, process %2, data folder %3.',
      'zh-CN': '服务正在运行:版本 %1,进程 %2,数据文件夹 %3。',
    },
    cause: 'The service was started, by Windows or by an administrator.',
    cure: 'Nothing to do.',
  },
  serviceStopped: {
    code: 101,
    level: 'information',
    insertions: ['what asked for it, such as "stop", "shutdown" or "preshutdown"'],
    text: { 'en-US': 'The service has stopped. Reason: %1.', 'zh-CN': '服务已停止。原因:%1。' },
    cause: 'The service was asked to stop and did.',
    cure: 'Nothing to do.',
  },
  servicePaused: {
    code: 102,
    level: 'information',
    insertions: [],
    text: { 'en-US': 'The service is paused.', 'zh-CN': '服务已暂停。' },
    cause: 'An administrator paused the service.',
    cure: 'Continue it when the reason is gone.',
  },
  serviceContinued: {
    code: 103,
    level: 'information',
    insertions: [],
    text: { 'en-US': 'The service continues after a pause.', 'zh-CN': '服务在暂停后继续运行。' },
    cause: 'An administrator continued the paused service.',
    cure: 'Nothing to do.',
  },
  parametersChanged: {
    code: 104,
    level: 'information',
    insertions: [],
    text: {
      'en-US': 'The service was told that its parameters have changed.',
      'zh-CN': '服务收到了参数已更改的通知。',
    },
    cause: 'The control PARAMCHANGE was sent to the service ("sc control NAME paramchange").',
    cure: 'Nothing to do. Events 300 to 302 tell what came of it.',
  },
  systemShutdown: {
    code: 105,
    level: 'information',
    insertions: [],
    text: {
      'en-US': 'The system is shutting down: workers are stopped and not started again.',
      'zh-CN': '系统正在关机:工作进程将被停止,且不再重新启动。',
    },
    cause: 'Windows announced its shutdown or restart.',
    cure: 'Nothing to do.',
  },
  serviceSettingDiffers: {
    code: 110,
    level: 'warning',
    insertions: ['setting', 'value found', 'value wanted'],
    text: {
      'en-US': 'The service setting "%1" is "%2"; the product asks for "%3".',
      'zh-CN': '服务设置“%1”的值为“%2”,而产品要求为“%3”。',
    },
    cause: 'The registration of the service was changed after installation, or Windows has not taken a value over yet.',
    cure: 'Leave it when the change was meant. Otherwise repair the installation.',
  },
  serviceSettingRepaired: {
    code: 111,
    level: 'information',
    insertions: ['setting', 'value found', 'value now'],
    text: {
      'en-US': 'The service setting "%1" was "%2" and has been set to "%3".',
      'zh-CN': '服务设置“%1”的值原为“%2”,现已设为“%3”。',
    },
    cause: 'A setting differed from what the product asks for, and the rights of the service were enough to mend it.',
    cure: 'Nothing to do.',
  },
  dataFolderUntrusted: {
    code: 112,
    level: 'error',
    insertions: ['folder', 'what was found'],
    text: {
      'en-US': 'The data folder "%1" cannot be trusted: %2.',
      'zh-CN': '数据文件夹“%1”不可信任:%2。',
    },
    cause: 'The folder is a link to elsewhere, or users who are not administrators own it or may write to it.',
    cure: 'Find out who made the folder. Move it away, then repair the installation, which makes it anew with its access list.',
  },
  dataFolderAssumed: {
    code: 113,
    level: 'warning',
    insertions: ['folder that is used', 'what the system said'],
    text: {
      'en-US': 'The data folder is not known from the registry, so "%1" is used: %2.',
      'zh-CN': '无法从注册表获知数据文件夹,因此使用“%1”:%2。',
    },
    cause: 'The registry values that the installation wrote are missing or cannot be read.',
    cure: 'Repair the installation.',
  },
} as const satisfies Record<string, EventDefinition>;
