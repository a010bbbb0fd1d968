/// One field of a service's parameter, as the portal checks it: written down from the description of generation A and
/// on purpose not from the gateway's own schemas.
struct PortalField: Sendable {
  enum Presence: Sendable {
    case required
    /// The key must be there; `""` is an answer.
    case requiredMayBeEmpty
    /// Required of clients that know it (`asksForNewerFields`), else optional.
    case newer
    case optional
    /// Required when the dossier's status is one of these.
    case requiredInStatus(Set<String>)
  }

  let name: String
  let presence: Presence
  let form: PortalForm

  init(_ name: String, _ presence: Presence, _ form: PortalForm = .text(limit: nil)) {
    self.name = name
    self.presence = presence
    self.form = form
  }
}

/// The form of a field's value.
indirect enum PortalForm: Sendable {
  /// Characters at most, where a client is known to cut.
  case text(limit: Int?)
  case code(Set<String>)
  /// `yyyyMMddHHmmss`, a real date.
  case time
  case dossierCode
  case procedureCode
  /// One absolute http(s) address.
  case address
  /// Digits, in đồng.
  case amount
  /// A JSON number without fraction, or its digits in a string.
  case whole
  /// A JSON boolean, or `"True"`/`"False"`.
  case truth
  case digits
  case list([PortalField])
}
