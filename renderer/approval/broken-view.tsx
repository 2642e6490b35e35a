import './plain-view.css'

/** The window itself has failed: nothing can be decided in it, and there is another way. */
export function BrokenView() {
  return (
    <main className="plain-view">
      <div role="alert">
        <h1>This request cannot be shown here</h1>
        <p className="muted">
          Nothing was decided. Answer it in a terminal with <code>kosmo approvals watch</code>, or restart the
          app.
        </p>
      </div>
    </main>
  )
}
