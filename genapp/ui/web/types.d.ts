// The shapes that the page's modules pass each other. What the server wants and gives is declared in genapp/ui/server
// and genapp/ui/endpoints; here stands what the scripts use of it.

/** Values that fill in the `{name}`s of a text. */
export type Values = Record<string, unknown>;
/** A text of the page: its key, and what it is filled with. */
export type Words = [key: string, values?: Values];

// --- pictures ---------------------------------------------------------------------------------------------------------

/** Settings of light, colour and sharpness by name; those that are left out change nothing. */
export type Finish = Record<string, number>;
/** What each attribute or class is asked to be; several labels make a row of pictures. */
export type Conditions = Record<string, boolean | string | string[]>;

/** Where a picture starts from: a seed with its truncation, or a packed latent, which is truncated already. */
export interface Origin {
  seed?: number;
  truncation?: number;
  w?: string;
}
/** All that decides a picture; see genapp/picture/recipe.py. */
export interface Recipe extends Origin {
  model: string;
  mix?: Origin & { shares: Record<string, number> };
  /** How far it is moved along each direction. */
  edits?: Record<string, number>;
  conditions?: Conditions;
  finish?: Finish;
  enlarge?: number;
}
/** How the page and the server name pictures to each other. */
export interface Envelope {
  recipe: Recipe;
  /** It, or something that it took from another one, was made from somebody's photograph. */
  private: boolean;
}

/** Where a picture is drawn already. */
export interface Held {
  sheet: Sheet;
  index: number;
}
/** A picture on the page. */
export interface Picture extends Envelope {
  /** Where it comes from. */
  said?: Words;
  holds?: Held;
}
/** A picture that can take the stage, as there is something to say of it. */
export type Said = Picture & { said: Words };
/** Pictures of one size in one image, row by row. */
export interface Sheet extends Omit<SheetReply, "png"> {
  image: HTMLImageElement;
}

// --- what the page knows at first -------------------------------------------------------------------------------------

/** What the page says of a model. */
export interface ModelName {
  name: string;
  title: string;
  family: string;
  version: string;
}
export interface ModelInfo extends ModelName {
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
  /** Models whose latents are places on a plane. */
  flat?: string[];
}
/** The pictures that a page opens with. */
export interface Opening {
  grid: SheetReply & Timing;
  tour: SheetReply & Timing;
  asked: WalkRequest;
}
/** What the server would refuse; see genapp/ui/server/limits.py. */
export interface Limits {
  seed: number;
  stops: number;
  frames: number;
  parents: number;
  side: number;
  width: number;
  megabytes: number;
  letters: number;
}
export interface Start {
  text: Record<string, Record<string, string>>;
  languages: Record<string, string>;
  limits: Limits;
  problems: string[];
  tabs: TabInfo[];
}

// --- views ------------------------------------------------------------------------------------------------------------

/** What the page does for a view. */
export interface Frame {
  /** Puts a picture on the stage of the view that is its model's home. */
  take(tab: TabInfo, picture: Said): unknown;
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
  take?(picture: Said): unknown;
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
export interface BroughtBack extends Envelope {
  verdict: "identical" | "within tolerance" | "different" | "another model";
}
/** Pictures that were made of others, in the order of the sheet. */
export interface Made {
  pictures: Envelope[];
}
export interface WalkRequest {
  pictures: Envelope[];
  steps: number;
  closed?: boolean;
  recipes?: boolean;
}

/** The server's functions by name. A view that has its own adds them in its types.d.ts. */
export interface Replies {
  about: { facts: Record<string, string | number>; html: string };
  animate: FileReply;
  breed: SheetReply & Timing & Made;
  cancel: object;
  combine: SheetReply & Timing & Made;
  digit: SheetReply;
  film: { ticket: string };
  follow: BroughtBack;
  link: { query: string };
  mixes: SheetReply & Timing & { styles: string[] };
  read: { reads?: Reading[] };
  render: SheetReply & Timing;
  reopen: BroughtBack;
  sample: SheetReply & Timing;
  save: FileReply;
  siblings: SheetReply & Timing & Made;
  walk: SheetReply & Timing & Partial<Made>;
  watch: FileReply | { done: number; total: number };
}
export type Server = Record<string, (request: object) => Promise<unknown>>;

declare global {
  /** Cards and files reach the page by these events. */
  interface HTMLElementEventMap {
    opencard: CustomEvent<ModelName>;
    openfile: CustomEvent<File>;
  }
}
