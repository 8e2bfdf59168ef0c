// What attributes are called.

import { has } from "../../web/i18n.js";

/**
 * Other people's models may name attributes as they like: then those names are shown.
 * @param {string} name
 * @returns {import("../../web/types").Words}
 */
export const wordsOf = (name) => (has(`look.${name}`) ? [`look.${name}`] : ["people.look", { name }]);
