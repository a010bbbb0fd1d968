import CryptographyKit
import DossierModel
import SQLKit
import ServiceKit

// The store's own values in columns. A column that does not hold what the schema promises is a damaged file or a defect
// of ours; going on would spread it, so it traps with a sentence.
extension SQLStatement {
  func timestamp(_ column: Int) -> Timestamp { Timestamp(microseconds: integer(column)) }
  func optionalTimestamp(_ column: Int) -> Timestamp? { optionalInteger(column).map(Timestamp.init(microseconds:)) }

  func uuid(_ column: Int) -> UUIDv7 {
    guard let uuid = UUIDv7(bytes: blob(column)) else { preconditionFailure("a message's id in the store is no UUID") }
    return uuid
  }

  func digest(_ column: Int) -> MessageDigest {
    guard let digest = MessageDigest(bytes: blob(column)) else {
      preconditionFailure("a message's digest in the store is no SHA-256")
    }
    return digest
  }

  func state(_ column: Int) -> DeliveryState {
    guard let state = DeliveryState(rawValue: text(column)) else {
      preconditionFailure("a delivery in the store has the unknown state '\(text(column))'")
    }
    return state
  }
}
