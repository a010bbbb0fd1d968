import CryptographyKit
package import DossierModel
package import ServiceKit

/// Deliveries that wait for an operator (`held` or `dead`) for one and the same reason.
package struct FailureGroup: Sendable, Equatable {
  package var destination: PartyID
  package var type: String
  package var state: DeliveryState
  package var failure: FailureClass?
  package var note: String?
  package var count: Int
  package var oldestAt: Timestamp
  package var newestAt: Timestamp

  /// Names the reason, the same as long as the reason is: the first eight digits of a SHA-256 over what the deliveries
  /// have in common.
  package var fingerprint: String {
    let common = [destination.text, type, state.rawValue, failure?.rawValue ?? "", note ?? ""]
    return Hexadecimal.encode(SHA256.hash(Array(common.joined(separator: "\u{1F}").utf8)).prefix(4))
  }

  /// The deliveries of this group.
  package var selection: DeliverySelection {
    var selection = DeliverySelection(destination: destination, state: state, failure: failure)
    selection.type = type
    selection.note = note ?? ""
    return selection
  }
}
