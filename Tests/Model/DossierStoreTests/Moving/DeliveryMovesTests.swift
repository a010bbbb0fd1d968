import DossierModel
import EngineSimulation
import GatewayTesting
import ServiceKit
import Testing

@testable import DossierStore

@Suite("The life of a delivery")
struct DeliveryMovesTests {
  private static let due = Timestamp(microseconds: 7)
  private static let epoch: Int64 = 3

  /// A move can be used once and kept nowhere; this is what it says.
  private struct Said {
    let event: DeliveryEvent
    let to: DeliveryState
    let due: Timestamp?
    let epoch: Int64?

    init(_ move: consuming DeliveryMove) {
      event = move.event
      to = move.to
      due = move.due
      epoch = move.epoch
    }

    init?(_ move: consuming DeliveryMove?) {
      guard let move = consume move else { return nil }
      self.init(move)
    }
  }

  private func row(_ state: DeliveryState) -> DeliveryRow {
    DeliveryRow(
      id: DeliveryID(1), message: 1,
      stream: DeliveryStream(destination: PartyID("agency"), dossier: DossierCode("A")), state: state)
  }

  /// Every move that a delivery has which was read in this state.
  private func moves(from state: DeliveryState) -> [Said] {
    let (due, epoch) = (Self.due, Self.epoch)
    return switch row(state).moves {
    case .waiting(let moves):
      [
        Said(moves.predecessorDone(due: due)), Said(moves.held()), Said(moves.cancelled()), Said(moves.superseded()),
      ]
    case .ready(let moves):
      [
        Said(moves.claimed(epoch: epoch)), Said(moves.fetched()), Said(moves.held()), Said(moves.cancelled()),
        Said(moves.superseded()),
      ]
    case .inFlight(let moves):
      [
        Said(moves.accepted()), Said(moves.refused()), Said(moves.postponed(due: due)),
        Said(moves.answerMissing(due: due)), Said(moves.claimLost(due: due)), Said(moves.exhausted()),
      ]
    case .awaitingReceipt(let moves): [Said(moves.acknowledged()), Said(moves.refused())]
    case .deferred(let moves):
      [Said(moves.claimed(epoch: epoch)), Said(moves.hastened(due: due)), Said(moves.held()), Said(moves.cancelled())]
    case .unknown(let moves):
      [Said(moves.claimed(epoch: epoch)), Said(moves.hastened(due: due)), Said(moves.held()), Said(moves.cancelled())]
    case .held(let moves): [Said(moves.released(due: due)), Said(moves.requeued()), Said(moves.cancelled())]
    case .dead(let moves): [Said(moves.released(due: due)), Said(moves.cancelled())]
    case .none: []
    }
  }

  @Test("has exactly the moves of the manual", arguments: DeliveryState.allCases)
  func table(from state: DeliveryState) {
    let found = Dictionary(moves(from: state).map { ($0.event, $0.to) }, uniquingKeysWith: { first, _ in first })
    #expect(found == LegalMoves.all[state])
    #expect(moves(from: state).count == LegalMoves.all[state]?.count, "a move is told once")
  }

