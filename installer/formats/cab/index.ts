/** Cabinet files ([MS-CAB]) with MSZIP ([MS-MCI]) or stored data. */
export type { Cabinet, CabinetEntry, CabinetMember, CabinetOptions, CabinetSummary } from './model.ts';
export { readCabinet } from './read-cabinet.ts';
export { writeCabinet } from './write-cabinet.ts';
