/** `@npmcli/config` ships no types; these are the parts that `npm-registry.ts` uses. */
declare module '@npmcli/config' {
  export default class Config {
    constructor(options: {
      npmPath: string;
      definitions: object;
      shorthands: object;
      flatten: object;
      argv: readonly string[];
      warn: boolean;
    });
    load(): Promise<void>;
    readonly flat: Readonly<Record<string, unknown>>;
  }
}

declare module '@npmcli/config/lib/definitions/index.js' {
  const definitions: { definitions: object; shorthands: object; flatten: object };
  export default definitions;
}
