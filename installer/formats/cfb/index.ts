/** Compound files ([MS-CFB], "OLE structured storage"): the container of MSI, MST and MSP files. */
export { encodeCfb } from './encode-cfb.ts';
export type { CfbInput, CfbStorage, CfbStream, CfbStreamInput } from './model.ts';
export { readCfb } from './read-cfb.ts';
