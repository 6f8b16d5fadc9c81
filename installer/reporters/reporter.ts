import type { PackageResult } from '../pipeline/package-product.ts';
import type { PipelineEvent } from '../pipeline/stage.ts';

/** Shows a run of the pipeline to somebody: a terminal, a log, a machine. */
export interface Reporter {
  onEvent(event: PipelineEvent): void;
  finished(result: PackageResult): Promise<void>;
  /** Called before the error itself is printed; ends any live display. */
  failed(): Promise<void>;
}
