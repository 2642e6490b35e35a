import { showDesktop } from './desktop.ts'

const [runtime = ''] = process.argv.slice(2)
process.exitCode = await showDesktop(runtime)
