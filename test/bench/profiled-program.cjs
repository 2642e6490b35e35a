// Stands in for kosmo.cjs in a copy of the built program, so that what the broker starts is profiled as well, whose
// flags and environment are the broker's to choose.
const { writeFileSync } = require('node:fs')
const { Session } = require('node:inspector')
const { join } = require('node:path')

const [, , command = 'none'] = process.argv
const session = new Session()
session.connect()
session.post('Profiler.enable')
session.post('Profiler.setSamplingInterval', { interval: 200 })
session.post('Profiler.start')
process.once('exit', () =>
  session.post('Profiler.stop', (error, result) => {
    if (error !== null) return
    const name = `${command.replace(/\W/g, '-')}-${process.pid}.cpuprofile`
    writeFileSync(join(__dirname, name), JSON.stringify(result.profile))
  }),
)
require(join(__dirname, 'real-kosmo.cjs'))
