import next from 'eslint-config-next/core-web-vitals'
import typescript from 'typescript-eslint'

/** The floors of lib, lowest first: a room may import from rooms below it, and nothing in lib knows app or components. */
const floors = [
  'platform',
  'access',
  'roster',
  'instruments',
  'sittings',
  'delivery',
  'console',
  'rehearsal',
  'rating',
  'calibration',
  'standards',
  'scoring',
  'assembly',
  'publication',
  'mapping',
  'plans',
  'tutoring',
  'growth',
  'response',
  'documents',
  'privacy',
  'records',
  'reports',
  'agenda',
  'search',
]
const pure = ['psychometrics', 'items']

const above = (room) => floors.slice(floors.indexOf(room) + 1)
const refuse = (group, message) => ({ group, message })
const upward = refuse(['@/app/*', '@/components/*'], 'Nothing in lib knows a screen.')

const rooms = floors.map((room) => ({
  files: [`lib/${room}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          upward,
          ...(above(room).length
            ? [
                refuse(
                  above(room).flatMap((r) => [`@/lib/${r}`, `@/lib/${r}/*`]),
                  `${room} stands below these rooms.`,
                ),
              ]
            : []),
          refuse(
            floors.filter((r) => r !== room && r !== 'platform').map((r) => `@/lib/${r}/*store`),
            "Another room's tables are reached through its service.",
          ),
        ],
      },
    ],
  },
}))

export default typescript.config(
  { ignores: ['.next/**', '.data/**', 'node_modules/**', 'lib/platform/generated/**', 'next-env.d.ts'] },
  ...next,
  ...typescript.configs.strict,
  {
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 380, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      // No text becomes code at run time (ASVS 1.3.2).
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      // Downloads are plain links; a client-side navigation could not save a file.
      '@next/next/no-html-link-for-pages': 'off',
    },
  },
  { files: ['scripts/**', 'tests/**', 'prisma/**'], rules: { 'no-console': 'off' } },
  // A picture on paper has no alternative text; its words stand where it cannot be shown.
  { files: ['lib/reports/**'], rules: { 'jsx-a11y/alt-text': 'off' } },
  {
    files: ['app/**/*.{ts,tsx}', 'components/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [{ name: 'next/link', message: 'Links are those of components/ui/link: nothing is fetched before it is asked for.' }],
          patterns: [
            refuse(
              [
                '@/lib/*/*',
                '!@/lib/*/service',
                '!@/lib/*/actions',
                '!@/lib/*/*-actions',
                '!@/lib/*/*-model',
                '!@/lib/*/model',
                '!@/lib/*/*.client',
                '!@/lib/platform/format',
                '!@/lib/platform/form',
              ],
              'Screens ask services, doors and models only.',
            ),
          ],
        },
      ],
    },
  },
  { files: ['components/ui/link.tsx'], rules: { 'no-restricted-imports': 'off' } },
  ...rooms,
  ...pure.map((room) => ({
    files: [`lib/${room}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            upward,
            refuse(
              floors.flatMap((r) => [`@/lib/${r}`, `@/lib/${r}/*`]),
              `${room} is pure.`,
            ),
            refuse(['node:*', 'react*', 'next*'], `${room} runs in a browser, a worker and a test alike.`),
          ],
        },
      ],
    },
  })),
)
