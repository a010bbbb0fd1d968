import DossierModel
import Simulation

/// The partner at the other side of a bench: how a party speaks to it, what the cases do to it, and what they look at.
protocol BenchPartner: AnyObject {
  var address: String { get }
  var secrets: [String: String] { get }
  /// Of the same form as `secrets`, and let in nowhere.
  var wrongSecrets: [String: String] { get }
  var values: [String: String] { get }
  /// `connect` and `answer` of the party.
  var timeouts: (connect: String, answer: String) { get }
  /// Seconds in which a delivery has ended that meets a fault.
  var patience: Double { get }

  /// The faults that there are on this way.
  var faults: Set<FaultMode> { get }
  /// Only of `faults`.
  func play(_ fault: FaultSetting)
  /// Whether the fault met anybody since it was set.
  func hasPlayed(_ mode: FaultMode) -> Bool
  /// Refuses for good what `lodging` lodges; `name` is of the delivery, once it is lodged.
  func refuse(lodging: () -> Bool, name: () -> String?) -> Bool
  /// Answers those who ask with nothing that can be read, until `play(.ok)`.
  func breakPolls()
  /// What a poll makes of that.
  var outages: Set<FailureClass> { get }

  /// The bodies it took, in order.
  var taken: [[UInt8]] { get }
  /// What it complained about last, to see why.
  var lastRefusal: String { get }
  /// Whether a request that is made again is one message.
  var knowsRepetition: Bool { get }
  /// How often somebody came, and how often somebody was not let in.
  var calls: Int { get }
  var strangers: Int { get }

  func know(dossier code: String)
  func hold(_ document: [UInt8], kind: String) -> Bool
  func forgetSessions()
  func stop()
}
