// Written by scripts/refs.py from the HTML.

export interface BlendsRefs {
  parents: HTMLElementTagNameMap["div"];
  parent: HTMLElementTagNameMap["button"];
  thisParent: HTMLElementTagNameMap["button"];
  mutation: HTMLElementTagNameMap["input"];
  mutationOut: HTMLElementTagNameMap["output"];
  children: HTMLElementTagNameMap["button"];
  noFamily: HTMLElementTagNameMap["button"];
  brood: HTMLElementTagNameMap["div"];
  familyNote: HTMLElementTagNameMap["p"];
  lineageBox: HTMLElementTagNameMap["div"];
  lineage: HTMLElementTagNameMap["div"];
  sum: HTMLElementTagNameMap["div"];
}

export interface ConsentRefs {
  consent: HTMLElementTagNameMap["dialog"];
  consentWhy: HTMLElementTagNameMap["p"];
  consentActs: HTMLElementTagNameMap["div"];
}

export interface GridRefs extends ModelsRefs, HistoryRefs, SeedRefs, VarietyRefs {
  new: HTMLElementTagNameMap["button"];
  grid: HTMLElementTagNameMap["div"];
  count: HTMLElementTagNameMap["select"];
}

export interface HistoryRefs {
  undo: HTMLElementTagNameMap["button"];
  redo: HTMLElementTagNameMap["button"];
}

export interface KeepRefs {
  save: HTMLElementTagNameMap["button"];
  size: HTMLElementTagNameMap["select"];
  share: HTMLElementTagNameMap["button"];
}

export interface ModelsRefs {
  models: HTMLElementTagNameMap["fieldset"];
}

export interface NoneRefs {
  broken: HTMLElementTagNameMap["p"];
  problems: HTMLElementTagNameMap["ul"];
}

export interface PadRefs {
  sample: HTMLElementTagNameMap["button"];
  undo: HTMLElementTagNameMap["button"];
  clear: HTMLElementTagNameMap["button"];
  pad: HTMLElementTagNameMap["canvas"];
  ghost: HTMLElementTagNameMap["p"];
}

export interface SeedRefs {
  seed: HTMLElementTagNameMap["input"];
}

export interface VarietyRefs {
  variety: HTMLElementTagNameMap["input"];
  varietyOut: HTMLElementTagNameMap["output"];
  varietyReset: HTMLElementTagNameMap["button"];
}
