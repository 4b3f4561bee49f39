import { configs as lit } from 'eslint-plugin-lit'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['stories/public/', 'dist/', 'storybook-static/', 'node_modules/'] },
  ...tseslint.configs.recommended,
  {
    files: ['src/elements/**/*.ts'],
    ...lit['flat/recommended'],
  },
  {
    rules: {
      'no-console': 'off',
      eqeqeq: 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-empty-object-type': 'off',
      // A schema and its type share one name.
      '@typescript-eslint/no-redeclare': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of words: an enum is code.' },
        { selector: 'TSModuleDeclaration[kind="namespace"]', message: 'A file is the namespace.' },
        { selector: 'Decorator', message: 'Elements declare static properties.' },
      ],
    },
  },
  {
    // The policy of a strict host drops inline styles; custom properties go through the CSSOM.
    files: ['src/elements/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { paths: [{ name: 'lit/directives/style-map.js', message: 'Dropped on first render under style-src.' }] }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TaggedTemplateExpression[tag.name="html"] TemplateElement[value.raw=/\\sstyle=/]', message: 'Use CSSOM: style attributes do not pass a strict policy.' },
        { selector: 'TSEnumDeclaration', message: 'Use a union of words: an enum is code.' },
      ],
    },
  },
)
