// The shapes that the page's modules pass each other. What the server wants and gives is declared in genapp/ui/server
// and genapp/ui/endpoints; here stands what the scripts use of it.

/** Values that fill in the `{name}`s of a text. */
export type Values = Record<string, unknown>;
/** A text of the page: its key, and what it is filled with. */
export type Words = [key: string, values: Values] | [key: string];

// --- pictures ---------------------------------------------------------------------------------------------------------

/** A picture without what was done to it: of a seed, or of a latent `w` (base64 of float32). */
export interface PlainPoint {
  seed?: number;
  truncation?: number;
  w?: string;
  /** Made from somebody's photograph. */
  private?: boolean;
}
export interface MixedPoint extends PlainPoint {
  shares: Record<string, number>;
}
/** How a model is told what to draw. */
export interface Point extends PlainPoint {
  mix?: MixedPoint;
  /** How far it is moved along each direction. */
  edits?: Record<string, number>;
}
/** Settings of light, colour and sharpness by name. */
export type Finish = Record<string, number>;
/** What each attribute or class was asked to be. */
export type Conditions = Record<string, boolean | string | string[]>;

/** Where a picture is drawn already. */
export interface Held {
  sheet: Sheet;
  index: number;
}
/** A picture on the page. */
export interface Picture {
  model: string;
  point: Point;
  finish?: Finish;
  /** Where it comes from. */
  said?: Words;
  holds?: Held;
}
/** A picture that takes the stage of another view. */
export interface Visitor extends Picture {
  conditions?: Conditions;
}
/** Pictures of one size in one image, row by row. */
export interface Sheet extends Omit<SheetReply, "png"> {
  image: HTMLImageElement;
}

// --- what the page knows at first -------------------------------------------------------------------------------------

export interface ModelInfo {
  name: string;
  title: string;
  family: string;
  version: string;
  width: number;
  height: number;
  channels: number;
  samples: boolean;
  encodes: boolean;
  /** How many numbers its latents have. */
  numbers: number;
  /** Names of its style ranges. */
  styles: string[];
}
/** What a grid starts from. */
export interface Usual {
  seed: number;
  count: number;
  truncation: number;
}
/** A tab; what its views know stands beside, in the types of each view. */
export interface TabInfo {
  name: string;
  noun: string;
  usual: Usual;
  views: string[];
  models: ModelInfo[];
  /** The view that takes a model's pictures. */
  home: Record<string, string>;
  first: Opening | null;
}
/** The pictures that a page opens with. */
export interface Opening {
  grid: SheetReply & Timing;
  tour: SheetReply & Timing;
  asked: WalkRequest;
}
export interface Start {
  text: Record<string, Record<string, string>>;
  languages: Record<string, string>;
  problems: string[];
  tabs: TabInfo[];
}

// --- views ------------------------------------------------------------------------------------------------------------

/** What the page does for a view. */
export interface Frame {
  /** Puts a picture on the stage of the view that is its model's home. */
  take(tab: TabInfo, model: string, point: Point, said: Words): unknown;
  /** Shows a place on the map. */
  find(tab: TabInfo, place: [number, number]): unknown;
}
/** What the page asks of a view. */
export interface View {
  /** The one main action, for the space bar. */
  primary(): unknown;
  /** It is seen now, perhaps again. */
  shown(): unknown;
  /** Another view is seen now. */
  hidden?(): unknown;
  /** The language has changed: say again what `translate` cannot know of. */
  speak(): unknown;
  /** A picture comes from elsewhere. */
  take?(picture: Visitor): unknown;
  find?(place: [number, number]): unknown;
  /** Takes a dropped file, where the view has a use for more than saved PNGs. */
  takesFile?(file: File): unknown;
}
export type ViewMaker = (root: HTMLElement, tab: TabInfo, page: Frame) => View;
/** What makes changes undoable. */
export interface Undoable {
  record(): void;
  oneStep(slider: HTMLInputElement): void;
}

// --- what the server gives --------------------------------------------------------------------------------------------

export interface Timing {
  provider: string;
  ms: number;
}
export interface SheetReply {
  png: string;
  count: number;
  columns: number;
  width: number;
  height: number;
  /** Pixel art, whose pixels stay sharp when it is enlarged. */
  crisp: boolean;
}
export interface FileReply {
  /** base64 */
  file: string;
  name: string;
  type: string;
}
/** What a judge reads in a picture. */
export interface Reading {
  label?: string;
  percent?: number;
  shares?: number[];
}
export interface BroughtBack {
  model: string;
  point: Point;
  conditions: Conditions;
  finish: Finish;
  verdict: "identical" | "within tolerance" | "different" | "another model";
  enlarge: number;
}
export interface WalkRequest {
  model: string;
  points: Point[];
  steps: number;
  closed?: boolean;
  finish?: Finish;
  latents?: boolean;
}

/** The server's functions by name. A view that has its own adds them in its types.d.ts. */
export interface Replies {
  about: { facts: Record<string, string | number>; html: string };
  animate: FileReply;
  breed: SheetReply & Timing & { ws: string[] };
  cancel: object;
  combine: SheetReply & Timing & { ws: string[] };
  digit: SheetReply;
  film: { ticket: string };
  follow: BroughtBack;
  link: { query: string };
  mixes: SheetReply & Timing & { styles: string[] };
  open: BroughtBack;
  picture: SheetReply & Timing;
  read: Reading;
  sample: SheetReply & Timing;
  save: FileReply;
  siblings: SheetReply & Timing & { ws: string[] };
  walk: SheetReply & Timing & { ws: string[] };
  watch: Partial<FileReply> & { done: number; total: number };
}
export type Server = Record<string, (request: object) => Promise<unknown>>;
