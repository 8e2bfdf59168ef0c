import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["**/.venv/", "**/node_modules/", "data/", "cache/", "runs/", "genapp/ui/web/vendor/"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "array-callback-return": "error",
      eqeqeq: "error",
      "max-len": ["error", { code: 120, ignoreUrls: true, ignorePattern: "<svg|^import " }],
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
      "no-implicit-globals": "error",
      "no-param-reassign": "error",
      "no-self-compare": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
  { files: ["genapp/**/*.js"], languageOptions: { globals: globals.browser } },
  {
    files: ["tests/**/*.js"],
    languageOptions: { globals: globals.nodeBuiltin },
    rules: { "max-lines-per-function": "off" }, // a group of tests is a function
  },
];
