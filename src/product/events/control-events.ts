/** Events 400 to 499: the control interface and its audit trail. */
import type { EventDefinition } from './event-definition.ts';

export const controlEvents = {
  accessRefused: {
    code: 400,
    level: 'audit-failure',
    insertions: ['caller', 'role of the caller', 'action', 'role wanted', 'address or pipe it came from'],
    text: {
      'en-US': '"%1" with role %2 was refused "%3", which needs role %4. Origin: %5.',
      'zh-CN': '角色为 %2 的“%1”请求“%3”被拒绝,该操作需要角色 %4。来源:%5。',
    },
    cause: 'A known caller asked for more than its role allows.',
    cure: 'Give the caller a token of the role, or find out why it asked.',
  },
  authenticationFailed: {
    code: 401,
    level: 'audit-failure',
    insertions: ['action', 'address or pipe it came from', 'what was wrong, without the token itself'],
    text: {
      'en-US': 'A caller that could not be identified was refused "%1". Origin: %2. Finding: %3.',
      'zh-CN': '身份无法确认的调用者请求“%1”被拒绝。来源:%2。情况:%3。',
    },
    cause: 'The token is missing, unknown, expired or revoked.',
    cure: 'Renew the token of the caller. Many such events from one origin may be an attack.',
  },
  privilegedCall: {
    code: 402,
    level: 'audit-success',
    insertions: ['caller', 'role of the caller', 'action', 'outcome', 'address or pipe it came from'],
    text: {
      'en-US': '"%1" with role %2 did "%3". Outcome: %4. Origin: %5.',
      'zh-CN': '角色为 %2 的“%1”执行了“%3”。结果:%4。来源:%5。',
    },
    cause: 'A caller used the control interface to change something.',
    cure: 'Nothing to do.',
  },
  tokenCreated: {
    code: 403,
    level: 'audit-success',
    insertions: ['name of the token', 'role', 'caller'],
    text: {
      'en-US': 'Token "%1" of role %2 was created by "%3".',
      'zh-CN': '“%3”创建了角色为 %2 的令牌“%1”。',
    },
    cause: 'An administrator created a token for the control interface.',
    cure: 'Revoke it when that was not meant.',
  },
  tokenRevoked: {
    code: 404,
    level: 'audit-success',
    insertions: ['name of the token', 'role', 'caller'],
    text: {
      'en-US': 'Token "%1" of role %2 was revoked by "%3".',
      'zh-CN': '“%3”吊销了角色为 %2 的令牌“%1”。',
    },
    cause: 'An administrator revoked a token of the control interface.',
    cure: 'Nothing to do.',
  },
  controlInterfaceUnavailable: {
    code: 410,
    level: 'error',
    insertions: ['address or pipe', 'what the system said'],
    text: {
      'en-US': 'The control interface cannot listen on "%1": %2.',
      'zh-CN': '控制接口无法在“%1”上侦听:%2。',
    },
    cause:
      'Another program uses the port or the pipe, or the account of the service may not. Workers are guarded all the same.',
    cure: 'Choose another port in the configuration, or end the other program.',
  },
} as const satisfies Record<string, EventDefinition>;
