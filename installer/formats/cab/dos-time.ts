import { cabError } from './constants.ts';

/** A DOS date and time, 16 bits each ([MS-CAB] 2.3 CFFILE): two-second steps, years 1980 to 2107. */
export interface DosTime {
  readonly date: number;
  readonly time: number;
}

/** From the UTC parts of `moment`, rounded down. Throws `FormatError` (`invalid-input`) outside 1980 to 2107. */
export function encodeDosTime(moment: Date): DosTime {
  const year = moment.getUTCFullYear();
  if (!(year >= 1980 && year <= 2107)) {
    throw cabError('invalid-input', `Cannot store the time "${moment.getTime()}" ms: wanted a year from 1980 to 2107`);
  }
  return {
    date: ((year - 1980) << 9) | ((moment.getUTCMonth() + 1) << 5) | moment.getUTCDate(),
    time: (moment.getUTCHours() << 11) | (moment.getUTCMinutes() << 5) | (moment.getUTCSeconds() >> 1),
  };
}

/** Total: parts out of range (month 0, second 62) roll over as `Date.UTC` does. */
export function decodeDosTime({ date, time }: DosTime): Date {
  const day = [1980 + (date >> 9), ((date >> 5) & 15) - 1, date & 31] as const;
  return new Date(Date.UTC(...day, time >> 11, (time >> 5) & 63, (time & 31) * 2));
}
