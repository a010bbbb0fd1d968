import DossierModel
import DossierStore
import Management
import Reconciliation
import ServiceKit
import Statistics

/// One comparison of ledger, sender and portal, and what was sent again after it.
struct ReconciliationRun {
  /// Findings that are told one by one; those beyond are counted, and told by the next run.
  static let told = 10_000

  struct Finding {
    let what: Discrepancy
    /// Of what the portal has not as it should: how our deliveries stand.
    let standing: PortalStanding?
  }

  struct Anomaly {
    let dossier: DossierCode
    let kind: CaseAnomaly
  }

  struct Repair {
    let dossier: DossierCode
    let deliveries: [DeliveryID]
    /// Why it was left; nil when it was sent again.
    let reason: String?
  }

  let scope: ReconciliationScope
  let portal: PartyID
  private let reader: SQLDossierReader
  private(set) var reconciler: Reconciler
  private(set) var questions: PortalQuestions?
  private(set) var findings: [Finding] = []
  /// All of them, by kind and side.
  private(set) var found: [Discrepancy.Kind: [Discrepancy.Side: Int]] = [:]
  /// Findings beyond those that are told.
  private(set) var untold = 0
  /// What is on its way to the portal, and so is no finding.
  private(set) var underWay: [Finding] = []
  private(set) var anomalies: [Anomaly] = []
  private(set) var anomalyCounts: [CaseAnomaly: Int] = [:]
  private(set) var index: ServiceIndex
  private(set) var repairs: [Repair] = []
  /// Whether list or answers of the portal were compared, and not only our deliveries.
  private(set) var heardPortal = false

  init(
    _ scope: ReconciliationScope, portal: PartyID, reader: SQLDossierReader, hasSenderList: Bool,
    questions: PortalQuestions?
  ) {
    self.scope = scope
    self.portal = portal
    self.reader = reader
    self.questions = questions
    reconciler = Reconciler(scope, hasSenderList: hasSenderList)
    index = ServiceIndex(scope.period)
  }

  /// Nothing is amiss, or whatever was amiss has been sent again.
  var isClean: Bool {
    let repaired = Set(repairs.filter { $0.reason == nil }.map(\.dossier))
    return untold == 0 && questions?.unanswered.isEmpty != false
      && findings.allSatisfy {
        $0.what.kind == .missingThere && $0.what.side == .portal && repaired.contains($0.what.code)
      }
  }

  mutating func compare(
    sender: (any OrderedList<ListedDossier>)?, portal: (any OrderedList<ListedDossier>)?
  ) throws(CommandFailure) {
    heardPortal = portal != nil || questions != nil
    let ledger = LedgerDossiers(LedgerCases(reader, portal: self.portal))
    do throws(ListError) {
      var merge = try ListMerge(ledger: ledger, sender: sender, portal: portal)
      while var group = try merge.next() {
        guard reconciler.concerns(group) else { continue }
        if let one = group.ledger { count(one) }
        if questions != nil { group.portal = try questions?.rows(of: group.code) }
        for what in reconciler.compare(group) { try add(what) }
      }
    } catch {
      switch error.code {
      case .unavailable: throw .failed(error.description)
      default: throw .unusable(error.description)
      }
    }
  }

  private mutating func count(_ one: LedgerDossier) {
    guard let facts = one.facts else { return }
    index.add(facts)
    for kind in CaseAnomaly.found(in: facts) { note(kind, of: one.listed.code) }
  }

  private mutating func note(_ kind: CaseAnomaly, of dossier: DossierCode) {
    anomalyCounts[kind, default: 0] += 1
    if anomalies.count < Self.told { anomalies.append(Anomaly(dossier: dossier, kind: kind)) }
  }

  private mutating func add(_ what: Discrepancy) throws(ListError) {
    if let anomaly = what.anomaly { note(anomaly, of: what.code) }
    var standing: PortalStanding?
    if what.side == .portal, what.kind == .missingThere || what.kind == .stateDiffers {
      standing = PortalStanding(try timeline(of: what.code), portal: portal)
    }
    let finding = Finding(what: what, standing: standing)
    if case .underWay = standing {
      underWay.append(finding)
      return
    }
    found[what.kind, default: [:]][what.side, default: 0] += 1
    if findings.count < Self.told { findings.append(finding) } else { untold += 1 }
  }

  private func timeline(of dossier: DossierCode) throws(ListError) -> DossierTimeline? {
    do throws(StoreError) {
      return try reader.timeline(of: dossier, visibleTo: nil)
    } catch {
      throw ListError(.unavailable, "the ledger cannot be read: \(error)", cause: error)
    }
  }

  /// Sends again what the portal has not. Each message is an order of its own, in the journal with its reason.
  mutating func repair(by desk: SQLOperatorDesk, _ signature: OperatorSignature) throws(CommandFailure) {
    for finding in findings where finding.what.kind == .missingThere && finding.what.side == .portal {
      let dossier = finding.what.code
      let found = try SiteStore.look { () throws(StoreError) in
        try reader.timeline(of: dossier, visibleTo: nil)
      }
      switch PortalRepair.plan(found, portal: portal) {
      case .leave(let reason): repairs.append(Repair(dossier: dossier, deliveries: [], reason: reason.sentence))
      case .resend(let messages): repairs.append(try resend(messages, of: dossier, by: desk, signature))
      }
    }
  }

  private func resend(
    _ messages: [MessageID], of dossier: DossierCode, by desk: SQLOperatorDesk, _ signature: OperatorSignature
  ) throws(CommandFailure) -> Repair {
    var deliveries: [DeliveryID] = []
    for message in messages {
      let order = ResendOrder(
        message, to: portal, actor: signature.actor, reason: "portal reconcile \(scope.period): \(signature.reason)",
        at: SystemTimeSource().now())
      let outcome = try SiteStore.look { () throws(StoreError) in try desk.resend(order) }
      switch outcome {
      case .queued(let delivery, _): deliveries.append(delivery)
      case .stillOpen: continue
      case .noDelivery, .noBytes, .pruned:
        return Repair(
          dossier: dossier, deliveries: deliveries,
          reason: "message \(message) cannot be sent again as it is: `message resend \(message) --translate` tells more"
        )
      }
    }
    return Repair(dossier: dossier, deliveries: deliveries, reason: nil)
  }
}
