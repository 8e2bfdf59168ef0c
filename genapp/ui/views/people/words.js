// What the looks are called.

import { has, t } from "../../web/i18n.js";

/**
 * @param {string} name of an attribute
 * @returns {[key: string, values: Record<string, string>]}
 */
export const wordsOf = (name) => (has(`look.${name}`) ? [`look.${name}`, {}] : ["people.look", { name }]);

/** @param {string} name of an attribute */
export const spoken = (name) => t(...wordsOf(name));