  /// Only the file that makes moves can: their initialiser is its own. What stands in it is therefore all there is, also what no
  /// test above knows to call.
  @Test("has no method in any state that the manual does not have, and none that makes a move of another name")
  func methods() throws {
    let path = TestFiles.projectRoot + "/Sources/Model/DossierStore/Moving/DeliveryMove.swift"
    let source = String(decoding: TestFiles.read(path), as: UTF8.self)
    var (state, found, made) = (DeliveryState?.none, [DeliveryState: Set<String>](), 0)
    let type = /^ *(?:struct|extension) +(?:DeliveryMoves\.)?([A-Z][A-Za-z]*)/
    let method = /^ *(?:mutating |consuming )?func +([A-Za-z]+)\(/
    for line in source.split(separator: "\n").map({ $0.prefix { $0 != "/" } }) {
      if let name = line.firstMatch(of: type)?.1 {
        state = DeliveryState(rawValue: name.prefix(1).lowercased() + name.dropFirst())
      }
      if let name = line.firstMatch(of: method)?.1 {
        let state = try #require(state, "\(name) stands outside the states")
        #expect(found[state, default: []].insert(String(name)).inserted, "\(state) has \(name) twice")
        #expect(line.contains("DeliveryMove(row, .\(name), to: "), "\(line)")
      }
      made += line.ranges(of: "DeliveryMove(row").count
    }
    for state in DeliveryState.allCases {
      #expect((found[state] ?? []).sorted() == (LegalMoves.all[state] ?? [:]).keys.map(\.rawValue).sorted(), "\(state)")
    }
    #expect(made == LegalMoves.all.values.map(\.count).reduce(0, +), "each move is made by one method")
  }

  @Test("ends in the states that release successors and in no other")
  func finalStates() {
    for state in DeliveryState.allCases { #expect(state.releasesSuccessors == moves(from: state).isEmpty, "\(state)") }
  }

  @Test(
    "gives a moment to what can be claimed and to nothing else, and an epoch to what is claimed",
    arguments: DeliveryState.allCases)
  func whatComesWithIt(from state: DeliveryState) {
    for move in moves(from: state) {
      #expect(move.due == (move.to.isClaimable ? Self.due : nil), "\(state) on \(move.event)")
      #expect(move.epoch == (move.to == .inFlight ? Self.epoch : nil), "\(state) on \(move.event)")
    }
  }

  @Test("lets a deliverer claim what is claimable and nothing else", arguments: DeliveryState.allCases)
  func claimable(_ state: DeliveryState) {
    let claimed = Said(row(state).moves.claimed(epoch: Self.epoch))
    #expect((claimed?.to == .inFlight) == state.isClaimable)
    #expect((claimed != nil) == state.isClaimable)
  }

  @Test("lets a later message supersede what waits or is ready and nothing else", arguments: DeliveryState.allCases)
  func superseded(_ state: DeliveryState) {
    #expect(Said(row(state).moves.superseded())?.to == LegalMoves.all[state]?[.superseded])
  }

  @Test("gives operators the moves of their actions", arguments: OperatorOrder.Action.allCases, [true, false])
  func operators(_ action: OperatorOrder.Action, isFirst: Bool) {
    for state in DeliveryState.allCases {
      let event: DeliveryEvent =
        switch action {
        case .hold: .held
        case .release: isFirst ? .released : .requeued
        case .cancel: .cancelled
        case .flush: .hastened
        }
      let move = Said(row(state).moves.carriedOut(action, isFirst: isFirst, at: Self.due))
      #expect(move?.to == LegalMoves.all[state]?[event], "\(action) of what is \(state)")
      #expect(move == nil || move?.event == event)
    }
  }

  @Test("ends an attempt by its outcome, and as dead where it may not be tried again")
  func settled() throws {
    guard case .inFlight(let moves) = row(.inFlight).moves else {
      Issue.record("what is in flight has the moves of it")
      return
    }
    let outcomes: [(DeliveryOutcome, again: DeliveryEvent, last: DeliveryEvent)] = [
      (.accepted(alreadyThere: true), .accepted, .accepted), (.refused, .refused, .refused),
      (.postponed(.connect, notBefore: nil), .postponed, .exhausted),
      (.answerMissing(.timeoutAfterSend), .answerMissing, .exhausted),
      (.leftUnknown(.connect, notBefore: nil), .answerMissing, .exhausted),
    ]
    for (outcome, again, last) in outcomes {
      #expect(Said(moves.settled(outcome, nextAttemptAt: Self.due)).event == again, "\(outcome)")
      #expect(Said(moves.settled(outcome, nextAttemptAt: nil)).event == last, "\(outcome)")
    }
  }

  @Test("begins ready, waiting or held, and with a moment where it can be claimed")
  func beginnings() {
    for beginning in [DeliveryBeginning.ready(due: Self.due), .waiting, .held] {
      #expect((beginning.due != nil) == beginning.state.isClaimable)
      #expect(!beginning.state.releasesSuccessors)
    }
  }
}
