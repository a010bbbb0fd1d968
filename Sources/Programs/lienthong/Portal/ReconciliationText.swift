import DossierModel
import Management
import Reconciliation
import ServiceKit
import Statistics

/// A comparison for people: a table of what was found, a sentence for each finding, and the ratio of QĐ 766.
struct ReconciliationText {
  /// Findings, and dossiers on their way, that are told by a sentence each; `--json` tells more of them.
  static let sentences = 100

  private let run: ReconciliationRun

  init(_ run: ReconciliationRun) { self.run = run }

  var lines: [String] {
    head + table + ratio + told(run.findings.map(Self.sentence), more: run.untold, as: "findings")
      + told(run.underWay.map(Self.sentence), more: 0, as: "on their way")
      + told(
        run.anomalies.map { "\($0.dossier): \($0.kind.sentence) (\($0.kind.rawValue))" },
        more: run.anomalyCounts.values.reduce(0, +) - run.anomalies.count, as: "anomalies, told and not corrected")
      + told(
        (run.questions?.unanswered ?? []).map { "\($0): the portal did not say" }, more: 0, as: "without an answer")
      + told(run.repairs.map(Self.sentence), more: 0, as: "sent again")
  }

  private var head: [String] {
    let counts = run.reconciler.counts
    let procedure = run.scope.procedure.map { ", procedure \($0)" } ?? ""
    let sender = run.scope.sender.map { ", of \($0)" } ?? ""
    let asked = run.questions.map { ", asked \($0.asked)" } ?? ""
    return [
      "\(run.scope.period)\(procedure)\(sender), with \(run.portal): \(counts.compared) dossiers",
      "ledger \(counts.inLedger), sender's list \(counts.inSenderList), portal \(counts.inPortalList)\(asked)",
    ]
  }

  private var table: [String] {
    var lines = ["", "".padded(to: 18) + Discrepancy.Side.allCases.map { Self.cell($0.rawValue) }.joined()]
    for kind in Discrepancy.Kind.allCases {
      let cells = Discrepancy.Side.allCases.map { side in
        Self.cell(String(run.found[kind]?[side] ?? 0))
      }
      lines.append(kind.rawValue.padded(to: 18) + cells.joined())
    }
    return lines
  }

  private static func cell(_ text: String) -> String {
    String(repeating: " ", count: max(1, 10 - text.count)) + text
  }

  private var ratio: [String] {
    let share = run.index[.synchronised]
    var lines = [
      "",
      "synchronised (QĐ 766, 1.4): \(share.percent() ?? "–"), \(share.part) of \(share.whole) by the portal's answers to us",
    ]
    if run.heardPortal {
      let counts = run.reconciler.counts
      let heard = Share(counts.onPortal, of: counts.inLedger)
      lines.append(
        "                            \(heard.percent() ?? "–"), \(heard.part) of \(heard.whole) by what the portal says it has"
      )
    }
    return lines
  }

  private func told(_ sentences: [String], more: Int, as title: String) -> [String] {
    guard !sentences.isEmpty else { return [] }
    let rest = sentences.count - min(sentences.count, Self.sentences) + more
    return ["", "\(title): \(sentences.count + more)"] + sentences.prefix(Self.sentences)
      + (rest > 0 ? ["and \(rest) more"] : [])
  }

  private static func sentence(_ finding: ReconciliationRun.Finding) -> String {
    let what = finding.what
    let procedure = what.procedure.map { " (\($0))" } ?? ""
    return "\(what.code)\(procedure): \(ReconciliationText.words(what))"
      + (finding.standing.map { "; \($0.sentence)" } ?? "")
      + (what.anomaly.map { "; \($0.sentence)" } ?? "")
  }

  private static func sentence(_ repair: ReconciliationRun.Repair) -> String {
    guard let reason = repair.reason else {
      return "\(repair.dossier): \(repair.deliveries.count) messages, deliveries "
        + repair.deliveries.map(\.description).joined(separator: ", ")
    }
    return "\(repair.dossier): left, \(reason)"
  }

  static func words(_ what: Discrepancy) -> String {
    let side = what.side == .portal ? "the portal" : "the sender's list"
    let (ours, theirs) = (what.ours ?? "no status", what.theirs ?? "no status")
    switch what.kind {
    case .missingThere: return "the ledger has it (\(ours)), \(side) has not"
    case .missingHere: return "\(side) has it (\(theirs)), the ledger has not: ask for it to be sent"
    case .stateDiffers: return "\(side) says \(theirs), the ledger \(ours); left to its sender"
    case .procedureDiffers: return "\(side) has it under \(theirs), the ledger under \(ours); left to its sender"
    case .duplicate: return "\(side) has it more than once (\(theirs))"
    }
  }
}
