import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { chromium } from 'playwright-core'

/*
 * Draws every icon of the app from its source: `npm run icons`, with CHROMIUM naming a Chromium that is not at its
 * usual place. macOS colours templates itself, so they are black; others need one for light and one for dark panels.
 */

const here = import.meta.dirname
const sources = join(here, 'sources')
const packaging = join(here, '../../packaging/icons')
mkdirSync(packaging, { recursive: true })

const LOOKS = [
  { suffix: 'Template', ink: '#000', mark: '#000', hole: '#fff', size: 16 },
  {
    suffix: '-light',
    ink: '#27272a',
    mark: { waiting: '#d97706', trouble: '#b91c1c' },
    hole: '#fff',
    size: 24,
  },
  {
    suffix: '-dark',
    ink: '#f4f4f5',
    mark: { waiting: '#fbbf24', trouble: '#f87171' },
    hole: '#18181b',
    size: 24,
  },
]
const APP_SIZES = [16, 32, 48, 64, 128, 256, 512, 1024]

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
const page = await browser.newPage()

async function draw(svg, size, style, path) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px;${style}}</style>${svg}`,
  )
  await page.screenshot({ path, omitBackground: true })
}

for (const file of readdirSync(sources)) {
  const svg = readFileSync(join(sources, file), 'utf8')
  const name = basename(file, '.svg')
  if (name === 'app') {
    for (const size of APP_SIZES) await draw(svg, size, '', join(packaging, `${size}x${size}.png`))
    continue
  }
  for (const { suffix, ink, mark, hole, size } of LOOKS) {
    const colour = typeof mark === 'string' ? mark : (mark[name.replace('tray-', '')] ?? ink)
    const style = `color:${ink};--mark:${colour};--hole:${hole}`
    await draw(svg, size, style, join(here, `${name}${suffix}.png`))
    await draw(svg, size * 2, style, join(here, `${name}${suffix}@2x.png`))
  }
}
await browser.close()
