/// The statements whose text differs between the engines. Parameters and columns are the same in both.
struct StoreTexts: Sendable {
  /// Deliveries of a destination that may be claimed: destination, now, limit. So many of each lane, in its order.
  let claimable: StaticString
  /// What waits for an agency that pulls: destination, limit.
  let inbox: StaticString
  /// The deliveries an operator means: after, delivery, destination, dossier, state, failure, type, note, limit.
  let selection: StaticString
  /// Held deliveries without bytes: after, limit.
  let heldOutputs: StaticString
}
