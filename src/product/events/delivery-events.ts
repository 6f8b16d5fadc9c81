/** Events 500 to 599: alerts, the journal, logs and forwarding: what carries the other events. */
import type { EventDefinition } from './event-definition.ts';

export const deliveryEvents = {
  alertUndeliverable: {
    code: 500,
    level: 'error',
    insertions: ['target', 'alert', 'attempts made', 'last error'],
    text: {
      'en-US': 'Alert "%2" could not be delivered to "%1" in %3 attempts: %4. It stays in the outbox.',
      'zh-CN': '警报“%2”经 %3 次尝试仍无法送达“%1”:%4。该警报保留在发件箱中。',
    },
    cause: 'The target does not answer or refuses the alert.',
    cure: 'Check the address and secret of the target and the network; what waits is delivered when it answers.',
  },
  alertTargetRestored: {
    code: 501,
    level: 'information',
    insertions: ['target', 'alerts delivered late'],
    text: {
      'en-US': 'Alerts reach "%1" again; %2 that waited were delivered.',
      'zh-CN': '警报已恢复送达“%1”;已补送 %2 条等待中的警报。',
    },
    cause: 'The cause of event 500 is gone.',
    cure: 'Nothing to do.',
  },
  journalRebuilt: {
    code: 510,
    level: 'error',
    insertions: ['journal', 'where the damaged one is', 'what was found'],
    text: {
      'en-US': 'The journal "%1" was damaged (%3) and has been set aside as "%2"; a new one was begun.',
      'zh-CN': '日志库“%1”已损坏(%3),已另存为“%2”,并已新建一个。',
    },
    cause: 'A failing disk, or a program that changed the file.',
    cure: 'Check the disk. Keep the file set aside until you know what was in it.',
  },
  journalUnavailable: {
    code: 511,
    level: 'error',
    insertions: ['journal', 'what the system said'],
    text: {
      'en-US': 'The journal "%1" cannot be written: %2.',
      'zh-CN': '无法写入日志库“%1”:%2。',
    },
    cause:
      'The disk is full or failing, or the account of the service may not write there. Workers are guarded all the same.',
    cure: 'Make room, or give the account the right to write.',
  },
  logUnwritable: {
    code: 520,
    level: 'warning',
    insertions: ['file', 'what the system said'],
    text: { 'en-US': 'The log "%1" cannot be written: %2.', 'zh-CN': '无法写入日志文件“%1”:%2。' },
    cause: 'The disk is full or failing, or the account of the service may not write there. The service goes on.',
    cure: 'Make room, or give the account the right to write.',
  },
  logRestored: {
    code: 521,
    level: 'information',
    insertions: ['file'],
    text: { 'en-US': 'The log "%1" is written again.', 'zh-CN': '日志文件“%1”已恢复写入。' },
    cause: 'The cause of event 520 is gone.',
    cure: 'Nothing to do.',
  },
  eventsSuppressed: {
    code: 522,
    level: 'warning',
    insertions: ['number of events', 'their event id', 'time in s'],
    text: {
      'en-US': '%1 events with id %2 were left out within %3 s, so that they do not flood this log.',
      'zh-CN': '为避免日志泛滥,在 %3 秒内省略了 %1 个 ID 为 %2 的事件。',
    },
    cause: 'The same event happened more often than the rate limit of the Event Log allows.',
    cure: 'See the first of these events; the journal has all of them.',
  },
  forwarderUnreachable: {
    code: 530,
    level: 'warning',
    insertions: ['target', 'what the system said', 'events that wait'],
    text: {
      'en-US': 'Events cannot be forwarded to "%1": %2. %3 events wait.',
      'zh-CN': '无法将事件转发到“%1”:%2。%3 个事件正在等待。',
    },
    cause: 'The collector does not answer or refuses the connection.',
    cure: 'Check its address, its certificate and the network.',
  },
  forwarderRestored: {
    code: 531,
    level: 'information',
    insertions: ['target', 'events forwarded late'],
    text: {
      'en-US': 'Events are forwarded to "%1" again; %2 that waited were sent.',
      'zh-CN': '事件已恢复转发到“%1”;已补发 %2 个等待中的事件。',
    },
    cause: 'The cause of event 530 is gone.',
    cure: 'Nothing to do.',
  },
  forwarderOverflowed: {
    code: 532,
    level: 'error',
    insertions: ['target', 'events dropped'],
    text: {
      'en-US': 'The queue to "%1" is full: the oldest %2 events were dropped from it.',
      'zh-CN': '发往“%1”的队列已满:已丢弃其中最早的 %2 个事件。',
    },
    cause: 'The collector has not answered for longer than the queue can bridge.',
    cure: 'Mend what event 530 names; the journal still has the events.',
  },
} as const satisfies Record<string, EventDefinition>;
