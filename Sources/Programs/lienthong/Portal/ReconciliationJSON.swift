import DossierModel
import JSONKit
import Management
import Reconciliation
import ServiceKit
import Statistics
import Workbench

/// A comparison for programs.
enum ReconciliationJSON {
  static func print(_ run: ReconciliationRun) {
    Terminal.printJSONObject { writer in
      writer.member("from", run.scope.period.first.description)
      writer.member("until", run.scope.period.last.description)
      writer.member("procedure", run.scope.procedure)
      writer.member("sender", run.scope.sender?.text)
      writer.member("portal", run.portal.text)
      let counts = run.reconciler.counts
      writer.member("compared", counts.compared)
      writer.member("inLedger", counts.inLedger)
      writer.member("inSenderList", counts.inSenderList)
      writer.member("inPortalList", counts.inPortalList)
      writer.member("onPortal", counts.onPortal)
      writer.member("asked", run.questions?.asked)
      writer.member("findings", run.findings) { write($0, to: &$1) }
      writer.member("untold", run.untold)
      writer.member("underWay", run.underWay) { write($0, to: &$1) }
      writer.member("anomalies", run.anomalies) { anomaly, writer in
        writer.member("dossier", anomaly.dossier.text)
        writer.member("anomaly", anomaly.kind.rawValue)
      }
      writer.member("unanswered", run.questions?.unanswered.map(\.text) ?? [])
      writer.member("repaired", run.repairs) { repair, writer in
        writer.member("dossier", repair.dossier.text)
        writer.member("deliveries", repair.deliveries.map(\.description))
        writer.member("left", repair.reason)
      }
      let share = run.index[.synchronised]
      writer.name("synchronised")
      writer.beginObject()
      writer.member("part", share.part)
      writer.member("whole", share.whole)
      writer.member("percent", share.percent())
      writer.endObject()
      writer.member("agrees", run.isClean)
    }
  }

  private static func write(_ finding: ReconciliationRun.Finding, to writer: inout JSONWriter) {
    let what = finding.what
    writer.member("kind", what.kind.rawValue)
    writer.member("side", what.side.rawValue)
    writer.member("dossier", what.code.text)
    writer.member("procedure", what.procedure)
    writer.member("ledger", what.ours)
    writer.member("other", what.theirs)
    writer.member("anomaly", what.anomaly?.rawValue)
    writer.member("delivered", what.wasDelivered)
    writer.member("sentence", ReconciliationText.words(what))
    writer.member("standing", finding.standing?.sentence)
  }
}
