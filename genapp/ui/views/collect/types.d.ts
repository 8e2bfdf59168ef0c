// What the collect view knows and is answered.

import type { ModelInfo, TabInfo } from "../../web/types";

export interface CollectTab extends TabInfo {
  /** The models that write. */
  writers: ModelInfo[];
  /** What each model can write. */
  labels: Record<string, string[]>;
  /** What each model calls that condition. */
  condition: Record<string, string>;
  /** Pictures in one file. */
  most: number;
}
/** Which pictures, and as what. */
export interface Order {
  model: ModelInfo;
  seed: number;
  truncation: number;
  kind: string;
}

declare module "../../web/types" {
  interface Replies {
    collect: { ticket: string };
  }
}
