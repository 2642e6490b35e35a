import { Page, paint } from './page.ts'
import { showDeny } from './reading.ts'
import { openStage } from './stage.ts'
import { showAllow, showAsk } from './writing.ts'

// Shows a stranger what the program does: the real, built one, driven over stdio as an agent's client drives it.
const page = new Page()
const began = performance.now()
const stage = await openStage()

page.line(`\n  ${paint('bold', 'KosmoKrator desktop')}`)
page.say('Lets a coding agent read and post in Mattermost; you keep the say over every post.')
page.line()
page.say(
  `The built program runs below as an agent's client runs it. The Mattermost is made up for this demo (${stage.mattermost.url}), and so are its people. Nothing of yours is read, nothing leaves this computer.`,
)

try {
  await showDeny(page, stage)
  await showAsk(page, stage)
  await showAllow(page, stage)
} catch (error) {
  page.check('the demo ran to its end', false, error instanceof Error ? error.message : String(error))
}
await stage.mattermost.close()

const seconds = ((performance.now() - began) / 1000).toFixed(1)
const all = page.passed + page.failed
page.heading('In short')
page.say('Shown: six tools, channels and posts read, a write refused, one asked for, one sent.')
if (page.failed === 0) page.say(paint('green', `All ${all} checks passed, in ${seconds} s.`))
else page.say(paint('red', `${page.failed} of ${all} checks failed: look for ✗ above.`))
page.line()
process.exitCode = page.failed === 0 ? 0 : 1
