/** `-arch`, `-loc` and `-cultures:` as WiX spells them, for scripts that were written for candle and light. */
const WIX_FLAG = /^-(arch|loc|cultures)(?::(.*))?$/;

/** Arguments with those flags in this program's own spelling; all others as they are. */
export function translateWixFlags(args: readonly string[]): string[] {
  return args.flatMap((argument) => {
    const [, name, value] = WIX_FLAG.exec(argument) ?? [];
    if (name === undefined) return [argument];
    return value === undefined ? [`--${name}`] : [`--${name}`, value];
  });
}
