import { Card } from '../../ui/card.tsx'
import { Name } from '../../ui/name.tsx'
import { shortPath } from '../../ui/short-path.ts'
import { Answered } from '../shell/answered.tsx'
import { useQuestion } from '../shell/use-question.ts'

/** Versions, and where everything is kept. */
export function VersionsCard() {
  const asked = useQuestion('versions', remote => remote.appInfo({}))
  return (
    <Card title="This version">
      <div className="card-body">
        <Answered asked={asked}>
          {({ version, electron, chrome, node, platform, home, homeDirectory }) => (
            <dl className="details">
              <Row label="KosmoKrator" value={version} />
              <Row label="Electron" value={electron} />
              <Row label="Chromium" value={chrome} />
              <Row label="Node" value={node} />
              <Row label="System" value={platform} />
              <Row label="Kept in" value={shortPath(home, homeDirectory)} />
            </dl>
          )}
        </Answered>
      </div>
    </Card>
  )
}

function Row({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="mono">
        <Name text={value} max={300} />
      </dd>
    </div>
  )
}
