/// Both books of a run of kills, the senders' and the sink's, and what is wrong between them and the store.
///
/// It knows nothing of processes: facts come in, sentences come out. An empty `findings` is the proof.
struct KillLedger: Sendable {
  /// A message as its sender knows it: the `number`-th about a dossier.
  struct Message: Hashable, Sendable, CustomStringConvertible {
    let dossier: String
    let number: Int
    var description: String { "\(dossier) #\(number)" }
  }

  /// A message that the sink carried out, under the key it came with.
  private struct Effect {
    let key: String
    let message: Message
  }

  private(set) var attempted: Set<Message> = []
  /// What got a 2xx, with the identifier in its receipt.
  private(set) var accepted: [Message: String] = [:]
  private(set) var refused: Set<String> = []
  private var effects: [Effect] = []
  private var keys: [String: Message] = [:]
  /// How often something came to the sink that it had carried out before.
  private(set) var repetitions = 0
  private var contradictions: [String] = []

  var effectCount: Int { effects.count }
  var backlog: Int { accepted.count - effects.count }
  var dossiers: [String] { Set(attempted.map(\.dossier)).union(refused).sorted() }

  // MARK: What happens

  mutating func attempt(_ message: Message) { attempted.insert(message) }

  mutating func accept(_ message: Message, id: String?) {
    guard let id else { return contradictions.append("\(message) was accepted without an identifier") }
    if let before = accepted.updateValue(id, forKey: message), before != id {
      contradictions.append("\(message) has two receipts")
    }
  }

  /// The gateway said that a dossier's message is not as it must be: nothing of it may be anywhere.
  mutating func refuse(_ dossier: String) { refused.insert(dossier) }

  mutating func note(_ contradiction: String) { contradictions.append(contradiction) }

  /// A request reached the sink and was carried out, unless its key was known.
  mutating func receive(_ message: Message, key: String?) {
    guard let key else { return contradictions.append("\(message) came to the sink without a key") }
    if let known = keys[key] {
      repetitions += 1
      if known != message { contradictions.append("a key stands for \(known) and for \(message)") }
      return
    }
    keys[key] = message
    effects.append(Effect(key: key, message: message))
  }

  // MARK: The comparison

  /// A message as the gateway shows it.
  struct Stored: Sendable {
    let id: String
    let states: [String]
  }

  /// What is wrong, given everything that the store has about `dossiers`; empty when all books agree.
  func findings(stored: [String: [Stored]]) -> [String] {
    contradictions + lost(stored) + invented(stored) + effectFindings() + orderFindings()
  }

  private func lost(_ stored: [String: [Stored]]) -> [String] {
    accepted.filter { message, id in stored[message.dossier]?.contains { $0.id == id } != true }
      .map { "\($0.key) got a 2xx and is not in the store" }
  }

  /// One message in the store for each effect, everything delivered, and nothing of what was refused.
  private func invented(_ stored: [String: [Stored]]) -> [String] {
    let effects = Dictionary(grouping: effects, by: \.message.dossier)
    return stored.flatMap { dossier, messages in
      var found: [String] = []
      let count = effects[dossier]?.count ?? 0
      if messages.count != count { found.append("\(dossier): \(messages.count) in the store, \(count) at the sink") }
      let waiting = messages.filter { $0.states != ["delivered"] }.count
      if waiting > 0 { found.append("\(dossier): \(waiting) not delivered") }
      if refused.contains(dossier), !messages.isEmpty { found.append("\(dossier) was refused and is in the store") }
      return found
    }
  }

  private func effectFindings() -> [String] {
    let effects = Dictionary(grouping: effects, by: \.message)
    let undone = accepted.keys.filter { effects[$0] == nil }.map { "\($0) got a 2xx and never reached the sink" }
    let repeated = effects.filter { $0.value.count > 1 }.map { "\($0.key) was carried out \($0.value.count) times" }
    let unknown = effects.keys.filter { !attempted.contains($0) }.map { "\($0) reached the sink and nobody sent it" }
    // The key of a delivery begins with the identifier of its message.
    let foreign = accepted.filter { message, id in
      effects[message]?.contains { !$0.key.hasPrefix(id + ".") } == true
    }
    return undone + repeated + unknown + foreign.map { "\($0.key) came under the key of another message" }
  }

  private func orderFindings() -> [String] {
    var last: [String: Int] = [:]
    return effects.compactMap { effect in
      let message = effect.message
      defer { last[message.dossier] = max(message.number, last[message.dossier] ?? 0) }
      guard let before = last[message.dossier], before > message.number else { return nil }
      return "\(message) reached the sink after #\(before)"
    }
  }
}
