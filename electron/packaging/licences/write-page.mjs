import { copyFileSync } from 'node:fs'
import { join } from 'node:path'

/* Puts the page about dependencies, as the build has made it, where people read it. `npm run docs:dependencies`. */

const root = join(import.meta.dirname, '../../..')
copyFileSync(join(root, 'dist/dependencies.md'), join(root, 'docs/dependencies.md'))
